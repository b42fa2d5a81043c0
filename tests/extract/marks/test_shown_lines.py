"""Tests of the visible text of a stretch of markup."""

from __future__ import annotations

from govspider.extract.document.page import Page
from govspider.extract.marks.shown_lines import shown_lines


def _read(markup: str) -> list[tuple[str, bool, bool]]:
    page = Page("http://www.example.gov.cn/", f"<body>{markup}</body>".encode(), "text/html; charset=utf-8")
    lines = shown_lines(page)
    return list(zip(lines.texts, lines.footer, lines.hidden, strict=True))


def test_a_line_is_what_one_block_shows_in_normal_form_with_single_blanks() -> None:
    assert _read("<p>主办：<b> 某</b>\n<i>市 </i></p>尾<div>ＩＣＰ</div>") == [
        ("主办: 某 市", False, False),
        ("尾", False, False),
        ("ICP", False, False),
    ]


def test_what_only_looks_empty_is_no_line_and_parts_none() -> None:
    assert _read("<p>\u200b</p><p>甲<b>\ufeff</b><i>\u200b</i>乙</p><div>\u200b \u3000</div>") == [
        ("甲乙", False, False)
    ]


def test_a_mark_at_the_beginning_of_an_element_does_not_join_the_text_before_it() -> None:
    assert _read("<p>e<b>\u0301：</b></p>") == [("e\u0301:", False, False)]


def test_scripts_comments_and_titles_are_no_text_but_what_stands_behind_them_is() -> None:
    assert _read("<script>a</script>甲<!-- b -->乙<textarea>c</textarea>丙") == [
        ("甲乙", False, False),
        ("丙", False, False),
    ]


def test_a_line_is_a_footers_when_some_of_it_is_and_hidden_when_all_of_it_is() -> None:
    told = _read(
        '<p>甲<span class="copyright">乙</span></p><p hidden>丙<b>丁</b></p><p>戊<b style="display:none">己</b></p>'
        '<footer><span hidden>\u200b</span>庚<i style="visibility:hidden">辛</i></footer>'
    )
    assert told == [("甲乙", True, False), ("丙丁", False, True), ("戊己", False, False), ("庚辛", True, False)]
