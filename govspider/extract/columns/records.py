"""Records of a page: one link, its title and the place it takes, gathered into groups of siblings.

A record is a list row (`li`, `tr`, `dl`) or, where there is no row, the highest element that
holds only this link. Rows that stand together make a group; what the group is (the list, a
sidebar, a menu) is decided elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from govspider.extract.columns.dates import is_relative
from govspider.extract.columns.list_words import any_of, list_hint, word_set, words
from govspider.extract.columns.outline import Node, Outline, outline_of
from govspider.extract.columns.placed_text import FRAME
from govspider.extract.columns.record_dates import UNDATED, DateReading
from govspider.extract.document.page import Page

_ROWS = frozenset({"li", "tr", "dl", "article"})
_NEVER_A_RECORD = frozenset({"html", "body", "form", "ul", "ol", "table", "tbody", "main"})
_CARDS = frozenset({"tbody", "table", "li", "div"})
_CONTROL = re.compile(r"[\s\d\W_]*")
NEAR_DATE = re.compile(r"\d{1,4}[-/.年月]\d{1,2}")
"""What a date looks like at the least."""
_MANY_LINKS = 4
_COUNT_LIMIT = 12
_ROW_TEXT = 1500
_BLOCK_TEXT = 700
_TITLE_LENGTH = 8
_BOXES = frozenset({"div", "section", "article", "dl", "p"})
_BUTTON_MARKS = " [](){}（）【】<>《》»›…."
_SCRIPT_LINK = "javascript:"
_SCRIPT_START = len(_SCRIPT_LINK)


@dataclass(slots=True)
class Record:
    """One item as it stands in a page. `start` and `end` are positions in the outline, -1 for data records.

    `address` is the absolute address, None for none, or what makes it when it is first asked for.
    """

    title: str
    address: str | Callable[[], str | None] | None
    start: int = -1
    end: int = -1
    link: Node | None = None
    node: Node | None = None
    reading: DateReading = UNDATED
    pinned: bool = False
    raw_title: str = ""
    tag: str = ""
    """Tag of `node` for a record that stands without its tree."""

    @property
    def url(self) -> str | None:
        """Absolute address; most links of a page lead around the site, and nobody asks for theirs."""
        if callable(self.address):
            self.address = self.address()
        return self.address


@dataclass(slots=True)
class Group:
    """Records that stand together. `source` names where they were read."""

    records: list[Record]
    source: str = "dom"
    region: int = 0
    parent: int = -1
    total: int | None = None
    notes: list[str] = field(default_factory=list)
    _measured: tuple[int, int, int] = field(default=(0, 0, 0), init=False, repr=False, compare=False)

    @property
    def start(self) -> int:
        """Position of the first record."""
        return self._range()[1]

    @property
    def end(self) -> int:
        """Position behind the last record."""
        return self._range()[2]

    def _range(self) -> tuple[int, int, int]:
        """(records looked at, first position, last position); groups grow, so only new records are looked at."""
        count, start, end = self._measured
        if count != len(self.records):
            count = count if count < len(self.records) else 0
            added = self.records[count:]
            first, last = min(record.start for record in added), max(record.end for record in added)
            start, end = (min(start, first), max(end, last)) if count else (first, last)
            self._measured = (len(self.records), start, end)
        return self._measured


@dataclass(slots=True)
class Links:
    """All links of an outline by their numbers, sorted, and where they begin."""

    outline: Outline
    numbers: list[int]
    starts: list[int]

    def distinct(self, start: int, end: int) -> set[str]:
        """Keys of the links in a range; a range of very many links is answered with its first ones."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end, first)
        return set(map(self._key, self.numbers[first : min(last, first + _COUNT_LIMIT)]))

    def _key(self, number: int) -> str:
        """The same for links to one address; links that only call a script have their own."""
        href = (self.outline.elements[number].get("href") or "").strip()
        calls = not href or href[0] == "#" or href[:_SCRIPT_START].lower() == _SCRIPT_LINK
        return f"#{number}" if calls else href

    def between(self, start: int, end: int) -> list[Node]:
        """Links that begin in [start, end)."""
        first = bisect_left(self.starts, start)
        return self.outline.nodes_of(self.numbers[first : bisect_left(self.starts, end, first)])

    def next_start(self, position: int) -> int | None:
        """Where the next link from a position on begins; None behind the last one."""
        index = bisect_left(self.starts, position)
        return self.starts[index] if index < len(self.starts) else None


def links_of(outline: Outline) -> Links:
    """All links of an outline."""
    numbers = outline.tagged_numbers("a")
    return Links(outline, numbers, [outline.start_of(number) for number in numbers])


def title_of_link(outline: Outline, link: Node) -> str:
    """What a link calls its target: its text, its title attribute when the text is cut short, or its picture's alt."""
    title = outline.titles.get(link.index)
    if title is None:
        title = outline.titles[link.index] = _title_of_link(outline, link)
    return title


def _title_of_link(outline: Outline, link: Node) -> str:
    text = outline.text_of(link)
    told = link.element.get("title")
    if told and told != text:
        attribute = " ".join(told.split())
        longer = len(attribute) > len(text) or text.endswith(("...", "…"))
        if attribute and longer and not _speaks_in_labels(attribute):
            return attribute
    if text:
        return text
    return next((" ".join(alt.split()) for alt in link.element.xpath(".//img/@alt") if alt.strip()), "")


def _speaks_in_labels(attribute: str) -> bool:
    """True for tooltips such as 标题：…发布时间：…, which are no title."""
    return "发布时间" in attribute or "浏览次数" in attribute


def is_title(text: str) -> bool:
    """False for what leads around a site (更多, 下一页, 3) and for anything without a letter."""
    bare = text.strip(" ·•>»<«[】【]()（）+|….。")
    if bare in word_set("function_links") or bare.startswith(_function_starts()):
        return False
    # the first character of most titles is a letter that decides it
    return len(bare) > 1 and ("\u4e00" <= bare[0] <= "\u9fff" or _CONTROL.fullmatch(bare) is None)


@cache
def _function_starts() -> tuple[str, ...]:
    return tuple(words("function_starts"))


def row_nodes(page: Page) -> tuple[Outline, Links, list[tuple[Node, list[Node]]]]:
    """Record elements of a page with their title links, in document order."""
    outline = page.once(outline_of)
    links = links_of(outline)
    rows = _Rows(outline, links)
    found: dict[int, list[Node]] = {}
    for number in links.numbers:
        if outline.regions[number] == FRAME:
            continue
        link = outline.node(number)
        if not is_title(title_of_link(outline, link)):
            continue
        index = rows.record_node(link).index
        if index in found:
            found[index].append(link)
        else:
            found[index] = [link]
    return outline, links, [(outline.node(index), found[index]) for index in sorted(found)]


class _Rows:
    """Which element is the record of a link; each row is looked at once, however many links it holds."""

    def __init__(self, outline: Outline, links: Links) -> None:
        self._outline = outline
        self._links = links
        self._nearest: dict[int, int] = {}
        self._records: dict[int, Node | None] = {}

    def record_node(self, link: Node) -> Node:
        """The row of a link, the card around it, or the highest element that holds only this link."""
        row = self._row_above(link.parent)
        record = self._record_of(row) if row >= 0 else None
        return record or _widen_link(self._outline, self._links, link)

    def _row_above(self, number: int) -> int:
        """The nearest row from an element upwards, -1 for none."""
        tags, parents, nearest = self._outline.tags, self._outline.parents, self._nearest
        passed: list[int] = []
        while number >= 0 and tags[number] not in _ROWS:
            if number in nearest:
                number = nearest[number]
                break
            passed.append(number)
            number = parents[number]
        if passed:
            nearest.update(dict.fromkeys(passed, number))
        return number

    def _record_of(self, number: int) -> Node | None:
        if number not in self._records:
            row = self._outline.node(number)
            is_row = _is_row(self._outline, self._links, row)
            self._records[number] = _widen_row(self._outline, self._links, row) if is_row else None
        return self._records[number]


def _is_row(outline: Outline, links: Links, row: Node) -> bool:
    if outline.length_of(row) > _ROW_TEXT:
        return False
    first = bisect_left(links.starts, row.start)
    last = bisect_left(links.starts, row.end, first)
    if last - first == 1:
        return True
    inside = outline.nodes_of(links.numbers[first:last])
    if row.tag == "dl" and _is_list_of_terms(outline, row, inside):
        return False
    if len(links.distinct(row.start, row.end)) > _MANY_LINKS:
        return False
    long_titles = {
        link.attributes.get("href") or link.index
        for link in inside
        if len(title_of_link(outline, link)) >= _TITLE_LENGTH
    }
    if len(long_titles) < 2:
        return True
    # two titles in one row: a record with a side link, or a layout row that holds two lists
    dated = [text for text in outline.texts[row.first : row.last] if holds_date(text) or is_relative(text)]
    return len(dated) < 2


def _is_list_of_terms(outline: Outline, row: Node, inside: Sequence[Node]) -> bool:
    """True for a `<dl>` that is the list itself: links stand in several of its terms, or in several descriptions."""
    places = Counter[str]()
    former = -1
    for link in inside:
        part = next((node for node in (link, *outline.ancestors(link.index)) if node.parent == row.index), link)
        if part.index != former and is_title(title_of_link(outline, link)):
            places[part.tag] += 1
        former = part.index
    return places["dt"] > 1 or (not places["dt"] and places["dd"] > 1)


def holds_date(text: str) -> bool:
    """True for a short text in which something like a date stands."""
    return len(text) < 24 and NEAR_DATE.search(text) is not None


def _widen_row(outline: Outline, links: Links, row: Node) -> Node:
    """A row that is the only one of its small table or card belongs to the card."""
    if row.parent < 0 or outline.tags[row.parent] not in _CARDS:
        return row
    keys: set[str] | None = None
    chosen = row
    for node in outline.ancestors(row.index):
        if node.tag not in _CARDS:
            break
        keys = links.distinct(row.start, row.end) if keys is None else keys
        if links.distinct(node.start, node.end) != keys:
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
    """Rows without any title link: tables whose rows are opened by script, or by a 详情 picture or button."""
    occupied = set(taken)
    yield from _around_buttons(outline, links, occupied)
    for number in outline.tagged_numbers("tr", "li"):
        if number in occupied or outline.regions[number] == FRAME or outline.firsts[number] == outline.lasts[number]:
            continue
        node = outline.node(number)
        if outline.length_of(node) <= _ROW_TEXT and len(links.distinct(node.start, node.end)) <= 1:
            yield node


def _around_buttons(outline: Outline, links: Links, occupied: set[int]) -> Iterator[Node]:
    """Boxes that hold a title without a link, and 查看详情 that leads to it."""
    if not outline.numbers_with(any_of("details_links"), list_hint()):
        return
    starts = [outline.start_of(number) for number in sorted(occupied)]
    for link in outline.nodes_of(links.numbers):
        if link.region == FRAME or outline.text_of(link).strip(_BUTTON_MARKS) not in word_set("details_links"):
            continue
        node = _widen_link(outline, links, link)
        around = bisect_left(starts, node.start)
        holds_record = around < len(starts) and starts[around] < node.end
        in_record = any(above.index in occupied for above in (node, *outline.ancestors(node.index)))
        if node.tag in _BOXES and not holds_record and not in_record:
            yield node
