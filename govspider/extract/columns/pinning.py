"""Which records are put on top of their list: 置顶 in words, in a picture's name or in the class of a mark.

The marks of a page are gathered once, for hardly any page has one and every row asks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from govspider.extract.columns.list_words import any_of, tokens_of, word_set
from govspider.extract.columns.outline import Node, Outline

_MARK_TAGS = ("span", "i", "em", "img", "b", "font")
_TITLE_EDGE = 6
_BREAK = "\x00"


class PinMarks:
    """The marks of a page that say that the record around them is pinned."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._spoken = frozenset(outline.owners[number] for number in outline.numbers_with(_spoken_pattern()))
        told = _BREAK.join(outline.titles.values())
        self._worded = any(any_of("pinned_words").search(text) is not None for text in (outline.joined, told))
        self._classed = outline.classed_numbers(_names_pinning)
        numbers = outline.tagged_numbers(*_MARK_TAGS)
        self._starts = [outline.start_of(number) for number in numbers if self._is_mark(number)]

    def on(self, node: Node, title: str) -> bool:
        """True when a record's title, its own element or a mark inside it says that it is pinned."""
        if self._worded and _names_pinned_at_its_edge(title):
            return True
        if self._is_mark(node.index):
            return True
        starts = self._starts
        return bool(starts) and bisect_right(starts, node.start) < bisect_left(starts, node.end)

    def _is_mark(self, number: int) -> bool:
        element = self._outline.elements[number]
        if number in self._classed or ((alt := element.get("alt")) and _names_pinning(alt)):
            return True
        return number in self._spoken and element.tag != "img" and _says_pinned(element.text or "")


def _names_pinned_at_its_edge(title: str) -> bool:
    words = any_of("pinned_words")
    return bool(words.search(title) and (words.search(title[:_TITLE_EDGE]) or words.search(title[-_TITLE_EDGE:])))


@lru_cache(maxsize=8192)
def _names_pinning(name: str) -> bool:
    """True for a class or the words of a picture that mean 置顶."""
    return bool(tokens_of(name) & word_set("pinned_tokens")) or any(word in name for word in word_set("pinned_words"))


def _says_pinned(text: str) -> bool:
    return text.strip() in word_set("pinned_words") or text.strip() == "顶"


@lru_cache(maxsize=1)
def _spoken_pattern() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted({*word_set("pinned_words"), "顶"})))
