"""Points of one clause for one site: at least and at most, because faults may be suspected, unknown or open.

Confirmed faults are charged for certain; suspected ones, gaps and clauses that nobody entered only at most.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from govspider.checks.outcome import Outcome, Result
from govspider.db.manual_entries import ManualEntry
from govspider.rubrics.model import Rule
from govspider.rubrics.scoring_rules import ObjectClass


@dataclass(frozen=True, slots=True)
class Charge:
    """Points that a clause charges (deduct) or gives (bonus).

    `high` None: the official points were not found, so that nothing can be said. `state`: settled,
    unknown (the machine could not establish it) or open (a person has not entered it).
    """

    rule: Rule
    low: Fraction
    high: Fraction | None
    state: str


def charge_entered(rule: Rule, entry: ManualEntry) -> Charge:
    """Points as a person entered them."""
    points = Fraction(entry.points or 0)
    return Charge(rule, points, points, "settled")


def charge_open(rule: Rule, one: ObjectClass) -> Charge:
    """A clause that nobody entered: nothing at least, everything at most."""
    most = rule.most_for(one.id)
    unbounded = most is None and rule.points_for(one.id) is not None
    return Charge(rule, Fraction(0), _all_of(one, rule) if unbounded else _fraction(most), "open")


def charge_checked(rule: Rule, one: ObjectClass, outcome: Outcome) -> Charge:
    """Points that the outcome of the clause's check is worth."""
    points = rule.points_for(one.id)
    if outcome.result is Result.NOT_APPLICABLE:
        return Charge(rule, Fraction(0), Fraction(0), "settled")
    soft = outcome.suspected + outcome.unknown
    settled = outcome.whole and not soft
    if points is None:
        clear = settled and not outcome.bad
        return Charge(rule, Fraction(0), Fraction(0) if clear else None, "settled" if settled else "unknown")
    cap = rule.cap_for(one.id)
    low = _counted(rule, outcome, Fraction(points), outcome.bad)
    high = _counted(rule, outcome, Fraction(points), outcome.bad + soft)
    if not outcome.whole or (rule.per == "sample" and soft):
        high = Fraction(cap) if cap is not None else _all_of(one, rule)
    if cap is not None:
        low, high = min(low, Fraction(cap)), min(high, Fraction(cap))
    return Charge(rule, low, high, "settled" if low == high else "unknown")


def _counted(rule: Rule, outcome: Outcome, points: Fraction, faults: int) -> Fraction:
    if rule.per == "fault":
        return points * faults
    return points if faults >= outcome.threshold else Fraction(0)


def _all_of(one: ObjectClass, rule: Rule) -> Fraction:
    """Without a cap a clause may charge everything that its group, or the whole score, holds."""
    if one.score is None:
        return Fraction(0)
    groups = one.score.groups if rule.level == "deduct" else one.score.bonus_groups
    return Fraction(groups.get(rule.group, one.score.base if rule.level == "deduct" else one.score.bonus_max))


def _fraction(value: object) -> Fraction | None:
    return None if value is None else Fraction(str(value))


def sums(charges: Collection[Charge], one: ObjectClass) -> tuple[Fraction, Fraction | None]:
    """At least and at most what these charges make together: exclusive clauses once, items up to their cap."""
    items: dict[tuple[str, str, str], list[Charge]] = {}
    for charge in charges:
        items.setdefault(charge.rule.cap_key, []).append(charge)
    low, high = Fraction(0), Fraction(0)
    whole = True
    for members in items.values():
        cap = members[0].rule.cap_for(one.id)
        low += _capped(_without_excluded([(charge.rule, charge.low) for charge in members]), cap)
        highs = [(charge.rule, charge.high) for charge in members if charge.high is not None]
        if len(highs) == len(members):
            high += _capped(_without_excluded(highs), cap)
        elif cap is not None:
            high += Fraction(cap)
        else:
            whole = False
    return low, high if whole else None


def _without_excluded(points: Sequence[tuple[Rule, Fraction]]) -> list[Fraction]:
    """Of two clauses that exclude each other the one with fewer points is left out."""
    by_id = {rule.id: value for rule, value in points}
    kept = []
    for rule, value in points:
        other = rule.exclusive_with or ""
        if other not in by_id or (by_id[other], other) <= (value, rule.id):
            kept.append(value)
    return kept


def _capped(values: Collection[Fraction], cap: object) -> Fraction:
    total = sum(values, Fraction(0))
    limit = _fraction(cap)
    return total if limit is None else min(total, limit)
