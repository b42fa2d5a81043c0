"""Dates that cannot both be true."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from govspider.seen import SeenFuture, SeenRedated
from tests.checks.questions import SUSPECTED, certainties, found
from tests.checks.seen_sites import HOME, ago, article, column
from tests.observed_city import CHECK_DAY


def test_an_article_that_shows_another_day_than_its_page_tag_is_suspicious_with_both_texts() -> None:
    odd = replace(article(ago(1), ago(1)), meta_published=ago(40), date_text="发布时间：昨天", url_date=ago(41))
    outcome = found("W-V1.5", columns=(column("公告", newest=ago(1), articles=(odd,)),))
    assert certainties(outcome) == [SUSPECTED]
    told = outcome.faults[0].evidence
    assert all(words in told for words in ("发布时间：昨天", str(ago(1)), str(ago(40)), str(ago(41))))


@pytest.mark.parametrize("days", [0, 1])
def test_a_page_tag_of_the_same_or_the_next_day_is_not_suspicious(days: int) -> None:
    near = replace(article(ago(3), ago(3)), meta_published=ago(3 - days))
    assert not found("W-V1.5", columns=(column("公告", newest=ago(3), articles=(near,)),)).faults


def test_a_date_that_only_the_page_tag_holds_is_not_compared_with_itself() -> None:
    hidden = replace(article(ago(3), ago(3)), visible=False, meta_published=ago(90))
    assert not found("W-V1.5", columns=(column("公告", newest=ago(3), articles=(hidden,)),)).faults


def test_an_old_article_under_a_new_date_is_suspicious() -> None:
    old = SeenRedated("通知", f"{HOME}o.html", ago(2), ago(200), ago(150), same_text=True, earlier_sha256="ab" * 32)
    outcome = found("W-V1.5", columns=(column("公告", newest=ago(2), redated=(old,)),))
    assert certainties(outcome) == [SUSPECTED]
    told = outcome.faults[0].evidence
    assert all(words in told for words in (str(ago(2)), str(ago(200)), str(ago(150)), "正文相同", "ab" * 8))


@pytest.mark.parametrize(("gap", "faults"), [(14, 0), (15, 1)])
def test_an_article_of_another_column_may_be_reposted_for_two_weeks(gap: int, faults: int) -> None:
    old = SeenRedated("通知", f"{HOME}o.html", ago(2), ago(2 + gap), ago(1), same_text=True, other_column="工作动态")
    outcome = found("W-V1.5", columns=(column("公告", newest=ago(2), redated=(old,)),))
    assert len(outcome.faults) == faults
    assert all("栏目「工作动态」中正文相同" in fault.evidence for fault in outcome.faults)


def test_a_date_that_moved_by_one_day_is_no_old_article() -> None:
    moved = SeenRedated("通知", f"{HOME}o.html", ago(2), ago(3), ago(3), same_text=False)
    assert not found("W-V1.5", columns=(column("公告", newest=ago(2), redated=(moved,)),)).faults


def test_items_of_the_future_are_suspicious() -> None:
    future = (SeenFuture("明年的通知", f"{HOME}f.html", CHECK_DAY + timedelta(days=40)),)
    outcome = found("W-V1.5", columns=(column("公告", newest=ago(1), future=future),))
    assert certainties(outcome) == [SUSPECTED]
    assert outcome.faults[0].url == f"{HOME}f.html"


@pytest.mark.parametrize(("published", "faults"), [(ago(3), 0), (ago(4), 0), (ago(2), 0), (ago(5), 1), (ago(1), 1)])
def test_list_and_article_may_disagree_by_one_day(published: Any, faults: int) -> None:
    seen = column("公告", newest=ago(3), articles=(article(ago(3), published),))
    assert len(found("W-V1.5", columns=(seen,)).faults) == faults
