"""Which records are put on top of their list: 置顶 in words, in a picture's name or in the class of a mark.

The marks of a page are gathered once, for hardly any page has one and every row asks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache

from govspider.extract.columns.list_words import any_of, list_hint, tokens_of, word_set
from govspider.extract.columns.outline import Node, Outline

_MARK_TAGS = frozenset({"span", "i", "em", "img", "b", "font"})
_PICTURED = frozenset({"alt"})
_TITLE_EDGE = 6
_BREAK = "\x00"


class PinMarks:
    """The marks of a page that say that the record around them is pinned."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        told = _BREAK.join(outline.titles.values())
        worded = any_of("pinned_words")
        self._worded = bool(outline.numbers_with(worded, list_hint())) or worded.search(told) is not None
        pictured = outline.carriers(_PICTURED)
        named = {number for number in pictured if _names_pinning(outline.elements[number].get("alt"))}
        self._marks = self._said_marks() | outline.classed_numbers(_names_pinning) | named
        tags = outline.tags
        self._starts = [outline.start_of(number) for number in sorted(self._marks) if tags[number] in _MARK_TAGS]

    def on(self, node: Node, title: str) -> bool:
        """True when a record's title, its own element or a mark inside it says that it is pinned."""
        if self._worded and _names_pinned_at_its_edge(title):
            return True
        if node.index in self._marks:
            return True
        starts = self._starts
        return bool(starts) and bisect_right(starts, node.start) < bisect_left(starts, node.end)

    def _said_marks(self) -> set[int]:
        """Elements that say nothing but 置顶."""
        outline = self._outline
        owners = {outline.owners[number] for number in outline.numbers_with(any_of("pinned_signs"), list_hint())}
        return {one for one in owners if outline.tags[one] != "img" and _says_pinned(outline.elements[one].text or "")}


def _names_pinned_at_its_edge(title: str) -> bool:
    words = any_of("pinned_words")
    return bool(words.search(title) and (words.search(title[:_TITLE_EDGE]) or words.search(title[-_TITLE_EDGE:])))


@lru_cache(maxsize=8192)
def _names_pinning(name: str) -> bool:
    """True for a class or the words of a picture that mean 置顶."""
    return bool(tokens_of(name) & word_set("pinned_tokens")) or any(word in name for word in word_set("pinned_words"))


def _says_pinned(text: str) -> bool:
    return text.strip() in word_set("pinned_signs")
