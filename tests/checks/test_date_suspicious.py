"""Dates that cannot both be true."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from govspider.seen import SeenFuture
from tests.checks.questions import SUSPECTED, certainties, found
from tests.checks.seen_sites import HOME, ago, article, column
from tests.observed_city import CHECK_DAY


def test_items_of_the_future_are_suspicious() -> None:
    future = (SeenFuture("明年的通知", f"{HOME}f.html", CHECK_DAY + timedelta(days=40)),)
    outcome = found("W-V1.5", columns=(column("公告", newest=ago(1), future=future),))
    assert certainties(outcome) == [SUSPECTED]
    assert outcome.faults[0].url == f"{HOME}f.html"


@pytest.mark.parametrize(("published", "faults"), [(ago(3), 0), (ago(4), 0), (ago(2), 0), (ago(5), 1), (ago(1), 1)])
def test_list_and_article_may_disagree_by_one_day(published: Any, faults: int) -> None:
    seen = column("公告", newest=ago(3), articles=(article(ago(3), published),))
    assert len(found("W-V1.5", columns=(seen,)).faults) == faults
