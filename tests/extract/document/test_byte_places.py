"""A byte offset points at the very bytes that the text was read from, or is not told."""

from __future__ import annotations

import codecs

import pytest

from govspider.extract.document.byte_places import byte_places
from govspider.extract.document.page import Page

TEXT = "<p>清河县𠮷</p><a href='/x'>百家乐</a><b>完</b>"


@pytest.mark.parametrize(
    ("body", "header"),
    [
        (TEXT.encode("utf-8"), "text/html; charset=utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode("utf-8"), None),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), None),
        (TEXT.encode("gb18030"), "text/html; charset=gbk"),
    ],
)
def test_a_place_in_the_text_is_a_place_in_the_bytes_of_every_encoding(body: bytes, header: str | None) -> None:
    page = Page("http://www.qinghe.gov.cn/", body, header)
    offsets = [page.text.index("<a"), page.text.index("<b"), page.text.index("<p")]
    places = byte_places(page, offsets)
    for offset in offsets:
        assert body[places[offset] :].decode(page.encoding).startswith(page.text[offset : offset + 2])
        assert body[: places[offset]].decode(page.encoding).lstrip("\ufeff") == page.text[:offset]


def test_behind_a_damaged_or_dropped_byte_no_place_is_told() -> None:
    for damage in (b"\xff\xfe\xff", b"\x00"):
        body = ("县" * 900).encode() + damage + TEXT.encode()
        page = Page("http://www.qinghe.gov.cn/", body, "text/html; charset=utf-8")
        assert byte_places(page, [0, page.text.index("<a")]) == {0: 0}


def test_an_offset_behind_the_text_is_not_told() -> None:
    page = Page("http://www.qinghe.gov.cn/", TEXT.encode(), "text/html; charset=utf-8")
    assert byte_places(page, [len(page.text), len(page.text) + 9]) == {}
