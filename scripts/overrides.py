#!/usr/bin/env python3
"""栏目规则（GOVSPIDER_OVERRIDES 目录中的 YAML）：逐个用夹具验证，并统计依靠规则识别的栏目占比。"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from govspider.db.address import DatabaseAddressError
from govspider.db.engine import DatabaseError, make_engine
from govspider.db.override_share import read_override_share
from govspider.db.periods import UnknownPeriodError, find_period
from govspider.db.postgres_runtime import LocalServerError
from govspider.db.schema_version import SchemaVersionError
from govspider.db.upgrade import DatabaseUnusableError, ready_database
from govspider.overrides.reading import FOLDER_VARIABLE, OverrideError, read_overrides

_BAD_INPUT, _INCOMPLETE = 2, 3
_AIM = 5.0
"""Per cent of columns: above this the general rules need work, not more overrides."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 all in order, 2 a refused override or bad input, 3 database not usable."""
    chosen = _parser().parse_args(arguments)
    try:
        if chosen.command == "check":
            return _check(chosen.folder)
        return _share(chosen.period)
    except (OverrideError, UnknownPeriodError, DatabaseAddressError) as error:
        print(f"overrides: {error}", file=sys.stderr)
        return _BAD_INPUT
    except (DatabaseUnusableError, LocalServerError, SchemaVersionError, DatabaseError) as error:
        print(f"overrides: 数据库不可用：{str(error).partition(chr(10))[0]}", file=sys.stderr)
        return _INCOMPLETE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="逐个用夹具验证规则")
    named = os.environ.get(FOLDER_VARIABLE, "")
    check.add_argument("folder", type=Path, nargs="?", default=Path(named) if named else None, help="规则目录")
    share = commands.add_parser("share", help="一个监测周期内依靠规则识别的栏目占比")
    share.add_argument("--period", required=True, metavar="LABEL", help="监测周期，如 2026Q4")
    return parser


def _check(folder: Path | None) -> int:
    if folder is None:
        raise OverrideError(f"没有指定规则目录：请给出目录，或设置环境变量 {FOLDER_VARIABLE}")
    tried = read_overrides(folder, datetime.now(ZoneInfo("Asia/Shanghai")).date())
    for one in tried:
        state = f"已于 {one.override.expires} 到期，不再使用" if one.expired else f"有效至 {one.override.expires}"
        print(f"{one.file}：通过夹具验证，{state}；{one.override.host}{one.override.path}；{one.override.why}")
    print(f"{len(tried)} 条规则，其中 {sum(one.expired for one in tried)} 条已到期。")
    return 0


def _share(label: str) -> int:
    engine = make_engine(ready_database(os.environ))
    period = find_period(engine, label)
    with engine.connect() as connection:
        served, columns = read_override_share(connection, period.id)
    if columns == 0:
        print(f"周期 {period.label} 没有看过的栏目。")
        return 0
    share = 100 * served / columns
    word = "高于" if share > _AIM else "不高于"
    print(
        f"周期 {period.label}：{columns} 个栏目中 {served} 个依靠规则识别，占 {share:.1f}%，{word} {_AIM:.0f}% 的目标。"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
