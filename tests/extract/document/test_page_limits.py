"""Pages that were made for programs, or against them, are not read, and say why."""

from __future__ import annotations

import pytest

from govspider.extract.document.page import Page
from govspider.extract.lexicons import read_lexicon

_LIMITS = read_lexicon("page_limits")


def _page(body: str) -> Page:
    return Page("http://www.example.gov.cn/", f"<html><body>{body}</body></html>".encode())


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("x" * (_LIMITS["bytes"] + 1), "bytes"),
        ("<p>x" * (_LIMITS["tags"] + 1), "tags"),
        ("<div>" * (_LIMITS["deep_tags"] + 1), "deep in each other"),
        ("</body></html>" + "<div>" * (_LIMITS["deep_tags"] + 1), "deep in each other"),
    ],
)
def test_what_is_too_much_to_read_says_so_and_reads_as_empty(body: str, words: str) -> None:
    page = _page(body)
    assert words in page.too_heavy
    assert page.xpath("//body/*") == []


@pytest.mark.parametrize(
    "body",
    ["<p>x</p>" * 12_000, "<p>" + "x" * 600_000, "<div>" * 300 + "x" + "</div>" * 300, "<li><a>x</a></li>" * 6000],
)
def test_what_readers_really_get_is_read(body: str) -> None:
    page = _page(body)
    assert page.too_heavy == ""
    assert page.xpath("//body/*") != []
