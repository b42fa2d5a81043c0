#!/usr/bin/env python3
"""说明一项判定：指标原文 → 参数 → 观测 → 证据（哈希、字节、时间），以及怎样会改变结论。

--replay 用保存的字节重新提取并判定，不访问网络。
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from govspider.db.address import DatabaseAddressError
from govspider.db.engine import DatabaseError, Engine, make_engine
from govspider.db.periods import UnknownPeriodError
from govspider.db.postgres_runtime import LocalServerError
from govspider.db.schema_version import SchemaVersionError
from govspider.db.upgrade import DatabaseUnusableError, ready_database
from govspider.evidence.store import EvidenceStore
from govspider.judging import DEFAULT_RUBRIC, RubricError
from govspider.judging.explanation import Explanation, UnknownSiteError, explain
from govspider.replay.look import replay_look
from govspider.reports.explanation_text import explanation_text
from govspider.reports.reader_gone import end_when_the_reader_leaves
from govspider.reports.terminal import plain

_BAD_INPUT, _INCOMPLETE = 2, 3
_RESULTS = {"pass": "合格", "fail": "不合格", "unknown": "未知", "not_applicable": "不适用"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 explained, 2 bad input, 3 database not usable, or a replay that gives something else."""
    chosen = _parser().parse_args(arguments)
    try:
        engine = make_engine(ready_database(os.environ))
        found = explain(engine, chosen.period, chosen.rubric, chosen.site, chosen.clause)
        print(explanation_text(found), end="")
        if chosen.replay:
            return _replay(engine, found, Path(chosen.evidence))
    except (UnknownPeriodError, UnknownSiteError, RubricError, DatabaseAddressError) as error:
        print(f"explain: {error}", file=sys.stderr)
        return _BAD_INPUT
    except (DatabaseUnusableError, LocalServerError, SchemaVersionError, DatabaseError) as error:
        print(f"explain: 数据库不可用：{str(error).partition(chr(10))[0]}", file=sys.stderr)
        return _INCOMPLETE
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", metavar="SITE", help="网站标识码或名称")
    parser.add_argument("clause", metavar="CLAUSE", help="指标编号，如 W-V4.1；site 表示网站整体")
    parser.add_argument("--period", required=True, metavar="LABEL", help="监测周期，如 2026Q4")
    parser.add_argument("--rubric", default=DEFAULT_RUBRIC, metavar="ID", help=f"指标（默认 {DEFAULT_RUBRIC}）")
    parser.add_argument("--replay", action="store_true", help="用保存的证据重新提取并判定，不访问网络")
    folder = os.environ.get("GOVSPIDER_EVIDENCE", "evidence")
    parser.add_argument("--evidence", default=folder, metavar="FOLDER", help=f"证据目录（默认 {folder}）")
    return parser


def _replay(engine: Engine, found: Explanation, folder: Path) -> int:
    print("重放")
    if found.look.look_id is None:
        print("  没有完成的巡检，无从重放")
        return _INCOMPLETE
    replayed = replay_look(engine, EvidenceStore(folder), found.period, found.rubric, found.look)
    print(f"  从 {replayed.pages} 个页面的保存字节重新提取，没有访问网络")
    for url in replayed.missing:
        print(f"  证据缺失或损坏：{plain(url)}")
    clauses = list(replayed.after) if found.rule is None else [found.rule.id]
    changed = [clause for clause in clauses if not replayed.same(clause)]
    for clause in changed:
        before, after = replayed.before.get(clause), replayed.after.get(clause)
        was, now = (_RESULTS[one.result] if one else "无" for one in (before, after))
        print(f"  {clause} 与原判定不同：原为{was}，重放为{now}")
        for reason in after.reasons() if after else []:
            print(f"    {plain(reason)}")
    if not changed:
        print(f"  与原判定相同（{len(clauses)} 项指标）")
    return _INCOMPLETE if changed else 0


if __name__ == "__main__":
    end_when_the_reader_leaves()
    raise SystemExit(main())
