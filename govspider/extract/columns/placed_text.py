"""The texts of a page and the part that each stands in: header, menu or footer, beside, or none of these.

Over the numbers of the walk that all readers of the page share: texts of articles and the outline of lists rest on it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, count
from operator import add

from govspider.extract.columns.list_words import pattern, words
from govspider.extract.columns.regions import (
    CELLS,
    FLOATS,
    FRAME_REGIONS,
    ITEMS,
    NEVER_A_PART,
    TOO_WIDE,
    region_of_names,
    region_tables,
)
from govspider.extract.document.page import Page
from govspider.extract.document.page_walk import walked
from govspider.extract.document.strand import PIECES, Strand

_CUT_OFF = "…"
_TAIL = 200
FRAME, SIDE, HIDDEN = 1, 2, 4
"""What keeps a text out: it stands in a header, a menu or a footer; beside; or is not shown. 0 for plain text."""
_HIDING = bytes(part | HIDDEN for part in range(256))


@dataclass(slots=True)
class PlacedText:
    """Texts of a page in document order. `parts`: FRAME, SIDE or 0, with HIDDEN, of each element of the strand."""

    strand: Strand
    texts: list[str]
    parts: bytearray
    lengths: list[int]
    """Characters before each text, and in all texts."""
    joined: str
    """All texts with a NUL between them."""
    offsets: list[int]
    """Where each text begins in `joined`, and one more."""
    text_parts: bytes = b""
    """The part of the element that each text stands in."""

    def length_of(self, element: int) -> int:
        """Characters of text inside an element."""
        return self.lengths[self.strand.lasts[element]] - self.lengths[self.strand.firsts[element]]

    def numbers_with(self, words: Iterable[str]) -> list[int]:
        """Numbers of the texts that hold one of some words, ascending: found in all texts at once."""
        joined, offsets = self.joined, self.offsets
        found: set[int] = set()
        for word in words:
            place = joined.find(word)
            while place >= 0:
                number = bisect_right(offsets, place) - 1
                found.add(number)
                place = joined.find(word, offsets[number + 1])
        return sorted(found)


def placed_text(page: Page) -> PlacedText:
    """The texts with their parts. Ask through `page.once(placed_text)`."""
    strand = page.once(walked).strand
    texts = strand.texts
    if texts and _is_cut_off(page.text, texts[-1]):
        texts = [*texts[:-1], _CUT_OFF]
    lengths = list(accumulate(map(len, texts), initial=0))
    offsets = list(map(add, lengths, count()))
    placed = PlacedText(strand, texts, bytearray(len(strand.tags)), lengths, PIECES.join(texts), offsets)
    _place(placed)
    _hide(placed)
    placed.text_parts = bytes(map(placed.parts.__getitem__, strand.holders))
    return placed


def _is_cut_off(markup: str, text: str) -> bool:
    """True for a last text that the page breaks off in a number: 2026-09-1 may be the beginning of 2026-09-12."""
    tail = markup[-_TAIL:].rpartition(">")[2].split()
    return bool(tail) and tail[-1][-1].isdigit() and text.endswith(tail[-1])


def _place(placed: PlacedText) -> None:
    """Fill in the parts, outer elements first: what begins inside a header is the header's."""
    limit = float(words("region_share_limit")) * placed.lengths[-1]
    strand, parts = placed.strand, placed.parts
    own, footers = _own_parts(strand), _footers(placed)
    own.update(dict.fromkeys(footers, "footer"))
    framed = 0
    for element in sorted(own):
        if element < framed or (element not in footers and not _makes_part(strand, element, own[element])):
            continue
        part = FRAME if own[element] in FRAME_REGIONS else SIDE
        if parts[element] != part and placed.length_of(element) <= limit:
            end = strand.ends[element]
            framed = end if part == FRAME else framed
            parts[element:end] = bytes((part,)) * (end - element)


def _makes_part(strand: Strand, element: int, own: str) -> bool:
    """False for what holds the whole page, for a link, and for the header or footer of an item."""
    if strand.tags[element] in NEVER_A_PART:
        return False
    return own not in ("header", "footer") or not _inside(strand, element, ITEMS)


def _hide(placed: PlacedText) -> None:
    strand, parts = placed.strand, placed.parts
    for style, elements in strand.styles.items():
        if "display:none" in style.replace(" ", "").lower():
            for element in elements:
                # what stands in a hidden element is hidden already: they nest by the thousand
                if not parts[element] & HIDDEN:
                    inside = slice(element, strand.ends[element])
                    parts[inside] = parts[inside].translate(_HIDING)


def _own_parts(strand: Strand) -> dict[int, str]:
    """Parts by the element that makes them: by its names, its style or its tag."""
    tags, _ = region_tables()
    found: dict[int, str] = {}
    for (identity, classes), elements in strand.names.items():
        if region := region_of_names(f"{identity or ''} {classes or ''}"):
            found.update(dict.fromkeys(elements, region))
    for style, elements in strand.styles.items():
        if FLOATS.search(style):
            found.update(dict.fromkeys(elements, "side"))
    for tag in tags.keys() & set(strand.tags):
        framing = tag in ("header", "footer")
        found.update((one, tags[tag]) for one in strand.tagged(tag) if not (framing and _inside(strand, one, CELLS)))
    return found


def _inside(strand: Strand, element: int, items: frozenset[str]) -> bool:
    return any(strand.tags[above] in items for above in strand.ancestors(element))


def _footers(placed: PlacedText) -> set[int]:
    """Blocks around the words that only a footer has (record numbers, copyright), up to a short length."""
    strand, texts = placed.strand, placed.texts
    blocks: set[int] = set()
    longest = int(words("footer_length"))
    most = min(longest, float(words("region_share_limit")) * placed.lengths[-1])
    for number in placed.numbers_with(words("footer_hints")):
        if len(texts[number]) < longest and pattern("footer_words").search(texts[number]):
            chosen = -1
            holder = strand.holders[number]
            for element in (holder, *strand.ancestors(holder)):
                if strand.tags[element] in TOO_WIDE or placed.length_of(element) > most:
                    break
                chosen = element
            if chosen >= 0:
                blocks.add(chosen)
    return blocks
