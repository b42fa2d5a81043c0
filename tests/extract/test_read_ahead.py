"""What is asked ahead is what a look asks anyway, with the same answers."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from govspider.extract import read_ahead as module
from govspider.extract.columns.article import observe_article
from govspider.extract.columns.column_look import observe_look
from govspider.extract.dark.dark_links import find_dark_links
from govspider.extract.document.page import Page
from govspider.extract.document.page_sketch import glance_at, sketch_page
from govspider.extract.links.link_content import AskedLink, Content, judge_missing
from govspider.extract.links.links import find_links
from govspider.extract.links.soft_404 import MadeUpAnswer
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


def test_a_page_is_sketched_ahead_only_where_pages_of_its_host_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    hosts = ("www.compared.gov.cn", "www.plain.gov.cn")
    compared, plain = (Page(f"http://{host}/a/1.html", module._SAMPLE.encode()) for host in hosts)
    text = f"<html><title>通知</title><body>{'没有这个栏目的内容。' * 20}</body></html>".encode()
    shown = Page("http://www.compared.gov.cn/a/0.html", text)
    link, content = AskedLink(shown.url, own_site=True), Content(shown.url, {}, text, 200, shown)
    gone = MadeUpAnswer("http://www.compared.gov.cn/a/q7x.html", "http://www.compared.gov.cn/a/q7x.html", 404)
    same = MadeUpAnswer(gone.url, gone.url, 200, sketch_page(shown))
    judge_missing(link, content, [replace(gone, url="http://www.plain.gov.cn/q7x.html")])
    assert judge_missing(link, content, [same]) is not None
    for page in (compared, plain):
        read_ahead(page, PageRole.ARTICLE, NOW)
        page.settle()
    monkeypatch.setattr(Page, "root", property(lambda page: pytest.fail(f"{page.url} was parsed once more")))
    assert sketch_page(compared).pieces
    with pytest.raises(pytest.fail.Exception, match="plain"):
        sketch_page(plain)


def test_a_glance_and_a_sketch_say_the_same_of_a_page() -> None:
    glance, sketch = glance_at(sample()), sketch_page(sample())
    assert {**asdict(glance), "pieces": sketch.pieces} == asdict(sketch)
