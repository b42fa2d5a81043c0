"""What is asked ahead is what a look asks anyway, with the same answers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from govspider.extract import read_ahead as module
from govspider.extract.columns.article import observe_article
from govspider.extract.columns.column_look import observe_look
from govspider.extract.dark.dark_links import find_dark_links
from govspider.extract.document.page import Page
from govspider.extract.links.links import find_links
from govspider.extract.marks.marks import observe_marks
from govspider.extract.read_ahead import get_ready, read_ahead
from govspider.items import PageRole

NOW = datetime(2026, 11, 3, tzinfo=UTC)


def sample() -> Page:
    return Page("http://www.yunjing-demo.gov.cn/", module._SAMPLE.encode(), "text/html; charset=utf-8")


def asked(page: Page, role: PageRole) -> list[Any]:
    """What a look asks a page of this role, among other things."""
    found: list[Any] = [page.once(find_links), page.once(find_dark_links)]
    if role is PageRole.ARTICLE:
        return [*found, page.once(observe_article)]
    home = role is PageRole.HOME
    found.append(page.once(observe_look, NOW, (), home=home, second=None, override=None, article_days=()))
    return [*found, page.once(observe_marks, (), ())] if home else found


@pytest.mark.parametrize("role", [PageRole.HOME, PageRole.COLUMN, PageRole.ARTICLE])
def test_answers_asked_ahead_are_those_of_a_page_asked_later(role: PageRole, monkeypatch: pytest.MonkeyPatch) -> None:
    ahead, later = sample(), sample()
    read_ahead(ahead, role, NOW)
    expected = asked(later, role)
    monkeypatch.setattr(Page, "root", property(lambda _: pytest.fail("the page was read once more")))
    assert asked(ahead, role) == expected
    assert expected[0] and expected[-1]


def test_getting_ready_reads_a_page_of_every_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    roles: list[PageRole] = []
    monkeypatch.setattr(module, "read_ahead", lambda page, role, now: roles.append(role))
    get_ready()
    assert roles == [PageRole.HOME, PageRole.COLUMN, PageRole.ARTICLE]
