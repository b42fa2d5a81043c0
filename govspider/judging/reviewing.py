"""Decisions of persons on many findings at once: all of them or none, and each site judged again only once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from govspider.db.engine import Engine
from govspider.db.reviews import find_finding, judged_with, write_review
from govspider.judging.period import judge

DECISION_WORDS = {"confirm": "确认", "dismiss": "核减"}
_STATES = {"confirm": frozenset({"confirmed", "notified"}), "dismiss": frozenset({"dismissed"})}


class ReviewError(ValueError):
    """A decision that lacks what it needs, in one sentence."""


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """What a person decided: `finding` is a number, or a fingerprint of which 8 characters or more are given."""

    finding: str
    decision: str
    reviewer: str
    reason: str = ""

    def check(self) -> None:
        """Raise ReviewError where the name of the reviewer or the reason of a dismissal is missing."""
        if not self.reviewer.strip():
            raise ReviewError("复核人是空的（--reviewer）：请写明复核人")
        if self.decision == "dismiss" and not self.reason.strip():
            raise ReviewError("核减必须说明理由：请加 --reason")


@dataclass(slots=True)
class ReviewResult:
    """Findings decided, those that were decided so already, and what was judged again, as (period, rubric)."""

    decided: list[str] = field(default_factory=list)
    unchanged: int = 0
    judgings: list[tuple[str, str]] = field(default_factory=list)


def is_decided(state: str, decision: str) -> bool:
    """Whether a finding in this state needs the decision no more."""
    return state in _STATES[decision]


def review(engine: Engine, requests: Sequence[ReviewRequest], now: datetime) -> ReviewResult:
    """Store the decisions in one transaction, then judge the sites concerned again.

    Raises ReviewError and UnknownFindingError before anything is stored.
    """
    found = ReviewResult()
    again: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    with engine.begin() as connection:
        for request in requests:
            request.check()
            finding = find_finding(connection, request.finding)
            write_review(connection, finding, request.decision, request.reviewer.strip(), request.reason.strip(), now)
            found.decided.append(f"{finding.id}  {finding.site_code} {finding.site}  {finding.url}")
            for judging in judged_with(connection, finding.id):
                again[judging].add(finding.site_code)
    for (period, rubric), codes in sorted(again.items()):
        judge(engine, period, rubric, now, site_codes=sorted(codes))
        found.judgings.append((period, rubric))
    return found
