"""What a crawl needs before the first request: the database, the period, the run, its sites and their locks."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from scrapy.settings import Settings

from govspider.browser.chromium import BrowserSettingError, chosen_chromium
from govspider.commands.shards import enough_shares, shard_of
from govspider.db.address import DatabaseAddressError, without_password
from govspider.db.engine import DatabaseError, Engine, make_engine
from govspider.db.period_labels import SHANGHAI
from govspider.db.periods import (
    Freeze,
    PeriodError,
    UnknownPeriodError,
    ad_hoc_period,
    find_period,
    open_period,
    set_targets,
)
from govspider.db.postgres_runtime import LocalServerError
from govspider.db.runs import Run, SiteLocks, UnknownRunError, find_run, resume_run, start_run, unfinished_run
from govspider.db.schema_version import SchemaVersionError
from govspider.db.targets import finished_sites, read_home_urls, read_targets
from govspider.db.upgrade import DatabaseUnusableError, ready_database
from govspider.extract.columns.dates import shanghai_day
from govspider.extract.document.hosts import host_of
from govspider.items import SiteTarget
from govspider.overrides.reading import FOLDER_VARIABLE, OverrideError, usable_overrides
from govspider.registry.words import retired_states
from govspider.throttle.networks import BadNetworkError, allowed_networks, literal_address, may_contact
from govspider.throttle.slots import Neighbourhood

_ARGUMENTS = ("period", "sites", "shard", "run")


class BadInputError(ValueError):
    """Something the user gave cannot be used; the sentence says what and what to do."""


@dataclass(frozen=True, slots=True)
class PreparedRun:
    """A run ready to crawl. `wanted` are the sites that must be looked at for it to be complete.

    `resumption`: words that say how the run is gone on with if it ends before that. `around`: the hosts of all sites
    of the period, so that links to them are asked and judged alike whichever process, or part of a run, meets them.
    """

    database_url: str
    run_id: int
    targets: tuple[SiteTarget, ...]
    wanted: frozenset[int]
    locks: SiteLocks
    sentences: tuple[str, ...]
    resumption: str
    around: Neighbourhood

    def __deepcopy__(self, _memo: object) -> PreparedRun:
        return self  # Scrapy copies its settings; a run and its locks are one


def prepare_run(
    environ: Mapping[str, str], settings: Settings, arguments: Mapping[str, str], now: datetime
) -> PreparedRun:
    """Find or make everything a crawl needs. Raises BadInputError with one sentence.

    Parameters: `arguments` those of `-a`: period, sites (codes, comma separated), shard (K/N), run.
    """
    _check_names(arguments)
    with said_in_one_sentence(environ):
        url, engine = open_office(environ, settings)
        return _prepare(engine, url, settings, arguments, now)


def open_office(environ: Mapping[str, str], settings: Settings) -> tuple[str, Engine]:
    """The database of the office, once what the environment says is in order."""
    allowed_networks(environ)
    chosen_chromium(settings["BROWSER"], environ)
    url = ready_database(environ)
    return url, make_engine(url)


@contextmanager
def said_in_one_sentence(environ: Mapping[str, str]) -> Iterator[None]:
    """Whatever goes wrong inside that a user can put right comes out as BadInputError."""
    try:
        yield
    except (
        DatabaseAddressError,
        DatabaseUnusableError,
        LocalServerError,
        SchemaVersionError,
        OverrideError,
        BrowserSettingError,
        BadNetworkError,
        PeriodError,
    ) as error:
        raise BadInputError(str(error)) from error
    except UnknownRunError as error:
        raise BadInputError(str(error.args[0])) from error
    except DatabaseError as error:
        first = str(error).partition("\n")[0]
        address = without_password(environ.get("DATABASE_URL", "")) or "the private server"
        raise BadInputError(f"数据库 {address} 不可用：{first}") from error


def _check_names(arguments: Mapping[str, str]) -> None:
    unknown = sorted(set(arguments) - {*_ARGUMENTS, "_job"})
    if unknown:
        raise BadInputError(f"未知参数 -a {unknown[0]}=…；可用参数：{', '.join(_ARGUMENTS)}")


def _prepare(engine: Engine, url: str, settings: Settings, arguments: Mapping[str, str], now: datetime) -> PreparedRun:
    """Everything is checked before anything is written that a mistyped argument would leave behind."""
    homes = read_home_urls(engine)
    if not homes:
        raise BadInputError("底账中没有网站；请先运行 scripts/import_registry.py 导入网站底账")
    require_contact(settings, homes)
    asked = find_run(engine, _read_id(arguments["run"])) if arguments.get("run") else None
    # a run that is named looks at the sites it was begun for
    choice = {**(asked.options if asked else {}), **arguments}
    codes = frozenset(code.strip() for code in choice.get("sites", "").split(",") if code.strip())
    shard = read_shard(choice["shard"]) if choice.get("shard") else None
    period_id, sentences = (
        (asked.period_id, []) if asked else _find_period(engine, arguments.get("period", "").strip(), now)
    )
    with engine.begin() as connection:
        denominator = set_targets(connection, period_id, now, freeze=False)
    _require_sites(denominator)
    every = read_targets(engine, period_id, retired_states())
    chosen = choose_targets(every, codes, shard)
    most = settings.getint("SITES_PER_PROCESS")
    require_few_enough(every, chosen, most)
    chosen = _with_overrides(chosen, os.environ.get(FOLDER_VARIABLE, ""), now)
    full = not codes and shard is None
    with engine.begin() as connection:
        # of more sites than one process carries there is no full run: shards are all there will be
        set_targets(connection, period_id, now, freeze=not codes and (full or len(every) > most))
    key = RunKey(asked.id if asked else None, period_id, full, choice.get("shard", "") if not codes else "")
    around = neighbourhood(every, chosen, shard)
    return _locked(engine, url, _begin(engine, settings, arguments, key, now), chosen, around, sentences)


@dataclass(frozen=True, slots=True)
class RunKey:
    """Which run is meant: one named by its id, or the open one of a period.

    `full` when it is to look at all sites, `shard` as K/N when at a whole share of them.
    """

    run_id: int | None
    period_id: int
    full: bool
    shard: str


def _begin(engine: Engine, settings: Settings, arguments: Mapping[str, str], key: RunKey, now: datetime) -> Run:
    """The run to go on with, or a new one: only full runs, and those of the same shard, are gone on with unasked."""
    scope = "full" if key.full else "partial"
    run_id = key.run_id
    if run_id is None and (key.full or key.shard):
        run_id = unfinished_run(engine, key.period_id, scope, key.shard)
    if run_id is not None:
        return resume_run(engine, run_id)
    options = {name: arguments[name] for name in _ARGUMENTS if arguments.get(name)}
    user_agent = str(settings["USER_AGENT"])
    return start_run(engine, key.period_id, scope=scope, user_agent=user_agent, options=options, now=now)


def neighbourhood(
    every: Sequence[SiteTarget], chosen: Iterable[SiteTarget], shard: tuple[int, int] | None = None
) -> Neighbourhood:
    """Who stands around the sites of this process, those it finished earlier among its own."""
    platforms = {host: "" for target in every for host in target.hosts}
    platforms |= {host: target.platform for target in every if target.platform for host in target.hosts}
    own = frozenset(host for target in chosen for host in target.hosts)
    return Neighbourhood(platforms, own, shard[1] if shard else 1)


def _locked(
    engine: Engine, url: str, run: Run, chosen: list[SiteTarget], around: Neighbourhood, sentences: list[str]
) -> PreparedRun:
    """The run with the locks of its sites; sites that another crawl is looking at are left to it."""
    finished = finished_sites(engine, run.id)
    locks, taken, refused = lock_sites(engine, [target for target in chosen if target.site_id not in finished])
    sentences = [*sentences, _introduce(run, chosen, finished)]
    if refused:
        names = "、".join(target.code for target in refused[:10])
        sentences.append(f"{len(refused)} 个网站正由另一次巡检处理，本次跳过：{names}")
        if not taken:
            locks.release_all()
            raise BadInputError(f"{sentences[-1]}；请等待其结束，或用 -a sites= 选择其他网站")
    wanted = frozenset(target.site_id for target in chosen)
    same = run.scope == "full" or (run.options.get("shard") and not run.options.get("sites"))
    resumption = "再次运行同一命令即可继续" if same else f"用 scrapy crawl portals -a run={run.id} 继续"
    return PreparedRun(url, run.id, tuple(taken), wanted, locks, tuple(sentences), resumption, around)


def _find_period(engine: Engine, label: str, now: datetime) -> tuple[int, list[str]]:
    if not label:
        return open_period(engine, now).id, []
    try:
        return find_period(engine, label).id, []
    except UnknownPeriodError:
        period = ad_hoc_period(engine, label, now)
        return period.id, [f"周期 {label} 不存在，已临时建立，监测时间点 {_shown(period.check_at)}"]


def _read_id(value: str) -> int:
    try:
        return int(value)
    except ValueError as error:
        raise BadInputError(f"-a run={value!r} 不是批次编号；编号见表 run") from error


def read_shard(value: str) -> tuple[int, int]:
    """K and N of `shard=K/N`, 1 ≤ K ≤ N. Raises BadInputError."""
    first, _, last = value.partition("/")
    if first.isdigit() and last.isdigit() and 1 <= int(first) <= int(last):
        return int(first), int(last)
    raise BadInputError(f"-a shard={value!r} 应写作 K/N，例如 shard=1/4（1 ≤ K ≤ N）")


def choose_targets(
    every: Iterable[SiteTarget], codes: frozenset[str], shard: tuple[int, int] | None
) -> list[SiteTarget]:
    """Targets of this process: those named, or those of the shard."""
    targets = every = list(every)
    unknown = sorted(codes - {target.code for target in targets})
    if unknown:
        raise BadInputError(f"网站标识码 {unknown[0]!r} 不在本周期的巡检范围内；请核对底账和运行状态")
    if codes:
        targets = [target for target in targets if target.code in codes]
    if shard is not None:
        share, shares = shard
        # of all sites, so that sites= does not change where one belongs
        number = shard_of(every, shares)
        targets = [target for target in targets if number[target.site_id] == share]
    return targets


def require_few_enough(every: Sequence[SiteTarget], chosen: Sequence[SiteTarget], most: int) -> None:
    """A process carries only SITES_PER_PROCESS sites. Raises BadInputError, which says into how many shards to cut."""
    if len(chosen) <= most:
        return
    shares = enough_shares(every, most)
    advice = (
        f"请分成 {shares} 份，每份一个进程：scrapy crawl portals -a shard=1/{shares} … -a shard={shares}/{shares}"
        if shares
        else "同一平台或同一主机上的网站不能分开，超过了这个数；请用 -a sites= 分批巡检"
    )
    raise BadInputError(f"要巡检 {len(chosen)} 个网站，一个进程最多 {most} 个（设置 SITES_PER_PROCESS）；{advice}")


def require_contact(settings: Settings, home_urls: Iterable[str]) -> None:
    """An inspector who knocks on public doors leaves a name (design decision 13)."""
    if str(settings["CONTACT"] or "").strip():
        return
    allowed = allowed_networks(os.environ)
    for url in home_urls:
        literal = literal_address(host_of(url))
        if literal is None or may_contact(literal, ()) or not may_contact(literal, allowed):
            raise BadInputError(
                "未设置联系方式：请设置环境变量 GOVSPIDER_CONTACT（例如 13800000000 或 inspector@example.gov.cn），"
                "它会写入 User-Agent，供被巡检网站联系"
            )


def _require_sites(denominator: Freeze) -> None:
    """A period without a single site to look at, with the reason of each exclusion."""
    if denominator.included:
        return
    reasons = "、".join(f"{reason} {count} 个" for reason, count in denominator.excluded.items())
    raise BadInputError(
        f"本周期没有可巡检的网站（{reasons}）；请核对运行状态；若底账晚于监测时间点，"
        "请用 scripts/import_registry.py --as-of 日期 重新导入"
    )


def _with_overrides(targets: Iterable[SiteTarget], folder: str, now: datetime) -> list[SiteTarget]:
    """Each site with the overrides that name one of its hosts. Raises OverrideError for one that is not in order."""
    overrides = usable_overrides(folder, shanghai_day(now))
    return [
        replace(target, overrides=tuple(one for one in overrides if one.host in target.hosts)) for target in targets
    ]


def lock_sites(engine: Engine, targets: Iterable[SiteTarget]) -> tuple[SiteLocks, list[SiteTarget], list[SiteTarget]]:
    locks = SiteLocks(engine)
    taken: list[SiteTarget] = []
    refused: list[SiteTarget] = []
    for target in targets:
        (taken if locks.take(target.site_id) else refused).append(target)
    return locks, taken, refused


def _introduce(run: Run, chosen: list[SiteTarget], finished: frozenset[int]) -> str:
    done = sum(target.site_id in finished for target in chosen)
    verb = f"继续批次 {run.id}（已完成 {done} 个）" if run.resumed else f"开始批次 {run.id}"
    return f"{verb}：周期 {run.period_label}，监测时间点 {_shown(run.check_at)}，网站 {len(chosen)} 个"


def _shown(instant: datetime) -> str:
    return instant.astimezone(SHANGHAI).isoformat(sep=" ", timespec="minutes")
