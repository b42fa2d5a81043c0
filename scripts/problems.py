#!/usr/bin/env python3
"""问题清单：一个监测周期内疑似和已确认的问题。未知、被拦截和已核减的不列入。尚未判定的先判定。"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from govspider.db.address import DatabaseAddressError
from govspider.db.engine import DatabaseError, make_engine
from govspider.db.periods import UnknownPeriodError
from govspider.db.postgres_runtime import LocalServerError
from govspider.db.schema_version import SchemaVersionError
from govspider.db.upgrade import DatabaseUnusableError, ready_database
from govspider.judging import DEFAULT_RUBRIC, RubricError, judge_if_needed
from govspider.reports.pass_rates import RateSumError, read_pass_rates
from govspider.reports.problems import keys_sheet, list_problems, problems_sheet
from govspider.reports.rate_sheets import notes_sheet
from govspider.reports.reader_gone import end_when_the_reader_leaves
from govspider.reports.spreadsheet import csv_bytes, xlsx_bytes
from govspider.reports.terminal import plain_json

_BAD_INPUT, _INCOMPLETE = 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 listed (problems or not), 2 bad input, 3 database not usable."""
    chosen = _parser().parse_args(arguments)
    if chosen.format == "xlsx" and chosen.output is None and sys.stdout.isatty():
        print("problems: xlsx 不能显示在终端上：请用 --output 指定文件", file=sys.stderr)
        return _BAD_INPUT
    try:
        content = _content(chosen)
        if chosen.output is not None:
            chosen.output.write_bytes(content)
        else:
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
    except (UnknownPeriodError, RubricError, DatabaseAddressError) as error:
        print(f"problems: {error}", file=sys.stderr)
        return _BAD_INPUT
    except OSError as error:
        print(f"problems: 无法写入 {chosen.output or '标准输出'}：{error.strerror}", file=sys.stderr)
        return _BAD_INPUT
    except (DatabaseUnusableError, LocalServerError, SchemaVersionError, DatabaseError, RateSumError) as error:
        print(f"problems: 数据库不可用：{str(error).partition(chr(10))[0]}", file=sys.stderr)
        return _INCOMPLETE
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--period", required=True, metavar="LABEL", help="监测周期，如 2026Q4")
    parser.add_argument("--rubric", default=DEFAULT_RUBRIC, metavar="ID", help=f"指标（默认 {DEFAULT_RUBRIC}）")
    parser.add_argument("--format", choices=("json", "csv", "xlsx"), default="json")
    parser.add_argument("--output", type=Path, metavar="FILE", help="写入文件，而不是标准输出")
    return parser


def _content(chosen: argparse.Namespace) -> bytes:
    engine = make_engine(ready_database(os.environ))
    judge_if_needed(engine, chosen.period, chosen.rubric, datetime.now(UTC))
    problems = list_problems(engine, chosen.period, chosen.rubric)
    if chosen.format == "json":
        rows = [asdict(problem) for problem in problems]
        return (plain_json(rows) + "\n").encode()
    sheet = problems_sheet(problems, chinese=False)
    if chosen.format == "csv":
        return csv_bytes(sheet)
    report = read_pass_rates(engine, chosen.period, chosen.rubric)
    return xlsx_bytes([sheet, keys_sheet(), notes_sheet(report)])


if __name__ == "__main__":
    end_when_the_reader_leaves()
    raise SystemExit(main())
