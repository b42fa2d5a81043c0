"""Page tags: one finding per site and role."""

from __future__ import annotations

from govspider.items import PageRole
from govspider.seen import SeenTags
from tests.checks.questions import SUSPECTED, certainties, found
from tests.checks.seen_sites import HOME

SITE_TAGS = {"SiteName": "甲市教育局", "SiteDomain": "x.gov.cn", "SiteIDCode": "3300000001"}
COLUMN_TAGS = {**SITE_TAGS, "ColumnName": "要闻", "ColumnType": "工作动态"}


def test_missing_and_empty_tags_are_one_suspected_finding_per_role() -> None:
    pages = tuple(
        SeenTags(f"{HOME}{number}", PageRole.COLUMN, {**COLUMN_TAGS, "ColumnType": value})
        for number, value in enumerate(("工作动态", None, " "))
    )
    outcome = found("W-D4.7b", tags=pages)
    assert certainties(outcome) == [SUSPECTED]
    assert "3 个栏目页中 2 个" in outcome.faults[0].evidence
    assert "ColumnType" in outcome.faults[0].evidence


def test_complete_tags_are_settled_and_unseen_pages_are_not() -> None:
    page = SeenTags(HOME, PageRole.COLUMN, dict(COLUMN_TAGS))
    assert found("W-D4.7b", tags=(page,)).settled == {"column"}
    assert found("W-D4.7b").settled == frozenset()
