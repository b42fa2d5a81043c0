"""Pages compared with what a search engine gets: cloaking, and pages that merely change."""

from __future__ import annotations

import pytest

from govspider.extract.dark.cloaking import find_cloaking
from govspider.extract.document.page import Page
from govspider.items import PageRole, Strength

SITE = "http://www.example-county.gov.cn/"
SPIDER, REFERRED = PageRole.SPIDER_VIEW, PageRole.REFERRED_VIEW


def page(*links: str, title: str = "某县人民政府", text: str = "", url: str = SITE) -> Page:
    anchors = "".join(f'<a href="{link}">链接</a>' for link in links)
    html = f"<html><head><meta charset='utf-8'><title>{title}</title></head><body><p>{text}</p>{anchors}</body></html>"
    return Page(url, html.encode())


def test_words_that_only_the_spider_gets_are_strong_evidence() -> None:
    (found,) = find_cloaking(page(text="澳门百家乐"), [page(), page()], SPIDER)
    assert (found.kind, found.strength) == ("spider_cloaking", Strength.STRONG)
    assert "多出词语“百家乐”" in found.reasons


def test_foreign_domains_that_only_a_searching_visitor_gets_are_weak_evidence() -> None:
    view = page("http://a.com/", "http://b.com/")
    (found,) = find_cloaking(view, [page(), page()], REFERRED)
    assert (found.kind, found.strength) == ("referrer_cloaking", Strength.WEAK)


def test_a_visitor_from_a_search_engine_who_is_sent_elsewhere_is_strong_evidence() -> None:
    (found,) = find_cloaking(page(url="http://bet.com/"), [page(), page()], REFERRED)
    assert (found.strength, "转向 bet.com" in found.reasons) == (Strength.STRONG, True)


def test_a_changed_title_is_told_beside_what_accuses() -> None:
    (found,) = find_cloaking(page(title="百家乐官网"), [page(), page()], SPIDER)
    assert "标题由“某县人民政府”变为“百家乐官网”" in found.reasons


@pytest.mark.parametrize(
    ("view", "first", "again"),
    [
        pytest.param(page(), page(), page(), id="the same page"),
        pytest.param(page("http://a.com/"), page(), page(), id="one more foreign domain"),
        pytest.param(page("http://b.com/", "http://c.com/"), page("http://a.com/"), page(), id="rotating banners"),
        pytest.param(page(text="百家乐"), page(text="百家乐"), page(), id="a word that one visitor got too"),
        pytest.param(page("http://www.b.gov.cn/", "http://www.c.gov.cn/"), page(), page(), id="public bodies"),
        pytest.param(page(title="今日要闻：会议召开"), page(), page(), id="another headline alone"),
    ],
)
def test_a_page_that_merely_changes_is_not_cloaked(view: Page, first: Page, again: Page) -> None:
    assert find_cloaking(view, [first, again], SPIDER) == ()


def test_one_ordinary_fetch_is_not_enough_to_compare_with() -> None:
    with pytest.raises(ValueError, match="not with 1"):
        find_cloaking(page(), [page()], SPIDER)
