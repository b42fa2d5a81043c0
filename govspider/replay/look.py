"""One look again, from its kept bytes: what the extractors read today, and the verdicts that follow.

Nothing is stored: what is read again replaces the stored observations inside a transaction that is
rolled back. Answers of links are facts of the moment and stay as they were recorded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from govspider.checks.outcome import Outcome
from govspider.db.engine import Connection, Engine
from govspider.db.look_pages import LookPage, forget_observations, read_look_pages, read_own_hosts
from govspider.db.observations import LatestLook
from govspider.db.periods import Period
from govspider.db.store import write_observations
from govspider.evidence.store import EvidenceDamagedError, EvidenceMissingError, EvidenceStore
from govspider.extract.columns.witnessed_years import published_days
from govspider.extract.document.hosts import host_of, site_key
from govspider.extract.document.page import Page
from govspider.items import ColumnKind, ColumnTarget, PageRole, PageSeen, UnknownReason
from govspider.judging.batches import Judging
from govspider.judging.site import JudgedSite
from govspider.rubrics.model import Rubric
from pipelines.extract_columns import ExtractColumnsPipeline
from pipelines.extract_dark_links import ExtractDarkLinksPipeline
from pipelines.extract_links import ExtractLinksPipeline
from pipelines.extract_marks import ExtractMarksPipeline
from pipelines.extract_tags import ExtractTagsPipeline
from pipelines.extract_wording import ExtractWordingPipeline

_PARTS = frozenset({PageRole.FRAME, PageRole.SCRIPT, PageRole.LIST_DATA, PageRole.RENDERED})
_VIEWS = frozenset({PageRole.SPIDER_VIEW, PageRole.REFERRED_VIEW})
_VIEWED = frozenset({PageRole.HOME, PageRole.COLUMN})
_EXTRACTORS = (
    ExtractColumnsPipeline(),
    ExtractMarksPipeline(),
    ExtractTagsPipeline(),
    ExtractLinksPipeline(),
    ExtractDarkLinksPipeline(),
    ExtractWordingPipeline(),
)


@dataclass(slots=True)
class Replay:
    """What a replay gave. `before` and `after` are outcomes by clause; `missing` addresses without kept bytes."""

    pages: int = 0
    missing: list[str] = field(default_factory=list)
    before: Mapping[str, Outcome] = field(default_factory=dict)
    after: Mapping[str, Outcome] = field(default_factory=dict)

    def same(self, clause: str) -> bool:
        """True when the replay gives the clause the same result for the same reasons."""
        before, after = self.before.get(clause), self.after.get(clause)
        if before is None or after is None:
            return before is after
        return (before.result, before.reasons()) == (after.result, after.reasons())


def replay_look(engine: Engine, store: EvidenceStore, period: Period, rubric: Rubric, look: LatestLook) -> Replay:
    """Read a look again from its kept bytes and judge it. Asks nothing of any network, stores nothing.

    Parameters: `look` has an id.
    """
    if look.look_id is None:
        raise ValueError(f"site {look.code} has no complete look to replay")
    found = Replay()
    with engine.connect() as connection:
        found.before = _judged(connection, period, rubric, look).outcomes
        stored = read_look_pages(connection, look.look_id)
        seen = _pages_seen(stored, store, read_own_hosts(connection, look.site_id), found)
        for one in seen:
            for extractor in _EXTRACTORS:
                extractor.process_item(one)
        forget_observations(connection, look.look_id)
        write_observations(connection, [(one, page.id) for one, page in zip(seen, stored, strict=True)])
        found.after = _judged(connection, period, rubric, look).outcomes
        connection.rollback()
    return found


def _judged(connection: Connection, period: Period, rubric: Rubric, look: LatestLook) -> JudgedSite:
    return Judging(connection, period, rubric).batch([look])[0]


def _pages_seen(
    stored: Sequence[LookPage], store: EvidenceStore, hosts: Iterable[str], found: Replay
) -> list[PageSeen]:
    """The pages as the spider handed them over, each with its parts."""
    bytes_of = _Bytes(store, found)
    own = {site_key(host) for host in hosts}
    parts: defaultdict[tuple[str | None, int | None], list[PageSeen]] = defaultdict(list)
    handed: set[tuple[str, str]] = set()
    seen: dict[int, PageSeen] = {}
    for page in sorted(stored, key=lambda page: (page.fetched_at, page.id)):
        one = _page_seen(page, bytes_of.page(page), own)
        one.repeated = (page.url, page.role) in handed
        handed.add((page.url, page.role))
        parts[page.parent_url, page.column_id].append(one)
        seen[page.id] = one
    for page in stored:
        one = seen[page.id]
        if one.role in _VIEWS:
            one.parts = _plain_views(one, seen.values())
        else:
            _give_parts(one, parts[page.final_url, page.column_id])
    return [seen[page.id] for page in stored]


def _give_parts(whole: PageSeen, members: Sequence[PageSeen]) -> None:
    """Frames, scripts and list data that were fetched for a page, in the order they came."""
    whole.parts = tuple(one.readable for one in members if one.role in _PARTS and one.readable is not None)
    second = [one.readable for one in members if one.role is PageRole.SECOND_PAGE]
    if second:
        whole.second = second[-1]
    articles = (one for one in members if one.role is PageRole.ARTICLE)
    whole.article_days = published_days((one.url, one.readable) for one in articles)


def _plain_views(view: PageSeen, seen: Iterable[PageSeen]) -> tuple[Page, ...]:
    """The ordinary fetches that a search engine's view is compared with; none unless both were read."""
    same = [one for one in seen if one.final_url == view.parent_url]
    first = [one.readable for one in same if one.role in _VIEWED and one.readable is not None]
    again = [one.readable for one in same if one.role is PageRole.PLAIN_VIEW and one.readable is not None]
    return (first[0], again[0]) if first and again else ()


def _page_seen(page: LookPage, body: Page | None, own: set[str]) -> PageSeen:
    return PageSeen(
        look_id=page.look_id,
        run_id=page.run_id,
        site_id=page.site_id,
        role=PageRole(page.role),
        url=page.url,
        final_url=page.final_url,
        fetched_at=page.fetched_at,
        page=body,
        status=page.status,
        reason=UnknownReason(page.unknown_reason) if page.unknown_reason else None,
        detail=page.detail,
        column=_column(page.column),
        parent_url=page.parent_url,
        missing_parts=tuple(page.missing_parts),
        list_date=page.list_date,
        left_site=site_key(host_of(page.final_url)) not in own,
    )


def _column(row: Mapping[str, Any] | None) -> ColumnTarget | None:
    if row is None:
        return None
    return ColumnTarget(
        name=row["name"],
        url=row["url"],
        kind=ColumnKind(row["kind"]),
        kind_source=row["kind_source"],
        kind_confidence=row["kind_confidence"],
        kind_why=row["kind_why"],
        level=row["level"],
        source=row["source"],
        parent_name=row["parent_name"],
    )


class _Bytes:
    """Kept bytes as pages; what is not kept any more is counted as missing, and nothing is read from it."""

    def __init__(self, store: EvidenceStore, found: Replay) -> None:
        self._store = store
        self._found = found

    def page(self, page: LookPage) -> Page | None:
        if page.status is None or page.evidence_sha256 is None:
            return None
        try:
            body = self._store.read(page.evidence_sha256)
        except (EvidenceMissingError, EvidenceDamagedError):
            self._found.missing.append(page.url)
            return None
        self._found.pages += 1
        content_type = {name.lower(): value for name, value in page.response_headers.items()}.get("content-type")
        return Page(page.final_url, body, content_type, page.status)
