"""Retired sites that still answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from govspider.items import UnknownReason
from tests.checks.questions import SUSPECTED, certainties, found
from tests.checks.seen_sites import ago, home

RETIRED = {"included": False, "state_at_check": "已下线", "hosts": frozenset({"www.example.gov.cn"})}


def test_a_retired_site_that_answers_under_its_own_name_is_suspected() -> None:
    assert certainties(found("retired-site", **RETIRED)) == [SUSPECTED]


@pytest.mark.parametrize(
    "values",
    [
        {"home": home(None, status=404)},
        {"home": None},
        {"home": home(None, status=None, failed=UnknownReason.DNS_TEMPORARY)},
        {"included": True},
        {"state_at_check": "例行维护"},
    ],
)
def test_a_retired_site_that_does_not_answer_is_in_order(values: dict[str, Any]) -> None:
    assert found("retired-site", **{**RETIRED, **values}).faults == ()


def test_a_retired_site_that_sends_visitors_elsewhere_is_settled() -> None:
    moved = replace(home(ago(1)), final_url="http://new.example.gov.cn/")
    outcome = found("retired-site", **{**RETIRED, "home": moved})
    assert (outcome.faults, set(outcome.settled)) == ((), {"home"})
