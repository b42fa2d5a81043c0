"""Whose page stands at an outside address."""

from __future__ import annotations

import pytest

from govspider.extract.document.page import Page
from govspider.extract.links.host_identity import identify
from govspider.items import LinkIdentity


def page(title: str, text: str, url: str = "https://www.news-demo.com/") -> Page:
    return Page(url, f"<html><title>{title}</title><body>{text}</body></html>".encode(), "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("text", "language"),
    [("某某市教育考试院 official website of the city", "zh"), ("Buy cheap watches online today", "latin"),
     ("Купить часы недорого онлайн", "other"), ("ok", "")],
)  # fmt: skip
def test_an_identity_is_told_by_title_domain_language_and_certificate(text: str, language: str) -> None:
    found = identify("http://old.news-demo.com/a.htm", page("标题" if language == "zh" else "T", text), "Some Ltd")
    title = "标题" if language == "zh" else "T"
    assert found == LinkIdentity("old.news-demo.com", "news-demo.com", title, language, "Some Ltd")


def test_a_page_without_a_title_says_nothing_of_whose_it_is() -> None:
    assert identify("http://old.news-demo.com/", page("", "某某市教育考试院"), "") is None
