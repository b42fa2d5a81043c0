"""What a walk over elements finds of their texts: a strand, of a whole page or of a block that pages repeat."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from zlib import crc32

PIECES = "\x00"
"""Stands between texts that are joined; decoding drops it, so no document holds it."""
_CHANGING = re.compile(r"[\d\s:：/.\-]")
# a list of characters is searched twice as fast as the kinds of characters that \d and \s stand for
_CHANGING_LISTED = re.compile(
    "[{}]+".format("".join(re.escape(char) for char in map(chr, range(0x10000)) if _CHANGING.match(char)))
)
_RARE = re.compile("[\U00010000-\U0010ffff]")
_TEXT_BYTES = 90
_ELEMENT_BYTES = 80


@dataclass
class SeenTexts:
    """Texts that a visitor sees, buttons included, and what is told of them wherever they stand."""

    texts: tuple[str, ...]

    @cached_property
    def joined(self) -> str:
        return PIECES.join(self.texts)

    @cached_property
    def length(self) -> int:
        """Characters, blanks and all."""
        return sum(map(len, self.texts))

    @cached_property
    def characters(self) -> int:
        """Characters, blanks left out."""
        return self.length - self.joined.count(" ")

    @cached_property
    def pieces(self) -> dict[int, int]:
        """Hash -> characters of each distinct text without what changes from one answer to the next."""
        return pieces_of(without_changing(self.joined).split(PIECES))


def without_changing(text: str) -> str:
    """Text without what differs from one answer to the next: numbers, dates, times."""
    plain = _CHANGING_LISTED.sub("", text)
    return _CHANGING.sub("", plain) if _RARE.search(plain) else plain


def pieces_of(texts: Iterable[str]) -> dict[int, int]:
    """Hash -> characters of each distinct text."""
    return {crc32(text.encode("utf-8", "replace")): len(text) for text in texts if text}


@dataclass(slots=True)
class Strand:
    """Elements and texts in document order. An element is a number; what stands in silent elements has none.

    Per element: `tags`, `parents` (-1 for a root), `ends` (number behind the last element inside), `firsts` and
    `lasts` (range of the texts inside). Per text: `holders` (the element that it stands in) and `lines` (texts of one
    line have the same number). `names` and `styles` tell which elements carry an (id, class) or a style.
    """

    tags: list[str] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    lasts: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    holders: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    names: dict[tuple[str | None, str | None], list[int]] = field(default_factory=dict)
    styles: dict[str, list[int]] = field(default_factory=dict)
    line: int = 0
    """Ends of lines so far."""
    seen: list[str] = field(default_factory=list)
    """Texts that a visitor sees since the last block."""
    seen_blocks: list[SeenTexts] = field(default_factory=list)

    def add(self, block: Strand, parent: int) -> None:
        """Append what was found in a block that stands in the element `parent`."""
        element, text, line = len(self.tags), len(self.texts), self.line
        self.parents += [parent if one < 0 else one + element for one in block.parents]
        self.ends += [one + element for one in block.ends]
        self.firsts += [one + text for one in block.firsts]
        self.lasts += [one + text for one in block.lasts]
        self.holders += [one + element for one in block.holders]
        self.lines += [one + line for one in block.lines]
        self.tags += block.tags
        self.texts += block.texts
        self.line += block.line
        for name, numbers in block.names.items():
            self.names.setdefault(name, []).extend([one + element for one in numbers])
        for style, numbers in block.styles.items():
            self.styles.setdefault(style, []).extend([one + element for one in numbers])
        self._end_stretch()
        self.seen_blocks += block.seen_blocks

    def finish(self) -> None:
        """End the last stretch of seen texts; called once, after the walk."""
        self._end_stretch()

    def finish_block(self) -> int:
        """The same for a block: all that is seen of it in one. Returns how much room it takes, in bytes, roughly."""
        self._end_stretch()
        texts = tuple(text for block in self.seen_blocks for text in block.texts)
        self.seen_blocks = [SeenTexts(texts)] if texts else []
        kept = max(sum(map(len, self.texts)), sum(map(len, texts)))
        return 2 * kept + _TEXT_BYTES * max(len(self.texts), len(texts)) + _ELEMENT_BYTES * len(self.tags)

    def _end_stretch(self) -> None:
        if self.seen:
            self.seen_blocks.append(SeenTexts(tuple(self.seen)))
            self.seen = []

    def tagged(self, tag: str) -> list[int]:
        """Elements of a tag."""
        return [number for number, one in enumerate(self.tags) if one == tag]

    def ancestors(self, number: int) -> Iterator[int]:
        """Elements around an element, nearest first."""
        number = self.parents[number]
        while number >= 0:
            yield number
            number = self.parents[number]
