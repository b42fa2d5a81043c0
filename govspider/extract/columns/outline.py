"""The outline of a page: every element and text piece with its place, so that ranges are cheap to ask about.

One walk over the document numbers element starts, texts and element ends with one counter.
What lies inside an element is then a slice of a sorted list, and "which ancestor still holds
only this link" needs no second walk. What stands after `</html>` is part of the outline.

A pattern is searched over all texts at once, in one string: pages are large, and what most patterns
look for stands nowhere in them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, chain

from lxml.html import HtmlElement

from govspider.extract.columns.list_words import tokens_of
from govspider.extract.document.page import Page
from govspider.extract.document.page_walk import SILENT, written_date

CUT_OFF = "…"
_TAIL = 200
_NO_ATTRIBUTES: Mapping[str, str] = {}
_BREAK = "\x00"
"""Stands between two texts of `Outline.joined`: decoding drops it, so no text holds it and no pattern crosses it."""


@dataclass(slots=True)
class Node:
    """One element: its number, its parent's number (-1 for a root), and its range of positions.

    `first` and `last` are the range of its texts in `Outline.pieces`.
    """

    index: int
    element: HtmlElement
    tag: str
    parent: int
    start: int
    attributes: Mapping[str, str]
    first: int
    hidden: bool = field(default=False, init=False)
    last: int = field(default=0, init=False)
    end: int = field(default=-1, init=False)
    region: str = field(default="", init=False)

    @property
    def names(self) -> frozenset[str]:
        """Tokens of the element's id and classes."""
        return names_of(self.attributes)


def names_of(attributes: Mapping[str, str]) -> frozenset[str]:
    """Tokens of the id and the classes among some attributes."""
    return tokens_of(names_key(attributes)) if attributes else frozenset()


def names_key(attributes: Mapping[str, str]) -> str:
    """The id and the classes among some attributes in one text, '' where there is neither."""
    if "class" not in attributes and "id" not in attributes:
        return ""
    return f"{attributes.get('id') or ''} {attributes.get('class') or ''}"


@dataclass(slots=True)
class Piece:
    """One stretch of visible text, blanks folded, with its position and the element it stands in."""

    start: int
    node: int
    text: str


@dataclass(slots=True)
class Outline:
    """All elements and texts of a page in the order of their places; ranges are half open.

    `scripts` are (position, element) of every script; `end` is the last position; `joined` holds all
    texts with a NUL between them.
    """

    nodes: list[Node] = field(default_factory=list)
    scripts: list[tuple[int, HtmlElement]] = field(default_factory=list)
    styled: list[Node] = field(default_factory=list)
    """Elements with a style of their own."""
    by_tag: defaultdict[str, list[Node]] = field(default_factory=lambda: defaultdict(list))
    end: int = 0
    joined: str = ""
    starts: list[int] = field(default_factory=list)
    """Positions at which elements begin."""
    texts: list[str] = field(default_factory=list)
    text_starts: list[int] = field(default_factory=list)
    """Positions of the texts."""
    owners: list[int] = field(default_factory=list)
    """Numbers of the elements that the texts stand in."""
    _pieces: list[Piece] | None = None
    _lengths: list[int] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    """Where each text begins in `joined`, and one more."""
    titles: dict[int, str] = field(default_factory=dict)
    """What links call their targets, by node number: kept by those who ask."""
    _named: dict[str, list[Node]] | None = None

    def finish(self) -> None:
        """Make the sorted indexes; called once, after the walk."""
        self.starts = [node.start for node in self.nodes]
        for node in self.styled:
            if not node.hidden and "display:none" in node.attributes["style"].replace(" ", "").lower():
                for inside in self.inside(node):
                    inside.hidden = True
        self._lengths = [0, *accumulate(map(len, self.texts))]
        self.offsets = [length + number for number, length in enumerate(self._lengths)]
        self.joined = _BREAK.join(self.texts)

    @property
    def pieces(self) -> list[Piece]:
        """All texts with their places; made when first asked for, since most questions are about a few of them."""
        if self._pieces is None:
            self._pieces = [Piece(*one) for one in zip(self.text_starts, self.owners, self.texts, strict=True)]
        return self._pieces

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

    def inside(self, node: Node) -> list[Node]:
        """An element and what stands in it."""
        return self.nodes[node.index : bisect_left(self.starts, node.end)]

    def ancestors(self, index: int) -> Iterator[Node]:
        """Ancestors of a node, nearest first."""
        parent = self.nodes[index].parent
        while parent >= 0:
            node = self.nodes[parent]
            yield node
            parent = node.parent

    def holds(self, pattern: re.Pattern[str], first: int, last: int) -> bool:
        """True when a pattern matches inside the texts `first` to `last`."""
        return first < last and pattern.search(self.joined, self.offsets[first], self.offsets[last] - 1) is not None

    def numbers_with(self, pattern: re.Pattern[str], hint: re.Pattern[str] | None = None) -> list[int]:
        """Numbers of the texts in which a pattern matches. It must match no NUL, for one stands between two texts.

        Parameters: `hint` a pattern that is found sooner and matches in every text that holds a match: two
        characters of a word instead of an alternative of many.
        """
        if hint is not None:
            return [number for number in self.numbers_with(hint) if pattern.search(self.texts[number])]
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

    def tagged(self, *tags: str) -> list[Node]:
        """Elements of some tags, in document order."""
        if len(tags) == 1:
            return self.by_tag.get(tags[0], [])
        found = [node for tag in tags for node in self.by_tag.get(tag, ())]
        return sorted(found, key=lambda node: node.index)

    def named(self, names: frozenset[str]) -> list[Node]:
        """Elements whose id or classes hold one of some tokens, in document order."""
        return self.named_where(lambda key: not names.isdisjoint(tokens_of(key)))

    def named_where(self, holds: Callable[[str], bool]) -> list[Node]:
        """Elements whose id and classes, as `names_key` writes them, make `holds` true, in document order."""
        found = [node for key, nodes in self._by_name().items() if holds(key) for node in nodes]
        found.sort(key=_index_of)
        return found

    def _by_name(self) -> dict[str, list[Node]]:
        """Elements by their id and classes: a page repeats a few names in all its elements."""
        if self._named is None:
            self._named = {}
            for node in self.nodes:
                if node.attributes and (key := names_key(node.attributes)):
                    if key in self._named:
                        self._named[key].append(node)
                    else:
                        self._named[key] = [node]
        return self._named


def _index_of(node: Node) -> int:
    return node.index


def outline_of(page: Page) -> Outline:
    """The outline of a page. Ask through `page.once(outline_of)`: it is needed by several readers."""
    outline = Outline()
    for root in (page.root, *page.root.itersiblings()):
        if isinstance(root.tag, str):
            _walk(root, outline)
    if outline.texts and is_cut_off(page.text, outline.texts[-1]):
        outline.texts[-1] = CUT_OFF
    outline.finish()
    return outline


def is_cut_off(markup: str, text: str) -> bool:
    """True for a last text that the page breaks off in a number: 2026-09-1 may be the beginning of 2026-09-12."""
    tail = markup[-_TAIL:].rpartition(">")[2].split()
    return bool(tail) and tail[-1][-1].isdigit() and text.endswith(tail[-1])


def _walk(root: HtmlElement, outline: Outline) -> None:
    """Number one tree. One flat loop over its elements, comments included: this runs for every element of every page.

    An element ends where the next one does not stand in it; `opened` holds what has not ended yet.
    """
    position = outline.end
    nodes, texts, by_tag = outline.nodes, outline.texts, outline.by_tag
    starts, owners = outline.text_starts, outline.owners
    opened: list[Node] = []
    unread: set[HtmlElement] = set()
    inner: HtmlElement | None = None
    parent = -1
    for element in chain(root.iter(), (None,)):  # None ends all that is open
        if unread and element in unread:
            continue
        outer = element.getparent() if opened and element is not None else None
        while inner is not outer:
            node = opened.pop()
            position += 1
            node.end, node.last, parent = position, len(texts), node.parent
            text = node.element.tail if opened else None
            if text and not text.isspace():
                position += 1
                texts.append(" ".join(text.split()))
                starts.append(position)
                owners.append(parent)
            inner = opened[-1].element if opened else None
        if element is None:
            break
        position += 1
        tag = element.tag
        if tag.__class__ is not str:  # a comment: only what stands behind it
            text = element.tail
        else:
            attributes = dict(items) if (items := element.items()) else _NO_ATTRIBUTES
            node = Node(len(nodes), element, tag, parent, position, attributes, len(texts))
            if items and "style" in attributes:
                outline.styled.append(node)
            nodes.append(node)
            opened.append(node)
            by_tag[tag].append(node)
            parent, inner = node.index, element
            if tag not in SILENT:
                text = element.text
            else:
                unread.update(element.iterdescendants())
                text = _written(element, outline, position) if tag == "script" else None
        if text and not text.isspace():
            position += 1
            texts.append(" ".join(text.split()))
            starts.append(position)
            owners.append(parent)
    outline.end = position


def _written(script: HtmlElement, outline: Outline, position: int) -> str | None:
    """Keep a script's place; a date that it writes out word for word is text of the page."""
    outline.scripts.append((position, script))
    return written_date(script.text or "") or None
