"""The outline of a page: every element and text with its place, so that ranges are cheap to ask about.

Beginnings of elements and texts have even positions, in the order of the document; an element ends at the odd position
right behind what stands in it. What lies inside an element is then a slice of a sorted list, and "which ancestor still
holds only this link" needs no second walk. What stands after `</html>` is part of the outline.

It is made of numbers, from the walk that all readers of a page share; an object stands for an element only where
somebody asks for that element. A pattern is searched over all texts at once, in one string: pages are large, and what
most patterns look for stands nowhere in them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from lxml.html import HtmlElement

from govspider.extract.columns.list_words import tokens_of
from govspider.extract.columns.placed_text import HIDDEN, PlacedText, placed_text
from govspider.extract.document.page import Page
from govspider.extract.document.page_walk import SILENT

_NO_ATTRIBUTES: Mapping[str, str] = {}
_USUAL = frozenset({"class", "id", "href", "style", "target", "src"})
"""Attributes that tell most elements from none: nobody asks who carries one of them."""
_SHOWN = bytes(part & ~HIDDEN for part in range(256))


@dataclass(slots=True)
class Node:
    """One element: its number, its parent's number (-1 for a root), and its range of positions.

    `first` and `last` are the range of its texts; `region` is the part of the page: FRAME, SIDE or 0 for the main part.
    """

    index: int
    element: HtmlElement
    tag: str
    parent: int
    start: int
    end: int
    first: int
    last: int
    region: int
    hidden: bool
    _attributes: Mapping[str, str] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def attributes(self) -> Mapping[str, str]:
        """Attributes by name, read when first asked for."""
        if self._attributes is None:
            items = self.element.items()
            self._attributes = dict(items) if items else _NO_ATTRIBUTES
        return self._attributes

    @property
    def names(self) -> frozenset[str]:
        """Tokens of the element's id and classes."""
        return tokens_of(_names_key(self.attributes.get("id"), self.attributes.get("class")))


def _names_key(identity: str | None, classes: str | None) -> str:
    return f"{identity or ''} {classes or ''}"


@dataclass(slots=True)
class Piece:
    """One stretch of visible text, blanks folded, with its position and the element it stands in."""

    start: int
    node: int
    text: str


class Outline:
    """All elements and texts of a page in the order of their places; ranges are half open.

    Elements go by their numbers: `tags`, `elements`, `parents` (-1 for none), `firsts` and `lasts` (the texts inside),
    `regions` (FRAME, SIDE or 0). Texts too: `texts`, `text_starts` (their positions), `owners` (the elements that they
    stand in). `joined` holds all texts with a NUL between them, `offsets` tells where each begins in it, and one more;
    `end` is the last position. `titles` is what links call their targets, by number, kept by those who ask.
    """

    def __init__(self, placed: PlacedText, elements: list[HtmlElement]) -> None:
        strand = placed.strand
        self._strand, self._parts, self._lengths = strand, placed.parts, placed.lengths
        self.elements, self.tags, self.parents = elements, strand.tags, strand.parents
        self.firsts, self.lasts = strand.firsts, strand.lasts
        self.texts, self.owners = placed.texts, strand.holders
        self.joined, self.offsets = placed.joined, placed.offsets
        self.regions = placed.parts.translate(_SHOWN)
        self.titles: dict[int, str] = {}
        firsts = strand.firsts
        self.text_starts = [2 * (number + bisect_right(firsts, number)) for number in range(len(placed.texts))]
        self.end = 2 * (len(elements) + len(placed.texts))
        self._hinted: dict[re.Pattern[str], list[int]] = {}
        self._unusual: list[tuple[int, list[str]]] | None = None
        self._nodes: list[Node | None] = [None] * len(elements)
        self._by_tag: defaultdict[str, list[int]] = defaultdict(list)
        for number, tag in enumerate(strand.tags):
            self._by_tag[tag].append(number)

    # ── elements ────────────────────────────────────────────────────────────────────────────

    def node(self, number: int) -> Node:
        """An element by its number."""
        node = self._nodes[number]
        if node is None:
            strand = self._strand
            node = self._nodes[number] = Node(
                number,
                self.elements[number],
                strand.tags[number],
                strand.parents[number],
                2 * (number + strand.firsts[number]),
                2 * (strand.ends[number] + strand.lasts[number]) - 1,
                strand.firsts[number],
                strand.lasts[number],
                self.regions[number],
                bool(self._parts[number] & HIDDEN),
            )
        return node

    def start_of(self, number: int) -> int:
        """Where an element begins."""
        return 2 * (number + self.firsts[number])

    def nodes_of(self, numbers: list[int]) -> list[Node]:
        """Elements by their numbers."""
        return list(map(self.node, numbers))

    @property
    def nodes(self) -> list[Node]:
        """All elements: an object for each, so whoever can do with some asks for those."""
        return list(map(self.node, range(len(self.elements))))

    @property
    def scripts(self) -> list[tuple[int, HtmlElement]]:
        """(position, element) of every script."""
        return [(self.start_of(number), self.elements[number]) for number in self.tagged_numbers("script")]

    def inside(self, node: Node) -> list[Node]:
        """An element and what stands in it."""
        return list(map(self.node, range(node.index, self.behind(node))))

    def behind(self, node: Node) -> int:
        """Number of the first element that begins behind an element."""
        return self._strand.ends[node.index]

    def ancestors(self, index: int) -> Iterator[Node]:
        """Ancestors of a node, nearest first."""
        return map(self.node, self._strand.ancestors(index))

    def tagged(self, *tags: str) -> list[Node]:
        """Elements of some tags, in document order."""
        return self.nodes_of(self.tagged_numbers(*tags))

    def tagged_numbers(self, *tags: str) -> list[int]:
        """Numbers of the elements of some tags, ascending."""
        if len(tags) == 1:
            return self._by_tag.get(tags[0], [])
        return sorted(number for tag in tags for number in self._by_tag.get(tag, ()))

    def named(self, names: frozenset[str]) -> list[Node]:
        """Elements whose id or classes hold one of some tokens, in document order."""
        named = self._strand.names.items()
        found = [numbers for (one, more), numbers in named if not names.isdisjoint(tokens_of(_names_key(one, more)))]
        return self.nodes_of(sorted(number for numbers in found for number in numbers))

    def classed_numbers(self, holds: Callable[[str], bool]) -> set[int]:
        """Numbers of the elements whose class makes `holds` true."""
        named = self._strand.names.items()
        return {number for (_, classes), numbers in named if classes and holds(classes) for number in numbers}

    def identified(self, identities: frozenset[str]) -> list[Node]:
        """Elements whose id is one of some, in document order."""
        found = [numbers for (identity, _), numbers in self._strand.names.items() if identity in identities]
        return self.nodes_of(sorted(number for numbers in found for number in numbers))

    def carriers(self, names: frozenset[str]) -> list[int]:
        """Numbers of the elements that carry one of some unusual attributes, ascending."""
        if self._unusual is None:
            carried = enumerate(map(HtmlElement.keys, self.elements))
            self._unusual = [(number, keys) for number, keys in carried if not _USUAL.issuperset(keys)]
        return [number for number, keys in self._unusual if not names.isdisjoint(keys)]

    # ── texts ───────────────────────────────────────────────────────────────────────────────

    @property
    def pieces(self) -> list[Piece]:
        """All texts with their places."""
        return self.pieces_of(0, len(self.texts))

    def piece(self, number: int) -> Piece:
        """One text with its place."""
        return Piece(self.text_starts[number], self.owners[number], self.texts[number])

    def pieces_of(self, first: int, last: int) -> list[Piece]:
        """The texts number `first` to `last`, half open, with their places."""
        return [self.piece(number) for number in range(first, min(last, len(self.texts)))]

    @property
    def length(self) -> int:
        """Characters of text in the whole page."""
        return self._lengths[-1]

    def range_of(self, start: int, end: int) -> tuple[int, int]:
        """Numbers of the texts whose position lies in [start, end), half open."""
        return bisect_left(self.text_starts, start), bisect_left(self.text_starts, end)

    def pieces_between(self, start: int, end: int) -> list[Piece]:
        """Texts whose position lies in [start, end), in order."""
        return self.pieces_of(*self.range_of(start, end))

    def text_between(self, start: int, end: int) -> str:
        """The texts of a range, joined with blanks."""
        return " ".join(self.texts[bisect_left(self.text_starts, start) : bisect_left(self.text_starts, end)])

    def text_before(self, position: int, length: int) -> str:
        """The last `length` characters of what stands before a position."""
        last = bisect_left(self.text_starts, position)
        first = last
        while first and self.offsets[last] - self.offsets[first] <= length:
            first -= 1
        return " ".join(self.texts[first:last])[-length:]

    def length_between(self, start: int, end: int) -> int:
        """Characters of text in a range, without reading it."""
        return self._lengths[bisect_left(self.text_starts, end)] - self._lengths[bisect_left(self.text_starts, start)]

    def text_of(self, node: Node) -> str:
        """The texts inside an element, joined with blanks."""
        return " ".join(self.texts[node.first : node.last])

    def length_of(self, node: Node) -> int:
        """Characters of text inside an element."""
        return self._lengths[node.last] - self._lengths[node.first]

    def holds(self, pattern: re.Pattern[str], first: int, last: int) -> bool:
        """True when a pattern matches inside the texts `first` to `last`."""
        return first < last and pattern.search(self.joined, self.offsets[first], self.offsets[last] - 1) is not None

    def numbers_with(self, pattern: re.Pattern[str], hint: re.Pattern[str] | None = None) -> list[int]:
        """Numbers of the texts in which a pattern matches. It must match no NUL, for one stands between two texts.

        Parameters: `hint` a pattern that matches in every text that holds a match: one that is found sooner, or one
        that many ask with, which is searched once.
        """
        if hint is not None:
            if hint not in self._hinted:
                self._hinted[hint] = self.numbers_with(hint)
            return [number for number in self._hinted[hint] if pattern.search(self.texts[number])]
        found: list[int] = []
        joined, offsets, search = self.joined, self.offsets, pattern.search
        match = search(joined)
        while match is not None:
            number = bisect_right(offsets, match.start()) - 1
            found.append(number)
            match = search(joined, offsets[number + 1])
        return found

    def pieces_with(self, pattern: re.Pattern[str], hint: re.Pattern[str] | None = None) -> list[Piece]:
        """The texts in which a pattern matches, as `numbers_with` finds them."""
        return [self.piece(number) for number in self.numbers_with(pattern, hint)]


def outline_of(page: Page) -> Outline:
    """The outline of a page. Ask through `page.once(outline_of)`: it is needed by several readers."""
    placed = page.once(placed_text)
    roots = [root for root in (page.root, *page.root.itersiblings()) if isinstance(root.tag, str)]
    elements = list(chain.from_iterable(root.iter("*") for root in roots))
    # what stands in a silent element has no number
    return Outline(placed, elements if len(elements) == len(placed.parts) else _heard(elements))


def _heard(elements: list[HtmlElement]) -> list[HtmlElement]:
    """Elements that do not stand in a silent one."""
    unread: set[HtmlElement] = set()
    for element in elements:
        if element.tag in SILENT and len(element) and element not in unread:
            unread.update(element.iterdescendants("*"))
    return [element for element in elements if element not in unread]
