"""The score of one site: veto stops; deductions up to the cap of each item; bonus above a threshold.

Sources: rubrics.md 1.1 (国办秘函〔2019〕19号). Below 60 fails and 60 itself passes; a bonus is tested
strictly above 80; totals above 100 stand; a site without external service functions is scored out of
the rest. Everything is computed in fractions and rounded once, half up, at the end.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from govspider.judging.points import Charge, sums
from govspider.rubrics.scoring_rules import ObjectClass, ScoreRule
from govspider.scoring import rounded


@dataclass(frozen=True, slots=True)
class Score:
    """A score with its bounds; `total` is None until nothing can change it any more.

    `result` by the deduct score alone: pass, fail, unknown, or open while clauses are not entered.
    """

    object_class: str
    result: str
    vetoed: bool
    without_service: bool
    deduct_low: Fraction | None
    deduct_high: Fraction | None
    total_low: Fraction | None
    total_high: Fraction | None
    total: Fraction | None
    open_clauses: tuple[str, ...]
    unknown_clauses: tuple[str, ...]
    without_points: tuple[str, ...]


def score_site(one: ObjectClass, charges: Collection[Charge], *, vetoed: bool, without_service: bool) -> Score | None:
    """Score a site of this class; None where the class has no score.

    Parameters: `charges` one for each applicable scored clause, those of a dropped group left out.
    """
    rule = one.score
    if rule is None:
        return None
    dropped = without_service and rule.without_service is not None
    deduct = _deducted(one, rule, charges, dropped=dropped)
    bonus = _bonus(one, rule, charges)
    low, high = _total(rule, deduct, bonus)
    if vetoed:
        given = None if rule.vetoed is None else Fraction(rule.vetoed)
        low, high = given, given
    settled = None if low is None or low != high else _rounded(low, rule)
    opened = tuple(charge.rule.id for charge in charges if charge.state == "open")
    return Score(
        object_class=one.id,
        result=_result(rule, deduct, vetoed=vetoed, opened=bool(opened)),
        vetoed=vetoed,
        without_service=dropped,
        deduct_low=deduct[0],
        deduct_high=deduct[1],
        total_low=low,
        total_high=high,
        total=settled,
        open_clauses=opened,
        unknown_clauses=tuple(charge.rule.id for charge in charges if charge.state == "unknown"),
        without_points=tuple(charge.rule.id for charge in charges if charge.high is None),
    )


Bounds = tuple[Fraction | None, Fraction | None]


def _deducted(one: ObjectClass, rule: ScoreRule, charges: Collection[Charge], *, dropped: bool) -> Bounds:
    least, most = sums([charge for charge in charges if charge.rule.level == "deduct"], one)
    base = Fraction(rule.base)
    how = rule.without_service
    factor = Fraction(1)
    if dropped and how is not None:
        gone = Fraction(rule.groups[how.drop_group])
        if how.method == "multiply":
            base, factor = base - gone, Fraction(how.numerator or 1, how.denominator or 1)
        elif how.method == "spread":
            base, factor = base - gone, base / (base - gone)
    high = max(base - least, Fraction(0)) * factor
    low = None if most is None else max(base - most, Fraction(0)) * factor
    return low, high


def _bonus(one: ObjectClass, rule: ScoreRule, charges: Collection[Charge]) -> tuple[Fraction, Fraction]:
    least, most = sums([charge for charge in charges if charge.rule.level == "bonus"], one)
    limit = Fraction(rule.bonus_max)
    return min(least, limit), limit if most is None else min(most, limit)


def _total(rule: ScoreRule, deduct: Bounds, bonus: tuple[Fraction, Fraction]) -> Bounds:
    """Deductions and bonus together; the bonus counts only strictly above its threshold."""

    def with_bonus(score: Fraction | None, extra: Fraction) -> Fraction | None:
        if score is None:
            return None
        earned = rule.bonus_above is not None and score > Fraction(rule.bonus_above)
        return score + extra if earned else score

    return with_bonus(deduct[0], bonus[0]), with_bonus(deduct[1], bonus[1])


def _result(rule: ScoreRule, deduct: Bounds, *, vetoed: bool, opened: bool) -> str:
    low, high = deduct
    if vetoed or (high is not None and high < rule.fail_below):
        return "fail"
    if low is not None and low >= rule.fail_below:
        return "pass"
    return "open" if opened else "unknown"


def _rounded(value: Fraction, rule: ScoreRule) -> Fraction:
    return Fraction(rounded(value, rule.places))
