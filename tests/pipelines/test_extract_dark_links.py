"""What the pipeline leaves on a page: links, tampering, and what was left unread."""

from __future__ import annotations

from datetime import UTC, datetime

from govspider.extract.document.page import Page
from govspider.items import OBSERVED_DARK_LINKS, OBSERVED_DARK_UNREAD, OBSERVED_TAMPERING, PageRole, PageSeen
from pipelines.extract_dark_links import ExtractDarkLinksPipeline

SITE = "http://www.example-county.gov.cn/"
BETTING = '<div style="display:none"><a href="http://www.stranger-bet.net/">百家乐</a></div>'


def processed(body: str, role: PageRole = PageRole.HOME) -> PageSeen:
    page = Page(SITE, f"<html><head></head><body>{body}</body></html>".encode())
    seen = PageSeen(1, 1, 1, role, SITE, SITE, datetime(2026, 11, 22, tzinfo=UTC), page, 200)
    ExtractDarkLinksPipeline().process_item(seen)
    return seen


def test_a_page_read_to_its_end_has_no_word_on_what_is_unread() -> None:
    seen = processed(BETTING)
    assert len(seen.observations[OBSERVED_DARK_LINKS]) == 1
    assert seen.observations[OBSERVED_TAMPERING] == ()
    assert OBSERVED_DARK_UNREAD not in seen.observations


def test_a_page_beyond_a_bound_says_so_beside_what_was_found() -> None:
    seen = processed(BETTING + "<script>" + "var a=1;" * 60_000 + "</script>")
    assert len(seen.observations[OBSERVED_DARK_LINKS]) == 1
    assert "脚本" in seen.observations[OBSERVED_DARK_UNREAD][0]


def test_scripts_and_other_parts_are_not_searched() -> None:
    assert processed(BETTING, PageRole.SCRIPT).observations == {}
