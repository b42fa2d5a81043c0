#!/usr/bin/env python3
"""复查：就一个问题、一个网站或一个单位重新访问，并立即重新判定。

链接问题只访问该链接；其他问题以及 --site、--unit 为完整的单站巡检，加 --links 则只访问其链接问题的地址。
问题是否整改，由新的访问结果说明，不由人工改写。
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from govspider.db.address import DatabaseAddressError
from govspider.db.engine import DatabaseError, Engine, make_engine
from govspider.db.periods import PeriodError, UnknownPeriodError, open_period
from govspider.db.postgres_runtime import LocalServerError
from govspider.db.rechecks import (
    LINK_KINDS,
    UnknownUnitError,
    finding_states,
    newest_period,
    open_link_findings,
    sites_of_unit,
    sites_with_finding_on,
)
from govspider.db.reviews import UnknownFindingError, find_finding, judged_with
from govspider.db.schema_version import SchemaVersionError
from govspider.db.upgrade import DatabaseUnusableError, ready_database
from govspider.judging import DEFAULT_RUBRIC, RubricError, judge

_ROOT = Path(__file__).resolve().parent.parent
_BAD_INPUT, _INCOMPLETE = 2, 3
_STATES = {
    "suspected": "疑似", "confirmed": "确认", "dismissed": "已核减", "exempted": "例外",
    "notified": "已通报", "fixed": "已整改", "regressed": "复发",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Request:
    """Which sites to look at again, in which period, and under which rubrics to judge; `finding` its number.

    `links`: findings whose addresses are asked again, and nothing else of the sites; None for whole looks.
    """

    sites: tuple[str, ...]
    period: str
    rubrics: tuple[str, ...]
    finding: int | None = None
    links: tuple[int, ...] | None = None


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 done, 2 bad input, 3 not complete; argparse itself exits with 2."""
    chosen, settings = _parser().parse_known_args(arguments)
    try:
        url = ready_database(os.environ)
        engine = make_engine(url)
        request = _request(engine, chosen, datetime.now(UTC))
        if request.links == ():
            print("没有未整改的链接问题，无需复查")
            return 0
        before = _state(engine, request)
        code = _crawl(request, settings, url)
        if code not in (0, _INCOMPLETE):
            return code
        for rubric in request.rubrics:
            judge(engine, request.period, rubric, datetime.now(UTC), site_codes=request.sites)
        _tell(engine, request, before)
    except (UnknownFindingError, UnknownUnitError, UnknownPeriodError, PeriodError, RubricError) as error:
        print(f"recheck: {error}", file=sys.stderr)
        return _BAD_INPUT
    except DatabaseAddressError as error:
        print(f"recheck: {error}", file=sys.stderr)
        return _BAD_INPUT
    except (DatabaseUnusableError, LocalServerError, SchemaVersionError, DatabaseError) as error:
        print(f"recheck: 数据库不可用：{str(error).partition(chr(10))[0]}", file=sys.stderr)
        return _INCOMPLETE
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, epilog="其余参数原样交给 scrapy crawl，例如 -s NAME=VALUE。")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--finding", metavar="FINDING", help="问题编号，或指纹的前 8 位以上")
    what.add_argument("--site", metavar="CODE", help="网站标识码")
    what.add_argument("--unit", metavar="NAME", help="单位或地区名称，含其下级")
    parser.add_argument("--links", action="store_true", help="与 --site 或 --unit 合用：只访问未整改链接问题的地址")
    parser.add_argument("--period", metavar="LABEL", help="监测周期；省略则为问题所在周期，或当前周期")
    parser.add_argument("--rubric", default=DEFAULT_RUBRIC, metavar="ID", help=f"指标（默认 {DEFAULT_RUBRIC}）")
    return parser


def _request(engine: Engine, chosen: argparse.Namespace, now: datetime) -> Request:
    if chosen.finding:
        return _of_finding(engine, chosen, now)
    with engine.connect() as connection:
        codes = sites_of_unit(connection, chosen.unit) if chosen.unit else [chosen.site]
        links = open_link_findings(connection, codes) if chosen.links else []
        period = chosen.period or newest_period(connection, links) or open_period(engine, now).label
        if not chosen.links:
            return Request(tuple(codes), period, (chosen.rubric,))
        return Request(tuple(sites_with_finding_on(connection, links)), period, (chosen.rubric,), links=tuple(links))


def _of_finding(engine: Engine, chosen: argparse.Namespace, now: datetime) -> Request:
    """The site of the finding, in the period of its latest look, under every rubric that saw it there."""
    with engine.connect() as connection:
        finding = find_finding(connection, chosen.finding)
        judgings = judged_with(connection, finding.id)
        period = chosen.period or newest_period(connection, [finding.id]) or open_period(engine, now).label
        # a finding that was fixed has no sighting in its newest period: then every rubric that ever saw it
        of_period = sorted({rubric for label, rubric in judgings if label == period})
        rubrics = tuple(of_period or sorted({rubric for _, rubric in judgings}) or [chosen.rubric])
        if finding.kind not in LINK_KINDS:
            return Request((finding.site_code,), period, rubrics, finding.id)
        sites = sites_with_finding_on(connection, [finding.id])
    return Request(tuple(sites), period, rubrics, finding.id, (finding.id,))


def _crawl(request: Request, settings: Sequence[str], url: str) -> int:
    print(f"── 复查：周期 {request.period}，网站 {'、'.join(request.sites)} ──", flush=True)
    if request.links is None:
        words = ["portals", "-a", f"sites={','.join(request.sites)}"]
    else:
        words = ["links", "-a", f"findings={','.join(map(str, request.links))}"]
    command = [sys.executable, "-m", "scrapy", "crawl", *words, "-a", f"period={request.period}", *settings]
    return subprocess.run(command, cwd=_ROOT, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


def _state(engine: Engine, request: Request) -> str:
    if request.finding is None:
        return ""
    with engine.connect() as connection:
        return finding_states(connection, request.finding)[0]


def _tell(engine: Engine, request: Request, before: str) -> None:
    if request.finding is None and request.links is not None:
        print(f"已复查 {len(request.links)} 个链接问题并重新判定")
        return
    if request.finding is None:
        print(f"已复查 {len(request.sites)} 个网站并重新判定")
        return
    with engine.connect() as connection:
        after, url = finding_states(connection, request.finding)
    print(f"问题 {request.finding}：{_STATES[before]} → {_STATES[after]}  {url}")


if __name__ == "__main__":
    raise SystemExit(main())
