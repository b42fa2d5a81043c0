#!/usr/bin/env python3
"""人工判定的指标：导出录入表（export），填写后导入（import）。导入后立即重新判定该监测周期。"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from govspider.db.address import DatabaseAddressError
from govspider.db.engine import DatabaseError, Engine, make_engine
from govspider.db.periods import UnknownPeriodError
from govspider.db.postgres_runtime import LocalServerError
from govspider.db.schema_version import SchemaVersionError
from govspider.db.upgrade import DatabaseUnusableError, ready_database
from govspider.entries import Origin, Reject
from govspider.judging import DEFAULT_RUBRIC, RubricError, judge
from govspider.judging.entering import EnteringResult, enter, form_lines
from govspider.registry.reject_file import reject_path, write_rejects
from govspider.reports.entry_form import EntryFormError, form_header, form_xlsx, read_form

_BAD_INPUT, _INCOMPLETE = 2, 3
_SHEET = "人工录入"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 done (rejected lines are in the reject file), 2 bad input, 3 database not usable."""
    chosen = _parser().parse_args(arguments)
    try:
        chosen.act(make_engine(ready_database(os.environ)), chosen)
    except (UnknownPeriodError, RubricError, DatabaseAddressError, EntryFormError) as error:
        print(f"manual_clauses: {error}", file=sys.stderr)
        return _BAD_INPUT
    except (DatabaseUnusableError, LocalServerError, SchemaVersionError, DatabaseError) as error:
        print(f"manual_clauses: 数据库不可用：{str(error).partition(chr(10))[0]}", file=sys.stderr)
        return _INCOMPLETE
    except OSError as error:
        print(f"manual_clauses: 无法读写 {error.filename or chosen.file}：{error.strerror}", file=sys.stderr)
        return _BAD_INPUT
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(required=True)
    export = commands.add_parser("export", help="导出录入表：每个网站的每项人工指标一行")
    export.add_argument("--all", action="store_true", help="已录入的也列出（默认只列未录入的）")
    export.set_defaults(act=_export)
    back = commands.add_parser("import", help="导入填写好的录入表")
    back.add_argument("--replace", action="store_true", help="允许更改此前录入的结果")
    back.set_defaults(act=_import)
    for command in (export, back):
        command.add_argument("file", type=Path, metavar="FILE", help="xlsx 文件")
        command.add_argument("--period", required=True, metavar="LABEL", help="监测周期，如 2026Q4")
        command.add_argument("--rubric", default=DEFAULT_RUBRIC, metavar="ID", help=f"指标（默认 {DEFAULT_RUBRIC}）")
    return parser


def _export(engine: Engine, chosen: argparse.Namespace) -> None:
    lines = form_lines(engine, chosen.period, chosen.rubric)
    chosen.file.write_bytes(form_xlsx(lines, only_open=not chosen.all))
    opened = sum(not line.result for line in lines)
    print(f"已导出 {chosen.file}：未录入 {opened} 项，已录入 {len(lines) - opened} 项")


def _import(engine: Engine, chosen: argparse.Namespace) -> None:
    now = datetime.now(UTC)
    lines = read_form(chosen.file)
    found = enter(engine, chosen.period, chosen.rubric, lines, (chosen.file.name, now), replace=chosen.replace)
    print(
        f"录入 {found.accepted} 项，与此前相同 {found.unchanged} 项，"
        f"未填写 {found.empty} 项，退回 {len(found.rejected)} 项"
    )
    if found.rejected:
        _write_rejects(chosen.file, found)
    judge(engine, chosen.period, chosen.rubric, now)
    print(f"已重新判定：{chosen.period}（{chosen.rubric}）")


def _write_rejects(file: Path, found: EnteringResult) -> None:
    path = reject_path(file)
    rejects = [Reject(Origin(_SHEET, line.row, line.cells), reason) for line, reason in found.rejected]
    write_rejects(path, rejects, {_SHEET: form_header()})
    for reject in rejects[:20]:
        print(f"第 {reject.origin.row} 行：{reject.reason}", file=sys.stderr)
    print(f"退回的行见 {path}", file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
