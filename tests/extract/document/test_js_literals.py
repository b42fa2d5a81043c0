"""Arrays and objects in page scripts."""

from __future__ import annotations

import pytest

from govspider.extract.document.js_literals import LiteralError, read_literal


def test_json_is_read_with_the_offset_behind_it() -> None:
    assert read_literal('x = [{"a": 1}]; y', 4) == ([{"a": 1}], 14)


def test_javascript_that_is_nearly_json_is_read() -> None:
    text = "[{title:'a \\'b\\'', day:\"2026-01-02\", n:1.5, ok:true, none:null, /* note */ list:[1,2,], },]"
    value, end = read_literal(text, 0)
    assert value == [{"title": "a 'b'", "day": "2026-01-02", "n": 1.5, "ok": True, "none": None, "list": [1, 2]}]
    assert end == len(text)


def test_escapes_are_read_as_their_characters() -> None:
    assert read_literal("['\\u4e2d\\x41\\n\\/']", 0)[0] == ["中A\n/"]


@pytest.mark.parametrize("text", ["[a + 1]", "[1, 2", "{a: function(){}}", "[new Date()]", "[" * 5000, "{1 2}", "['"])
def test_an_expression_or_a_cut_off_text_is_refused(text: str) -> None:
    with pytest.raises(LiteralError):
        read_literal(text, 0)
