"""What a column page is and when its list was last added to; the same for the blocks of a home page.

Right or unknown: a page that cannot be read says why. Blank needs positive evidence, a date
needs a record, and where two readings of a page disagree neither is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from govspider.extract.columns.column_items import Reading, observation, unbound
from govspider.extract.columns.dates import shanghai_day
from govspider.extract.columns.dom_groups import dom_groups
from govspider.extract.columns.emptiness import blank_under_name, blank_words
from govspider.extract.columns.islands import comment_group
from govspider.extract.columns.list_answers import UNNAMED, Answer, data_answer, delivery_of
from govspider.extract.columns.list_boxes import has_unfilled_box
from govspider.extract.columns.list_delivery import find_list_requests, frame_out_of_reach, holds_frame
from govspider.extract.columns.own_lists import OwnLists, home_groups, own_lists
from govspider.extract.columns.page_kinds import (
    asks_for_password,
    is_article,
    is_form,
    moved_to,
    refusal,
    shell_mark,
)
from govspider.extract.columns.sub_columns import leads_to_columns
from govspider.extract.document.page import Page
from govspider.items import ColumnObservation, ColumnState, UnknownReason


def observe_column(
    page: Page,
    now: datetime,
    parts: Sequence[Page] = (),
    *,
    home: bool = False,
    article_days: Sequence[tuple[str, date]] = (),
) -> ColumnObservation:
    """What a column (or with `home` a home page) shows.

    Parameters: `page` the page as fetched, an XML or JSON list answer included; `now` the aware
    instant of looking, whose day in Asia/Shanghai parts today from the future; `parts` frames
    and list answers already fetched for this page; `article_days` address and publish day of articles
    of the list that were opened. Raises ValueError for a naive `now`.
    """
    shanghai_day(now)  # refuses a naive instant before any work is done
    if page.too_heavy:
        heavy = Reading(ColumnState.UNKNOWN, UnknownReason.TOO_BIG, evidence=page.too_heavy)
        return observation(heavy, now, {})
    return observation(page.once(_read, home, tuple(parts)), now, dict(article_days))


def _read(page: Page, home: bool, parts: tuple[Page, ...]) -> Reading:
    """What a page and its parts show whatever the day is: asked several times in a look, and kept for the next run."""
    return unbound(_read_home(page, parts) if home else _read_column(page, parts))


READ = _read
"""What `observe_column` asks a page, for those who say which of its answers are kept."""


def _read_column(page: Page, parts: Sequence[Page]) -> Reading:
    answer = data_answer(page)
    if answer is not None:
        return _of_answer(answer)
    gone = _unreadable(page)
    if gone is not None:
        return gone
    own = page.once(own_lists)
    if own.from_markup and not own.choice.named and not holds_frame(page) and (words := blank_under_name(page)):
        return Reading(ColumnState.BLANK, evidence=words, source="dom")
    if own.settled and not _article_first(page, own):
        return _of_own(own)
    brought = _best_part(parts)
    if brought is not None:
        return brought
    return _unsettled(page, own, parts)


def _unreadable(page: Page) -> Reading | None:
    refused = refusal(page)
    if refused is not None:
        return Reading(ColumnState.UNKNOWN, refused[0], evidence=refused[1])
    target = moved_to(page)
    if target is not None:
        return Reading(ColumnState.EXTERNAL, evidence=target)
    return None


def _article_first(page: Page, own: OwnLists) -> bool:
    """An article with related items beside it is an article; a list of long summaries is a list."""
    if own.says_empty or own.choice.portal or any(group.source != "dom" for group in own.choice.groups):
        return False
    return not own.choice.paged and is_article(page, own.choice.groups)


def _of_own(own: OwnLists) -> Reading:
    if own.says_empty:
        return Reading(ColumnState.BLANK, evidence="total 0", total=0, source="xml_island")
    if own.choice.rivals:
        return _rivals(own)
    state = ColumnState.PORTAL if own.choice.portal else ColumnState.LIST
    groups = own.choice.groups
    return Reading(state, groups=groups, source=groups[0].source, total=own.total, paged=own.choice.paged)


def _rivals(own: OwnLists) -> Reading:
    groups = own.choice.groups
    several = f"{len(groups)} groups of records could be the list, and their newest days differ"
    notes = [several if len(groups) > 1 else "the one block of dated records may be another column's"]
    return Reading(ColumnState.UNKNOWN, UnknownReason.CONTRADICTORY, groups, groups[0].source, notes=notes)


def _of_answer(answer: Answer) -> Reading:
    if answer.group is not None:
        return Reading(ColumnState.LIST, groups=[answer.group], source=answer.source, total=answer.total)
    if answer.says_empty:
        return Reading(ColumnState.BLANK, evidence="total 0", total=0, source=answer.source)
    return Reading(ColumnState.UNKNOWN, UnknownReason.DRIFT, source=answer.source, evidence="no records in the answer")


def _best_part(parts: Sequence[Page]) -> Reading | None:
    """The list among the fetched parts: records first, then a part that says it is empty."""
    readings = [reading for part in parts if (reading := _read_part(part)) is not None]
    ranked = sorted(readings, key=lambda reading: (reading.state != ColumnState.BLANK, _items(reading)), reverse=True)
    return ranked[0] if ranked else None


def _items(reading: Reading) -> int:
    return sum(len(group.records) for group in reading.groups)


def _read_part(part: Page) -> Reading | None:
    answer = data_answer(part)
    if answer is not None:
        reading = _of_answer(answer)
        # data of an interface that nobody knows may be of another list: its total of 0 blanks nothing
        known = reading.state is ColumnState.BLANK and answer.source != UNNAMED
        return reading if reading.state is ColumnState.LIST or known else None
    if _unreadable(part) is not None:
        return None
    source = "browser" if part.rendered else delivery_of(part.url, "frame")
    own = part.once(own_lists)
    if own.choice.groups or own.says_empty:
        reading = _of_own(own)
    elif words := blank_words(part):
        reading = Reading(ColumnState.BLANK, evidence=words)
    else:
        return None
    reading.source = source
    return reading


def _unsettled(page: Page, own: OwnLists, parts: Sequence[Page]) -> Reading:
    """Pages whose markup shows no certain list: what else they are, in the order of the evidence."""
    if not own.delivered and is_article(page, own.choice.groups):
        return Reading(ColumnState.ARTICLE)
    if own.choice.groups:
        return _of_own(own)
    if own.waits:
        reading = Reading(ColumnState.UNKNOWN, UnknownReason.NEEDS_BROWSER, evidence="the list is brought by a script")
        return _behind(page, parts) or reading
    if is_form(page):
        return Reading(ColumnState.FORM)
    if find_list_requests(page):
        # words of emptiness may then be what stands there before the list has come
        return _behind(page, parts) or _no_list(page)
    return _empty(page) or _leading(page) or _no_list(page)


def _leading(page: Page) -> Reading | None:
    if (
        shell_mark(page)
        or has_unfilled_box(page)
        or asks_for_password(page)
        or not leads_to_columns(page, page.once(dom_groups))
    ):
        return None
    return Reading(ColumnState.PORTAL, source="dom", evidence="only links to the columns below")


def _behind(page: Page, parts: Sequence[Page]) -> Reading | None:
    """A list behind a request that nobody has made yet: it is not known, and a browser is not needed for it."""
    requests = find_list_requests(page)
    if parts or not requests:
        return None
    return Reading(ColumnState.UNKNOWN, UnknownReason.NOT_CHECKED, evidence=f"the list stands behind {requests[0].url}")


def _empty(page: Page) -> Reading | None:
    """A page that says it is empty, or one that keeps its records in a comment."""
    if frame_out_of_reach(page) is None and (words := blank_words(page)):
        return Reading(ColumnState.BLANK, evidence=words, source="dom")
    hidden = comment_group(page)
    if hidden is None:
        return None
    notes = ["the records stand in a comment of the page; a script shows the list, so they may be old"]
    return Reading(ColumnState.LIST, groups=[hidden], source="comment", notes=notes)


def _no_list(page: Page) -> Reading:
    if asks_for_password(page):
        return Reading(ColumnState.UNKNOWN, UnknownReason.NEEDS_LOGIN, evidence="password field")
    frame = frame_out_of_reach(page)
    if frame is not None:
        return Reading(ColumnState.UNKNOWN, frame[0], evidence=frame[1])
    mark = shell_mark(page)
    if mark:
        return Reading(ColumnState.UNKNOWN, UnknownReason.NEEDS_BROWSER, evidence=mark)
    return Reading(ColumnState.UNKNOWN, UnknownReason.DRIFT, evidence="no list, no text, no words of emptiness")


def _read_home(page: Page, parts: Sequence[Page]) -> Reading:
    gone = _unreadable(page)
    if gone is not None:
        return gone
    groups = home_groups(page)
    for part in parts:
        answer = data_answer(part)
        if answer is not None:
            groups.extend([answer.group] if answer.group else [])
        elif _unreadable(part) is None:
            groups.extend(home_groups(part))
    if groups:
        state = ColumnState.PORTAL if len(groups) > 1 else ColumnState.LIST
        return Reading(state, groups=groups, source=groups[0].source)
    return _undated_home(page)


def _undated_home(page: Page) -> Reading:
    groups = page.once(dom_groups)
    mark = shell_mark(page)
    if not groups and mark:
        return Reading(ColumnState.UNKNOWN, UnknownReason.NEEDS_BROWSER, evidence=mark)
    if not groups and asks_for_password(page):
        return Reading(ColumnState.UNKNOWN, UnknownReason.NEEDS_LOGIN, evidence="password field")
    reason = UnknownReason.NEEDS_BROWSER if mark else UnknownReason.UNDATED
    return Reading(ColumnState.PORTAL, reason, groups=groups, source="dom", evidence=mark)
