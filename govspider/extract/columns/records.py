"""Records of a page: one link, its title and the place it takes, gathered into groups of siblings.

A record is a list row (`li`, `tr`, `dl`) or, where there is no row, the highest element that
holds only this link. Rows that stand together make a group; what the group is (the list, a
sidebar, a menu) is decided elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from govspider.extract.columns.list_words import tokens_of, word_set, words
from govspider.extract.columns.outline import Node, Outline
from govspider.extract.columns.record_dates import UNDATED, DateReading
from govspider.extract.columns.regions import FRAME_REGIONS, placed_outline
from govspider.extract.document.page import Page

_ROWS = frozenset({"li", "tr", "dl", "article"})
_NEVER_A_RECORD = frozenset({"html", "body", "form", "ul", "ol", "table", "tbody", "main"})
_CONTROL = re.compile(r"[\s\d\W_]*")
_MANY_LINKS = 4
_COUNT_LIMIT = 12
_ROW_TEXT = 1500
_BLOCK_TEXT = 700
_TITLE_LENGTH = 8
_EXTENSION_TEXT = 300
_SCRIPT_LINK = ("javascript:", "#", "")


@dataclass(slots=True)
class Record:
    """One item as it stands in a page. `start` and `end` are positions in the outline, -1 for data records."""

    title: str
    url: str | None
    start: int = -1
    end: int = -1
    link: Node | None = None
    node: Node | None = None
    reading: DateReading = UNDATED
    pinned: bool = False
    raw_title: str = ""


@dataclass(slots=True)
class Group:
    """Records that stand together. `source` names where they were read."""

    records: list[Record]
    source: str = "dom"
    region: str = ""
    parent: int = -1
    total: int | None = None
    notes: list[str] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Position of the first record."""
        return min(record.start for record in self.records)

    @property
    def end(self) -> int:
        """Position behind the last record."""
        return max(record.end for record in self.records)


@dataclass(slots=True)
class Links:
    """All links of an outline, sorted, with the key that says which of them are the same."""

    nodes: list[Node]
    keys: list[str]
    starts: list[int]

    def distinct(self, start: int, end: int) -> set[str]:
        """Keys of the links in a range; a range of very many links is answered with its first ones."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return set(self.keys[first : min(last, first + _COUNT_LIMIT)])

    def between(self, start: int, end: int) -> list[Node]:
        """Links that begin in [start, end)."""
        return self.nodes[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def next_start(self, position: int) -> int | None:
        """Where the next link from a position on begins; None behind the last one."""
        index = bisect_left(self.starts, position)
        return self.starts[index] if index < len(self.starts) else None


def links_of(outline: Outline) -> Links:
    """All links of an outline. Links to one address share a key; links that only call a script have their own."""
    nodes = [node for node in outline.nodes if node.tag == "a"]
    keys = []
    for node in nodes:
        href = (node.element.get("href") or "").strip()
        keys.append(f"#{node.index}" if href.lower().startswith(_SCRIPT_LINK[:2]) or not href else href)
    return Links(nodes, keys, [node.start for node in nodes])


def title_of_link(outline: Outline, link: Node) -> str:
    """What a link calls its target: its text, its title attribute when the text is cut short, or its picture's alt."""
    if link.index not in outline.titles:
        outline.titles[link.index] = _title_of_link(outline, link)
    return outline.titles[link.index]


def _title_of_link(outline: Outline, link: Node) -> str:
    text = outline.text_of(link)
    attribute = " ".join((link.element.get("title") or "").split())
    if attribute and not _speaks_in_labels(attribute) and (len(attribute) > len(text) or text.endswith(("...", "…"))):
        return attribute
    if text:
        return text
    return next((" ".join(alt.split()) for alt in link.element.xpath(".//img/@alt") if alt.strip()), "")


def _speaks_in_labels(attribute: str) -> bool:
    """True for tooltips such as 标题：…发布时间：…, which are no title."""
    return "发布时间" in attribute or "浏览次数" in attribute


def is_title(text: str) -> bool:
    """False for what leads around a site (更多, 下一页, 3) and for anything without a letter."""
    bare = text.strip(" ·•>»<«[]【】()（）+|….。")
    if bare in word_set("function_links") or bare.startswith(_function_starts()):
        return False
    return len(bare) > 1 and _CONTROL.fullmatch(bare) is None


@cache
def _function_starts() -> tuple[str, ...]:
    return tuple(words("function_starts"))


def row_nodes(page: Page) -> tuple[Outline, Links, list[tuple[Node, list[Node]]]]:
    """Record elements of a page with their title links, in document order."""
    outline = page.once(placed_outline)
    links = links_of(outline)
    found: dict[int, list[Node]] = {}
    for link in links.nodes:
        if link.region in FRAME_REGIONS or not is_title(title_of_link(outline, link)):
            continue
        node = _record_node(outline, links, link)
        found.setdefault(node.index, []).append(link)
    return outline, links, [(outline.nodes[index], found[index]) for index in sorted(found)]


def _record_node(outline: Outline, links: Links, link: Node) -> Node:
    row = next((node for node in outline.ancestors(link.index) if node.tag in _ROWS), None)
    if row is not None and _is_row(outline, links, row):
        return _widen_row(outline, links, row)
    return _widen_link(outline, links, link)


def _is_row(outline: Outline, links: Links, row: Node) -> bool:
    if len(links.distinct(row.start, row.end)) > _MANY_LINKS or outline.length_of(row) > _ROW_TEXT:
        return False
    inside = links.between(row.start, row.end)
    long_titles = {
        link.element.get("href") or link.index for link in inside if len(title_of_link(outline, link)) >= _TITLE_LENGTH
    }
    if len(long_titles) < 2:
        return True
    # two titles in one row: a record with a side link, or a layout row that holds two lists
    dated = [piece for piece in outline.pieces_between(row.start, row.end) if _holds_date(piece.text)]
    return len(dated) < 2


def _holds_date(text: str) -> bool:
    return bool(re.search(r"\d{1,4}[-/.年月]\d{1,2}", text)) and len(text) < 24


def _widen_row(outline: Outline, links: Links, row: Node) -> Node:
    """A row that is the only one of its small table or card belongs to the card."""
    keys = links.distinct(row.start, row.end)
    chosen = row
    for node in outline.ancestors(row.index):
        if node.tag not in ("tbody", "table", "li", "div") or links.distinct(node.start, node.end) != keys:
            break
        if node.tag == "li" or (node.tag == "table" and _has_twin(outline, node)):
            chosen = node
        if node.tag == "div":
            break
    return chosen if outline.length_of(chosen) <= _ROW_TEXT else row


def _has_twin(outline: Outline, node: Node) -> bool:
    element = node.element
    return any(
        sibling is not None and sibling.tag == element.tag for sibling in (element.getnext(), element.getprevious())
    )


def _widen_link(outline: Outline, links: Links, link: Node) -> Node:
    keys = links.distinct(link.start, link.end) or set()
    chosen = link
    for node in outline.ancestors(link.index):
        if node.tag in _NEVER_A_RECORD or node.region != link.region or outline.length_of(node) > _BLOCK_TEXT:
            break
        inside = links.distinct(node.start, node.end)
        if not keys:
            keys = links.distinct(link.start, link.start + 1)
        if inside - keys:
            break
        chosen = node
        if node.tag in _ROWS:
            break
    return chosen


def linkless_rows(outline: Outline, links: Links, taken: Iterable[int]) -> Iterator[Node]:
    """Rows without any title link: tables whose rows are opened by script, or by a 详情 picture."""
    occupied = set(taken)
    for node in outline.nodes:
        if node.tag not in ("tr", "li") or node.index in occupied or node.region in FRAME_REGIONS:
            continue
        if len(links.distinct(node.start, node.end)) <= 1 and 0 < outline.length_of(node) <= _ROW_TEXT:
            yield node


def extended_end(outline: Outline, links: Links, node: Node, limit: int) -> int:
    """End of a record that has no row of its own: up to the next link, its parent's end or a frame part of the page.

    A record that shows a date already, or that is followed by more than a short text, is not extended.
    Grids put the date into a row of its own below the title's; such a row has no link and no title.
    """
    if node.parent < 0 or node.tag in ("dl", "article"):
        return node.end
    if any(_holds_date(piece.text) for piece in outline.pieces_between(node.start, node.end)):
        return node.end
    stop = min(outline.nodes[node.parent].end, limit)
    following = links.next_start(node.end)
    if following is not None:
        stop = min(stop, following)
    stop = min(stop, _next_frame_part(outline, node, stop))
    if outline.length_between(node.end, stop) > _EXTENSION_TEXT:
        return node.end
    return max(_behind_first_date(outline, node.end, stop), node.end)


def _behind_first_date(outline: Outline, start: int, stop: int) -> int:
    """Where the first date of a range ends, a day cut off behind its month included: the rest is not the item's."""
    pieces = outline.pieces_between(start, stop)
    for index, piece in enumerate(pieces):
        if _holds_date(piece.text):
            following = pieces[index + 1] if index + 1 < len(pieces) else None
            if following is not None and following.text.isdigit() and len(following.text) <= 2:
                return following.start + 1
            return piece.start + 1
    return stop


def _next_frame_part(outline: Outline, node: Node, stop: int) -> int:
    """Where the next header, menu, footer or side part begins, no further than `stop`."""
    for index in range(node.index + 1, len(outline.nodes)):
        other = outline.nodes[index]
        if other.start >= stop:
            break
        if other.start > node.end and other.region != node.region:
            return other.start
    return stop


def is_pinned(outline: Outline, node: Node, link: Node | None, title: str) -> bool:
    """True when a row says 置顶 in words, in a picture's name or in the class of a mark."""
    if any(word in title[:6] or word in title[-6:] for word in word_set("pinned_words")):
        return True
    for element in (node.element, *node.element.iter("span", "i", "em", "img", "b", "font")):
        name = f"{element.get('class') or ''} {element.get('alt') or ''}"
        if tokens_of(name) & word_set("pinned_tokens") or any(word in name for word in word_set("pinned_words")):
            return True
        text = (element.text or "").strip() if element.tag != "img" else ""
        if text in word_set("pinned_words") or text in ("顶", "置顶"):
            return True
    return False
