"""The outline of a page: every element and text piece with its place, so that ranges are cheap to ask about.

One walk over the document numbers element starts, texts and element ends with one counter.
What lies inside an element is then a slice of a sorted list, and "which ancestor still holds
only this link" needs no second walk. What stands after `</html>` is part of the outline.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from lxml import etree
from lxml.html import HtmlElement

from govspider.extract.document.page import Page

# document.write("2025-11-07".substr(0,10))
_WRITTEN_DATE = re.compile(r"document\.write(?:ln)?\(\s*['\"](?P<date>\d{4}-\d{1,2}-\d{1,2})[ T\d:.]*['\"]")
_SHORT_SCRIPT = 300
_SILENT = frozenset(
    {"script", "style", "template", "noscript", "select", "option", "textarea", "title", "button", "object"}
)


@dataclass(slots=True)
class Node:
    """One element: its number, its parent's number (-1 for a root), and its range of positions."""

    index: int
    element: HtmlElement
    tag: str
    parent: int
    start: int
    end: int = -1
    hidden: bool = False
    region: str = ""


@dataclass(slots=True)
class Piece:
    """One stretch of visible text, blanks folded, with its position and the element it stands in."""

    start: int
    node: int
    text: str


@dataclass(slots=True)
class Outline:
    """All elements and texts of a page in the order of their places; ranges are half open.

    `scripts` are (position, element) of every script; `end` is the last position.
    """

    nodes: list[Node] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    scripts: list[tuple[int, HtmlElement]] = field(default_factory=list)
    end: int = 0
    _piece_starts: list[int] = field(default_factory=list)
    _lengths: list[int] = field(default_factory=list)
    titles: dict[int, str] = field(default_factory=dict)
    """What links call their targets, by node number: kept by those who ask."""

    def finish(self) -> None:
        """Make the sorted indexes; called once, after the walk."""
        self._piece_starts = [piece.start for piece in self.pieces]
        self._lengths = [0, *accumulate(len(piece.text) for piece in self.pieces)]

    def pieces_between(self, start: int, end: int) -> list[Piece]:
        """Texts whose position lies in [start, end), in order."""
        return self.pieces[bisect_left(self._piece_starts, start) : bisect_left(self._piece_starts, end)]

    def text_between(self, start: int, end: int) -> str:
        """The texts of a range, joined with blanks."""
        return " ".join(piece.text for piece in self.pieces_between(start, end))

    def length_between(self, start: int, end: int) -> int:
        """Characters of text in a range, without reading it."""
        return (
            self._lengths[bisect_left(self._piece_starts, end)] - self._lengths[bisect_left(self._piece_starts, start)]
        )

    def text_of(self, node: Node) -> str:
        """The texts inside an element, joined with blanks."""
        return self.text_between(node.start, node.end)

    def length_of(self, node: Node) -> int:
        """Characters of text inside an element."""
        return self.length_between(node.start, node.end)

    def ancestors(self, index: int) -> Iterator[Node]:
        """Ancestors of a node, nearest first."""
        parent = self.nodes[index].parent
        while parent >= 0:
            node = self.nodes[parent]
            yield node
            parent = node.parent


def outline_of(page: Page) -> Outline:
    """The outline of a page. Ask through `page.once(outline_of)`: it is needed by several readers."""
    outline = Outline()
    position = 0
    for root in (page.root, *page.root.itersiblings()):
        if isinstance(root.tag, str):
            position = _walk(root, outline, position)
    outline.end = position
    outline.finish()
    return outline


def _walk(root: HtmlElement, outline: Outline, position: int) -> int:
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    open_nodes: list[int] = []
    for event, element in walker:
        position += 1
        if event == "start":
            _open(element, outline, open_nodes, position)
            if element.tag in _SILENT:
                walker.skip_subtree()
                position = _note_script(element, outline, open_nodes, position)
            else:
                position = _note_text(element.text, outline, open_nodes, position)
            continue
        if event == "end":
            outline.nodes[open_nodes.pop()].end = position
        if open_nodes:
            position = _note_text(element.tail, outline, open_nodes, position)
    return position


def _open(element: HtmlElement, outline: Outline, open_nodes: list[int], position: int) -> None:
    parent = open_nodes[-1] if open_nodes else -1
    style = element.get("style")
    hidden = parent >= 0 and outline.nodes[parent].hidden
    if style and not hidden:
        hidden = "display:none" in style.replace(" ", "").lower()
    index = len(outline.nodes)
    outline.nodes.append(Node(index, element, str(element.tag), parent, position, hidden=hidden))
    open_nodes.append(index)


def _note_text(text: str | None, outline: Outline, open_nodes: list[int], position: int) -> int:
    folded = " ".join(text.split()) if text else ""
    if folded:
        position += 1
        outline.pieces.append(Piece(position, open_nodes[-1], folded))
    return position


def _note_script(element: HtmlElement, outline: Outline, open_nodes: list[int], position: int) -> int:
    """Keep a script's place; a date that it writes out word for word is text of the page."""
    if element.tag != "script":
        return position
    outline.scripts.append((position, element))
    text = element.text or ""
    written = _WRITTEN_DATE.search(text) if len(text) < _SHORT_SCRIPT else None
    return _note_text(written["date"] if written else None, outline, open_nodes, position)
