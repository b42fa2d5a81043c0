"""What an answer about a page is worth: exact, given up, or one of the errors that accuse or excuse wrongly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median
from time import process_time
from urllib.parse import urlsplit

from govspider.extract.columns.column import observe_column
from govspider.extract.columns.list_delivery import find_list_requests
from govspider.extract.columns.witnessed_years import articles_to_open, published_days
from govspider.extract.document.page import Page
from govspider.items import ColumnObservation, ColumnState, UnknownReason
from tests.accuracy.scene import window_starts
from tests.accuracy.truth import NOW, CorpusPage, Truth

_ARTICLES = 3
"""As many as ARTICLES_PER_COLUMN of the settings."""
_LISTS = (ColumnState.LIST, ColumnState.PORTAL)


@dataclass(frozen=True)
class Seen:
    """What a tool said of a page; `state` None for tools that only tell a day."""

    newest: date | None
    state: ColumnState | None = None
    items: int | None = None
    reason: UnknownReason | None = None
    milliseconds: float = 0.0
    parse_milliseconds: float = 0.0
    """Bytes to decoded text to lxml tree, of the page and its parts; None of it is in `milliseconds`."""
    asked_for_parts: bool | None = None


@dataclass(frozen=True)
class Score:
    """One page's result. None = the page does not ask that question."""

    page: CorpusPage
    seen: Seen
    exact: bool
    answered: bool | None
    wrong_date: bool
    stale_windows: tuple[str, ...]
    fresh_windows: tuple[str, ...]
    false_blank: bool
    items_exact: bool | None
    kind_exact: bool


Tool = Callable[[CorpusPage], Seen]


def look(page: CorpusPage, *, home: bool = False, repetitions: int = 1) -> Seen:
    """Answer of govspider itself, with the least processor time of some repetitions, each from the bytes."""
    looks = [_look(page, home=home) for _ in range(repetitions)]
    took = min(seen.milliseconds for seen in looks)
    return replace(looks[0], milliseconds=took, parse_milliseconds=min(seen.parse_milliseconds for seen in looks))


def _look(page: CorpusPage, *, home: bool) -> Seen:
    began = process_time()
    opened = _opened(page.url, page.body, page.content_type)
    parts = [_opened(part.url, part.body, part.content_type) for part in page.parts]
    parsed = process_time()
    told = observe_column(opened, NOW, parts, home=home)
    if page.articles:
        told = observe_column(opened, NOW, parts, home=home, article_days=_articles_of(page, told, home=home))
    ended = process_time()
    asked = _asks_for(opened, page) if page.parts else None
    spent = (ended - parsed) * 1000, (parsed - began) * 1000
    return Seen(told.newest, told.state, told.items, told.reason, *spent, asked)


def _articles_of(page: CorpusPage, told: ColumnObservation, *, home: bool) -> tuple[tuple[str, date], ...]:
    """What the few articles say that a look would open."""
    wanted = {item.url for item in articles_to_open(told.list_items, NOW.date(), _ARTICLES, home=home)}
    opened = [part for part in page.articles if part.url in wanted]
    return published_days((part.url, _opened(part.url, part.body, part.content_type)) for part in opened)


def _opened(url: str, body: bytes, content_type: str | None) -> Page:
    page = Page(url, body, content_type)
    assert page.root is not None
    return page


def _asks_for(opened: Page, page: CorpusPage) -> bool:
    """Whether the page's own requests name every part that was handed over."""
    asked = {_address(request.url) for request in find_list_requests(opened)}
    return {_address(part.url) for part in page.parts} <= asked


def _address(url: str) -> tuple[str, str]:
    pieces = urlsplit(url)
    return pieces.netloc, pieces.path


def score(page: CorpusPage, seen: Seen) -> Score:
    """Hold an answer against the truth of its page."""
    truth = page.truth
    stale, fresh = _windows(truth.newest, _claimed(seen))
    return Score(
        page=page,
        seen=seen,
        exact=_exact(truth, seen),
        answered=None if _unanswerable(truth) else _answers(seen),
        wrong_date=_claimed(seen) not in (None, truth.newest, truth.article_day),
        stale_windows=stale,
        fresh_windows=fresh,
        false_blank=seen.state is ColumnState.BLANK and truth.state is not ColumnState.BLANK,
        items_exact=None if truth.items is None or truth.state not in _LISTS else seen.items == truth.items,
        kind_exact=_kind_exact(truth, seen),
    )


def _claimed(seen: Seen) -> date | None:
    """The day an answer asserts; beside an *unknown* nothing is asserted."""
    return None if seen.state is ColumnState.UNKNOWN else seen.newest


def _unanswerable(truth: Truth) -> bool:
    return truth.state is ColumnState.UNKNOWN or bool(truth.reasons)


def _answers(seen: Seen) -> bool:
    return seen.newest is not None if seen.state is None else seen.state is not ColumnState.UNKNOWN


def _exact(truth: Truth, seen: Seen) -> bool:
    if seen.state is None:
        return seen.newest == truth.newest
    if seen.state is ColumnState.UNKNOWN:
        return seen.reason in truth.reasons or ColumnState.UNKNOWN in truth.also
    if truth.newest is not None:
        return seen.state in _LISTS and seen.newest == truth.newest
    return _kind_exact(truth, seen) and seen.newest in (None, truth.article_day)


def _kind_exact(truth: Truth, seen: Seen) -> bool:
    if seen.state is ColumnState.UNKNOWN and seen.reason in truth.reasons:
        return True
    return seen.state is truth.state or seen.state in truth.also


def _windows(true: date | None, claimed: date | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Windows in which the claim is judged stale and the truth is not, and the reverse."""
    if true is None or claimed is None:
        return (), ()
    starts = window_starts().items()
    stale = tuple(name for name, start in starts if claimed < start <= true)
    return stale, tuple(name for name, start in starts if true < start <= claimed)


@dataclass(frozen=True)
class Tally:
    """Counts over a group of pages. Shares: `answered` over answerable, `items_exact` over pages with a known count."""

    pages: int
    exact: int
    answerable: int
    answered: int
    wrong_dates: int
    false_stale: int
    false_fresh: int
    false_blank: int
    counted: int
    items_exact: int
    kind_exact: int
    with_parts: int
    parts_asked: int
    milliseconds: float


def tally(scores: Iterable[Score]) -> Tally:
    """Add up a group."""
    all_of = list(scores)
    return Tally(
        pages=len(all_of),
        exact=sum(one.exact for one in all_of),
        answerable=sum(one.answered is not None for one in all_of),
        answered=sum(bool(one.answered) for one in all_of),
        wrong_dates=sum(one.wrong_date for one in all_of),
        false_stale=sum(bool(one.stale_windows) for one in all_of),
        false_fresh=sum(bool(one.fresh_windows) for one in all_of),
        false_blank=sum(one.false_blank for one in all_of),
        counted=sum(one.items_exact is not None for one in all_of),
        items_exact=sum(bool(one.items_exact) for one in all_of),
        kind_exact=sum(one.kind_exact for one in all_of),
        with_parts=sum(one.seen.asked_for_parts is not None for one in all_of),
        parts_asked=sum(bool(one.seen.asked_for_parts) for one in all_of),
        milliseconds=round(median(one.seen.milliseconds for one in all_of), 2) if all_of else 0.0,
    )


def windows_of(scores: Sequence[Score]) -> dict[str, tuple[int, int]]:
    """Per window: how many pages are stale, and how many fresh, by error."""
    return {
        name: (
            sum(name in one.stale_windows for one in scores),
            sum(name in one.fresh_windows for one in scores),
        )
        for name in window_starts()
    }


_HEAVY = "heavy_page"


def heavy_pages(scores: Iterable[Score]) -> list[Score]:
    """Pages of portal size: a style sheet, a menu of three hundred links and scripts around the list."""
    return [one for one in scores if one.page.trap == _HEAVY]


def milliseconds_per_100_kb(scores: Iterable[Score]) -> tuple[float, float] | None:
    """Median over pages of (parsing, extraction), each scaled to 100 KB of page and parts; None without pages."""
    sizes = [(one.seen, 100_000 / _size(one.page)) for one in scores]
    if not sizes:
        return None
    parsing = median(seen.parse_milliseconds * scale for seen, scale in sizes)
    return round(parsing, 2), round(median(seen.milliseconds * scale for seen, scale in sizes), 2)


def _size(page: CorpusPage) -> int:
    return len(page.body) + sum(len(part.body) for part in page.parts)
