"""What an earlier run read is taken from there; its evidence counts as kept only while it is still there."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from scrapy.settings import Settings

from govspider.evidence.readings import ReadingStore
from govspider.evidence.store import EvidenceStore
from govspider.extract.document.page import Page
from govspider.extract.links.links import find_links
from govspider.extract.readings import code_version, key_of, packed_reading
from govspider.spiders.known_pages import KnownPages

BODY = "<html><head><title>通知</title></head><body><a href='/a.htm'>甲</a></body></html>".encode()


def page() -> Page:
    return Page("http://www.x.gov.cn/", BODY, "text/html; charset=utf-8")


@pytest.fixture
def known(tmp_path: Path) -> KnownPages:
    """Readings and evidence of an earlier run in which the page was seen."""
    before = page()
    before.once(find_links)
    ReadingStore(tmp_path, code_version()).keep(key_of(before), packed_reading(before))
    EvidenceStore(tmp_path).keep(BODY)
    return KnownPages(Settings({"EVIDENCE_DIR": str(tmp_path), "REUSE_READINGS": True}))


def test_a_page_that_was_read_and_kept_needs_neither_again(known: KnownPages) -> None:
    again = page()
    asyncio.run(known.recall(again))
    assert (again.recalled, again.title, again.kept_as) == (True, "通知", again.sha256)


def test_evidence_that_was_taken_away_meanwhile_is_to_be_kept_again(known: KnownPages, tmp_path: Path) -> None:
    again = page()
    EvidenceStore(tmp_path).drop(again.sha256)
    asyncio.run(known.recall(again))
    assert (again.recalled, again.kept_as) == (True, None)


def test_another_page_is_neither_known_nor_kept(known: KnownPages) -> None:
    other = Page("http://www.x.gov.cn/", BODY + b" ", "text/html; charset=utf-8")
    asyncio.run(known.recall(other))
    assert (other.recalled, other.kept_as) == (False, None)


def test_in_the_first_run_of_all_a_page_gets_the_name_its_reading_will_be_kept_under(tmp_path: Path) -> None:
    first = page()
    asyncio.run(KnownPages(Settings({"EVIDENCE_DIR": str(tmp_path), "REUSE_READINGS": True})).recall(first))
    assert (first.reading_key, first.recalled) == (key_of(page()), False)
