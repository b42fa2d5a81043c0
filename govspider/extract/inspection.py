"""Everything the extractors see in one saved page, as one JSON-ready object.

The keys are the contract of `scripts/inspect_page.py` (docs/architecture.md): absent parts are
None, keys may be added, none is taken away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from enum import Enum
from typing import Any

from govspider.extract.columns.article import observe_article
from govspider.extract.columns.column import observe_column
from govspider.extract.columns.column_kind import guess_column_kind
from govspider.extract.dark.dark_links import find_dark_links, find_dark_notes
from govspider.extract.dark.tampering import find_tampering
from govspider.extract.dark.unread import unread_parts
from govspider.extract.document.page import Page
from govspider.extract.document.page_tags import observe_tags
from govspider.extract.links.links import find_links
from govspider.extract.marks.marks import observe_marks
from govspider.extract.wording.wording import find_wording, unread_wording
from govspider.items import ColumnObservation, ColumnState, TamperingObservation, UnknownReason

_CONTRACT_TAGS = (
    "SiteName",
    "SiteDomain",
    "SiteIDCode",
    "ColumnName",
    "ColumnType",
    "ArticleTitle",
    "PubDate",
    "ContentSource",
)
KINDS = ("auto", "home", "column", "article")


def inspect(page: Page, now: datetime, kind: str = "auto", parts: Sequence[Page] = ()) -> dict[str, Any]:
    """One object with everything seen in a page.

    Parameters: `now` aware instant of looking; `kind` auto, home, column or article; `parts`
    frames and scripts that belong to the page. Raises ValueError for another kind.
    """
    if kind not in KINDS:
        raise ValueError(f"kind {kind!r} is none of {', '.join(KINDS)}")
    column = page.once(observe_column, now, tuple(parts), home=kind == "home")
    kind = _kind(kind, column)
    links = page.once(find_links)
    return {
        "url": page.url,
        "kind": kind,
        "title": page.title or None,
        "encoding": page.encoding,
        "encoding_source": page.decoded.source,
        "site_tags": _site_tags(page),
        "marks": _marks(page, parts),
        "column": None if kind == "article" else _column(column),
        "column_kind": _column_kind(page) if kind == "column" else None,
        "article": _plain(page.once(observe_article)) if kind == "article" else None,
        "dark_links": [_dark_link(found) for found in page.once(find_dark_links)],
        "notes": [
            *page.decoded.faults,
            *column.notes,
            *page.once(find_dark_notes),
        ],
        "unread": _unread(page, kind),
        "tampering": [_tampering(found) for found in page.once(find_tampering)],
        "wording": _wording(page, kind),
        "links": {"count": len(links), "kinds": _count(link.kind for link in links)},
    }


def _unread(page: Page, kind: str) -> list[dict[str, str]]:
    """What was searched only up to a bound: unknown, whatever was found before it."""
    reason = UnknownReason.TOO_BIG if page.too_heavy else UnknownReason.BUDGET
    parts = {"dark_links": page.once(unread_parts), "wording": page.once(unread_wording, _day_of(page, kind))}
    return [
        {"part": part, "reason": reason.value, "detail": told}
        for part, sentences in parts.items()
        for told in sentences
    ]


def _day_of(page: Page, kind: str) -> date | None:
    return page.once(observe_article).published if kind == "article" else None


def _kind(asked: str, column: ColumnObservation) -> str:
    if asked != "auto":
        return asked
    return "article" if column.state is ColumnState.ARTICLE else "column"


def _site_tags(page: Page) -> dict[str, str | None]:
    found = {tag.name: tag.value for tag in page.once(observe_tags)}
    return {name: found.get(name) for name in _CONTRACT_TAGS}


def _marks(page: Page, parts: Sequence[Page]) -> dict[str, Any]:
    return {
        mark.mark: {"state": mark.state.value, "value": mark.value, "reason": mark.reason, "where": mark.where}
        for mark in page.once(observe_marks, tuple(parts), ())
    }


def _column(column: ColumnObservation) -> dict[str, Any]:
    return {
        "state": column.state.value,
        "reason": column.reason.value if column.reason else None,
        "newest": column.newest.isoformat() if column.newest else None,
        "newest_url": column.newest_url,
        "items": column.items,
        "total": column.total,
        "source": column.source,
        "evidence_text": column.evidence_text or None,
        "list_items": [_plain(item) for item in column.list_items],
        "future_items": [_plain(item) for item in column.future_items],
    }


def _column_kind(page: Page) -> dict[str, Any] | None:
    name = page.meta("ColumnName")
    if not name:
        return None
    return {
        key: _plain(value)
        for key, value in asdict(
            guess_column_kind(name, url=page.url, column_type=page.meta("ColumnType") or "")
        ).items()
    }


def _dark_link(found: Any) -> dict[str, Any]:
    return {
        "url": found.url,
        "anchor": found.anchor,
        "technique": found.technique,
        "strength": found.strength.value,
        "reasons": list(found.reasons),
        "path": found.path,
        "snippet": found.snippet,
        "offset": found.offset,
        "byte_offset": found.byte_offset,
    }


def _tampering(found: TamperingObservation) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "text": found.text,
        "reasons": list(found.reasons),
        "strength": found.strength.value,
        "snippet": found.snippet,
        "offset": found.offset,
        "byte_offset": found.byte_offset,
    }


def _wording(page: Page, kind: str) -> list[dict[str, Any]]:
    """Rules with a window are asked on the article's own day; lists and home pages have none."""
    day = _day_of(page, kind)
    return [
        {
            "text": found.text,
            "suggestion": found.suggestion,
            "rule": found.rule,
            "severity": found.severity.value,
            "sentence": found.sentence,
            "reason": found.reason,
            "category": found.category,
            "place": found.place,
            "target": found.target,
            "offset": found.offset,
        }
        for found in page.once(find_wording, day)
    ]


def _count(values: Any) -> dict[str, int]:
    counted: dict[str, int] = {}
    for value in values:
        counted[value] = counted.get(value, 0) + 1
    return dict(sorted(counted.items()))


def _plain(value: Any) -> Any:
    """Dataclasses, dates and enums as JSON knows them."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if hasattr(value, "__dataclass_fields__"):
        return {key: _plain(part) for key, part in asdict(value).items()}
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return value
