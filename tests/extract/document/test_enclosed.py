"""Text between marks is found as a pattern finds it, and openings that nothing closes cost one search in all."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govspider.extract.columns.column_look import observe_look
from govspider.extract.document.enclosed import insides, replaced
from govspider.extract.document.page import Page
from govspider.extract.document.written_markup import written_page
from tests.observed_city import CHECK_AT

_OPENING, _CLOSING = re.compile(r"<!--"), re.compile(r"-->")
_LAZY = re.compile(r"<!--(.*?)-->", re.S)


@given(st.lists(st.sampled_from(["<!--", "-->", "x", "<", "-", "\n", "<!-->"]), max_size=12).map("".join))
def test_what_is_found_is_what_the_pattern_finds(text: str) -> None:
    assert insides(text, _OPENING, _CLOSING) == _LAZY.findall(text)
    marked = replaced(text, _OPENING, _CLOSING, lambda _piece, inside: f"[{inside}]")
    assert marked == _LAZY.sub(lambda match: f"[{match[1]}]", text)


class _Counting:
    """A pattern that counts how often it is asked."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern
        self.asked = 0

    def search(self, *given: Any) -> re.Match[str] | None:
        self.asked += 1
        return self._pattern.search(*given)


def test_where_nothing_closes_the_rest_is_searched_once() -> None:
    closing: Any = _Counting(_CLOSING)
    assert insides("<!-- x " * 10_000, _OPENING, closing) == []
    assert closing.asked == 1


# fewer tags than a page may have; each of these takes minutes where time grows with the square of the page
_ENDLESS = {
    "comments": "<!-- x " * 55_000,
    "data stores": "<!--<datastore>" + "<record>" * 55_000 + "</datastore>-->",
    "styles": "<div class='list'>正在加载</div>" + "<style>a" * 55_000,
    "scripts": "<a href='/x'>x</a>" + "<script>a" * 55_000,
    "a long name in a script": f"<script>var a = '2026-11-02'; {'ab.' * 400_000}</script>",
    "quotes behind a backslash": "<script>var a = '2026-11-02'; x = " + r"\'" * 150_000 + "</script>",
    "a string of many pieces": "<script>var a = '2026-11-02'; x = " + "'{'+" * 40_000 + "</script>",
    "a row of comments": "<script>var a = '2026-11-02'; x = [" + "/**/" * 5_000 + "!</script>",
    "comments that nothing closes": "<script>var a = '2026-11-02'; " + "x = [/* " * 5_000 + "</script>",
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", _ENDLESS)
def test_a_page_of_openings_that_nothing_closes_is_looked_at(name: str) -> None:
    page = Page("http://www.x.gov.cn/tzgg/", _ENDLESS[name].encode(), "text/html; charset=utf-8")
    assert not page.too_heavy
    observe_look(page, CHECK_AT)
    written_page(page)
