"""A skeleton has the places of its text and nothing but lower-case ASCII."""

from __future__ import annotations

import pytest

from govspider.extract.document.page import Page
from govspider.extract.document.skeleton import has_mark, places_of_mark, skeleton, skeleton_of


def page(text: str) -> Page:
    return Page("http://www.qinghe.gov.cn/", text.encode("utf-8"), "text/html; charset=utf-8")


@pytest.mark.parametrize("text", ["", "政府", "<P>Ａ𝐁é\u200b</P>", "\ud800", "İSTANBUL ſ K"])
def test_every_character_is_one_byte(text: str) -> None:
    bones = skeleton_of(text)
    assert len(bones) == len(text)
    assert bones.isascii()
    assert bones == bones.lower()


def test_a_mark_is_found_in_either_case_at_its_place_in_the_text() -> None:
    text = "<html>清河县</HTML>尾部</html>"
    assert [text[place : place + 6].lower() for place in places_of_mark(page(text), b"</html")] == ["</html", "</html"]
    assert skeleton(page(text)).startswith(b"<html>???</html>")


def test_a_letter_that_only_lowers_to_ascii_makes_no_mark() -> None:
    assert not has_mark(page("<\u017fcript></\u212atml>"), b"<script")
