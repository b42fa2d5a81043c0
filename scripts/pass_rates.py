#!/usr/bin/env python3
"""合格率：总体、各区县、市级部门，以及各项网站标识的添加率。尚未判定的先判定。"""

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
from govspider.judging import DEFAULT_RUBRIC, RubricError, judge_if_needed
from govspider.judging.evaluation import weigh_exemptions
from govspider.reports.change_text import changes_text, exemptions_text, history_text
from govspider.reports.pass_rates import PassRateReport, RateSumError, read_pass_rates
from govspider.reports.rate_changes import IncomparableError, read_changes, read_history
from govspider.reports.rate_sheets import combined_sheet
from govspider.reports.reader_gone import end_when_the_reader_leaves
from govspider.reports.run_report import pass_rates_text, pass_rates_xlsx, write_reports
from govspider.reports.screen import print_tables, render_tables
from govspider.reports.spreadsheet import csv_bytes

_BAD_INPUT, _INCOMPLETE = 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 printed, 2 bad input, 3 database not usable or sums that do not add up."""
    chosen = _parser().parse_args(arguments)
    if chosen.format == "xlsx" and chosen.output is None and sys.stdout.isatty():
        print("pass_rates: xlsx 不能显示在终端上：请用 --output 指定文件", file=sys.stderr)
        return _BAD_INPUT
    try:
        engine = make_engine(ready_database(os.environ))
        judge_if_needed(engine, chosen.period, chosen.rubric, datetime.now(UTC))
        _show(read_pass_rates(engine, chosen.period, chosen.rubric), chosen)
        print(_further(engine, chosen), end="", file=sys.stdout if chosen.format == "table" else sys.stderr)
        if chosen.out is not None:
            write_reports(engine, chosen.period, chosen.rubric, chosen.out)
    except (UnknownPeriodError, RubricError, DatabaseAddressError, IncomparableError) as error:
        print(f"pass_rates: {error}", file=sys.stderr)
        return _BAD_INPUT
    except OSError as error:
        print(
            f"pass_rates: 无法写入 {error.filename or chosen.output or '标准输出'}：{error.strerror}", file=sys.stderr
        )
        return _BAD_INPUT
    except RateSumError as error:
        print(f"pass_rates: 分项与总数不符，不予输出：{error}", file=sys.stderr)
        return _INCOMPLETE
    except (DatabaseUnusableError, LocalServerError, SchemaVersionError, DatabaseError) as error:
        print(f"pass_rates: 数据库不可用：{str(error).partition(chr(10))[0]}", file=sys.stderr)
        return _INCOMPLETE
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--period", required=True, metavar="LABEL", help="监测周期，如 2026Q4")
    parser.add_argument("--rubric", default=DEFAULT_RUBRIC, metavar="ID", help=f"指标（默认 {DEFAULT_RUBRIC}）")
    parser.add_argument(
        "--by",
        choices=("district", "department", "line", "site_type"),
        help="只列区县、市级部门、条线或网站类型",
    )
    parser.add_argument("--format", choices=("table", "json", "csv", "xlsx"), default="table")
    parser.add_argument("--previous", metavar="LABEL", help="与此监测周期比较，列出升降（百分点）；指标不同则拒绝")
    parser.add_argument("--history", action="store_true", help="列出连续全部合格的单位和连续不合格的网站")
    parser.add_argument("--exemptions", action="store_true", help="列出栏目豁免及其对合格率的影响")
    parser.add_argument("--output", type=Path, metavar="FILE", help="写入文件，而不是标准输出")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="另将合格率和问题清单的全部报告写入此目录")
    return parser


def _show(report: PassRateReport, chosen: argparse.Namespace) -> None:
    if chosen.format == "table" and chosen.output is None:
        print_tables(report, chosen.by)
        return
    content = _content(report, chosen.format, chosen.by)
    if chosen.output is not None:
        chosen.output.write_bytes(content)
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def _further(engine: Engine, chosen: argparse.Namespace) -> str:
    parts = []
    if chosen.previous:
        parts.append(changes_text(read_changes(engine, chosen.period, chosen.previous, chosen.rubric), chosen.previous))
    if chosen.history:
        parts.append(history_text(read_history(engine, chosen.period, chosen.rubric)))
    if chosen.exemptions:
        parts.append(exemptions_text(weigh_exemptions(engine, chosen.period, chosen.rubric)))
    return "".join(parts)


def _content(report: PassRateReport, form: str, by: str | None) -> bytes:
    if form == "table":
        return render_tables(report, by).encode()
    if form == "json":
        return pass_rates_text(report, by).encode()
    if form == "csv":
        return csv_bytes(combined_sheet(report, by))
    return pass_rates_xlsx(report, by)


if __name__ == "__main__":
    end_when_the_reader_leaves()
    raise SystemExit(main())
