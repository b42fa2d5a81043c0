"""Which of a page's record groups is the list: scored, with the evidence for a pager or a 更多 beside each.

The wrong group is worse than none. A sidebar that is alive must not hide a dead list, so two
groups that could both be the list, and do not agree on the newest day, decide nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from urllib.parse import urlsplit

from govspider.extract.columns.boxes_in_a_row import nothing_between, stand_in_a_row
from govspider.extract.columns.column_kind import guess_column_kind
from govspider.extract.columns.dom_groups import is_url_dated
from govspider.extract.columns.list_boxes import has_unfilled_box
from govspider.extract.columns.list_standing import (
    column_kinds,
    column_names,
    is_titled,
    is_under_another_name,
    stands_beside,
)
from govspider.extract.columns.list_surroundings import Marks, Places
from govspider.extract.columns.list_words import any_of, word_set
from govspider.extract.columns.outline import Outline, outline_of
from govspider.extract.columns.placed_text import FRAME, SIDE
from govspider.extract.columns.records import Group, Record
from govspider.extract.document.page import Page
from govspider.items import ColumnKind

_ITEM_TITLE = 12
_LONG_TITLE = 40
_AT_HOME = 0.6
_AWAY = 0.2
_DEEP_PATH = 2
_PAGER_LEVELS = 3
_SIDE_WEIGHT = 0.2
_TRAIL_END = re.compile(r"[>＞»›]\s*(\S+)\s*$")
_DATED_SHARE = 0.5
_MENU_TITLE = 8
_SMALL_GROUP = 2
_COLUMN_NAME = 6
_UNDATED_LIST = 4
_LIST_UNDER_NAME = 3
_HEADING_TEXT = 40


@dataclass(slots=True)
class Candidate:
    """One group with what stands around it."""

    group: Group
    score: float
    dated: int
    side: bool
    pager: bool = False
    more: bool = False
    heading: str = ""
    titled: bool = False
    """The name of the column stands right before the block."""
    narrow: bool = False
    """The block stands in a narrow part of the page."""
    foreign: bool = False
    """A heading right above the block names a column of another kind."""

    @property
    def is_dated(self) -> bool:
        """True when half of the records show a date; of one or two records, one is enough."""
        count = len(self.group.records)
        return self.dated >= max(1, count * _DATED_SHARE) or (self.dated > 0 and count <= _SMALL_GROUP)

    @property
    def is_menu(self) -> bool:
        """Short undated titles lead to columns, and a few undated links are no list either."""
        if self.dated:
            return False
        titles = [len(record.title) for record in self.group.records]
        return sum(titles) < _MENU_TITLE * len(titles) or len(titles) < _UNDATED_LIST

    @property
    def newest(self) -> date | None:
        """The latest day of the records, None without any."""
        return max((record.reading.day for record in self.group.records if record.reading.day), default=None)


@dataclass(slots=True)
class Choice:
    """The groups that are the list (one) or the blocks of a portal (several); none where nothing was decided."""

    groups: list[Group] = field(default_factory=list)
    portal: bool = False
    certain: bool = False
    paged: bool = False
    named: bool = False
    """The list stands under the column's own name or has a pager: no block beside it."""
    rivals: bool = False
    """Several groups could be the list and their newest days differ."""
    unfilled: bool = False
    """An empty list box waits for a script, and no group is sure to be the list."""


def choose(page: Page, groups: Sequence[Group], *, home: bool) -> Choice:
    """The list among the groups of a page; on a home page every dated block."""
    lists = _candidates(page.once(outline_of), groups)
    if home:
        return _home_blocks(lists)
    for candidate in lists:
        candidate.titled = is_titled(candidate.heading, page.once(column_names))
        if candidate.titled and candidate.side and _names_no_side_block(candidate):
            candidate.side, candidate.score = False, candidate.score / _SIDE_WEIGHT
        if not candidate.titled and _holds_letters(candidate, page):
            candidate.side = True
        candidate.foreign = not candidate.titled and is_under_another_name(page, candidate.group.start)
        # a pager near by does not make the list of a block that is called 热点 or 历史回顾 right above it
        if candidate.pager and not candidate.titled and not _names_no_side_block(candidate):
            candidate.pager, candidate.side = False, True
        candidate.pager = candidate.pager and not candidate.foreign
    return _column_list(lists, page)


def _home_blocks(candidates: Sequence[Candidate]) -> Choice:
    dated = [candidate.group for candidate in candidates if candidate.is_dated]
    return Choice(dated, portal=len(dated) > 1, certain=bool(dated))


def _column_list(candidates: Sequence[Candidate], page: Page) -> Choice:
    inside = _in_the_middle([candidate for candidate in candidates if not candidate.side])
    if not inside:
        return Choice(unfilled=has_unfilled_box(page))
    paged = [candidate for candidate in inside if candidate.pager]
    if len(paged) == 1:
        return _paged(paged[0], inside)
    blocks = [candidate for candidate in inside if candidate.is_dated]
    if sum(1 for block in blocks if block.more) >= 2:
        return Choice(_shown(blocks), portal=True, certain=True)
    return _titled(inside, page.once(outline_of)) or _best(inside, page)


def _in_the_middle(inside: list[Candidate]) -> list[Candidate]:
    """Blocks in narrow parts give way to one that stands in a wide part, under the column's name or with a pager."""
    wide = [candidate for candidate in inside if not candidate.narrow]
    return wide if any(candidate.titled or candidate.pager for candidate in wide) else inside


def _titled(inside: Sequence[Candidate], outline: Outline) -> Choice | None:
    """The one block under the column's own name, where it is long enough to be a list; None where that is not sure."""
    named = [candidate for candidate in inside if candidate.titled]
    if len(named) != 1:
        return None
    best = named[0]
    count = len(best.group.records)
    longer = [other for other in inside if other is not best and len(other.group.records) >= count]
    if (count < _LIST_UNDER_NAME and longer) or (not best.is_dated and any(other.is_dated for other in longer)):
        return None
    if any(_is_mistaken_for(outline, best, other) for other in inside if other is not best):
        return None
    # boxes of its make right behind it may be its further pages, and hold newer items
    newer = [other for other in inside if other.newest and (best.newest is None or other.newest > best.newest)]
    if any(stand_in_a_row(outline, best.group, other.group) for other in newer):
        return None
    return Choice([best.group], certain=True, named=True)


def _is_mistaken_for(outline: Outline, best: Candidate, other: Candidate) -> bool:
    """True for records right behind the block under the column's name, with no word between: they may be the list."""
    behind = other.group.start > best.group.start and not other.narrow
    return (
        behind and other.is_dated and other.newest != best.newest and nothing_between(outline, best.group, other.group)
    )


def _paged(paged: Candidate, inside: Sequence[Candidate]) -> Choice:
    """The group with the pager, unless a weightier dated one says another day: a slide show has 上一页 too."""
    heavier = [other for other in inside if other.is_dated and other.score > paged.score and other is not paged]
    if any(other.newest != paged.newest for other in heavier):
        return Choice([paged.group, *(other.group for other in heavier)], rivals=True)
    return Choice([paged.group], certain=True, paged=True, named=True)


def _shown(blocks: Sequence[Candidate]) -> list[Group]:
    """Blocks that show their days; where none does, the blocks whose addresses tell them."""
    shown = [block.group for block in blocks if not is_url_dated(block.group)]
    return shown or [block.group for block in blocks]


def _best(inside: Sequence[Candidate], page: Page) -> Choice:
    """The weightiest group, unless another dated one could be the list as well and says another day."""
    ranked = sorted(inside, key=lambda candidate: candidate.score, reverse=True)
    dated = [candidate for candidate in ranked if candidate.is_dated]
    unfilled = has_unfilled_box(page)
    at_home = [candidate for candidate in dated if _own_share(candidate, page.url) >= _AT_HOME]
    strangers = [candidate for candidate in dated if _own_share(candidate, page.url) <= _AWAY]
    if len(at_home) == 1 and len(strangers) == len(dated) - 1:
        return Choice([at_home[0].group], certain=True)
    best = ranked[0]
    others = [candidate for candidate in dated if candidate is not best]
    if not others and unfilled and _own_share(best, page.url) < _AT_HOME:
        return Choice(unfilled=True)
    if _is_doubtful(best, ranked):
        return Choice([best.group], rivals=True)
    if any(other.newest != best.newest for other in others):
        return Choice([best.group, *(other.group for other in others)], rivals=True)
    return Choice([best.group], certain=best.is_dated and len(dated) == 1)


def _is_doubtful(best: Candidate, ranked: Sequence[Candidate]) -> bool:
    """True when the weightiest block need not be the list, though no other one shows days.

    Its heading names a column of another kind, it stands in a narrow part, the column's own name stands above
    another block, or a list of articles without days stands beside it.
    """
    if best.titled:
        return False
    named = any(other.titled and other.newest != best.newest for other in ranked)
    return named or best.foreign or best.narrow or any(_hides(other, best) for other in ranked)


def _hides(other: Candidate, best: Candidate) -> bool:
    """True when a list of articles without days stands beside the dated block that would be taken for the list."""
    if other.is_dated or other.narrow or not best.is_dated:
        return False
    titles = [len(record.title) for record in other.group.records]
    return sum(titles) >= _ITEM_TITLE * len(titles)


def _own_share(candidate: Candidate, page_url: str) -> float:
    """Share of a group's items that lie below the column's own address; a list holds what is filed under it."""
    base = page_url.split("?", maxsplit=1)[0].rsplit("/", 1)[0] + "/"
    if urlsplit(base).path.count("/") < _DEEP_PATH:
        return 0.5
    urls = [record.url for record in candidate.group.records if record.url]
    return sum(url.startswith(base) for url in urls) / len(urls) if urls else 0.5


def _candidates(outline: Outline, groups: Sequence[Group]) -> list[Candidate]:
    candidates = [_candidate(group) for group in groups if group.region != FRAME]
    strong = [candidate for candidate in candidates if not candidate.is_menu]
    marks = Marks(outline)
    places = Places(candidate.group for candidate in strong)
    for candidate in strong:
        if candidate.group.parent >= 0:
            start, end = places.around(outline, candidate.group)
            candidate.pager = marks.pager_in(start, end)
            candidate.more = marks.more_in(start, end)
            candidate.narrow = stands_beside(outline, outline.node(candidate.group.parent))
            candidate.heading = outline.text_between(start, candidate.group.start)[-_HEADING_TEXT:]
    _give_pagers(outline, strong, marks)
    for candidate in strong:
        if not candidate.pager and _heads_a_side_block(candidate.heading):
            candidate.side = True
            candidate.score *= _SIDE_WEIGHT
    return strong


def _heads_a_side_block(heading: str) -> bool:
    """True for words like 图片新闻 above a list, unless they end the breadcrumb: then the column is called so."""
    trail = _TRAIL_END.search(heading)
    own_name = trail is not None and any_of("side_headings").fullmatch(trail.group(1))
    return not own_name and any_of("side_headings").search(heading) is not None


def _names_no_side_block(candidate: Candidate) -> bool:
    """True when words like 热点 stand further above, over an empty block, and the column's own name stands between."""
    nearest = candidate.heading.split()[-1:]
    return candidate.group.region != SIDE and not any(any_of("side_headings").search(word) for word in nearest)


def _holds_letters(candidate: Candidate, page: Page) -> bool:
    """True for a block of letters, polls or interviews on the page of another kind of column."""
    kinds = page.once(column_kinds)
    heading = candidate.heading.split()[-1:]
    return ColumnKind.INTERACTION not in kinds and any(
        guess_column_kind(word).kind is ColumnKind.INTERACTION for word in heading
    )


def _give_pagers(outline: Outline, strong: Sequence[Candidate], marks: Marks) -> None:
    """A pager outside of every block belongs to the group right before it that shares its container."""
    if any(candidate.pager for candidate in strong):
        return
    placed = sorted((one for one in strong if one.group.parent >= 0), key=_end_of)
    for place, node in marks.pagers:
        before = placed[: bisect_right(placed, place, key=_end_of)][-1:]
        around = islice(outline.ancestors(node), _PAGER_LEVELS)
        if before and any(above.start < before[0].group.start for above in around if above.tag not in ("body", "html")):
            before[0].pager = True


def _end_of(candidate: Candidate) -> int:
    return candidate.group.end


def _candidate(group: Group) -> Candidate:
    records = group.records
    if len(records) < _SMALL_GROUP and _is_no_item(group):
        dated = 0
    else:
        dated = sum(1 for record in records if _has_date(record))
    titles = sum([min(len(record.title), _LONG_TITLE) for record in records]) / len(records)
    score = len(records) ** 0.7 * titles * (0.35 + dated / len(records))
    side = group.region == SIDE
    return Candidate(group, score * (_SIDE_WEIGHT if side else 1), dated, side)


def _is_no_item(group: Group) -> bool:
    """What a lone link is instead: a banner with a day in its address, a file that closes a letter, a column's name."""
    only = group.records[0]
    return is_url_dated(group) or _is_attachment(only) or len(only.title) < _COLUMN_NAME


def _is_attachment(record: Record) -> bool:
    """True for a lone file that is no row of a list: what is appended to an article."""
    in_row = record.node is not None and record.node.tag in ("li", "tr", "dl")
    suffix = (record.url or "").split("?", maxsplit=1)[0].rpartition(".")[2].lower()
    return not in_row and suffix in word_set("attachment_suffixes")


def _has_date(record: Record) -> bool:
    return bool(record.reading.day or record.reading.relative or record.reading.month_day)
