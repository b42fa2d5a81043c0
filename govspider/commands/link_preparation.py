"""What `scrapy crawl links` needs before the first request: findings, where their links stand, and the sites' locks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scrapy.settings import Settings

from govspider.commands.preparation import (
    BadInputError,
    lock_sites,
    neighbourhood,
    open_office,
    require_contact,
    said_in_one_sentence,
)
from govspider.db.engine import Engine
from govspider.db.periods import find_period
from govspider.db.rechecks import note_rechecks, read_link_rechecks
from govspider.db.runs import SiteLocks
from govspider.db.targets import read_home_urls, read_targets
from govspider.items import LinkRecheck, SiteTarget
from govspider.registry.words import retired_states
from govspider.throttle.slots import Neighbourhood

_ARGUMENTS = ("findings", "period")


@dataclass(frozen=True, slots=True)
class PreparedRechecks:
    """Addresses ready to be asked again. `around`: hosts of every inspected site; `run_id`: the first concerned."""

    database_url: str
    run_id: int
    targets: tuple[SiteTarget, ...]
    rechecks: tuple[LinkRecheck, ...]
    around: Neighbourhood
    locks: SiteLocks
    sentences: tuple[str, ...]

    def __deepcopy__(self, _memo: object) -> PreparedRechecks:
        return self  # Scrapy copies its settings; locks are one


def prepare_rechecks(environ: Mapping[str, str], settings: Settings, arguments: Mapping[str, str]) -> PreparedRechecks:
    """Find what is to be asked again. Raises BadInputError with one sentence.

    Parameters: `arguments` those of `-a`: findings (numbers, comma separated) and period.
    """
    unknown = sorted(set(arguments) - {*_ARGUMENTS, "_job"})
    if unknown:
        raise BadInputError(f"未知参数 -a {unknown[0]}=…；可用参数：{', '.join(_ARGUMENTS)}")
    findings = _numbers(arguments.get("findings", ""))
    with said_in_one_sentence(environ):
        url, engine = open_office(environ, settings)
        require_contact(settings, read_home_urls(engine))
        return _prepare(engine, url, findings, arguments.get("period", "").strip())


def _numbers(given: str) -> list[int]:
    words = [word.strip() for word in given.split(",") if word.strip()]
    wrong = next((word for word in words if not word.isdecimal()), None)
    if wrong is not None or not words:
        raise BadInputError(f"-a findings={given!r} 应为问题编号，以逗号分隔，例如 findings=17,18")
    return [int(word) for word in words]


def _prepare(engine: Engine, url: str, findings: list[int], label: str) -> PreparedRechecks:
    period = find_period(engine, label)
    with engine.connect() as connection:
        rechecks = read_link_rechecks(connection, findings, period.id)
    if not rechecks:
        raise BadInputError(f"这些问题的链接不在周期 {label} 最近一次巡检的页面上：请复查整个网站（--site）")
    every = read_targets(engine, period.id, retired_states())
    concerned = [target for target in every if target.site_id in {one.site_id for one in rechecks}]
    locks, targets, refused = lock_sites(engine, concerned)
    if refused:
        locks.release_all()
        names = "、".join(target.code for target in refused[:10])
        raise BadInputError(f"网站 {names} 正由另一次巡检处理：请等待其结束")
    runs = sorted({one.run_id for one in rechecks})
    with engine.begin() as connection:
        note_rechecks(connection, runs)
    return PreparedRechecks(
        database_url=url,
        run_id=runs[0],
        targets=tuple(targets),
        rechecks=tuple(rechecks),
        around=neighbourhood(every, concerned),
        locks=locks,
        sentences=(f"复查链接：周期 {label}，地址 {len(rechecks)} 个，网站 {len(targets)} 个",),
    )
