#!/usr/bin/env python3
"""核对：各分项之和等于总数，印出的合格率等于其分子分母；--notice 核对一份通报草稿的数字。不符则以退出码 3 结束。"""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

from govspider.db.address import DatabaseAddressError
from govspider.db.engine import DatabaseError, make_engine
from govspider.db.periods import UnknownPeriodError
from govspider.db.postgres_runtime import LocalServerError
from govspider.db.schema_version import SchemaVersionError
from govspider.db.upgrade import DatabaseUnusableError, ready_database
from govspider.formula_text import original
from govspider.judging import DEFAULT_RUBRIC, RubricError
from govspider.reports.pass_rates import RateSumError
from govspider.reports.reader_gone import end_when_the_reader_leaves
from govspider.reports.reconciliation import Reconciled, reconcile_period, reconcile_share
from govspider.scoring import RateError

_BAD_INPUT, _INCOMPLETE = 2, 3
_HEADER = ("名称", "总数", "不合格", "合格率")


class NoticeError(ValueError):
    """A list of figures that cannot be read, in one sentence."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 everything reconciles, 2 bad input, 3 something does not, or the database is not usable."""
    chosen = _parser().parse_args(arguments)
    try:
        found = read_notice(chosen.notice) if chosen.notice else []
        if chosen.period:
            engine = make_engine(ready_database(os.environ))
            found += reconcile_period(engine, chosen.period, chosen.rubric)
    except (UnknownPeriodError, RubricError, DatabaseAddressError, NoticeError) as error:
        print(f"reconcile: {error}", file=sys.stderr)
        return _BAD_INPUT
    except OSError as error:
        print(f"reconcile: 无法读取 {error.filename}：{error.strerror}", file=sys.stderr)
        return _BAD_INPUT
    except RateSumError as error:
        print(f"reconcile: 分项与总数不符：{error}", file=sys.stderr)
        return _INCOMPLETE
    except (DatabaseUnusableError, LocalServerError, SchemaVersionError, DatabaseError) as error:
        print(f"reconcile: 数据库不可用：{str(error).partition(chr(10))[0]}", file=sys.stderr)
        return _INCOMPLETE
    return _print(found)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    what = parser.add_argument_group("核对什么（至少一项）")
    what.add_argument("--period", metavar="LABEL", help="监测周期，如 2026Q4")
    what.add_argument("--notice", type=Path, metavar="FILE", help=f"csv，列为 {'、'.join(_HEADER)}；不合格可以留空")
    parser.add_argument("--rubric", default=DEFAULT_RUBRIC, metavar="ID", help=f"指标（默认 {DEFAULT_RUBRIC}）")
    return parser


def _print(found: Sequence[Reconciled]) -> int:
    wrong = [one for one in found if not one.holds]
    for one in wrong:
        print(f"不符  {one.name}：{one.told}")
    print(f"核对 {len(found)} 项，不符 {len(wrong)} 项")
    return _INCOMPLETE if wrong else 0


def read_notice(path: Path) -> list[Reconciled]:
    """Check every line of a list of printed figures. Raises NoticeError with the line, and OSError."""
    try:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    except UnicodeDecodeError as error:
        raise NoticeError(f"{path.name} 不是 UTF-8 编码的 csv") from error
    missing = [name for name in _HEADER if not rows or name not in rows[0]]
    if missing:
        raise NoticeError(f"{path.name} 没有数据或缺少列：{'、'.join(missing)}")
    return [_line(path, number, row) for number, row in enumerate(rows, start=2)]


def _line(path: Path, number: int, row: dict[str, str]) -> Reconciled:
    try:
        total = int(row["总数"])
        failed = int(row["不合格"]) if (row["不合格"] or "").strip() else None
        printed = Decimal(row["合格率"].strip().removesuffix("%"))
        return reconcile_share(original(row["名称"]), None if failed is None else total - failed, total, printed)
    except (ValueError, TypeError, AttributeError, InvalidOperation, RateError) as error:
        raise NoticeError(f"{path.name} 第 {number} 行的数字无法核对：{row}") from error


if __name__ == "__main__":
    end_when_the_reader_leaves()
    raise SystemExit(main())
