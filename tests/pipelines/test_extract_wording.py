"""Wording is read on the pages of the site itself, and dated rules only where an article has a day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from govspider.extract.document.page import Page
from govspider.items import OBSERVED_WORDING, OBSERVED_WORDING_UNREAD, PageRole, PageSeen
from pipelines.extract_wording import ExtractWordingPipeline

URL = "http://www.demo.gov.cn/art/1.html"
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def seen(role: PageRole = PageRole.ARTICLE, text: str = "开展扫黑险恶斗争。", **values: Any) -> PageSeen:
    page = Page(URL, f"<html><body><p>{text}</p></body></html>".encode())
    item = PageSeen(1, 1, 1, role, URL, URL, NOW, page, 200, **values)
    handed: PageSeen = ExtractWordingPipeline().process_item(item)
    return handed


def test_pages_that_people_read_are_searched_and_parts_of_pages_are_not() -> None:
    for role in (PageRole.HOME, PageRole.COLUMN, PageRole.ARTICLE, PageRole.FRAME):
        assert len(seen(role).observations[OBSERVED_WORDING]) == 1
    for role in (PageRole.SCRIPT, PageRole.LIST_DATA, PageRole.SITE_MAP):
        assert OBSERVED_WORDING not in seen(role).observations


def test_pages_of_others_and_pages_seen_twice_are_not_searched() -> None:
    assert OBSERVED_WORDING not in seen(left_site=True).observations
    assert OBSERVED_WORDING not in seen(repeated=True).observations


def test_what_was_not_examined_is_said_and_nothing_else() -> None:
    assert OBSERVED_WORDING_UNREAD not in seen().observations
    long = seen(text="</p><p>".join(f"第{number}号" + "甲" * 2000 for number in range(210)))
    assert "400000字" in long.observations[OBSERVED_WORDING_UNREAD][0]


def test_a_rule_with_days_uses_the_day_of_the_list_where_the_article_shows_none() -> None:
    text = "国家工商行政管理总局有关负责人介绍情况。"
    assert seen(text=text).observations[OBSERVED_WORDING] == ()
    assert len(seen(text=text, list_date=date(2024, 5, 1)).observations[OBSERVED_WORDING]) == 1
    assert seen(PageRole.COLUMN, text=text, list_date=date(2024, 5, 1)).observations[OBSERVED_WORDING] == ()
