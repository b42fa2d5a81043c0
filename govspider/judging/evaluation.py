"""What judging a period would say, without storing anything: for comparing rules, periods and exemptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from govspider.db.engine import Engine
from govspider.db.exemptions import ColumnExemption, read_exemptions
from govspider.db.observations import read_latest_looks
from govspider.db.periods import Period, find_period
from govspider.db.verdicts import SITE_CLAUSE
from govspider.judging.batches import Judging, load_website_rubric
from govspider.judging.verdicts import SiteVerdicts


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Verdicts of every included site, by its code: clause → result, the site as a whole among them."""

    period: Period
    rubric: str
    check_day: date
    names: Mapping[str, str] = field(default_factory=dict)
    results: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    reasons: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)

    def of_site(self, code: str) -> str | None:
        return self.results.get(code, {}).get(SITE_CLAUSE)


def evaluate(engine: Engine, period_label: str, rubric_id: str, *, exemptions: bool = True) -> Evaluation:
    """Judge in memory; makes no request and stores nothing. Raises UnknownPeriodError and RubricError.

    Parameters: `exemptions` False leaves exemptions of columns out of account.
    """
    rubric = load_website_rubric(rubric_id)
    period = find_period(engine, period_label)
    found: dict[str, SiteVerdicts] = {}
    with engine.connect() as connection:
        judging = Judging(connection, period, rubric, exemptions=exemptions)
        looks = [look for look in read_latest_looks(connection, period.id) if look.included]
        for look in looks:
            found.update((look.code, one) for one in judging.unseen([look]))
        seen = [look for look in looks if look.look_id is not None]
        for judged in judging.batches(seen):
            found.update((one.site.code, one.verdicts) for one in judged)
    return Evaluation(
        period=period,
        rubric=rubric.key,
        check_day=judging.check_day,
        names={look.code: look.name for look in looks},
        results={code: {row.clause: row.result for row in one.rows} for code, one in found.items()},
        reasons={code: {row.clause: row.reasons for row in one.rows} for code, one in found.items()},
    )


@dataclass(frozen=True, slots=True)
class ExemptionEffect:
    """Exemptions in force at a period, and the verdicts with and without them."""

    exemptions: tuple[ColumnExemption, ...]
    with_them: Evaluation
    without: Evaluation

    @property
    def changed(self) -> dict[str, tuple[str | None, str | None]]:
        """Sites whose verdict the exemptions change: code → (without them, with them)."""
        codes = self.with_them.results
        pairs = {code: (self.without.of_site(code), self.with_them.of_site(code)) for code in codes}
        return {code: pair for code, pair in pairs.items() if pair[0] != pair[1]}


def weigh_exemptions(engine: Engine, period_label: str, rubric_id: str) -> ExemptionEffect:
    """Judge a period with and without its exemptions. Raises UnknownPeriodError and RubricError."""
    with_them = evaluate(engine, period_label, rubric_id)
    without = evaluate(engine, period_label, rubric_id, exemptions=False)
    with engine.connect() as connection:
        held = read_exemptions(connection, with_them.period.id, with_them.check_day)
    return ExemptionEffect(tuple(held), with_them, without)
