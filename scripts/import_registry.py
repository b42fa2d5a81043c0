#!/usr/bin/env python3
"""导入网站底账（xlsx 或 csv）：新增、变更、消失、恢复都列出，退回的行写在旁边的退回文件里。"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from govspider.db.address import DatabaseAddressError
from govspider.db.engine import DatabaseError, Engine, make_engine
from govspider.db.postgres_runtime import LocalServerError
from govspider.db.registry import ImportOutcome, store_registry
from govspider.db.schema_version import SchemaVersionError
from govspider.db.status_history import StatusOrderError
from govspider.db.upgrade import DatabaseUnusableError, ready_database
from govspider.entries import Registry
from govspider.registry.reading import read_registry
from govspider.registry.reject_file import reject_path, write_rejects
from govspider.registry.tables import RegistryFileError

_BAD_INPUT, _INCOMPLETE = 2, 3
_SUBJECTS = {"site": "网站", "column": "栏目", "organisation": "机构", "contact": "联系人"}
_CHANGES = {"added": "新增", "changed": "变更", "gone": "消失", "returned": "恢复"}
_SHANGHAI = ZoneInfo("Asia/Shanghai")


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 imported (rejected rows are in the reject file), 2 bad input, 3 database not usable."""
    chosen = _parser().parse_args(arguments)
    now = datetime.now(_SHANGHAI)
    as_of = chosen.as_of or now.date()
    try:
        if as_of > now.date():
            raise RegistryFileError(f"--as-of {as_of} 在未来：底账日期不能晚于今天。")
        registry = read_registry(chosen.file, as_of, chosen.columns)
        print(*registry.notes, sep="\n")
        engine = make_engine(ready_database(os.environ))
        _import(engine, registry, as_of, now, chosen)
    except (RegistryFileError, StatusOrderError, DatabaseAddressError) as error:
        print(f"import_registry: {error}", file=sys.stderr)
        return _BAD_INPUT
    except (DatabaseUnusableError, LocalServerError, SchemaVersionError, DatabaseError) as error:
        print(f"import_registry: 数据库不可用：{str(error).partition(chr(10))[0]}", file=sys.stderr)
        return _INCOMPLETE
    return 0


def read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期：请写成 2026-10-01") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE", help="网站底账：xlsx 或 csv")
    parser.add_argument("--columns", type=Path, metavar="FILE", help="栏目表（也可以是底账中的一张工作表）")
    parser.add_argument("--complete", action="store_true", help="底账是完整的：所涉地区里不在其中的网站记为消失")
    parser.add_argument("--as-of", type=read_day, metavar="DATE", help="底账日期，如 2026-10-01（默认今天）")
    parser.add_argument("--rejects", type=Path, metavar="FILE", help="退回文件（默认写在底账旁边）")
    parser.add_argument("--list", type=int, default=20, metavar="N", help="最多列出多少条变更（默认 20，全部记在库中）")
    return parser


def _import(engine: Engine, registry: Registry, as_of: date, now: datetime, chosen: argparse.Namespace) -> None:
    """One transaction: when the reject file cannot be written, nothing is imported."""
    with engine.begin() as connection:
        outcome = store_registry(connection, registry, as_of=as_of, now=now, complete=chosen.complete)
        rejects = [*registry.rejects, *outcome.rejects]
        where = chosen.rejects or reject_path(chosen.file)
        if rejects:
            try:
                write_rejects(where, rejects, registry.headers)
            except OSError as error:
                raise RegistryFileError(
                    f"退回文件“{where}”写不了（{error.strerror}），没有导入任何行：请用 --rejects 指定别处。"
                ) from error
    accepted = f"接受网站 {outcome.sites} 行"
    if outcome.columns:
        accepted += f"、栏目 {outcome.columns} 行"
    print(f"{accepted}，退回 {len(rejects)} 行" + (f"：见“{where}”" if rejects else ""))
    _print_changes(outcome, chosen.list)


def _print_changes(outcome: ImportOutcome, limit: int) -> None:
    for subject, words in _SUBJECTS.items():
        counts = {change: outcome.count(change, subject) for change in _CHANGES}
        if subject == "site" or any(counts.values()):
            print(f"{words}：" + " ".join(f"{_CHANGES[change]} {count}" for change, count in counts.items()))
    for item in sorted(outcome.changes, key=lambda item: list(_SUBJECTS).index(item.subject))[: max(limit, 0)]:
        detail = f" {item.field}：{item.old or '（空）'} → {item.new or '（空）'}" if item.field else ""
        print(f"  {_CHANGES[item.change]}{_SUBJECTS[item.subject]} {item.key}{detail}")
    if len(outcome.changes) > max(limit, 0):
        print(f"  ……共 {len(outcome.changes)} 条，全部记在表 registry_change 中（导入编号 {outcome.import_id}）")


if __name__ == "__main__":
    raise SystemExit(main())
