"""Words that planted links advertise: the lexicon, and matching that survives disguise.

A word never accuses by itself; the callers know what structure it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ahocorasick_rs import AhoCorasick

from govspider.extract.dark.folding import Folded, fold, folded, is_one_word, joined, readable_address
from govspider.extract.lexicons import read_lexicon
from govspider.items import Strength

_SHORT_LATIN = 6
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class DarkWord:
    """One entry of the lexicon as it was found."""

    word: str
    category: str
    """Chinese name of the category, such as 赌博."""
    strength: Strength


@dataclass(frozen=True, slots=True)
class LexiconEntry:
    """One word with everything that defends it."""

    found: DarkWord
    added: str
    """Day on which it was added."""
    source: str


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word with the place where it stands in the text as given."""

    found: DarkWord
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Shape:
    """A pattern of the lexicon under the name that reports show."""

    name: str
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Lexicon:
    """The words of dark_words.yaml, ready for matching."""

    entries: tuple[LexiconEntry, ...]
    words: tuple[DarkWord, ...]
    automaton: AhoCorasick
    shapes: tuple[Shape, ...]
    any_shape: re.Pattern[str]
    """Found wherever one of `shapes` is."""
    title_shapes: tuple[Shape, ...]
    context: AhoCorasick


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the package, read once."""
    data = read_lexicon("dark_words")
    names = {key: str(group["name"]) for key, group in data["categories"].items()}
    entries = tuple(_entries(data["categories"]))
    words = tuple(entry.found for entry in entries)
    return Lexicon(
        entries=entries,
        words=words,
        automaton=AhoCorasick([entry.word for entry in words]),
        shapes=tuple(Shape(names[entry["category"]], re.compile(entry["pattern"])) for entry in data["patterns"]),
        any_shape=re.compile("|".join(f"(?:{entry['pattern']})" for entry in data["patterns"])),
        title_shapes=tuple(Shape(entry["name"], re.compile(entry["pattern"])) for entry in data["title_patterns"]),
        context=AhoCorasick(data["context_words"]),
    )


def _entries(categories: dict[str, Any]) -> Iterator[LexiconEntry]:
    for group in categories.values():
        for batch in group["batches"]:
            for strength in Strength:
                for word in batch[strength.value]:
                    found = DarkWord(str(word), str(group["name"]), strength)
                    yield LexiconEntry(found, str(batch["added"]), str(batch["source"]))


def find_words(text: str) -> tuple[DarkWord, ...]:
    """Words of the lexicon in a short text such as an anchor or a title: each once, longest first.

    A word inside a longer found word is not told again.
    """
    found: dict[str, DarkWord] = {}
    for placed in place_words(text):
        found.setdefault(placed.found.word, placed.found)
    ordered = sorted(found.values(), key=lambda entry: (-len(entry.word), entry.word))
    return tuple(entry for place, entry in enumerate(ordered) if not _inside(entry, ordered[:place]))


def place_words(text: str) -> list[PlacedWord]:
    """Every occurrence of a word of the lexicon with its place in the text as given, disguised ones included."""
    if not text:
        return []
    plain = folded(text)
    together = joined(plain)
    found = list(_occurrences(text, plain))
    if together is not plain:
        told = {(placed.start, placed.end) for placed in found}
        found += [placed for placed in _occurrences(text, together) if (placed.start, placed.end) not in told]
    return found


def places_in(text: str, word: str) -> Iterator[int]:
    """Where a word stands in a text as it is, letter case ignored; overlapping places too."""
    if word.lower() != word.upper():
        yield from (match.start() for match in re.finditer(re.escape(word), text, re.IGNORECASE))
        return
    place = text.find(word)  # many times quicker than a pattern that ignores case
    while place >= 0:
        yield place
        place = text.find(word, place + 1)


def _occurrences(text: str, given: Folded) -> Iterator[PlacedWord]:
    known = lexicon()
    for index, start, end in known.automaton.find_matches_as_indexes(given.text, overlapping=True):
        entry = known.words[index]
        if _stands_alone(given.text, entry.word, start, end) and is_one_word(given, text, start, end):
            yield PlacedWord(entry, *given.place(start, end))
    for shape in known.shapes if known.any_shape.search(given.text) else ():
        hit = shape.pattern.search(given.text)
        if hit:
            yield PlacedWord(DarkWord(hit.group(), shape.name, Strength.STRONG), *given.place(*hit.span()))


def _inside(entry: DarkWord, longer: list[DarkWord]) -> bool:
    return any(entry.word in other.word for other in longer if other.strength is Strength.STRONG)


def _stands_alone(text: str, word: str, start: int, end: int) -> bool:
    """A short Latin word inside a longer one is chance: w88 in zw8802, porn in important."""
    if not word.isascii() or len(word) > _SHORT_LATIN:
        return True
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return not (_is_latin(before) or _is_latin(after))


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def words_of_address(url: str) -> tuple[DarkWord, ...]:
    """Chinese words of the lexicon that an address spells in punycode or with percent signs."""
    if "%" not in url and "xn--" not in url:
        return ()
    return tuple(entry for entry in find_words(readable_address(url)) if _HAN.search(entry.word))


def has_shape(text: str) -> bool:
    """True when a text holds one of the lexicon's patterns, separators inside of it or not."""
    plain = folded(text)
    return bool(lexicon().any_shape.search(plain.text) or lexicon().any_shape.search(joined(plain).text))


def strong_words(words: tuple[DarkWord, ...]) -> tuple[DarkWord, ...]:
    """Those that count alone."""
    return tuple(entry for entry in words if entry.strength is Strength.STRONG)


def speaks_of_crime_or_care(text: str) -> bool:
    """True when the text tells of crime, prevention, rules or welfare: then its words are news, not advertising."""
    return bool(lexicon().context.find_matches_as_indexes(fold(text)))


def title_shapes(text: str) -> tuple[str, ...]:
    """Names of the doorway shapes that a title has, such as 自称官方网站."""
    plain = fold(text)
    return tuple(shape.name for shape in lexicon().title_shapes if shape.pattern.search(plain))
