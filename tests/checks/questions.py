"""Asks a rule of the 2019 rubric about a site, with the parameters the rubric gives."""

from __future__ import annotations

from typing import Any

from govspider.checks.catalogue import CHECKS
from govspider.checks.outcome import Certainty, Outcome
from govspider.rubrics.model import load_rubric
from tests.checks.seen_sites import site
from tests.observed_city import CHECK_DAY

RULES = {rule.id: rule for rule in load_rubric("guoban-2019").rules}
CONFIRMED, SUSPECTED = Certainty.CONFIRMED, Certainty.SUSPECTED


def found(rule_id: str, **values: Any) -> Outcome:
    """Outcome of the rule's check on a site with these observations."""
    rule = RULES[rule_id]
    assert rule.check is not None, f"{rule_id} is entered by a person"
    columns = values.pop("columns", ())
    return CHECKS[rule.check].judge(site(*columns, **values), CHECK_DAY, rule.bind())


def certainties(outcome: Outcome) -> list[Certainty]:
    return [fault.certainty for fault in outcome.faults]
