"""Addresses that stand in the script of a link."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import html

from govspider.extract.columns.opened_address import opened_address
from tests.extract.columns.column_pages import TITLES, seen


@pytest.mark.parametrize(
    "link",
    [
        '<a href="javascript:void(0)" onclick="window.open(\'/tzgg/1.html\')">t</a>',
        "<a href='#' onclick=\"location.href='/tzgg/1.html';return false\">t</a>",
        "<a href=\"javascript:window.open('/tzgg/1.html','_blank')\">t</a>",
    ],
)
def test_the_address_that_a_click_opens_is_the_address_of_the_link(link: str) -> None:
    assert opened_address(html.fromstring(link)) == "/tzgg/1.html"


@pytest.mark.parametrize(
    "link",
    [
        "<a href=\"javascript:window.open(base+'/1.html')\">t</a>",
        "<a onclick=\"window.open('/a/'+id)\">t</a>",
        "<a onclick=\"if(x){location.href='/a'}else{location.href='/b'}\">t</a>",
        "<a href=\"javascript:__doPostBack('l','')\">t</a>",
    ],
)
def test_an_address_that_is_put_together_or_not_one_is_none(link: str) -> None:
    assert opened_address(html.fromstring(link)) is None


def test_the_year_of_a_row_may_stand_in_the_address_that_its_click_opens() -> None:
    body = "".join(
        f'<tr><td><a href="#" onclick="window.open(\'./202610/t202610{d}_{d}.html\')">{TITLES[n]}</a></td>'
        f"<td>10-{d}</td></tr>"
        for n, d in enumerate(("30", "21", "12"))
    )
    assert seen(f"<table>{body}</table>").newest == date(2026, 10, 30)
