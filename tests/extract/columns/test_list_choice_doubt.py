"""Where it is not certain which block is the column's list, no day is told."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from govspider.extract.columns.column import observe_column
from govspider.extract.document.page import Page
from govspider.items import ColumnObservation, ColumnState, UnknownReason

_NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
_URL = "http://www.example.gov.cn/zwgk/zcwj/index.html"


def _seen(body: str, title: str = "政策文件-某市人民政府") -> ColumnObservation:
    html = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    return observe_column(Page(_URL, html.encode(), "text/html; charset=utf-8"), _NOW, ())


def _rows(count: int, month: str, folder: str = "/art/") -> str:
    return "".join(
        f'<li><a href="{folder}{number}.html">关于印发第{number}号行政规范性文件的通知</a>'
        f"<span>{month}-{28 - number % 28:02d}</span></li>"
        for number in range(count)
    )


def _terms(count: int, month: str) -> str:
    return "".join(
        f'<dt><a href="/art/{number}.html">关于印发第{number}号行政规范性文件的通知</a></dt>'
        f"<dd>{month}-{28 - number:02d}</dd>"
        for number in range(count)
    )


@pytest.mark.parametrize("own", [1, 2, 5, 8])
@pytest.mark.parametrize("order", ["{own}{other}", "{other}{own}"])
def test_two_blocks_without_a_name_decide_nothing_however_long_one_of_them_is(own: int, order: str) -> None:
    blocks = order.format(
        own=f'<div class="a"><ul>{_rows(own, "2024-05")}</ul></div>',
        other=f'<div class="b"><ul>{_rows(25, "2026-10", "/qt/")}</ul></div>',
    )
    seen = _seen(blocks)
    assert (seen.state, seen.newest, seen.reason) == (ColumnState.UNKNOWN, None, UnknownReason.CONTRADICTORY)


def test_two_items_under_the_columns_name_are_not_outweighed_by_a_long_block() -> None:
    own = f'<div class="a"><h2>政策文件</h2><ul>{_rows(2, "2024-05")}</ul></div>'
    seen = _seen(f'{own}<div class="b"><ul>{_rows(25, "2026-10", "/qt/")}</ul></div>')
    assert (seen.state, seen.newest) == (ColumnState.UNKNOWN, None)


def test_the_only_dated_block_is_not_the_list_under_the_name_of_a_column_of_another_kind() -> None:
    seen = _seen(f'<div class="b"><h3>政务动态</h3><ul>{_rows(25, "2026-10", "/qt/")}</ul></div>')
    assert (seen.state, seen.newest) == (ColumnState.UNKNOWN, None)
    assert seen.notes == ("the one block of dated records may be another column's",)


@pytest.mark.parametrize("heading", ["政策文件", "文件列表", "2026年"])
def test_a_heading_that_may_be_the_lists_own_leaves_it_the_list(heading: str) -> None:
    seen = _seen(f'<div class="b"><h3>{heading}</h3><ul>{_rows(25, "2026-10")}</ul></div>')
    assert (seen.state, seen.newest, seen.items) == (ColumnState.LIST, date(2026, 10, 28), 25)


def test_the_only_dated_block_is_not_the_list_in_a_narrow_part() -> None:
    narrow = f'<td width="220"><ul>{_rows(12, "2026-10")}</ul></td>'
    seen = _seen(f"<table><tr>{narrow}<td><p>政策文件</p></td></tr></table>")
    assert (seen.state, seen.newest) == (ColumnState.UNKNOWN, None)


def test_a_pager_belongs_to_the_list_right_before_it_and_not_to_a_block_above() -> None:
    above = f'<div class="k"><h3>部门信息</h3><ul>{_rows(4, "2026-10", "/qt/")}</ul></div>'
    own = f'<div class="list"><ul>{_rows(6, "2024-05")}</ul></div>'
    pager = '<div class="page"><script>createPageHTML(50, 0, "index", "htm");</script></div>'
    seen = _seen(f'<div class="main">{above}{own}{pager}</div>')
    assert (seen.state, seen.newest, seen.items) == (ColumnState.LIST, date(2024, 5, 28), 6)


def test_records_right_behind_the_named_block_without_a_word_between_may_be_the_list() -> None:
    above = f"<div>{_rows(10, '2026-10', '/qt/').replace('li>', 'p>')}</div>"
    seen = _seen(f'<div class="m"><h2>政策文件</h2>{above}<table>{_table(8, "2024-05")}</table></div>')
    assert (seen.state, seen.newest) == (ColumnState.UNKNOWN, None)


def _table(count: int, month: str) -> str:
    return (
        _rows(count, month).replace("<li>", "<tr><td>").replace("</a>", "</a></td><td>").replace("</li>", "</td></tr>")
    )


@pytest.mark.parametrize("count", [2, 3, 4, 5, 9])
def test_a_list_of_terms_is_as_many_records_as_it_has_terms(count: int) -> None:
    seen = _seen(f"<h2>政策文件</h2><dl>{_terms(count, '2026-10')}</dl>")
    assert (seen.state, seen.newest, seen.items) == (ColumnState.LIST, date(2026, 10, 28), count)


def test_the_day_of_a_term_may_stand_in_an_attribute_of_its_description() -> None:
    rows = _terms(3, "2026-10").replace("<dd>", '<dd><time datetime="').replace("</dd>", '"></time></dd>')
    seen = _seen(f"<h2>政策文件</h2><dl>{rows}</dl>")
    assert [item.published for item in seen.list_items] == [date(2026, 10, 28 - number) for number in range(3)]


def test_of_two_items_one_without_a_day_may_be_the_newer_one() -> None:
    undated = '<li><a href="/art/x.html">关于公布行政规范性文件清理结果的公告</a></li>'
    seen = _seen(f"<h2>政策文件</h2><ul>{undated}{_rows(1, '2024-05')}</ul>")
    assert (seen.newest, seen.reason) == (None, UnknownReason.UNDATED)
