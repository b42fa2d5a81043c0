"""Judging one site: every rule's check, with the decisions of persons laid over its faults."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from govspider.checks.catalogue import CHECKS, Check
from govspider.checks.outcome import Certainty, Fault, FindingKind, Outcome
from govspider.checks.windows import Parameters
from govspider.db.reviews import Decision
from govspider.judging.fingerprints import fingerprint
from govspider.judging.frame import Frame
from govspider.judging.verdicts import JudgedObject, SiteVerdicts, verdicts_of
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

    Outcomes stand by clause, faults by fingerprint: `faults` as persons left them, `dismissed` those they took away.
    `certainty` is that of the observations alone. `settled` are by kind the keys of faults that are
    seen not to exist; `page_kinds` the kinds that are settled by a page that shows them no more.
    """

    site: SeenSite
    verdicts: SiteVerdicts = field(default_factory=SiteVerdicts)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    faults: dict[str, Found] = field(default_factory=dict)
    dismissed: dict[str, Found] = field(default_factory=dict)
    certainty: dict[str, Certainty] = field(default_factory=dict)
    settled: defaultdict[FindingKind, set[str]] = field(default_factory=lambda: defaultdict(set))
    page_kinds: set[FindingKind] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Question:
    """A rule with its check and parameters, ready to be asked of many sites."""

    rule: Rule
    check: Check
    parameters: Parameters


def questions_of(rubric: Rubric) -> tuple[Question, ...]:
    """Every rule of a rubric that a check answers, in the order of the document."""
    return tuple(Question(rule, CHECKS[rule.check], rule.bind()) for rule in rubric.rules if rule.check is not None)


def judge_site(
    site: SeenSite,
    questions: Sequence[Question],
    check_day: date,
    decisions: Mapping[str, Decision],
    frame: Frame,
) -> JudgedSite:
    """Ask every question about one site.

    Parameters: `decisions` the last word of persons, by fingerprint; `frame` what the rubric asks of the site.
    """
    judged = JudgedSite(site)
    for question in questions:
        rule = question.rule
        if not frame.asks(rule) or (not site.included and rule.check not in _CHECKS_OF_RETIRED):
            continue
        outcome = question.check.judge(site, check_day, question.parameters)
        judged.outcomes[rule.id] = _review(judged, question, outcome, decisions, check_day)
    if site.included:
        subject = JudgedObject(site.id, site.code, site.look_id)
        judged.verdicts = verdicts_of(subject, frame, judged.outcomes)
    return judged


def _review(
    judged: JudgedSite, question: Question, outcome: Outcome, decisions: Mapping[str, Decision], check_day: date
) -> Outcome:
    """Lay persons' decisions over the faults; a fault that two rules find stands under the first."""
    code = judged.site.code

    def decide(fault: Fault) -> Fault | None:
        mark = fingerprint(code, fault.kind, fault.key)
        left = _decided(fault, decisions.get(mark), check_day)
        judged.certainty.setdefault(mark, fault.certainty)
        kept = judged.dismissed if left is None else judged.faults
        kept.setdefault(mark, (left or fault, question.rule.printed_clause))
        return left

    check = question.check
    faulty = {(fault.kind, fault.key) for fault in outcome.faults}
    # a mark that is there but invalid is no longer missing: a fault of one kind settles its sister kinds
    known = outcome.settled | {key for _, key in faulty}
    for kind in check.kinds:
        judged.settled[kind] |= known - {key for found, key in faulty if found is kind} if faulty else known
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
