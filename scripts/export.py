#!/usr/bin/env python3
"""把分析视图导出为 csv 或 Parquet 文件；视图的含义见 docs/questions.md。"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from govspider.db.address import DatabaseAddressError
from govspider.db.analysis_rows import UnknownViewError, read_view
from govspider.db.engine import DatabaseError, make_engine
from govspider.db.periods import UnknownPeriodError, find_period
from govspider.db.postgres_runtime import LocalServerError
from govspider.db.schema_version import SchemaVersionError
from govspider.db.upgrade import DatabaseUnusableError, ready_database
from govspider.reports.view_files import ParquetMissingError, require_parquet, write_csv, write_parquet

_BAD_INPUT, _NOT_DONE = 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 written, 2 bad input, 3 database or package not usable."""
    chosen = _parser().parse_args(arguments)
    try:
        rows = _export(chosen)
    except (UnknownViewError, UnknownPeriodError, DatabaseAddressError) as error:
        print(f"export: {error}", file=sys.stderr)
        return _BAD_INPUT
    except OSError as error:
        print(f"export: 无法写入 {error.filename or chosen.output}：{error.strerror}", file=sys.stderr)
        return _BAD_INPUT
    except ParquetMissingError as error:
        print(f"export: {error}", file=sys.stderr)
        return _NOT_DONE
    except (DatabaseUnusableError, LocalServerError, SchemaVersionError, DatabaseError) as error:
        print(f"export: 数据库不可用：{str(error).partition(chr(10))[0]}", file=sys.stderr)
        return _NOT_DONE
    print(f"已写入 {chosen.output}：{rows} 行", file=sys.stderr)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("view", metavar="VIEW", help="视图名称，例如 pass_rate_by_group")
    parser.add_argument("--format", choices=("csv", "parquet"), default="csv")
    parser.add_argument("--output", type=Path, required=True, metavar="FILE", help="写入的文件")
    parser.add_argument("--period", metavar="LABEL", help="只导出此监测周期，例如 2026Q4")
    return parser


def _export(chosen: argparse.Namespace) -> int:
    if chosen.format == "parquet":
        require_parquet()
    engine = make_engine(ready_database(os.environ))
    if chosen.period:
        find_period(engine, chosen.period)
    write = write_parquet if chosen.format == "parquet" else write_csv
    try:
        with read_view(engine, chosen.view, chosen.period) as found:
            return write(chosen.output, found.columns, found.blocks)
    finally:
        engine.dispose()


if __name__ == "__main__":
    raise SystemExit(main())
