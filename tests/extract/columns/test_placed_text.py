"""Texts are placed as the outline places them: two walks, one set of rules."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from govspider.extract.columns.list_words import pattern, words
from govspider.extract.columns.placed_text import FRAME, HIDDEN, SIDE, placed_text
from govspider.extract.columns.regions import FRAME_REGIONS, placed_outline
from govspider.extract.document.page import Page
from tests.city.model import Asked
from tests.city.plan import make_plan
from tests.city.routes import site_routes
from tests.extract.document.test_page_walk import made_up, made_up_block


def agree(page: Page) -> bool:
    outline, placed = page.once(placed_outline), page.once(placed_text)
    parts = bytearray()
    for node in outline.nodes:
        part = FRAME if node.region in FRAME_REGIONS else SIDE if node.region == "side" else 0
        parts.append(part | (HIDDEN if node.hidden else 0))
    same_texts = (outline.texts, outline.owners) == (placed.texts, placed.strand.holders)
    lengths = [outline.length_of(node) for node in outline.nodes]
    return same_texts and parts == placed.parts and lengths == list(map(placed.length_of, range(len(parts))))


def test_the_texts_of_captured_pages_stand_where_the_outline_has_them(captured_pages: Path) -> None:
    for path in sorted(captured_pages.rglob("*.html")):
        assert agree(Page("http://www.x.gov.cn/a/b.html", path.read_bytes())), path.name


def test_the_texts_of_a_city_stand_where_the_outline_has_them() -> None:
    plan = make_plan(7, datetime(2026, 11, 20, tzinfo=UTC))
    for site in plan.sites[:6]:
        for path, route in site_routes(plan, site).items():
            answer = route(Asked("GET", site.scheme, site.host, path))
            if answer.content_type.startswith("text/html") and answer.body:
                assert agree(Page(site.origin + path, answer.body, answer.content_type)), site.origin + path


def test_the_texts_of_made_up_pages_stand_where_the_outline_has_them() -> None:
    rng = Random(11)
    blocks = [made_up_block(rng, rng.randint(10, 60)) for _ in range(5)]
    for _ in range(150):
        page = Page("http://www.x.gov.cn/", made_up(rng, blocks).encode())
        assert agree(page), page.text


@pytest.mark.parametrize(
    "text",
    [
        "版权所有",
        "京ICP备05070218号",
        "ICP证",
        "标识码：1100000001",
        "京公网安备 1101",
        "主办单位：某市",
        "承办单位: 某局",
    ],
)
def test_what_the_pattern_of_footers_finds_holds_one_of_its_hints(text: str) -> None:
    assert pattern("footer_words").search(text)
    assert any(hint in text for hint in words("footer_hints"))
