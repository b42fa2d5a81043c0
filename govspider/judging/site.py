"""Judging one site: every rule's check, with the decisions of persons laid over its faults."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from govspider.checks.catalogue import CHECKS
from govspider.checks.outcome import Certainty, Fault, FindingKind, Outcome, Result
from govspider.checks.windows import Parameters
from govspider.db.reviews import Decision
from govspider.db.verdicts import SITE_CLAUSE, VerdictRow
from govspider.rubrics.model import Rubric, Rule
from govspider.seen import SeenSite

_DISMISSED = "人工核减或豁免 {} 项"
# a retired site is probed, not inspected: it owes no columns, marks or tags any more
_CHECKS_OF_RETIRED = frozenset({"retired_site_answers"})

Found = tuple[Fault, str]
"""A fault and the clause it stands under."""


@dataclass(slots=True)
class JudgedSite:
    """One site's verdicts, the faults behind them, and what was seen to be in order.

    Faults stand by fingerprint: `faults` as persons left them, `dismissed` those they took away.
    `certainty` is that of the observations alone. `settled` are fingerprints of faults that are
    seen not to exist; `page_kinds` the kinds that are settled by a page that shows them no more.
    """

    site: SeenSite
    verdicts: list[VerdictRow] = field(default_factory=list)
    faults: dict[str, Found] = field(default_factory=dict)
    dismissed: dict[str, Found] = field(default_factory=dict)
    certainty: dict[str, Certainty] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)
    page_kinds: set[FindingKind] = field(default_factory=set)


def fingerprint(site_code: str, kind: FindingKind, key: str) -> str:
    """Same fault, same fingerprint, run after run and in every database."""
    return hashlib.sha256("\n".join((site_code, kind.value, key)).encode()).hexdigest()


def site_result(results: Collection[Result]) -> Result:
    """Verdict of a site over its automatic clauses: one failure fails, one gap leaves it unknown."""
    if Result.FAIL in results:
        return Result.FAIL
    if Result.UNKNOWN in results or Result.PASS not in results:
        return Result.UNKNOWN
    return Result.PASS


@dataclass(frozen=True, slots=True)
class Question:
    """A rule with the parameters of its check, ready to be asked of many sites."""

    rule: Rule
    parameters: Parameters


def questions_of(rubric: Rubric) -> tuple[Question, ...]:
    """Every rule of a rubric as a question, in the order of the document."""
    return tuple(Question(rule, rule.bind()) for rule in rubric.rules)


def judge_site(
    site: SeenSite, questions: Sequence[Question], check_day: date, decisions: Mapping[str, Decision]
) -> JudgedSite:
    """Ask every question about one site.

    Parameters: `decisions` the last word of persons, by fingerprint.
    """
    judged = JudgedSite(site)
    results = []
    for question in questions:
        rule = question.rule
        if not site.included and rule.check not in _CHECKS_OF_RETIRED:
            continue
        outcome = CHECKS[rule.check].judge(site, check_day, question.parameters)
        reviewed = _review(judged, rule, outcome, decisions, check_day)
        if rule.status == "automatic":
            results.append(reviewed.result)
            judged.verdicts.append(_verdict(site, rule, reviewed))
    if site.included:
        judged.verdicts.append(_site_verdict(judged, results))
    return judged


def _review(
    judged: JudgedSite, rule: Rule, outcome: Outcome, decisions: Mapping[str, Decision], check_day: date
) -> Outcome:
    """Lay persons' decisions over the faults; a fault that two rules find stands under the first."""
    code = judged.site.code

    def decide(fault: Fault) -> Fault | None:
        mark = fingerprint(code, fault.kind, fault.key)
        left = _decided(fault, decisions.get(mark), check_day)
        judged.certainty.setdefault(mark, fault.certainty)
        kept = judged.dismissed if left is None else judged.faults
        kept.setdefault(mark, (left or fault, rule.printed_clause))
        return left

    check = CHECKS[rule.check]
    faulty = {(fault.kind, fault.key) for fault in outcome.faults}
    # a mark that is there but invalid is no longer missing: a fault of one kind settles its sister kinds
    known = outcome.settled | {key for _, key in faulty}
    judged.settled |= {
        fingerprint(code, kind, key) for kind in check.kinds for key in known if (kind, key) not in faulty
    }
    if check.by_page:
        judged.page_kinds |= check.kinds
    return outcome.reviewed(decide, _DISMISSED)


def _decided(fault: Fault, decision: Decision | None, check_day: date) -> Fault | None:
    if decision is None:
        return fault
    if decision.decision == "confirm":
        return replace(fault, certainty=Certainty.CONFIRMED)
    if decision.decision == "exempt" and (decision.exempted_until is None or decision.exempted_until < check_day):
        return fault
    return None


def _verdict(site: SeenSite, rule: Rule, outcome: Outcome) -> VerdictRow:
    return VerdictRow(
        site_id=site.id,
        look_id=site.look_id,
        clause=rule.id,
        result=outcome.result.value,
        reasons=outcome.reasons(),
        findings=sorted(fingerprint(site.code, fault.kind, fault.key) for fault in outcome.faults),
        bad=outcome.bad,
        suspected=outcome.suspected,
        unknown=outcome.unknown,
        threshold=outcome.threshold,
    )


def _site_verdict(judged: JudgedSite, results: Sequence[Result]) -> VerdictRow:
    result = site_result(results)
    telling = [verdict for verdict in judged.verdicts if verdict.result == result.value]
    return VerdictRow(
        site_id=judged.site.id,
        look_id=judged.site.look_id,
        clause=SITE_CLAUSE,
        result=result.value,
        reasons=[f"{verdict.clause}：{reason}" for verdict in telling for reason in verdict.reasons],
        findings=sorted({mark for verdict in telling for mark in verdict.findings}),
        bad=sum(found is Result.FAIL for found in results),
        suspected=sum(verdict.suspected or 0 for verdict in judged.verdicts),
        unknown=sum(found is Result.UNKNOWN for found in results),
        threshold=1,
    )
