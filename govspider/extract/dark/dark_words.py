"""Words that planted links advertise: the lexicon, and matching that survives disguise.

A word never accuses by itself; the callers know what structure it stands in.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from ahocorasick_rs import AhoCorasick

from govspider.extract.document.page import Page
from govspider.items import Strength

_INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF, 0xAD], None)
# between two Han characters these only disguise: 外-围, 百·家·乐
_SEPARATOR = re.compile(r"(?<=[\u4e00-\u9fff])[\s·•・_|*.,,。、\-—~★☆↑↓/\\]{1,3}(?=[\u4e00-\u9fff])")
_ENTITY = re.compile(r"&#?\w{1,8};")
_FOLD_LIMIT = 20_000
_SHORT_LATIN = 6


@dataclass(frozen=True, slots=True)
class DarkWord:
    """One entry of the lexicon as it was found."""

    word: str
    category: str
    """Chinese name of the category, such as 赌博."""
    strength: Strength


@dataclass(frozen=True, slots=True)
class Shape:
    """A pattern of the lexicon under the name that reports show."""

    name: str
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Lexicon:
    """The words of dark_words.yaml, ready for matching."""

    words: tuple[DarkWord, ...]
    automaton: AhoCorasick
    shapes: tuple[Shape, ...]
    title_shapes: tuple[Shape, ...]
    context: AhoCorasick
    splice_brands: tuple[str, ...]
    splice_endings: tuple[str, ...]
    lookalikes: dict[int, str]
    lookalike_chars: re.Pattern[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the package, read once."""
    source = files("govspider.extract").joinpath("lexicons", "dark_words.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.safe_load(source)
    names = {key: str(group["name"]) for key, group in data["categories"].items()}
    words = tuple(
        DarkWord(str(word), names[key], strength)
        for key, group in data["categories"].items()
        for strength in Strength
        for word in group[strength.value]
    )
    return Lexicon(
        words=words,
        automaton=AhoCorasick([entry.word for entry in words]),
        shapes=tuple(Shape(names[entry["category"]], re.compile(entry["pattern"])) for entry in data["patterns"]),
        title_shapes=tuple(Shape(entry["name"], re.compile(entry["pattern"])) for entry in data["title_patterns"]),
        context=AhoCorasick(data["context_words"]),
        splice_brands=tuple(data["splice"]["brands"]),
        splice_endings=tuple(data["splice"]["endings"]),
        lookalikes={ord(key): value for key, value in data["lookalikes"].items()},
        lookalike_chars=re.compile(f"[{''.join(data['lookalikes'])}]"),
    )


def fold(text: str) -> str:
    """Text as the lexicon spells it: entities decoded twice, half width, lower case, simplified, undisguised.

    At most the first 20,000 characters are folded; anchors, titles and descriptions are shorter.
    """
    text = text[:_FOLD_LIMIT]
    if _ENTITY.search(text):
        text = html.unescape(html.unescape(text))
    text = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).lower()
    return _SEPARATOR.sub("", text.translate(lexicon().lookalikes))


def find_words(text: str) -> tuple[DarkWord, ...]:
    """Words of the lexicon in a short text such as an anchor or a title: each once, longest first.

    A word inside a longer found word is not told again.
    """
    if not text:
        return ()
    folded = fold(text)
    known = lexicon()
    found: dict[str, DarkWord] = {}
    for index, start, end in known.automaton.find_matches_as_indexes(folded, overlapping=True):
        entry = known.words[index]
        if entry.word not in found and _stands_alone(folded, entry.word, start, end):
            found[entry.word] = entry
    for shape in known.shapes:
        hit = shape.pattern.search(folded)
        if hit:
            found.setdefault(hit.group(), DarkWord(hit.group(), shape.name, Strength.STRONG))
    ordered = sorted(found.values(), key=lambda entry: (-len(entry.word), entry.word))
    return tuple(entry for place, entry in enumerate(ordered) if not _inside(entry, ordered[:place]))


def _inside(entry: DarkWord, longer: list[DarkWord]) -> bool:
    return any(entry.word in other.word for other in longer if other.strength is Strength.STRONG)


def _stands_alone(folded: str, word: str, start: int, end: int) -> bool:
    """A short Latin word inside a longer one is chance: w88 in zw8802, porn in important."""
    if not word.isascii() or len(word) > _SHORT_LATIN:
        return True
    before, after = folded[start - 1 : start], folded[end : end + 1]
    return not (_is_latin(before) or _is_latin(after))


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def strong_words(words: tuple[DarkWord, ...]) -> tuple[DarkWord, ...]:
    """Those that count alone."""
    return tuple(entry for entry in words if entry.strength is Strength.STRONG)


def may_hold_strong_word(text: str) -> bool:
    """Cheap test over a whole page: False means that no link of it holds a strong word of the list.

    The list only, not its patterns: they cost more than everything else on a clean page, and a
    link to a stranger is looked at whatever its words are.
    """
    known = lexicon()
    plain = (html.unescape(text) if "&#" in text else text).lower()
    if not _holds_strong(known, plain):
        return bool(known.lookalike_chars.search(plain)) and _holds_strong(known, plain.translate(known.lookalikes))
    return True


def page_may_hold_strong_word(page: Page) -> bool:
    """`may_hold_strong_word` of a page's text, asked once per page."""
    return page.once(_page_may_hold)


def _page_may_hold(page: Page) -> bool:
    return may_hold_strong_word(page.text)


def _holds_strong(known: Lexicon, plain: str) -> bool:
    matches = known.automaton.find_matches_as_indexes(plain)
    return any(known.words[index].strength is Strength.STRONG for index, _, _ in matches)


def speaks_of_crime_or_care(text: str) -> bool:
    """True when the text tells of crime, prevention, rules or welfare: then its words are news, not advertising."""
    return bool(lexicon().context.find_matches_as_indexes(fold(text)))


def title_shapes(text: str) -> tuple[str, ...]:
    """Names of the doorway shapes that a title has, such as 自称官方网站."""
    folded = fold(text)
    return tuple(shape.name for shape in lexicon().title_shapes if shape.pattern.search(folded))
