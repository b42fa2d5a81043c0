#!/usr/bin/env python3
"""判定：按指标对一个监测周期的巡检结果作出判定，不访问任何网站，可以反复执行。"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from govspider.db.address import DatabaseAddressError
from govspider.db.engine import DatabaseError, Engine, make_engine
from govspider.db.periods import UnknownPeriodError
from govspider.db.postgres_runtime import LocalServerError
from govspider.db.schema_version import SchemaVersionError
from govspider.db.upgrade import DatabaseUnusableError, ready_database
from govspider.judging import DEFAULT_RUBRIC, JudgeSummary, RubricError, judge
from govspider.judging.differences import Difference, compare, compare_versions

_BAD_INPUT, _INCOMPLETE = 2, 3
_CAUSES = {"rule": "因指标变化", "site": "因网站变化", "both": "指标和网站都有变化", "person": "因人工复核、豁免或录入"}
_RESULTS = (("pass", "合格"), ("fail", "不合格"), ("unknown", "未知"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 judged, 2 bad input, 3 database not usable; argparse itself exits with 2."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--period", required=True, metavar="LABEL", help="监测周期，如 2026Q4")
    parser.add_argument("--rubric", default=DEFAULT_RUBRIC, metavar="ID", help=f"指标（默认 {DEFAULT_RUBRIC}）")
    diff = parser.add_argument_group("比较", "不改变已有判定")
    diff.add_argument("--diff", action="store_true", help="列出判定的变化及原因；默认与上一版判定比较")
    diff.add_argument("--from-period", metavar="LABEL", help="与另一监测周期比较")
    diff.add_argument("--from-rubric", metavar="ID", help="与另一指标比较")
    chosen = parser.parse_args(arguments)
    if (chosen.from_period or chosen.from_rubric) and not chosen.diff:
        parser.error("--from-period 和 --from-rubric 要与 --diff 一起使用")
    try:
        engine = make_engine(ready_database(os.environ))
        if chosen.diff:
            _print_differences(_differences(engine, chosen))
        else:
            _print(judge(engine, chosen.period, chosen.rubric, datetime.now(UTC)))
    except (UnknownPeriodError, RubricError, DatabaseAddressError) as error:
        print(f"judge: {error}", file=sys.stderr)
        return _BAD_INPUT
    except (DatabaseUnusableError, LocalServerError, SchemaVersionError, DatabaseError) as error:
        print(f"judge: 数据库不可用：{str(error).partition(chr(10))[0]}", file=sys.stderr)
        return _INCOMPLETE
    return 0


def _differences(engine: Engine, chosen: argparse.Namespace) -> list[Difference]:
    if not chosen.from_period and not chosen.from_rubric:
        return compare_versions(engine, chosen.period, chosen.rubric)
    before = (chosen.from_period or chosen.period, chosen.from_rubric or chosen.rubric)
    return compare(engine, before, (chosen.period, chosen.rubric))


def _print_differences(found: Sequence[Difference]) -> None:
    words = dict(_RESULTS)
    for one in found:
        print(f"{one.site_code} {one.site}：{words[one.before]} → {words[one.after]}（{_CAUSES[one.cause]}）")
        for reason in one.reasons[:3]:
            print(f"    {reason}")
    counts = "，".join(f"{word} {sum(one.cause == cause for one in found)}" for cause, word in _CAUSES.items())
    print(f"判定变化 {len(found)} 个网站：{counts}")


def _print(summary: JudgeSummary) -> None:
    counts = {result.value: count for result, count in summary.results.items()}
    shown = "，".join(f"{word} {counts.get(result, 0)}" for result, word in _RESULTS)
    print(f"监测周期 {summary.period}，指标 {summary.rubric}，监测时间点 {summary.check_day}")
    print(f"判定网站 {summary.sites} 个：{shown}（其中没有完成巡检的 {summary.unseen} 个）")
    found = summary.findings
    print(f"问题：确认 {found.get('confirmed', 0)}，疑似 {found.get('suspected', 0)}")


if __name__ == "__main__":
    raise SystemExit(main())
