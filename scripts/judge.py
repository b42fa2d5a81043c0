#!/usr/bin/env python3
"""判定：按指标对一个监测周期的巡检结果作出判定，不访问任何网站，可以反复执行。"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from govspider.db.address import DatabaseAddressError
from govspider.db.engine import DatabaseError, make_engine
from govspider.db.periods import UnknownPeriodError
from govspider.db.postgres_runtime import LocalServerError
from govspider.db.schema_version import SchemaVersionError
from govspider.db.upgrade import DatabaseUnusableError, ready_database
from govspider.judging import DEFAULT_RUBRIC, JudgeSummary, RubricError, judge

_BAD_INPUT, _INCOMPLETE = 2, 3
_RESULTS = (("pass", "合格"), ("fail", "不合格"), ("unknown", "未知"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 judged, 2 bad input, 3 database not usable; argparse itself exits with 2."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--period", required=True, metavar="LABEL", help="监测周期，如 2026Q4")
    parser.add_argument("--rubric", default=DEFAULT_RUBRIC, metavar="ID", help=f"指标（默认 {DEFAULT_RUBRIC}）")
    chosen = parser.parse_args(arguments)
    try:
        engine = make_engine(ready_database(os.environ))
        _print(judge(engine, chosen.period, chosen.rubric, datetime.now(UTC)))
    except (UnknownPeriodError, RubricError, DatabaseAddressError) as error:
        print(f"judge: {error}", file=sys.stderr)
        return _BAD_INPUT
    except (DatabaseUnusableError, LocalServerError, SchemaVersionError, DatabaseError) as error:
        print(f"judge: 数据库不可用：{str(error).partition(chr(10))[0]}", file=sys.stderr)
        return _INCOMPLETE
    return 0


def _print(summary: JudgeSummary) -> None:
    counts = {result.value: count for result, count in summary.results.items()}
    shown = "，".join(f"{word} {counts.get(result, 0)}" for result, word in _RESULTS)
    print(f"监测周期 {summary.period}，指标 {summary.rubric}，监测时间点 {summary.check_day}")
    print(f"判定网站 {summary.sites} 个：{shown}（其中没有完成巡检的 {summary.unseen} 个）")
    found = summary.findings
    print(f"问题：确认 {found.get('confirmed', 0)}，疑似 {found.get('suspected', 0)}")


if __name__ == "__main__":
    raise SystemExit(main())
