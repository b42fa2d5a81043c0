"""What stands around the groups of a page: pagers, 更多 links, and the part of the page that belongs to one group."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from govspider.extract.columns.list_standing import is_narrow
from govspider.extract.columns.list_words import list_hint, mentions, word_set
from govspider.extract.columns.outline import Node, Outline, Piece
from govspider.extract.columns.placed_text import FRAME
from govspider.extract.columns.records import Group, is_title

_PAGER_PAGES = re.compile(r"共\s*\d+\s*页|第\s*\d+\s*页|\d+\s*/\s*\d+\s*页")
_PAGE = re.compile("页")
_LINK_BRACKETS = "[]()（）【】 "


class Places:
    """Where the groups of a page stand, to tell what belongs to one of them alone."""

    def __init__(self, groups: Iterable[Group]) -> None:
        ranges = sorted((group.start, group.end) for group in groups)
        self._begins = [start for start, _ in ranges]
        self._ends = sorted(end for _, end in ranges)

    def around(self, outline: Outline, group: Group) -> tuple[int, int]:
        """Range of the highest element that holds a group and no other; where it shares one, between its neighbours."""
        node = chosen = outline.node(group.parent)
        for ancestor in (node, *outline.ancestors(node.index)):
            inside = bisect_left(self._begins, ancestor.end) - bisect_right(self._begins, ancestor.start)
            if inside > (ancestor.start < group.start < ancestor.end):
                break
            chosen = ancestor
            if is_narrow(ancestor):  # a pager or a heading outside of a side column is not its own
                break
        former = bisect_right(self._ends, group.start)
        following = bisect_left(self._begins, group.end)
        start = max(chosen.start, self._ends[former - 1]) if former else chosen.start
        end = min(chosen.end, self._begins[following]) if following < len(self._begins) else chosen.end
        return start, end


class Marks:
    """Places of pagers and 更多 links in a page."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self.pagers: list[tuple[int, int]] = [
            (node.start, node.index) for node in outline.named(word_set("pager_tokens")) if _may_mark(node)
        ]
        self._more: list[int] = []
        self._read_links()
        self.pagers += [(piece.start, piece.node) for piece in outline.pieces_with(_PAGER_PAGES, _PAGE)]
        for node in outline.tagged("script"):
            if mentions("pager_scripts", node.element.text or ""):
                self.pagers.append((node.start, node.index))
        self._pager_places = sorted(place for place, _ in self.pagers)
        self._more.sort()

    def _read_links(self) -> None:
        """Links that are called 下一页 or 更多, or are named so and have no text; other elements that are named so."""
        outline = self._outline
        for link in _links_around(outline, outline.pieces_with(_words_of_links(), list_hint())):
            text = outline.text_of(link).strip(_LINK_BRACKETS)
            if text in word_set("pager_words"):
                self.pagers.append((link.start, link.index))
            if text.strip(" .…+>") in word_set("more_links") or text in word_set("more_links"):
                self._more.append(link.start)
        for node in outline.named(word_set("more_tokens")):
            is_link = node.tag == "a"
            told = outline.text_of(node).strip(_LINK_BRACKETS) if is_link else is_title(outline.text_of(node)[:20])
            if not told and (is_link or node.region != FRAME):
                self._more.append(node.start)

    def pager_in(self, start: int, end: int) -> bool:
        """True when a pager stands inside a range."""
        return _any_between(self._pager_places, start, end)

    def more_in(self, start: int, end: int) -> bool:
        """True when a 更多 link stands inside a range."""
        return _any_between(self._more, start, end)


@cache
def _words_of_links() -> re.Pattern[str]:
    """What the text of every pager link and every 更多 link holds."""
    return re.compile("|".join(map(re.escape, sorted(word_set("pager_words") | word_set("more_links"), key=len))))


def _any_between(places: Sequence[int], start: int, end: int) -> bool:
    """True when one of some sorted places lies inside a range."""
    number = bisect_right(places, start)
    return number < len(places) and places[number] < end


def _may_mark(node: Node) -> bool:
    return node.region != FRAME or node.tag == "a"


def _links_around(outline: Outline, pieces: Iterable[Piece]) -> Iterator[Node]:
    """The links that some texts stand in."""
    for piece in pieces:
        owner = outline.node(piece.node)
        link = next((node for node in (owner, *outline.ancestors(owner.index)) if node.tag == "a"), None)
        if link is not None:
            yield link
