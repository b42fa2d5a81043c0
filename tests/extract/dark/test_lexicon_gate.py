"""A word may enter the lexicon only when it hits nothing on clean pages, and every word says where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

from govspider.extract.dark.dark_words import LexiconEntry, find_words, lexicon, speaks_of_crime_or_care
from govspider.extract.dark.folding import fold
from govspider.extract.document.page import Page
from govspider.items import Strength
from tests.dark_corpus.corpus import clean_specimen

_LABELS = Path(__file__).parents[2] / "gold" / "dark.yaml"
_SENTENCES = re.compile(r"[\s。！？；<>]+")
_TAGS = re.compile(r"<(?:script|style)\b.*?</(?:script|style)|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_GENERATED = 150


def sentences_of(page: Page) -> Iterator[str]:
    """Folded pieces of a page's text that do not speak of crime, care or rules."""
    for sentence in set(_SENTENCES.split(_TAGS.sub("\n", page.text))):
        if sentence and not speaks_of_crime_or_care(sentence):
            yield fold(sentence)


@cache
def generated() -> str:
    pages = (Page(given.url, given.body) for given in map(clean_specimen, range(_GENERATED)))
    return "\n".join({sentence for page in pages for sentence in sentences_of(page)})


@cache
def captured(folder: Path) -> str:
    entries = [entry for entry in yaml.safe_load(_LABELS.read_text("utf-8"))["pages"] if entry["label"] == "clean"]
    pages = (Page(entry["url"], (folder / entry["file"]).read_bytes()) for entry in entries)
    return "\n".join({sentence for page in pages for sentence in sentences_of(page)})


def refused(words: Iterable[str], clean: str) -> list[str]:
    """Words that hit clean text; they need a longer form, or their weak grade."""
    return [
        word
        for word in words
        if word in clean and any(found.word == word for found in find_words(_around(word, clean)))
    ]


def _around(word: str, clean: str) -> str:
    place = clean.find(word)
    return clean[max(place - 10, 0) : place + len(word) + 10]


def strong() -> list[str]:
    return [entry.word for entry in lexicon().words if entry.strength is Strength.STRONG]


def test_no_strong_word_hits_the_generated_clean_pages() -> None:
    assert refused(strong(), generated()) == []


def test_no_strong_word_hits_the_captured_clean_pages(captured_pages: Path) -> None:
    assert refused(strong(), captured(captured_pages)) == []


def test_the_gate_refuses_an_ordinary_word(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "清河县体育局召开安全生产会议"
    monkeypatch.setitem(
        globals(), "find_words", lambda near: [entry.found for entry in _added("安全生产") if entry.found.word in near]
    )
    assert refused(["安全生产", "百家乐"], text) == ["安全生产"]


def _added(word: str) -> tuple[LexiconEntry, ...]:
    first = lexicon().entries[0]
    return (LexiconEntry(type(first.found)(word, first.found.category, Strength.STRONG), first.added, first.source),)


def test_every_word_has_a_category_a_strength_a_day_and_a_source() -> None:
    for entry in lexicon().entries:
        assert entry.found.category
        assert entry.found.strength in Strength
        assert date.fromisoformat(entry.added)
        assert len(entry.source) > 5, entry


def test_no_word_stands_twice_and_all_are_written_as_folding_leaves_them() -> None:
    words = [entry.word for entry in lexicon().words]
    assert sorted(words) == sorted(set(words))
    for word in words:
        assert fold(word) == word, f"write {fold(word)!r} instead of {word!r}"
