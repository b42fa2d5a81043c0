"""Which strong words of the lexicon a text may hold, told in a tenth of the time that matching takes.

The Chinese part of a text is searched for the Chinese parts of all spellings, the Latin rest for the Latin words;
only what is found so is looked for as it is spelled.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice, product

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from govspider.extract.dark.dark_words import DarkWord, lexicon
from govspider.extract.dark.folding import fold, folding_rules, is_han
from govspider.extract.dark.screen import is_encoded, is_encoded_somewhere
from govspider.extract.document.page import Page
from govspider.extract.document.skeleton import has_mark, skeleton, skeleton_of
from govspider.items import Strength

# what stays keeps the texts of two elements, and of two attributes, apart
_ASCII = bytes(code for code in range(128) if code not in b'<"')
# every sign that UTF-8 begins with these bytes is a separator, a quotation mark or invisible; not circled letters
_WIDE_SIGNS = re.compile(rb"\xe2[\x80-\x90\x94-\x9f][\x80-\xbf]")
_MIDDLE_DOT = "·".encode()
_LATIN = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")
_CHINESE_PUNCTUATION = "、，。丨"
_MOST_SPELLINGS = 24


@dataclass(frozen=True)
class _Screen:
    """The strong words, ready for searching."""

    latin: BytesAhoCorasick
    latin_words: tuple[str, ...]
    chinese: BytesAhoCorasick
    parts: tuple[bytes, ...]
    """Chinese parts of spellings; behind them letters that only look Latin."""
    plain: tuple[str | None, ...]
    """For every part the word that it is a spelling of by itself."""
    mixed: tuple[tuple[tuple[bytes, str], ...], ...]
    """For every part the spellings with Latin letters beside it, squeezed, and the words they stand for."""


def adverts(page: Page) -> frozenset[str]:
    """Strong words of the lexicon that the raw text holds, plainly or with separators, traditional or wide characters.

    Words disguised by character references are seen only where the text holds such references.
    """
    return page.once(_adverts)


def _adverts(page: Page) -> frozenset[str]:
    if is_encoded(page) or has_mark(page, b"&amp;#"):
        return adverts_in(page.text)
    return _strong_words(page.text, page.utf8, skeleton(page))


def adverts_in(text: str) -> frozenset[str]:
    """The same for any text."""
    plain = html.unescape(html.unescape(text)) if is_encoded_somewhere(text) or "&amp;#" in text else text
    return _strong_words(plain, plain.encode("utf-8"), skeleton_of(plain))


def _strong_words(text: str, data: bytes, bones: bytes) -> frozenset[str]:
    """Strong words in a text without references; `data` is the same as UTF-8, `bones` its skeleton."""
    screen = _screen()
    hits = {place[0] for place in screen.chinese.find_matches_as_indexes(_chinese(data), overlapping=True)}
    disguised = [screen.parts[hit].decode("utf-8") for hit in hits if hit >= len(screen.plain)]
    if disguised:
        return adverts_in(_with_plain_letters(text, disguised))
    words = {word for hit in hits if (word := screen.plain[hit]) is not None}
    mixed = frozenset(hit for hit in hits if screen.mixed[hit])
    if mixed and _beside(mixed).find_matches_as_indexes(bones):
        squeezed = _squeezed(data)
        words |= {word for hit in mixed for spelling, word in screen.mixed[hit] if spelling in squeezed}
    return frozenset(words | _latin_words(bones))


@lru_cache(maxsize=1024)
def _beside(parts: frozenset[int]) -> BytesAhoCorasick:
    """Finds, in a skeleton, Latin parts of words beside anything Chinese, for the words with these Chinese parts."""
    marks = {
        mark for part in parts for spelling, _ in _screen().mixed[part] for mark in _marks_of(spelling.decode("utf-8"))
    }
    return BytesAhoCorasick(sorted(marks), matchkind=MatchKind.LeftmostFirst)


def _marks_of(spelling: str) -> Iterator[bytes]:
    """The Latin part of a spelling with the Chinese character in front of it or behind it."""
    for found in _LATIN.finditer(spelling):
        mark = f"{found.group()}?" if found.start() == 0 else f"?{found.group()}"
        yield mark.encode("ascii")


def _with_plain_letters(text: str, disguised: list[str]) -> str:
    for letter in disguised:
        text = text.replace(letter, fold(letter))
    return text


def _latin_words(bones: bytes) -> set[str]:
    """Latin words that stand alone in a skeleton: chance makes them in longer ones (w88 in zw8802)."""
    screen = _screen()
    return {
        screen.latin_words[word]
        for word, start, end in screen.latin.find_matches_as_indexes(bones)
        if not (bones[start - 1 : start].isalnum() or bones[end : end + 1].isalnum())
    }


@cache
def _screen() -> _Screen:
    strong = [entry for entry in lexicon().words if entry.strength is Strength.STRONG]
    latin = [entry.word for entry in strong if entry.word.isascii()]
    spellings: dict[bytes, dict[bytes, str]] = {}
    for entry in strong:
        for spelling in _spellings(entry):
            squeezed = _squeezed(spelling.encode("utf-8"))
            if part := _chinese(squeezed):
                spellings.setdefault(part, {}).setdefault(squeezed, entry.word)
    parts = (*spellings, *(letter.encode("utf-8") for letter in _disguised_letters()))
    return _Screen(
        latin=BytesAhoCorasick([word.encode("ascii") for word in latin], matchkind=MatchKind.LeftmostLongest),
        latin_words=tuple(latin),
        chinese=BytesAhoCorasick(list(parts), implementation=Implementation.DFA),
        parts=parts,
        plain=tuple(words.get(part) for part, words in spellings.items()),
        mixed=tuple(tuple(pair for pair in words.items() if pair[0] != part) for part, words in spellings.items()),
    )


def _spellings(entry: DarkWord) -> set[str]:
    """A word and its traditional and look-alike spellings, or punctuated ones."""
    others = _others()
    choices = [(char, *others.get(char, ())) for char in entry.word]
    found = {"".join(chosen) for chosen in islice(product(*choices), _MOST_SPELLINGS)}
    found.add("".join(choice[-1] for choice in choices))
    found.add("".join(choice[min(1, len(choice) - 1)] for choice in choices))
    return found | {sign.join(entry.word) for sign in _CHINESE_PUNCTUATION}


@cache
def _others() -> dict[str, tuple[str, ...]]:
    """The characters that are read as a character."""
    found: dict[str, list[str]] = {}
    for other, char in folding_rules().table.items():
        found.setdefault(char, []).append(other)
    return {char: tuple(others) for char, others in found.items() if is_han(char)}


@cache
def _disguised_letters() -> tuple[str, ...]:
    """Characters that are read as a Latin letter or digit."""
    rules = folding_rules()
    found = [other for other, char in rules.table.items() if char.isascii() and char.isalpha()]
    found += [chr(code) for first, last in rules.latin_forms for code in range(first, last + 1)]
    return tuple(char for char in found if fold(char).isascii() and fold(char).isalnum())


@cache
def _squeezing() -> tuple[bytes, bytes]:
    """A table that lowers letters, and the ASCII separators to drop."""
    table = bytes(code + 32 if 65 <= code <= 90 else code for code in range(256))
    separators = folding_rules().disguises | folding_rules().punctuation
    return table, bytes(sorted(ord(char) for char in separators if ord(char) < 128))


def _squeezed(data: bytes) -> bytes:
    """UTF-8 in lower case, without separators; Chinese punctuation stays (see `_spellings`)."""
    return _without_signs(data.translate(*_squeezing()))


def _chinese(data: bytes) -> bytes:
    """What is not ASCII, without separators; Chinese punctuation stays, and where a tag begins."""
    return _without_signs(data.translate(None, _ASCII))


def _without_signs(data: bytes) -> bytes:
    """Without wide signs; one byte is found many times quicker than a pattern or two, and these begin no other sign."""
    plain = _WIDE_SIGNS.sub(b"", data) if b"\xe2" in data else data
    return plain.replace(_MIDDLE_DOT, b"") if b"\xc2" in plain else plain
