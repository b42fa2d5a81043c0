"""Which part of a page its texts stand in."""

from __future__ import annotations

import pytest

from govspider.extract.columns.list_words import pattern, words
from govspider.extract.columns.placed_text import FRAME, HIDDEN, SIDE, placed_text
from govspider.extract.document.page import Page

_MAIN = "<p>" + "正文" * 200 + "</p>"


def parts(markup: str) -> dict[str, int]:
    """The part of each text of a page with a long main part."""
    page = Page("http://www.x.gov.cn/", f"<html><body>{markup}{_MAIN}</body></html>".encode())
    placed = placed_text(page)
    return {text: part for text, part in zip(placed.texts, placed.text_parts, strict=True) if "正文" not in text}


@pytest.mark.parametrize(
    ("markup", "part"),
    [
        ("<header>甲</header>", FRAME),
        ("<nav>甲</nav>", FRAME),
        ("<div id='footer'>甲</div>", FRAME),
        ("<div class='sidebar'>甲</div>", SIDE),
        ("<div style='position: fixed'>甲</div>", SIDE),
        ("<div style='display: none'>甲</div>", HIDDEN),
        ("<footer><p style='display:none'>甲</p></footer>", FRAME | HIDDEN),
        ("<div>甲</div>", 0),
        ("<a class='nav'>甲</a>", 0),
    ],
)
def test_a_part_is_told_by_its_tag_its_names_or_its_style(markup: str, part: int) -> None:
    assert parts(markup) == {"甲": part}


def test_what_begins_inside_a_header_is_the_headers() -> None:
    assert parts("<header>甲<div class='sidebar'>乙</div></header>") == {"甲": FRAME, "乙": FRAME}
    assert parts("<div class='sidebar'>甲<div class='footer'>乙</div></div>") == {"甲": SIDE, "乙": FRAME}


def test_the_header_of_an_item_frames_no_page() -> None:
    assert parts("<article><header>甲</header></article>") == {"甲": 0}
    assert parts("<ul><li><div class='footer'>甲</div></li></ul>") == {"甲": 0}


def test_words_that_only_a_footer_has_make_the_block_around_them_a_footer() -> None:
    assert parts("<div><p>甲</p><p>主办单位：某局</p></div><p>乙</p>") == {
        "甲": FRAME,
        "主办单位：某局": FRAME,
        "乙": 0,
    }


def test_what_holds_most_of_the_page_is_no_part_of_it() -> None:
    assert parts(f"<div class='header'>甲{_MAIN * 3}</div>") == {"甲": 0}


def test_a_number_that_the_page_breaks_off_in_is_no_text_to_read() -> None:
    placed = placed_text(Page("http://www.x.gov.cn/", "<html><body><p>甲</p><p>2026-09-1".encode()))
    assert placed.texts == ["甲", "…"]


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
