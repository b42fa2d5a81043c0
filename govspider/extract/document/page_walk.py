"""One walk over the elements of a page for all who read it: its texts with where they stand, and its boxes of links.

A page is mostly the template of its site. A block of markup that was seen before is not walked again: its strand, what
a walk finds in it, is taken from memory, and is the same wherever the block stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from govspider.extract.document.block_memory import block_memory
from govspider.extract.document.page import Page
from govspider.extract.document.strand import Strand
from govspider.extract.lexicons import read_lexicon

SILENT = frozenset(
    {"script", "style", "template", "noscript", "select", "option", "textarea", "title", "button", "object"}
)
"""Elements whose text is no text of the page."""
# elements that do not end a line of text
_INLINE = frozenset(
    {"span", "b", "strong", "i", "em", "u", "font", "sub", "sup", "ins", "mark", "small", "big", "label", "abbr", "wbr"}
)
# how the text in an element counts: it is none of the page's; no visitor sees it; nor what stands in elements in it
_MUTED, _UNSEEN, _FOLDED = 1, 2, 4
_INHERITED = _MUTED | _FOLDED
_UNHEARD = _UNSEEN | _FOLDED
_SCRIPT_MODE = _MUTED | _UNSEEN
_MODES = {
    **dict.fromkeys(SILENT, _MUTED),
    **dict.fromkeys(("script", "style", "title", "textarea"), _SCRIPT_MODE),
    **dict.fromkeys(("noscript", "template", "select"), _MUTED | _FOLDED),
}
# html and body are never the same
_AROUND_EVERYTHING = 2
# document.write("2025-11-07".substr(0,10))
_WRITTEN_DATE = re.compile(r"document\.write(?:ln)?\(\s*['\"](?P<date>\d{4}-\d{1,2}-\d{1,2})[ T\d:.]*['\"]")
_SHORT_SCRIPT = 300


@dataclass(slots=True)
class Box:
    """A large element and what it holds: elements that may name an address, itself among them, and boxes in it.

    `digest` tells its markup where that was seen before; such a box may be `unopened`: see `opened`.
    """

    element: HtmlElement
    depth: int
    digest: bytes | None = None
    held: Held = field(default_factory=list)
    unopened: bool = False


Held = list["HtmlElement | Box"]


@dataclass(slots=True)
class Walked:
    """What a walk over a page finds. `held`: what stands around its boxes."""

    strand: Strand
    held: Held


def walked(page: Page) -> Walked:
    """The walk over a page. Ask through `page.once(walked)`."""
    held: Held = []
    walk = _Walk(page.host)
    for root in (page.root, *page.root.itersiblings()):
        if isinstance(root.tag, str):
            walk.read(root, 0, held)
    walk.strand.finish()
    return Walked(walk.strand, held)


def opened(page: Page, box: Box) -> Held:
    """What a box holds, one that was taken from memory included."""
    return _walked_box(box.element, box.depth, page.host)[1] if box.unopened else box.held


def markup_name(element: HtmlElement) -> tuple[str, str | None, str | None]:
    """What an element is called: its tag, id and class."""
    return str(element.tag), element.get("id"), element.get("class")


def _walked_box(element: HtmlElement, depth: int, host: str) -> tuple[Strand, Held]:
    held: Held = []
    walk = _Walk(host)
    walk.read(element, depth, held)
    return walk.strand, held


@cache
def _bounds() -> tuple[int, int]:
    """Elements that make a box, and how deep they may stand."""
    words = read_lexicon("links")
    return int(words["block_elements"]), int(words["block_depth"])


@cache
def _addressed() -> frozenset[str]:
    """Tags of elements that name addresses, apart from those that any element may carry."""
    return frozenset({*read_lexicon("links")["address_attributes"], *read_lexicon("links")["address_elements"]})


class _Walk:
    """A walk over one tree, flat in its calls: documents nest as deep as they like."""

    def __init__(self, host: str) -> None:
        self.strand = Strand()
        self._host = host
        self._few, self._deepest = _bounds()
        self._memory = block_memory()
        self._addressed = _addressed()
        self._top = 0

    def read(self, top: HtmlElement, depth: int, held: Held) -> None:
        """Read an element and what stands in it. One flat loop: this runs for every element of every page.

        Parameters: `depth` of the element; `held` what its addresses and boxes are added to.
        """
        self._top = depth
        strand, enter = self.strand, self._enter
        tags, texts, ends, lasts = strand.tags, strand.texts, strand.ends, strand.lasts
        around: list[tuple[Any, ...]] = []
        children, element, index, mode = iter((top,)), top, -1, 0
        while True:
            child = next(children, None)
            if child is None:
                if not around:
                    return
                if index >= 0:
                    ends[index], lasts[index] = len(tags), len(texts)
                    strand.line += tags[index] not in _INLINE
                text = element.tail
                children, element, index, mode, held = around.pop()
            else:
                text, tag = child.tail, child.tag
                if tag.__class__ is str:
                    inner = enter(child, tag, index, mode, held, depth + len(around))
                    if inner is not None:
                        around.append((children, element, index, mode, held))
                        children, element, index, mode, held = inner
                        continue
            if text and around and not text.isspace():
                self._text(text, index, mode)

    def _enter(
        self, element: HtmlElement, tag: str, parent: int, outer: int, held: Held, depth: int
    ) -> tuple[Iterator[HtmlElement], HtmlElement, int, int, Held] | None:
        """Number an element and read what it says before its first child.

        Parameters: `outer` the mode of what it stands in. Returns what to go on with, None where nothing is left in it.
        """
        nested = len(element)
        # most elements hold one other and no more: seen at once
        only = element[0] if nested == 1 else None
        plain = only is not None and not len(only)
        if nested and not plain and self._is_large(element, depth):
            box = self._box(element, depth, parent, outer)
            held.append(box)
            if box.digest is not None:
                return None
            held = box.held
        attributes = dict(items) if (items := element.items()) else None
        if (tag in self._addressed and _may_be_read(tag, attributes)) or (attributes and _may_name_address(attributes)):
            held.append(element)
        mode = (outer & _INHERITED) | _MODES.get(tag, 0)
        if outer & _MUTED:
            index = -1
            if not mode & _UNHEARD and (text := element.text) and not text.isspace():
                self._text(text, index, mode)
        else:
            index = self._number(element, tag, attributes, parent, mode)
            if not nested:
                self.strand.line += tag not in _INLINE
        if only is not None and plain:
            self._only(only, index, mode, held, depth + 1)
            return None
        return (iter(element), element, index, mode, held) if nested else None

    def _only(self, element: HtmlElement, parent: int, mode: int, held: Held, depth: int) -> None:
        """Read the one element that another holds, and end the other."""
        strand, tag = self.strand, element.tag
        if tag.__class__ is str:
            self._enter(element, tag, parent, mode, held, depth)
        if (text := element.tail) and not text.isspace():
            self._text(text, parent, mode)
        if parent >= 0:
            strand.ends[parent], strand.lasts[parent] = len(strand.tags), len(strand.texts)
            strand.line += strand.tags[parent] not in _INLINE

    def _number(self, element: HtmlElement, tag: str, attributes: dict[str, str] | None, parent: int, mode: int) -> int:
        """The number of an element; keeps what it is, and its own text."""
        strand = self.strand
        texts = strand.texts
        index = len(strand.tags)
        strand.tags.append(tag)
        strand.parents.append(parent)
        strand.firsts.append(len(texts))
        strand.line += tag not in _INLINE
        if attributes:
            self._name(attributes, index)
        if not mode & _UNSEEN:
            if (text := element.text) and not text.isspace():
                self._text(text, index, mode)
        elif tag == "script" and (written := written_date(element.text or "")):
            self._text(written, index, _UNSEEN)
        strand.ends.append(index + 1)
        strand.lasts.append(len(texts))
        return index

    def _is_large(self, element: HtmlElement, depth: int) -> bool:
        if depth == self._top or not _AROUND_EVERYTHING <= depth < self._deepest:
            return False
        return next(islice(element.iter("*"), self._few - 1, None), None) is not None

    def _box(self, element: HtmlElement, depth: int, parent: int, mode: int) -> Box:
        """A box, its strand taken from memory where its markup is known."""
        box = Box(element, depth)
        # what a visitor sees of a silent element is not remembered
        if mode & _MUTED and not mode & _FOLDED:
            return box
        box.digest = self._memory.repeated(element, (self._host, *markup_name(element)))
        if box.digest is not None:
            box.unopened = True
            if not mode & _MUTED:
                self.strand.add(self._remembered(box, box.digest), parent)
        return box

    def _remembered(self, box: Box, digest: bytes) -> Strand:
        key = (Strand, digest)
        strand: Strand | None = self._memory.get(key)
        if strand is None:
            strand, box.held = _walked_box(box.element, box.depth, self._host)
            box.unopened = False
            self._memory.put(key, strand, strand.finish_block())
        return strand

    def _name(self, attributes: dict[str, str], index: int) -> None:
        if "class" in attributes or "id" in attributes:
            self.strand.names.setdefault((attributes.get("id"), attributes.get("class")), []).append(index)
        if "style" in attributes:
            self.strand.styles.setdefault(attributes["style"], []).append(index)

    def _text(self, text: str, index: int, mode: int) -> None:
        """Keep a text, its blanks folded."""
        strand = self.strand
        folded = " ".join(text.split())
        if not mode & _MUTED:
            strand.texts.append(folded)
            strand.holders.append(index)
            strand.lines.append(strand.line)
        if not mode & _UNHEARD:
            strand.seen.append(folded)


def _may_be_read(tag: str, attributes: dict[str, str] | None) -> bool:
    """False for a meta that sends no visitor on: a head holds many."""
    return tag != "meta" or (attributes is not None and "http-equiv" in attributes)


def _may_name_address(attributes: dict[str, str]) -> bool:
    style = attributes.get("style", "")
    return "onclick" in attributes or "(" in style or "@" in style


def written_date(script: str) -> str:
    """A date that a short script writes out word for word, so that it is text of the page; '' for none."""
    written = _WRITTEN_DATE.search(script) if len(script) < _SHORT_SCRIPT else None
    return written["date"] if written else ""
