"""What a generated page is known to show, and the page itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from govspider.items import ColumnState, UnknownReason

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=SHANGHAI)
TODAY = NOW.date()


@dataclass(frozen=True)
class Truth:
    """What may be said of a page. `newest` and `items` are None where the page establishes none."""

    state: ColumnState
    newest: date | None = None
    items: int | None = None
    reasons: frozenset[UnknownReason] = frozenset()
    """Reasons under which *unknown* is the right answer too; empty where the page does establish an answer."""
    article_day: date | None = None
    """Publish day of a column that is one article; an extractor may report it or not."""
    also: frozenset[ColumnState] = frozenset()
    """Other states that name the same thing, where the difference has no consequence."""


@dataclass(frozen=True)
class Part:
    """An answer that belongs to a page: a frame, a list's data."""

    url: str
    body: bytes
    content_type: str


TUNED, HELD, FRESH = "tuned", "held", "fresh"
PARTS = (TUNED, HELD, FRESH)
"""An extractor may be tuned on the first; the others are only counted. Fresh was written after the last tuning."""


@dataclass(frozen=True)
class CorpusPage:
    """One generated page of one part of the corpus."""

    name: str
    layout: str
    form: str
    trap: str
    part: str
    url: str
    body: bytes
    content_type: str | None
    truth: Truth
    parts: tuple[Part, ...] = field(default=())
    articles: tuple[Part, ...] = field(default=())
    """The articles behind the list, of which an extractor may open a few."""

    @property
    def held(self) -> bool:
        """True where no extractor may be tuned on the page."""
        return self.part != TUNED


def digest(pages: Iterable[CorpusPage]) -> str:
    """One sha256 over names, addresses, bytes, parts and truths of all pages, in their order."""
    whole = hashlib.sha256()
    for page in pages:
        parts = (*page.parts, *page.articles)
        pieces = [page.body, *(piece for part in parts for piece in (part.url.encode(), part.body))]
        facts: list[object] = [page.name, page.layout, page.form, page.trap, page.part, page.url, page.content_type]
        facts += [describe(page.truth), [hashlib.sha256(piece).hexdigest() for piece in pieces]]
        whole.update(json.dumps(facts, ensure_ascii=False).encode())
    return whole.hexdigest()


def describe(truth: Truth) -> dict[str, object]:
    """The truth as plain values, for digests and for the sheet."""
    return {
        "state": truth.state.value,
        "newest": truth.newest.isoformat() if truth.newest else None,
        "items": truth.items,
        "reasons": sorted(reason.value for reason in truth.reasons),
        "article_day": truth.article_day.isoformat() if truth.article_day else None,
        "also": sorted(state.value for state in truth.also),
    }
