#!/usr/bin/env python3
"""人工复核：列出待复核的问题，确认或核减。复核后立即重新判定所涉网站。"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from govspider.db.address import DatabaseAddressError
from govspider.db.engine import DatabaseError, Engine, make_engine
from govspider.db.findings import split_evidence
from govspider.db.postgres_runtime import LocalServerError
from govspider.db.reviews import UnknownFindingError, find_finding, judged_with, read_open_findings, write_review
from govspider.db.schema_version import SchemaVersionError
from govspider.db.upgrade import DatabaseUnusableError, ready_database
from govspider.judging import RubricError, judge

_BAD_INPUT, _INCOMPLETE = 2, 3
_STATES = ("suspected", "confirmed", "dismissed", "exempted", "notified", "fixed", "regressed")
_WORDS = {"confirm": "已确认", "dismiss": "已核减"}


class ReviewError(ValueError):
    """A decision that lacks what it needs."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 done, 2 bad input, 3 database not usable; argparse itself exits with 2."""
    chosen = _parser().parse_args(arguments)
    try:
        engine = make_engine(ready_database(os.environ))
        chosen.act(engine, chosen)
    except (UnknownFindingError, ReviewError, RubricError, DatabaseAddressError) as error:
        print(f"review: {error}", file=sys.stderr)
        return _BAD_INPUT
    except (DatabaseUnusableError, LocalServerError, SchemaVersionError, DatabaseError) as error:
        print(f"review: 数据库不可用：{str(error).partition(chr(10))[0]}", file=sys.stderr)
        return _INCOMPLETE
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(required=True)
    listing = commands.add_parser("list", help="列出问题")
    listing.add_argument("--state", choices=_STATES, action="append", help="状态，可重复（默认 suspected、regressed）")
    listing.set_defaults(act=_list)
    for decision, words in (("confirm", "确认一个问题"), ("dismiss", "核减一个问题（误报），必须说明理由")):
        command = commands.add_parser(decision, help=words)
        command.add_argument("finding", metavar="FINDING", help="问题编号，或指纹的前 8 位以上")
        command.add_argument("--reviewer", required=True, metavar="NAME", help="复核人")
        command.add_argument("--reason", default="", metavar="TEXT", help="理由")
        command.set_defaults(act=_decide, decision=decision)
    return parser


def _list(engine: Engine, chosen: argparse.Namespace) -> None:
    with engine.connect() as connection:
        findings = read_open_findings(connection, chosen.state or ["suspected", "regressed"])
    for finding in findings:
        headline, evidence = split_evidence(finding.evidence)
        print(f"{finding.id}  {finding.fingerprint[:12]}  {finding.state}  {finding.site_code} {finding.site}")
        print(f"    {headline}  {finding.url}")
        print(f"    {evidence}")
    print(f"共 {len(findings)} 项")


def _decide(engine: Engine, chosen: argparse.Namespace) -> None:
    now = datetime.now(UTC)
    reviewer, reason = chosen.reviewer.strip(), chosen.reason.strip()
    if not reviewer:
        raise ReviewError("--reviewer 是空的：请写明复核人")
    if chosen.decision == "dismiss" and not reason:
        raise ReviewError("核减必须说明理由：请加 --reason")
    with engine.begin() as connection:
        finding = find_finding(connection, chosen.finding)
        write_review(connection, finding, chosen.decision, reviewer, reason, now)
        judgings = judged_with(connection, finding.id)
    for period, rubric in judgings:
        judge(engine, period, rubric, now, site_codes=[finding.site_code])
    again = "、".join(f"{period}（{rubric}）" for period, rubric in judgings)
    print(f"问题 {finding.id} {_WORDS[chosen.decision]}：{finding.site_code} {finding.site} {finding.url}")
    print(f"已重新判定：{again}" if again else "没有需要重新判定的监测周期")


if __name__ == "__main__":
    raise SystemExit(main())
