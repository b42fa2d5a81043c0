"""The outline numbers what a plain walk over the document meets, in its order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from lxml.html import HtmlElement

from govspider.extract.columns.outline import Node, Outline, outline_of
from govspider.extract.document.page import Page
from govspider.extract.document.page_walk import SILENT, written_date
from tests.city.model import Asked
from tests.city.plan import make_plan
from tests.city.routes import site_routes
from tests.extract.document.test_page_walk import made_up, made_up_block

_Met = tuple[str, Any]


def met(page: Page) -> Iterator[_Met]:
    """What a plain walk meets: an element begins, a text, an element ends."""
    for root in (page.root, *page.root.itersiblings()):
        if isinstance(root.tag, str):
            yield from _met(root)


def _met(element: HtmlElement) -> Iterator[_Met]:
    yield "begins", element
    silent = element.tag in SILENT
    own = (written_date(element.text or "") if element.tag == "script" else "") if silent else element.text
    yield from _text(own)
    for child in () if silent else element:
        if isinstance(child.tag, str):
            yield from _met(child)
        yield from _text(child.tail)
    yield "ends", element


def _text(text: str | None) -> Iterator[_Met]:
    if text and not text.isspace():
        yield "text", " ".join(text.split())


def check(page: Page) -> None:
    """Every element and text has its number and its place, and what ends lies right behind what stands in it."""
    outline, place = page.once(outline_of), -1
    opened: list[Node] = []
    elements = texts = 0
    for what, thing in met(page):
        if what == "begins":
            node = outline.node(elements)
            assert (node.element, node.tag, node.parent) == (thing, thing.tag, opened[-1].index if opened else -1)
            assert (node.first, node.attributes) == (texts, dict(thing.items()))
            assert node.start > place
            place, elements = node.start, elements + 1
            opened.append(node)
        elif what == "text":
            last = texts == len(outline.texts) - 1
            assert outline.texts[texts] == thing or (last and outline.texts[texts] == "…")
            assert outline.owners[texts] == opened[-1].index
            assert outline.text_starts[texts] > place
            place, texts = outline.text_starts[texts], texts + 1
        else:
            node = opened.pop()
            assert node.last == texts
            assert outline.behind(node) == elements
            # nothing begins at the place of an end, and nothing between the last thing inside and the end
            assert place < node.end == place + 1
    assert (elements, texts) == (len(outline.nodes), len(outline.texts))
    assert outline.end > place


def test_captured_pages_are_numbered_as_a_plain_walk_meets_them(captured_pages: Path) -> None:
    for path in sorted(captured_pages.rglob("*.html")):
        check(Page("http://www.x.gov.cn/a/b.html", path.read_bytes()))


def test_pages_of_a_city_are_numbered_as_a_plain_walk_meets_them() -> None:
    plan = make_plan(7, datetime(2026, 11, 20, tzinfo=UTC))
    for site in plan.sites[:4]:
        for path, route in site_routes(plan, site).items():
            answer = route(Asked("GET", site.scheme, site.host, path))
            if answer.content_type.startswith("text/html") and answer.body:
                check(Page(site.origin + path, answer.body, answer.content_type))


def test_made_up_pages_are_numbered_as_a_plain_walk_meets_them() -> None:
    rng = Random(11)
    blocks = [made_up_block(rng, rng.randint(10, 60)) for _ in range(5)]
    for _ in range(100):
        check(Page("http://www.x.gov.cn/", made_up(rng, blocks).encode()))


def outline(markup: str) -> Outline:
    return outline_of(Page("http://www.x.gov.cn/", f"<html><body>{markup}</body></html>".encode()))


def test_what_stands_in_silent_elements_and_comments_has_no_number() -> None:
    found = outline("<noscript><a href='/a'>一</a></noscript><!-- <p>二</p> -->三<button>四<b>五</b></button><p>六</p>")
    assert found.texts == ["三", "六"]
    assert [node.tag for node in found.nodes] == ["html", "body", "noscript", "button", "p"]
    assert found.node(4).element.text == "六"


def test_what_stands_behind_the_end_of_the_document_is_part_of_it() -> None:
    page = Page("http://www.x.gov.cn/", "<html><body><p>前</p></body></html><p>后</p>".encode())
    assert outline_of(page).texts == ["前", "后"]


def test_elements_are_found_by_names_ids_and_attributes() -> None:
    found = outline("<ul id='list' class='news-list'><li class='news'>一<b datetime='2026-11-02'>二</b></li></ul>")
    assert [node.tag for node in found.named(frozenset({"news"}))] == ["ul", "li"]
    assert [node.tag for node in found.identified(frozenset({"list"}))] == ["ul"]
    assert [found.node(number).tag for number in found.carriers(frozenset({"datetime", "title"}))] == ["b"]
    assert {found.node(number).tag for number in found.classed_numbers(lambda name: name == "news")} == {"li"}
    assert [node.tag for node in found.tagged("li", "ul")] == ["ul", "li"]


def test_an_element_is_one_object_whoever_asks() -> None:
    found = outline("<ul><li><a href='/a'>一</a></li></ul>")
    (link,) = found.tagged("a")
    item, box = list(found.ancestors(link.index))[:2]
    assert found.inside(box) == [box, item, link]
    assert found.node(item.index) is item
