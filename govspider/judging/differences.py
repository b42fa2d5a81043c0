"""Why verdicts changed: because of the rule, or because of the site.

Between (period A, rubric X) and (period B, rubric Y) stands a third judging that was never asked for:
A's observations under Y. What differs between the first and the third is the rule's doing, what
differs between the third and the second is the site's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from govspider.db.engine import Engine
from govspider.db.periods import find_period
from govspider.db.verdicts import SITE_CLAUSE, SupersededRow, read_superseded
from govspider.judging.evaluation import Evaluation, evaluate

RULE, SITE, BOTH, PERSON = "rule", "site", "both", "person"


@dataclass(frozen=True, slots=True)
class Difference:
    """A changed verdict. `clauses` are those that tell, `cause` rule, site, both or person."""

    site_code: str
    site: str
    before: str
    after: str
    cause: str
    reasons: tuple[str, ...] = ()


def compare(engine: Engine, before: tuple[str, str], after: tuple[str, str]) -> list[Difference]:
    """Changed verdicts of sites between two judgings, each made in memory.

    Parameters: `before` and `after` each label of a period and id of a rubric. A site that only one of the periods
    includes is left out: its verdict did not change, it is another denominator.
    Raises UnknownPeriodError and RubricError.
    """
    first, last = evaluate(engine, *before), evaluate(engine, *after)
    middle = (
        first if before[1] == after[1] else last if before[0] == after[0] else evaluate(engine, before[0], after[1])
    )
    return list(_differences(first, middle, last))


def _differences(first: Evaluation, middle: Evaluation, last: Evaluation) -> Iterator[Difference]:
    for code in sorted(set(first.results) & set(last.results)):
        was, between, now = first.of_site(code), middle.of_site(code), last.of_site(code)
        if was is None or now is None or was == now:
            continue
        cause = RULE if between == now else SITE if between == was else BOTH
        reasons = last.reasons[code].get(SITE_CLAUSE) or first.reasons[code].get(SITE_CLAUSE) or []
        yield Difference(code, last.names[code], was, now, cause, tuple(reasons))


def compare_versions(engine: Engine, period_label: str, rubric_id: str) -> list[Difference]:
    """Current verdicts of sites against the version before, where there is one. Raises UnknownPeriodError."""
    period = find_period(engine, period_label)
    with engine.connect() as connection:
        rows = read_superseded(connection, period.id, rubric_id)
    return [
        Difference(row.site_code, row.site, row.before, row.after, _cause(row), tuple(row.reasons))
        for row in rows
        if row.before != row.after
    ]


def _cause(row: SupersededRow) -> str:
    """Another file of rules, another look, both, or neither: then a person reviewed, exempted or entered."""
    if row.other_rubric and row.other_look:
        return BOTH
    if row.other_rubric:
        return RULE
    return SITE if row.other_look else PERSON
