#!/usr/bin/env python3
"""更新期限预警：按最近一次巡检所见的最新日期，推算各栏目将在哪一天超过更新期限。不是判定结果。"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from govspider.db.address import DatabaseAddressError
from govspider.db.engine import DatabaseError, make_engine
from govspider.db.periods import UnknownPeriodError
from govspider.db.postgres_runtime import LocalServerError
from govspider.db.schema_version import SchemaVersionError
from govspider.db.upgrade import DatabaseUnusableError, ready_database
from govspider.judging import DEFAULT_RUBRIC, RubricError
from govspider.reports.forecast import ForecastRow, forecast_sheet, forecast_sheets, forecast_text, list_forecast
from govspider.reports.reader_gone import end_when_the_reader_leaves
from govspider.reports.screen import print_sheets
from govspider.reports.spreadsheet import csv_bytes

_BAD_INPUT, _INCOMPLETE = 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 listed, 2 bad input, 3 database not usable."""
    chosen = _parser().parse_args(arguments)
    try:
        engine = make_engine(ready_database(os.environ))
        today = chosen.day or datetime.now(ZoneInfo("Asia/Shanghai")).date()
        rows = list_forecast(engine, chosen.period, chosen.rubric, today, site_codes=chosen.site)
        if chosen.within is not None:
            rows = [row for row in rows if row.days_left is not None and row.days_left <= chosen.within]
        _show(rows, chosen)
    except (UnknownPeriodError, RubricError, DatabaseAddressError) as error:
        print(f"forecast: {error}", file=sys.stderr)
        return _BAD_INPUT
    except OSError as error:
        print(f"forecast: 无法写入 {chosen.output or '标准输出'}：{error.strerror}", file=sys.stderr)
        return _BAD_INPUT
    except (DatabaseUnusableError, LocalServerError, SchemaVersionError, DatabaseError) as error:
        print(f"forecast: 数据库不可用：{str(error).partition(chr(10))[0]}", file=sys.stderr)
        return _INCOMPLETE
    except ValueError as error:
        print(f"forecast: {error}", file=sys.stderr)
        return _BAD_INPUT
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--period", required=True, metavar="LABEL", help="监测周期，如 2026Q4")
    parser.add_argument("--site", action="append", default=[], metavar="CODE", help="只列此网站（可重复）")
    parser.add_argument("--within", type=int, metavar="DAYS", help="只列已超期和多少天内将超期的栏目")
    parser.add_argument("--day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="从哪一天起算（默认今天）")
    parser.add_argument("--rubric", default=DEFAULT_RUBRIC, metavar="ID", help=f"指标（默认 {DEFAULT_RUBRIC}）")
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table")
    parser.add_argument("--output", type=Path, metavar="FILE", help="写入文件，而不是标准输出（csv、json）")
    return parser


def _show(rows: Sequence[ForecastRow], chosen: argparse.Namespace) -> None:
    if chosen.format == "table":
        print_sheets(forecast_sheets(rows))
        if not rows:
            print("没有需要列出的栏目。")
        return
    content = forecast_text(rows).encode() if chosen.format == "json" else csv_bytes(forecast_sheet(rows))
    if chosen.output is not None:
        chosen.output.write_bytes(content)
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    end_when_the_reader_leaves()
    raise SystemExit(main())
