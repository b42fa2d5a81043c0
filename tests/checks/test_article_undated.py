"""Articles without a publish time."""

from __future__ import annotations

from dataclasses import replace

from tests.checks.questions import SUSPECTED, found
from tests.checks.seen_sites import HOME, ago, article, column


def test_an_undated_article_is_a_finding_of_its_column() -> None:
    undated = column("要闻", newest=ago(1), articles=(article(ago(1), ago(1)), article(ago(2), None)))
    outcome = found("article-undated", columns=(undated, column("公告", newest=ago(1))))
    assert [(fault.key, fault.certainty) for fault in outcome.faults] == [(f"{HOME}要闻/", SUSPECTED)]
    assert outcome.settled == {f"{HOME}公告/"}


def test_a_date_that_stands_in_the_page_tags_only_is_shown_to_nobody() -> None:
    hidden = replace(article(ago(1), ago(1)), visible=False)
    outcome = found("article-undated", columns=(column("要闻", newest=ago(1), articles=(hidden,)),))
    assert [fault.key for fault in outcome.faults] == [f"{HOME}要闻/"]
