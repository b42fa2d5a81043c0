"""Rates and their rounding: the only place where a percentage is made.

A published rate is rounded half up (rubrics.md section 8: 561 − 3 of 561 is printed 99.5);
Python's round() and PostgreSQL's round(double precision) are not, so nothing else may round.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction


class RateError(ValueError):
    """A numerator and denominator that cannot be a share."""


def percent(numerator: int, denominator: int, places: int = 2) -> Decimal | None:
    """Share in percent, rounded half up; None when there is nothing to divide by.

    Parameters: `places` decimals to keep, 0 or more.
    Raises RateError when the numerator is negative or larger than the denominator.
    """
    if not 0 <= numerator <= denominator:
        raise RateError(f"{numerator} of {denominator} is not a share: it must lie between 0 and the whole")
    if denominator == 0:
        return None
    return rounded(Fraction(100 * numerator, denominator), places)


def rounded(value: Fraction, places: int) -> Decimal:
    """A figure as it is printed: `places` decimals, half up (a half of a negative change goes away from zero)."""
    steps = abs(value) * 10**places + Fraction(1, 2)
    whole = Decimal(steps.numerator // steps.denominator)
    return (whole if value >= 0 else -whole).scaleb(-places)


def numerators_printed_as(printed: Decimal, denominator: int) -> tuple[int, ...]:
    """Whole numbers whose share of `denominator` is printed so, half up to as many decimals; mostly one or none.

    None at all: the printed share cannot come from this denominator.
    """
    places = max(-int(printed.as_tuple().exponent), 0)
    near = int((printed * denominator / 100).to_integral_value(ROUND_FLOOR))
    spread = denominator // (100 * 10**places) + 2
    tried = range(max(near - spread, 0), min(near + spread, denominator) + 1)
    return tuple(number for number in tried if percent(number, denominator, places) == printed)


def change_in_points(now: Fraction | None, before: Fraction | None, places: int) -> Decimal | None:
    """Change of two rates (percent) or scores, from unrounded values; None where one of them is missing."""
    return None if now is None or before is None else rounded(now - before, places)


@dataclass(frozen=True, slots=True)
class PassRate:
    """Pass rate (合格率) of a group of sites, with the figures that defend it.

    `passed`, `failed` and `unknown` count sites and add up to `included`. Unknown sites stand in
    neither numerator nor denominator of the rate; coverage and the bounds say how much that hides.
    """

    passed: int = 0
    failed: int = 0
    unknown: int = 0
    places: int = 2

    def __add__(self, other: PassRate) -> PassRate:
        return PassRate(
            self.passed + other.passed, self.failed + other.failed, self.unknown + other.unknown, self.places
        )

    @property
    def included(self) -> int:
        return self.passed + self.failed + self.unknown

    @property
    def judged(self) -> int:
        return self.passed + self.failed

    @property
    def rate(self) -> Decimal | None:
        """Passed / (passed + failed) in percent; None, never 0, when nothing could be judged."""
        return percent(self.passed, self.judged, self.places)

    @property
    def exact(self) -> Fraction | None:
        """The rate in percent, not rounded: changes are computed from it."""
        return Fraction(100 * self.passed, self.judged) if self.judged else None

    @property
    def coverage(self) -> Decimal | None:
        """Share of the included sites that could be judged, in percent."""
        return percent(self.judged, self.included, self.places)

    @property
    def lower(self) -> Decimal | None:
        """The rate if every unknown site had failed."""
        return percent(self.passed, self.included, self.places)

    @property
    def upper(self) -> Decimal | None:
        """The rate if no unknown site had failed."""
        return percent(self.passed + self.unknown, self.included, self.places)


@dataclass(frozen=True, slots=True)
class MarkRate:
    """Add-ratio (添加率) of one footer mark, or of all that a rubric asks for.

    present / (present + absent + invalid); sites whose mark could not be established stand apart.
    """

    present: int = 0
    absent: int = 0
    invalid: int = 0
    unknown: int = 0
    places: int = 2

    @property
    def established(self) -> int:
        return self.present + self.absent + self.invalid

    @property
    def ratio(self) -> Decimal | None:
        """In percent; None when no site's mark could be established."""
        return percent(self.present, self.established, self.places)


@dataclass(frozen=True, slots=True)
class AverageScore:
    """Average score (平均分) of a group: sites whose score is settled, and those whose score is not."""

    total: Fraction = Fraction(0)
    scored: int = 0
    unsettled: int = 0
    places: int = 2

    def __add__(self, other: AverageScore) -> AverageScore:
        return AverageScore(
            self.total + other.total, self.scored + other.scored, self.unsettled + other.unsettled, self.places
        )

    @property
    def exact(self) -> Fraction | None:
        return self.total / self.scored if self.scored else None

    @property
    def average(self) -> Decimal | None:
        """Rounded half up; None, never 0, where no score is settled. May lie above 100."""
        return None if self.exact is None else rounded(self.exact, self.places)
