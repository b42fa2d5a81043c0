"""A `<meta http-equiv="refresh">` made against patterns is answered like any other."""

from __future__ import annotations

import pytest

from govspider.extract.columns.page_kinds import moved_to
from govspider.extract.document.page import Page
from govspider.extract.links.links import find_links
from govspider.extract.links.page_jumps import find_jump

PAGE = "http://www.example.gov.cn/a/1.html"


@pytest.mark.parametrize(
    "content",
    [
        " " * 200_000 + "x",
        "1" * 200_000,
        "1 " * 100_000,
        "0;url=" + "a " * 100_000 + "`",
        "0;url=" + " " * 200_000,
        "0;" + " " * 200_000,
    ],
    ids=lambda content: content[:8],
)
def test_blanks_and_digits_without_end_are_answered(content: str) -> None:
    """Each of these would take hours where a pattern tried every way to part the blanks."""
    page = Page(PAGE, f'<meta http-equiv="refresh" content="{content}"><p>正文</p>'.encode())
    assert all(link.url for link in find_links(page))
    assert not find_jump(page) or " " not in str(find_jump(page)).strip()
    assert moved_to(page) is None


@pytest.mark.parametrize("content", ["0;url=/gone.html", " 0 ; URL = '/gone.html' ", "0,url=/gone.html"])
def test_blanks_around_change_nothing(content: str) -> None:
    page = Page(PAGE, f'<meta http-equiv="refresh" content="{content}">'.encode())
    assert find_jump(page) == "http://www.example.gov.cn/gone.html"
    assert [link.url for link in find_links(page)] == ["http://www.example.gov.cn/gone.html"]
