"""Lists whose titles are no links: a button beside each leads to the article."""

from __future__ import annotations

from datetime import date

from govspider.items import ColumnState
from tests.extract.columns.column_pages import DAYS, TITLES, seen


def _items(button: str = "查看详情", heading: str = "h5") -> str:
    return "".join(
        f'<div class="item"><{heading}>{TITLES[n]}</{heading}><span>{day}</span>'
        f'<a href="/tzgg/{n}.html">{button}</a></div>'
        for n, day in enumerate(DAYS)
    )


def test_a_title_without_a_link_is_taken_with_the_address_of_its_button() -> None:
    column = seen(f'<div class="items">{_items()}</div>')
    assert (column.state, column.newest, column.items) == (ColumnState.LIST, date(2026, 9, 12), len(DAYS))
    assert (column.list_items[0].title, column.newest_url) == (TITLES[0], "http://www.example.gov.cn/tzgg/0.html")


def test_buttons_that_lead_to_columns_make_no_records() -> None:
    assert seen(f'<div class="items">{_items("更多")}</div>').items in (None, 0)
