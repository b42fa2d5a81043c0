#!/usr/bin/env python3
"""隐藏外链的域名：跨站索引、团伙线索，以及由人维护的域名判定。"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from govspider.db.address import DatabaseAddressError
from govspider.db.domain_verdicts import (
    JudgedDomain,
    UnknownDomainError,
    enter_domain_verdicts,
    forget_domain_verdict,
)
from govspider.db.engine import DatabaseError, Engine, make_engine
from govspider.db.periods import UnknownPeriodError
from govspider.db.postgres_runtime import LocalServerError
from govspider.db.schema_version import SchemaVersionError
from govspider.db.upgrade import DatabaseUnusableError, ready_database
from govspider.reports.domain_sheet import (
    VERDICT_WORDS,
    DomainRow,
    DomainRowError,
    DomainSheetError,
    read_domain_row,
    read_domain_sheet,
)
from govspider.reports.hidden_targets import campaign_sheet, index_sheet, list_hidden_targets, verdict_sheet
from govspider.reports.reader_gone import end_when_the_reader_leaves
from govspider.reports.screen import print_sheets
from govspider.reports.spreadsheet import Sheet, csv_bytes

_BAD_INPUT, _INCOMPLETE = 2, 3
_REFUSALS = (DomainRowError, DomainSheetError, UnknownDomainError, UnknownPeriodError, DatabaseAddressError)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 done (rejected lines are told), 2 bad input, 3 database not usable."""
    chosen = _parser().parse_args(arguments)
    try:
        chosen.act(make_engine(ready_database(os.environ)), chosen)
    except _REFUSALS as error:
        print(f"domains: {error.args[0]}", file=sys.stderr)
        return _BAD_INPUT
    except OSError as error:
        print(f"domains: 无法读写 {error.filename}：{error.strerror}", file=sys.stderr)
        return _BAD_INPUT
    except (DatabaseUnusableError, LocalServerError, SchemaVersionError, DatabaseError) as error:
        print(f"domains: 数据库不可用：{str(error).partition(chr(10))[0]}", file=sys.stderr)
        return _INCOMPLETE
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    commands = parser.add_subparsers(required=True)
    for name, act, meaning in (
        ("index", _index, "一个周期内各网站隐藏链接所指的域名"),
        ("campaigns", _campaigns, "隐藏同一批域名的网站分组"),
    ):
        command = commands.add_parser(name, help=meaning)
        command.add_argument("--period", required=True, metavar="LABEL", help="监测周期，如 2026Q4")
        _add_format(command, act)
    _add_format(commands.add_parser("list", help="列出全部域名判定"), _list)
    entering = commands.add_parser("set", help="判定一个域名")
    entering.add_argument("domain", metavar="DOMAIN", help="域名，如 example.com")
    entering.add_argument("verdict", metavar="VERDICT", help=" | ".join(VERDICT_WORDS.values()))
    entering.add_argument("--reason", required=True, metavar="TEXT", help="理由")
    entering.add_argument("--author", required=True, metavar="NAME", help="录入人")
    entering.set_defaults(act=_set)
    reading = commands.add_parser("import", help="从 CSV 文件录入（列：域名, 判定, 理由）")
    reading.add_argument("file", type=Path, metavar="FILE")
    reading.add_argument("--author", required=True, metavar="NAME", help="录入人")
    reading.set_defaults(act=_import)
    forgetting = commands.add_parser("forget", help="撤销一个域名的判定")
    forgetting.add_argument("domain", metavar="DOMAIN")
    forgetting.set_defaults(act=_forget)
    return parser


def _add_format(command: argparse.ArgumentParser, act: object) -> None:
    command.add_argument("--format", choices=("table", "csv"), default="table")
    command.add_argument("--output", type=Path, metavar="FILE", help="写入 CSV 文件，而不是标准输出")
    command.set_defaults(act=act)


def _index(engine: Engine, chosen: argparse.Namespace) -> None:
    _show(index_sheet(engine, list_hidden_targets(engine, chosen.period)), chosen)


def _campaigns(engine: Engine, chosen: argparse.Namespace) -> None:
    _show(campaign_sheet(list_hidden_targets(engine, chosen.period)), chosen)


def _list(engine: Engine, chosen: argparse.Namespace) -> None:
    _show(verdict_sheet(engine), chosen)


def _show(sheet: Sheet, chosen: argparse.Namespace) -> None:
    if chosen.output is not None:
        chosen.output.write_bytes(csv_bytes(sheet))
    elif chosen.format == "csv":
        sys.stdout.buffer.write(csv_bytes(sheet))
        sys.stdout.buffer.flush()
    else:
        print_sheets([sheet])


def _set(engine: Engine, chosen: argparse.Namespace) -> None:
    row = read_domain_row(chosen.domain, chosen.verdict, chosen.reason)
    _enter(engine, [row], chosen.author)
    print(f"{row.domain}：{VERDICT_WORDS[row.verdict]}；重新判定（scripts/judge.py）后生效")


def _import(engine: Engine, chosen: argparse.Namespace) -> None:
    rows, rejected = read_domain_sheet(chosen.file.read_bytes())
    entered = _enter(engine, rows, chosen.author)
    for sentence in rejected:
        print(f"domains: {chosen.file} {sentence}", file=sys.stderr)
    print(f"录入 {entered} 个域名，拒绝 {len(rejected)} 行；重新判定（scripts/judge.py）后生效")


def _forget(engine: Engine, chosen: argparse.Namespace) -> None:
    with engine.begin() as connection:
        forget_domain_verdict(connection, chosen.domain.strip().lower())
    print(f"已撤销 {chosen.domain} 的判定")


def _enter(engine: Engine, rows: Sequence[DomainRow], author: str) -> int:
    if not author.strip():
        raise DomainRowError("--author 不能是空的：请写明录入人")
    now = datetime.now(UTC)
    judged = [JudgedDomain(row.domain, row.verdict, row.reason, author.strip(), now) for row in rows]
    with engine.begin() as connection:
        return enter_domain_verdicts(connection, judged)


if __name__ == "__main__":
    end_when_the_reader_leaves()
    raise SystemExit(main())
