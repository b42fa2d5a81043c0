#!/usr/bin/env python3
"""监测周期：建立、列出、查看。监测时间点（check_at）是统计和时限倒推的起点，不能在未来。"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime

from govspider.db.address import DatabaseAddressError
from govspider.db.engine import DatabaseError, Engine, make_engine
from govspider.db.period_labels import SHANGHAI, end_of
from govspider.db.periods import (
    Period,
    PeriodError,
    PeriodRequest,
    UnknownPeriodError,
    count_targets,
    create_period,
    find_period,
    list_periods,
)
from govspider.db.postgres_runtime import LocalServerError
from govspider.db.schema_version import SchemaVersionError
from govspider.db.upgrade import DatabaseUnusableError, ready_database

_BAD_INPUT, _INCOMPLETE = 2, 3
_DAY_LENGTH = len("2026-09-30")


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 done, 2 bad input, 3 database not usable; argparse itself exits with 2."""
    chosen = _parser().parse_args(arguments)
    try:
        engine = make_engine(ready_database(os.environ))
        chosen.act(engine, chosen)
    except (PeriodError, UnknownPeriodError, DatabaseAddressError) as error:
        print(f"period: {error}", file=sys.stderr)
        return _BAD_INPUT
    except (DatabaseUnusableError, LocalServerError, SchemaVersionError, DatabaseError) as error:
        print(f"period: 数据库不可用：{str(error).partition(chr(10))[0]}", file=sys.stderr)
        return _INCOMPLETE
    return 0


def read_instant(text: str) -> datetime:
    """Instant in Asia/Shanghai of 2026-09-30 or 2026-09-30T18:00; a day means its end, today means now."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}”不是时间：请写成 2026-09-30 或 2026-09-30T18:00") from error
    if len(text) > _DAY_LENGTH:
        return instant if instant.tzinfo else instant.replace(tzinfo=SHANGHAI)
    now = datetime.now(SHANGHAI)
    return now if instant.date() == now.date() else end_of(instant.date())


def read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期：请写成 2026-09-30") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(required=True)
    create = commands.add_parser("create", help="建立一个监测周期")
    create.add_argument("label", help="标签，如 2026Q4、2026-11、2026H2；其他标签须给出 --from 和 --to")
    create.add_argument("--from", dest="data_from", type=read_day, metavar="DATE", help="数据起始日")
    create.add_argument("--to", dest="data_to", type=read_day, metavar="DATE", help="数据截止日")
    create.add_argument(
        "--check-at",
        type=read_instant,
        metavar="TIME",
        help="监测时间点，如 2026-09-30 或 2026-09-30T18:00",
    )
    create.add_argument("--message-cutoff", type=read_instant, metavar="TIME", help="留言截止（默认同监测时间点）")
    create.set_defaults(act=_create)
    commands.add_parser("list", help="列出全部监测周期").set_defaults(act=_list)
    show = commands.add_parser("show", help="查看一个监测周期")
    show.add_argument("label", help="标签，如 2026Q4")
    show.set_defaults(act=_show)
    return parser


def _create(engine: Engine, chosen: argparse.Namespace) -> None:
    request = PeriodRequest(chosen.label, chosen.data_from, chosen.data_to, chosen.check_at, chosen.message_cutoff)
    print("已建立", _line(create_period(engine, request, datetime.now(UTC))))


def _list(engine: Engine, _: argparse.Namespace) -> None:
    periods = list_periods(engine)
    for period in periods:
        print(_line(period))
    print(f"共 {len(periods)} 个监测周期")


def _show(engine: Engine, chosen: argparse.Namespace) -> None:
    period = find_period(engine, chosen.label)
    print(_line(period))
    if period.message_cutoff:
        print(f"留言截止 {_shown(period.message_cutoff)}")
    if period.frozen_at is None:
        print("统计范围未冻结：由第一次完整巡检冻结")
        return
    with engine.connect() as connection:
        counted = count_targets(connection, period.id)
    print(f"统计范围：计入 {counted.included} 个网站")
    for reason, sites in counted.excluded.items():
        print(f"  不计入 {sites} 个：{reason}")


def _line(period: Period) -> str:
    frozen = f"，{_shown(period.frozen_at)} 冻结" if period.frozen_at else ""
    made = "，巡检时临时建立" if period.ad_hoc else ""
    days = f"{period.data_from} 至 {period.data_to}"
    return f"{period.label}：{days}，监测时间点 {_shown(period.check_at)}{made}{frozen}"


def _shown(instant: datetime) -> str:
    return instant.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")


if __name__ == "__main__":
    raise SystemExit(main())
