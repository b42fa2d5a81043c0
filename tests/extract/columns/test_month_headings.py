"""Lists whose months stand in headings."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.columns.column_pages import TITLES, seen

MONTHS = (("2026年11月", (20, 9)), ("2026年10月", (28, 15, 2)), ("2025年12月", (30,)))


def _rows(template: str, heading: str, days: tuple[int, ...]) -> str:
    return "".join(
        template.format(title=TITLES[day % 8], day=day, url=f"/tzgg/{heading[:4]}{heading[5:7]}_{day}.html")
        for day in days
    )


@pytest.mark.parametrize(
    "template",
    ['<li><a href="{url}">{title}</a><span>{day}日</span></li>', '<li><b>{day}</b><a href="{url}">{title}</a></li>'],
)
def test_a_row_takes_year_and_month_from_the_heading_above_it(template: str) -> None:
    lists = "".join(f"<h3>{heading}</h3><ul>{_rows(template, heading, days)}</ul>" for heading, days in MONTHS)
    column = seen(f'<div class="list">{lists}</div>')
    assert (column.newest, column.items) == (date(2026, 11, 20), 6)
    assert column.list_items[-1].published == date(2025, 12, 30)


def test_headings_may_be_rows_of_the_list() -> None:
    template = '<li><a href="{url}">{title}</a><span>{day}日</span></li>'
    lists = "".join(f"<li>{heading}</li>{_rows(template, heading, days)}" for heading, days in MONTHS)
    column = seen(f"<ul>{lists}</ul>")
    assert (column.newest, column.items) == (date(2026, 11, 20), 6)


def test_numbers_of_rows_are_no_days() -> None:
    template = '<li><i>{day}</i><a href="{url}">{title}</a></li>'
    assert seen(f"<h3>2026年11月</h3><ul>{_rows(template, '2026年11月', (1, 2, 3, 4))}</ul>").newest is None


def test_a_year_to_choose_is_no_heading() -> None:
    template = '<li><a href="{url}">{title}</a><span>{day}日</span></li>'
    body = f'<p><a href="?y=2026">2026年11月</a></p><ul>{_rows(template, "2026年11月", (20, 11, 9, 8))}</ul>'
    assert seen(body).newest is None
