"""Disguised words are read, and every finding still knows where it stood in the text as given."""

from __future__ import annotations

import pytest

from govspider.extract.dark.dark_words import find_words, place_words, words_of_address
from govspider.extract.dark.folding import fold, folded, readable_address
from govspider.extract.dark.word_screen import adverts_in

DISGUISED = [
    ("百家乐", "百家乐"),
    ("百家樂", "百家乐"),
    ("澳門金沙", "澳门金沙"),
    ("百·家·乐", "百家乐"),
    ("百 家 乐", "百家乐"),
    ("百、家、乐", "百家乐"),
    ("赌丨球", "赌球"),
    ("百\u200b家\u200b乐", "百家乐"),
    ("&#30334;&#23478;&#20048;", "百家乐"),
    ("&#x767e;家&#x4e50;", "百家乐"),
    ("&amp;#30334;家乐", "百家乐"),
    ("佰傢乐", "百家乐"),
    ("ｂｅｔ３６５", "bet365"),
    ("ＰＫ１０", "pk10"),
    ("Kaiyun", "kaiyun"),
    ("b\u0435t365", "bet365"),
    ("ｂｅt365", "bet365"),
    ("bet③⑥⑤", "bet365"),
    ("𝐛𝐞𝐭365", "bet365"),
    ("大发８８８", "大发888"),
    ("AG真·人", "ag真人"),
    ("AG真人", "ag真人"),
]


@pytest.mark.parametrize(("written", "word"), DISGUISED)
def test_a_disguised_word_is_found_at_its_place_in_the_text_as_given(written: str, word: str) -> None:
    text = f"前文&nbsp;{written}后文"
    placed = [found for found in place_words(text) if found.found.word == word]
    assert placed, written
    assert text[placed[0].start : placed[0].end] == written


@pytest.mark.parametrize(("written", "word"), DISGUISED)
def test_the_screen_lets_every_disguise_through(written: str, word: str) -> None:
    assert adverts_in(f"<p>正文</p><a href='x'>{written}</a>"), word


@pytest.mark.parametrize(
    "text",
    [
        "打赌。博物馆开放",
        "他输了赌，球赛结束",
        "百家 乐园",
        "一百家乐器行业",
        "important news",
        "第zw8802号",
        "皇冠假日酒店",
    ],
)
def test_two_sentences_and_chance_make_no_word(text: str) -> None:
    strong = [entry.word for entry in find_words(text) if entry.strength.value == "strong"]
    assert strong == (["百家乐"] if "百家乐" in text else [])


def test_folding_keeps_one_place_for_every_character() -> None:
    text = "Ａ&#20013;國\u200b①㈱"
    plain = folded(text)
    assert plain.text == fold(text) == "a中国1(株)"
    assert len(plain.text) == len(plain.starts) == len(plain.ends)
    assert [text[start:end] for start, end in zip(plain.starts, plain.ends, strict=True)][:4] == [
        "Ａ",
        "&#20013;",
        "國",
        "①",
    ]


def test_addresses_are_read_through_percent_signs_and_punycode() -> None:
    assert [entry.word for entry in words_of_address("http://www.a.com/%E7%99%BE%E5%AE%B6%E4%B9%90/")] == ["百家乐"]
    assert [entry.word for entry in words_of_address("http://www.a.com/?q=%B0%D9%BC%D2%C0%D6")] == ["百家乐"]
    host = "xn--" + "百家乐".encode("punycode").decode() + ".com"
    assert [entry.word for entry in words_of_address(f"http://{host}/")] == ["百家乐"]
    assert words_of_address("http://www.a.com/%E6%94%BF%E5%BA%9C") == ()
    assert words_of_address("http://xn--zz-broken-\udcff.com/") == ()
    assert readable_address("http://www.a.com/%FF%FE") != ""


def test_a_hostile_text_is_folded_up_to_the_limit() -> None:
    assert len(folded("&#x767e;" * 50_000).text) <= 20_000
    assert find_words("百" * 100_000) == ()
