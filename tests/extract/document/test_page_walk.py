"""A walk that takes blocks from memory finds what a walk over the whole page finds."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from govspider.extract.document import page_walk
from govspider.extract.document.block_memory import BlockMemory
from govspider.extract.document.page import Page
from govspider.extract.document.page_sketch import seen_texts, sketch_page
from govspider.extract.document.page_walk import Box, Held, opened, walked
from tests.city.model import Asked
from tests.city.plan import make_plan
from tests.city.routes import site_routes

_TAGS = (
    "div",
    "ul",
    "li",
    "p",
    "span",
    "a",
    "b",
    "select",
    "option",
    "noscript",
    "button",
    "td",
    "table",
    "tr",
    "form",
)
_NAMES = ("", ' class="nav"', ' class="footer"', ' id="zoom"', ' style="display: none"', ' class="article-content x"')


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> BlockMemory:
    """A memory of its own, empty."""
    memory = BlockMemory(2_000_000, 5_000)
    monkeypatch.setattr(page_walk, "block_memory", lambda: memory)
    return memory


def addresses(page: Page, held: Held) -> list[str]:
    """What may name an address, by its path in the document, boxes opened."""
    tree = page.root.getroottree()
    found: list[str] = []
    for one in held:
        found += addresses(page, opened(page, one)) if isinstance(one, Box) else [tree.getpath(one)]
    return found


def told(page: Page) -> dict[str, Any]:
    """All that a walk finds, without how it is divided."""
    walk = page.once(walked)
    strand = walk.strand
    plain = {name: getattr(strand, name) for name in strand.__slots__ if name not in ("seen", "seen_blocks")}
    return {**plain, "seen": seen_texts(page), "sketch": sketch_page(page), "held": addresses(page, walk.held)}


def plainly(page: Page, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The same without memory."""
    with monkeypatch.context() as patched:
        patched.setattr(page_walk, "_bounds", lambda: (12, 0))
        return told(Page(page.url, page.body, page.content_type))


def made_up(rng: Random, blocks: list[str]) -> str:
    """A document of repeated blocks and new ones, nested as they come."""
    parts = []
    for _ in range(rng.randint(2, 6)):
        block = rng.choice(blocks) if rng.random() < 0.7 else made_up_block(rng, rng.randint(8, 40))
        for _ in range(rng.randint(0, 3)):
            block = f"<{(tag := rng.choice(_TAGS))}{rng.choice(_NAMES)}>前{block}后</{tag}>"
        parts.append(block)
    return f"<html><head><title>标题</title></head><body>{'尾'.join(parts)}</body></html>"


def made_up_block(rng: Random, elements: int) -> str:
    text = "".join(
        f"<{(tag := rng.choice(_TAGS))}{rng.choice(_NAMES)}>{rng.choice(('', ' 文 字 ', '2026-11-0', 't7.htm'))}"
        f"{'<!-- x -->' if rng.random() < 0.1 else ''}<a href='/a{rng.randint(0, 9)}.htm'>链接</a></{tag}>\n"
        for _ in range(elements // 2)
    )
    return f"<div{rng.choice(_NAMES)}>{text}<script>document.write('2026-11-02')</script></div>"


@pytest.mark.usefixtures("forgetful")
def test_pages_of_made_up_blocks_are_the_same_with_and_without_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = Random(7)
    blocks = [made_up_block(rng, rng.randint(10, 60)) for _ in range(6)]
    for number in range(150):
        page = Page(f"http://www.x.gov.cn/{number % 3}/t{number % 9}.htm", made_up(rng, blocks).encode())
        assert told(page) == plainly(page, monkeypatch), page.text


@pytest.mark.usefixtures("forgetful")
def test_pages_of_a_city_are_the_same_with_and_without_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = make_plan(7, datetime(2026, 11, 20, tzinfo=UTC))
    for site in plan.sites[:4]:
        for path, route in site_routes(plan, site).items():
            answer = route(Asked("GET", site.scheme, site.host, path))
            if answer.content_type.startswith("text/html") and answer.body:
                page = Page(site.origin + path, answer.body, answer.content_type)
                assert told(page) == plainly(page, monkeypatch), page.url


@pytest.mark.usefixtures("forgetful")
def test_captured_pages_are_the_same_with_and_without_memory(
    captured_pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in sorted(captured_pages.rglob("*.html")):
        body = path.read_bytes()
        for _ in range(3):
            page = Page("http://www.x.gov.cn/a/b.html", body)
            found = told(page)
        assert found == plainly(page, monkeypatch), path.name


def test_a_block_that_repeats_is_walked_twice_at_most(forgetful: BlockMemory, monkeypatch: pytest.MonkeyPatch) -> None:
    menu = "".join(f"<li><a href='/c{number}/'>栏目{number}</a></li>" for number in range(20))
    text = "<html><body><div><ul>%s</ul></div><p>%s</p></body></html>"
    pages = [Page("http://www.x.gov.cn/", (text % (menu, number)).encode()) for number in range(4)]
    first = [told(page) for page in pages[:2]]
    monkeypatch.setattr(page_walk, "_walked_box", lambda *_: pytest.fail("a known block was walked again"))
    strand = pages[2].once(walked).strand
    assert strand.texts == [*first[0]["texts"][:-1], "2"]
    assert forgetful.room > 0


def test_what_stands_in_silent_elements_is_no_text_and_has_no_number() -> None:
    text = "<html><body><select><option>甲</option></select><button><b>乙</b></button><p>丙</p></body></html>"
    strand = Page("http://www.x.gov.cn/", text.encode()).once(walked).strand
    assert (strand.tags, strand.texts) == (["html", "body", "select", "button", "p"], ["丙"])


def test_a_visitor_sees_the_words_of_a_button_and_not_those_of_a_folded_list() -> None:
    text = "<html><body><select><option>甲</option></select><button><b>乙</b></button><p>丙</p></body></html>"
    assert seen_texts(Page("http://www.x.gov.cn/", text.encode())) == ["乙", "丙"]


def test_a_date_that_a_script_writes_is_text_of_the_page_and_not_of_its_sketch() -> None:
    text = "<html><body><script>document.write('2026-11-02')</script><p>丙</p></body></html>"
    page = Page("http://www.x.gov.cn/", text.encode())
    assert page.once(walked).strand.texts == ["2026-11-02", "丙"]
    assert seen_texts(page) == ["丙"]


def test_texts_of_one_line_have_one_number() -> None:
    text = "<html><body><p>一<b>二</b>三</p><p>四</p>五</body></html>"
    strand = Page("http://www.x.gov.cn/", text.encode()).once(walked).strand
    lines = dict(zip(strand.texts, strand.lines, strict=True))
    assert lines["一"] == lines["二"] == lines["三"]
    assert len({lines["一"], lines["四"], lines["五"]}) == 3
