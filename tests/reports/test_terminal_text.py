"""Text of pages never steers a terminal."""

from __future__ import annotations

import pytest

from govspider.reports.terminal_text import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("正常文字 abc", "正常文字 abc"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("a\r\nb", "a  b"),
        ("\u202e倒\u200b写", "\\u202e倒\\u200b写"),
        ("\x9b31m", "\\x9b31m"),
    ],
)
def test_control_and_direction_characters_are_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_long_text_is_cut_with_a_mark() -> None:
    assert visible("甲" * 10, 4) == "甲甲甲甲…"
