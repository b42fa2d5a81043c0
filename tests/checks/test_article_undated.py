"""Articles without a publish time."""

from __future__ import annotations

from tests.checks.questions import SUSPECTED, found
from tests.checks.seen_sites import HOME, ago, article, column


def test_an_undated_article_is_a_finding_of_its_column() -> None:
    undated = column("要闻", newest=ago(1), articles=(article(ago(1), ago(1)), article(ago(2), None)))
    outcome = found("article-undated", columns=(undated, column("公告", newest=ago(1))))
    assert [(fault.key, fault.certainty) for fault in outcome.faults] == [(f"{HOME}要闻/", SUSPECTED)]
    assert outcome.settled == {f"{HOME}公告/"}
