"""What a crawl needs before the first request: the database, the period, the run, its sites and their locks."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from scrapy.settings import Settings

from govspider.db.address import DatabaseAddressError, without_password
from govspider.db.engine import DatabaseError, Engine, make_engine
from govspider.db.periods import Period, UnknownPeriodError, ad_hoc_period, find_period, freeze_targets, open_period
from govspider.db.postgres_runtime import LocalServerError
from govspider.db.runs import Run, SiteLocks, UnknownRunError, resume_run, start_run, unfinished_run
from govspider.db.schema_version import SchemaVersionError
from govspider.db.targets import finished_sites, read_targets
from govspider.db.upgrade import DatabaseUnusableError, ready_database
from govspider.extract.hosts import host_of
from govspider.items import SiteTarget
from govspider.registry.words import retired_states
from govspider.throttle.networks import BadNetworkError, allowed_networks, literal_address, may_contact

_ARGUMENTS = ("period", "sites", "shard", "run")


class BadInputError(ValueError):
    """Something the user gave cannot be used; the sentence says what and what to do."""


@dataclass(frozen=True, slots=True)
class PreparedRun:
    """A run ready to crawl. `wanted` are the sites that must be looked at for it to be complete."""

    database_url: str
    run_id: int
    targets: tuple[SiteTarget, ...]
    wanted: frozenset[int]
    locks: SiteLocks
    sentences: tuple[str, ...]

    def __deepcopy__(self, _memo: object) -> PreparedRun:
        return self  # Scrapy copies its settings; a run and its locks are one


def prepare_run(
    environ: Mapping[str, str], settings: Settings, arguments: Mapping[str, str], now: datetime
) -> PreparedRun:
    """Find or make everything a crawl needs. Raises BadInputError with one sentence.

    Parameters: `arguments` those of `-a`: period, sites (codes, comma separated), shard (K/N), run.
    """
    _check_names(arguments)
    try:
        allowed_networks(environ)
        url = ready_database(environ)
        engine = make_engine(url)
        return _prepare(engine, url, settings, arguments, now)
    except (
        DatabaseAddressError,
        DatabaseUnusableError,
        LocalServerError,
        SchemaVersionError,
        BadNetworkError,
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
    codes = frozenset(code.strip() for code in arguments.get("sites", "").split(",") if code.strip())
    shard = read_shard(arguments["shard"]) if arguments.get("shard") else None
    scope = "partial" if codes or shard else "full"
    run, sentences = _find_run(engine, settings, arguments, scope, now)
    with engine.begin() as connection:
        freeze_targets(connection, run.period_id, run.id, now)
    chosen = choose_targets(read_targets(engine, run.period_id, retired_states()), codes, shard)
    _require_contact(settings, chosen)
    finished = finished_sites(engine, run.id)
    locks, taken, refused = _lock(engine, [target for target in chosen if target.site_id not in finished])
    sentences.append(_introduce(run, chosen, finished))
    if refused:
        names = "、".join(target.code for target in refused[:10])
        sentences.append(f"{len(refused)} 个网站正由另一次巡检处理，本次跳过：{names}")
        if not taken:
            locks.release_all()
            raise BadInputError(f"{sentences[-1]}；请等待其结束，或用 -a sites= 选择其他网站")
    wanted = frozenset(target.site_id for target in chosen)
    return PreparedRun(url, run.id, tuple(taken), wanted, locks, tuple(sentences))


def _find_run(
    engine: Engine, settings: Settings, arguments: Mapping[str, str], scope: str, now: datetime
) -> tuple[Run, list[str]]:
    """The run to go on with, or a new one; and what the user should know about it."""
    if arguments.get("run"):
        return resume_run(engine, _read_id(arguments["run"])), []
    label = arguments.get("period", "").strip()
    period, sentences = _find_period(engine, label, now)
    unfinished = unfinished_run(engine, period.id, scope) if scope == "full" else None
    if unfinished is not None:
        return resume_run(engine, unfinished), sentences
    options = {name: arguments[name] for name in _ARGUMENTS if arguments.get(name)}
    user_agent = str(settings["USER_AGENT"])
    run = start_run(engine, period.id, scope=scope, user_agent=user_agent, options=options, now=now)
    return run, sentences


def _find_period(engine: Engine, label: str, now: datetime) -> tuple[Period, list[str]]:
    if not label:
        return open_period(engine, now), []
    try:
        return find_period(engine, label), []
    except UnknownPeriodError:
        period = ad_hoc_period(engine, label, now)
        return period, [f"周期 {label} 不存在，已临时建立，监测时间点 {period.check_at.isoformat()}"]


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
    """Targets of this process: those named, or those of the shard; sites of one platform stay together."""
    targets = list(every)
    if not targets:
        raise BadInputError("底账中没有需要巡检的网站；请先运行 scripts/import_registry.py 导入网站底账")
    unknown = sorted(codes - {target.code for target in targets})
    if unknown:
        raise BadInputError(f"网站标识码 {unknown[0]!r} 不在本周期的巡检范围内；请核对底账和运行状态")
    if codes:
        targets = [target for target in targets if target.code in codes]
    if shard is not None:
        share, shares = shard
        targets = [target for target in targets if _share_of(target, shares) == share]
    return targets


def _share_of(target: SiteTarget, shares: int) -> int:
    key = f"platform {target.platform}" if target.platform else target.code
    return zlib.crc32(key.encode()) % shares + 1


def _require_contact(settings: Settings, targets: Iterable[SiteTarget]) -> None:
    """An inspector who knocks on public doors leaves a name (design decision 13)."""
    if str(settings["CONTACT"] or "").strip():
        return
    allowed = allowed_networks(os.environ)
    for target in targets:
        literal = literal_address(host_of(target.home_url))
        if literal is None or may_contact(literal, ()) or not may_contact(literal, allowed):
            raise BadInputError(
                "未设置联系方式：请设置环境变量 GOVSPIDER_CONTACT（例如 13800000000 或 inspector@example.gov.cn），"
                "它会写入 User-Agent，供被巡检网站联系"
            )


def _lock(engine: Engine, targets: Iterable[SiteTarget]) -> tuple[SiteLocks, list[SiteTarget], list[SiteTarget]]:
    locks = SiteLocks(engine)
    taken: list[SiteTarget] = []
    refused: list[SiteTarget] = []
    for target in targets:
        (taken if locks.take(target.site_id) else refused).append(target)
    return locks, taken, refused


def _introduce(run: Run, chosen: list[SiteTarget], finished: frozenset[int]) -> str:
    done = sum(target.site_id in finished for target in chosen)
    verb = f"继续批次 {run.id}（已完成 {done} 个）" if run.resumed else f"开始批次 {run.id}"
    return f"{verb}：周期 {run.period_label}，监测时间点 {run.check_at.isoformat()}，网站 {len(chosen)} 个"
