"""Tests of text in its normal form."""

from __future__ import annotations

import unicodedata

import pytest

from govspider.extract.marks.normal_text import normal

_BESIDE = "a\u0301版，\u1100\uff9e1"


@pytest.mark.parametrize(
    "text",
    [
        "主办单位：云景市人民政府　ＩＣＰ备１２３４５６７８号－１（京）…①㈱“©”\u00a0\u200b",
        "e\u0301\u3000cafe\u0301，",
        "ｶﾞ，か\u3099",
        "각\u11a8：한",
        "\u00b4\u0301：",
        "",
    ],
)
def test_a_text_is_made_normal_as_unicode_says(text: str) -> None:
    assert normal(text) == unicodedata.normalize("NFKC", text)


def test_every_character_is_made_normal_as_unicode_says_whatever_stands_beside_it() -> None:
    # but for the Chinese and the Korean ones, of which each is as the other
    characters = [chr(code) for code in (*range(0x3400), *range(0xA000, 0xAC10), *range(0xF900, 0x10000))]
    wrong = [char for char in characters for side in _BESIDE if normal(side + char) != _nfkc(side + char)]
    wrong += [char for char in characters if normal(f"{char}\u0301，") != _nfkc(f"{char}\u0301，")]
    assert wrong == []


def _nfkc(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
