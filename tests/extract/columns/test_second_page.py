"""When the second page of a list is read, where it is, and what both pages say together."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from govspider.extract.columns.column_look import observe_look
from govspider.extract.columns.second_page import find_next_page, wants_second_page, with_second_page
from govspider.extract.document.page import Page
from govspider.items import ColumnObservation, ColumnState, ListItem, UnknownReason

NOW = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
URL = "http://www.example.gov.cn/tzgg/index.html"


def _seen(*days: int, pinned: tuple[int, ...] = (), reason: UnknownReason | None = None) -> ColumnObservation:
    items = tuple(
        ListItem(place, f"通知{place}", f"{URL}{place}", date(2026, 10, day), "", "own_tag", place in pinned)
        for place, day in enumerate(days, 1)
    )
    newest = max(items, key=lambda item: item.published or date.min) if items else None
    return ColumnObservation(
        ColumnState.LIST,
        reason,
        newest.published if newest else None,
        newest.url if newest else None,
        len(items),
        list_items=items,
    )


@pytest.mark.parametrize(
    ("seen", "wanted"),
    [
        (_seen(9, 8, 8, 7), False),
        (_seen(3, 9, 7, 8), True),
        (_seen(1, 9, 8, 7, pinned=(1,)), False),
        (_seen(9, 8, 7, pinned=(1, 2, 3)), True),
        (_seen(2, 9), False),
        (_seen(3, 9, 7, 8, reason=UnknownReason.CONTRADICTORY), False),
        (ColumnObservation(ColumnState.BLANK), False),
    ],
)
def test_a_second_page_is_wanted_where_the_first_does_not_settle_the_newest(
    seen: ColumnObservation, wanted: bool
) -> None:
    assert wants_second_page(seen) is wanted


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ('<a href="index_1.html">下一页</a>', "http://www.example.gov.cn/tzgg/index_1.html"),
        ('<a href="?page=2"> 下 页 </a>', "http://www.example.gov.cn/tzgg/index.html?page=2"),
        ('<link rel="next" href="/tzgg/2.html">', "http://www.example.gov.cn/tzgg/2.html"),
        ('<script>createPageHTML(50, 0, "index", "htm");</script>', "http://www.example.gov.cn/tzgg/index_1.htm"),
        (
            "<script>createPageHTML('page_div',10, 1,'zwgklist','shtml',200)</script>",
            "http://www.example.gov.cn/tzgg/zwgklist_2.shtml",
        ),
        ('<a href="index.html">1</a><a href="i_2.html">2</a>', "http://www.example.gov.cn/tzgg/i_2.html"),
        ('<script>createPageHTML(1, 0, "index", "htm");</script>', None),
        ('<a href="javascript:go(2)">下一页</a>', None),
        ('<a href="#">下一页</a>', None),
        ('<a href="http://other.example/2.html">下一页</a>', None),
        ('<a href="/room/2.html">2</a>', None),
        ("<p>共 1 页</p>", None),
    ],
)
def test_the_next_page_is_where_the_pager_points_on_the_same_site(markup: str, found: str | None) -> None:
    assert find_next_page(Page(URL, f"<html><body>{markup}</body></html>".encode())) == found


def test_the_newest_of_both_pages_counts_and_the_count_stays_that_of_the_first() -> None:
    both = with_second_page(_seen(3, 5, 4), _seen(9, 8))
    assert (both.newest, both.items, len(both.list_items)) == (date(2026, 10, 9), 3, 5)
    assert [item.position for item in both.list_items] == [1, 2, 3, 4, 5]


def test_an_older_second_page_changes_nothing_but_is_told() -> None:
    both = with_second_page(_seen(3, 5, 4), _seen(2, 1))
    assert both.newest == date(2026, 10, 5)
    assert any("second page" in note for note in both.notes)


def test_a_second_page_without_a_list_leaves_the_first_and_says_so() -> None:
    both = with_second_page(_seen(3, 5, 4), ColumnObservation(ColumnState.UNKNOWN, UnknownReason.DRIFT))
    assert (both.newest, len(both.list_items)) == (date(2026, 10, 5), 3)
    assert any("no list" in note for note in both.notes)


def _page(name: str, *days: int) -> Page:
    rows = "".join(
        f'<li><a href="{name}{day}.html">关于开展{name}第{day}次检查工作的通知</a><span>2026-10-{day:02d}</span></li>'
        for day in days
    )
    return Page(f"{URL}?{name}", f"<html><body><ul>{rows}</ul></body></html>".encode())


def test_a_page_and_its_second_page_are_observed_as_one_list() -> None:
    seen = observe_look(_page("a", 3, 9, 4, 7), NOW, second=_page("b", 20, 2, 1))
    assert (seen.newest, seen.items) == (date(2026, 10, 20), 4)
