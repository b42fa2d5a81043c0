"""Facts read back for judging: everything one look showed of one site, as the checks want it.

The store keeps observations page by page; here they stand by site and column. Nothing is worth
anything yet: `govspider/db/observations.py` fills these classes and `govspider/checks/` weighs them.
Days are days in Asia/Shanghai.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from govspider.items import (
    ColumnKind,
    ColumnState,
    DomainVerdict,
    LinkFault,
    LinkIdentity,
    MarkState,
    PageRole,
    Sight,
    Strength,
    UnknownReason,
    WordingSeverity,
)


@dataclass(frozen=True, slots=True)
class SeenList:
    """What one fetched page of a column, or the home page, showed.

    `newest` is the newest date on or before the day judged, None when nothing dated was read.
    `newer` counts items dated after the day judged: a look may come later than the day it is judged for.
    """

    url: str
    final_url: str
    looked_on: date
    state: ColumnState
    role: PageRole = PageRole.COLUMN
    reason: UnknownReason | None = None
    newest: date | None = None
    newest_url: str | None = None
    newer: int = 0
    items: int | None = None
    evidence_text: str = ""
    evidence_sha256: str | None = None
    missing_parts: bool = False


@dataclass(frozen=True, slots=True)
class SeenArticle:
    """One of the newest articles of a list: the second witness of its date."""

    url: str
    title: str
    published: date | None
    list_date: date | None
    evidence_sha256: str | None = None
    visible: bool = True
    """False when a reader sees no date: what `published` holds then stands in the page tags only."""
    date_text: str = ""
    meta_published: date | None = None
    url_date: date | None = None
    unchanged: bool = False
    """True where the server only called it unchanged: its bytes are of earlier, and it is no witness against a list."""


@dataclass(frozen=True, slots=True)
class SeenRedated:
    """What an earlier look showed under an older date: the same article, or the same item of the list.

    `shown` is the date of this look, `earlier` that of the earlier one, which was on `seen_on`.
    """

    title: str
    url: str | None
    shown: date
    earlier: date
    seen_on: date
    same_text: bool
    """True when the text of the article is the same, False when only title and address are."""
    evidence_sha256: str | None = None
    earlier_sha256: str | None = None
    other_column: str | None = None
    """The column that showed it then under another address, None for this column or the same address."""


@dataclass(frozen=True, slots=True)
class SeenFuture:
    """An item that its list dates after the day of looking."""

    title: str
    url: str | None
    published: date


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """One column with every page of it that the look fetched.

    `failed` says why the column page itself could not be seen, with the words of the failure.
    """

    id: int
    name: str
    url: str
    kind: ColumnKind
    kind_source: str = "registry"
    kind_confidence: float = 1.0
    level: int | None = None
    update_days: int | None = None
    exempted_until: date | None = None
    lists: tuple[SeenList, ...] = ()
    articles: tuple[SeenArticle, ...] = ()
    future: tuple[SeenFuture, ...] = ()
    redated: tuple[SeenRedated, ...] = ()
    failed: UnknownReason | None = None
    failure: str = ""


@dataclass(frozen=True, slots=True)
class SeenHome:
    """The home page: how it answered and what it showed."""

    url: str
    final_url: str
    status: int | None = None
    failed: UnknownReason | None = None
    failure: str = ""
    shown: SeenList | None = None
    articles: tuple[SeenArticle, ...] = ()
    future: tuple[SeenFuture, ...] = ()
    missing_parts: bool = False
    evidence_sha256: str | None = None

    @property
    def answered(self) -> bool:
        """True when the page itself came: no fault of the way, no error status."""
        return self.failed is None and self.status is not None and self.status < 400


@dataclass(frozen=True, slots=True)
class SeenMark:
    """A footer mark. `where` begins with the kind of place: text, attribute, meta, script or frame."""

    mark: str
    state: MarkState
    value: str | None = None
    reason: str | None = None
    where: str | None = None

    def listed(self, outside_footer: Collection[str]) -> SeenMark:
        """The mark as a reader of the footer sees it.

        Parameters: `outside_footer` kinds of places that no reader sees. A mark that stands only there
        is not listed; where the footer itself was not read (the reason begins with an UnknownReason) it
        is unknown.
        """
        place = (self.where or "").partition(" ")[0]
        if self.state is not MarkState.PRESENT or place not in outside_footer:
            return self
        unread = (self.reason or "").partition("：")[0] in set(UnknownReason)
        return replace(self, state=MarkState.UNKNOWN if unread else MarkState.INVALID)


@dataclass(frozen=True, slots=True)
class SeenTags:
    """Page tags of one page: name → content; None for an absent tag, '' for an empty one."""

    url: str
    role: PageRole
    values: dict[str, str | None]
    evidence_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class SeenDeadLink:
    """A link that was dead at two answers of a run in a row; a status of None means that none came."""

    url: str
    source_url: str
    scope: str
    kind: str
    anchor: str
    first_status: int | None
    status: int | None
    detail: str
    on_site: bool
    evidence_sha256: str | None = None
    first_fault: LinkFault | None = None
    fault: LinkFault | None = None
    place: str = ""
    pages: int = 1
    """Pages of the look that it stands on."""
    dead_before: datetime | None = None
    """When an earlier run, most of a day before, called it dead in the same way, with no better answer since."""
    on_unchanged: bool = False
    """True where the server called every page unchanged that it stands on: their bytes are of an earlier look."""


@dataclass(frozen=True, slots=True)
class SeenIdentityChange:
    """An outside link whose page has another title than when its address was first seen."""

    url: str
    source_url: str
    scope: str
    anchor: str
    first_seen_at: datetime
    before: LinkIdentity
    now: LinkIdentity
    evidence_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class SeenClosedLink:
    """A link to a site that does not run any more, by the registry."""

    url: str
    source_url: str
    scope: str
    anchor: str
    site: str
    site_state: str
    since: date
    evidence_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class SeenUnknownLink:
    """A link whose last answer of the run settles nothing: whether it works is not known."""

    url: str
    source_url: str
    scope: str
    reason: UnknownReason
    detail: str


@dataclass(frozen=True, slots=True)
class SeenLinkException:
    """Links that are not counted on the day judged: `target` is an address or the beginning of addresses."""

    target: str
    reason: str
    author: str
    expires_on: date


@dataclass(frozen=True, slots=True)
class SeenReusedAnswers:
    """Outside links of a scope that were not asked in the run: earlier answers stand for them, with their own times.

    `first` and `last` are the times of the oldest and the youngest of these answers.
    """

    scope: str
    links: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class SeenUnchanged:
    """Pages that their server called unchanged (304): when the oldest and the youngest of their bytes came."""

    pages: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class SeenDarkLink:
    url: str
    source_url: str
    anchor: str
    technique: str
    strength: Strength
    reasons: tuple[str, ...]
    evidence_sha256: str | None = None
    path: str = ""
    """DOM path of what hides it; '' where no element does."""
    domain: str = ""
    owners: int = 0
    """Owners of sites on which the target's domain stands hidden, while none of the period links it openly; else 0."""
    verdict: DomainVerdict | None = None
    """What persons say of the domain (table domain_verdict)."""
    verdict_reason: str = ""
    sight: Sight | None = None
    """How it stands in a browser, None where none looked."""
    picture_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class SeenUnread:
    """A page that was searched only up to a bound, or was too large to be read at all: nothing found is not a pass.

    `reason` is budget for what lies behind a bound, too_big for a page that nobody read.
    """

    source_url: str
    detail: str
    reason: UnknownReason = UnknownReason.BUDGET


@dataclass(frozen=True, slots=True)
class SeenTampering:
    kind: str
    text: str
    source_url: str
    reasons: tuple[str, ...]
    evidence_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class SeenWording:
    """A wrong wording: `url` the text it stands in, `source_url` the page that shows it, `vendor` '' for our own."""

    text: str
    suggestion: str
    severity: WordingSeverity
    sentence: str
    reason: str
    url: str
    source_url: str
    evidence_sha256: str | None = None
    vendor: str = ""


@dataclass(frozen=True)
class SeenSite:
    """One site in one complete look. Without slots: what several checks ask for is found once and kept."""

    id: int
    code: str
    name: str
    look_id: int
    run_id: int
    looked_at: datetime
    included: bool = True
    code_is_temporary: bool = False
    state_at_check: str = "正常运行"
    hosts: frozenset[str] = frozenset()
    home: SeenHome | None = None
    columns: tuple[SeenColumn, ...] = ()
    marks: tuple[SeenMark, ...] = ()
    tags: tuple[SeenTags, ...] = ()
    dead_links: tuple[SeenDeadLink, ...] = ()
    identity_changes: tuple[SeenIdentityChange, ...] = ()
    closed_links: tuple[SeenClosedLink, ...] = ()
    link_exceptions: tuple[SeenLinkException, ...] = ()
    unsettled_links: tuple[SeenUnknownLink, ...] = ()
    reused_answers: tuple[SeenReusedAnswers, ...] = ()
    unchanged: SeenUnchanged | None = None
    dark_links: tuple[SeenDarkLink, ...] = ()
    tampering: tuple[SeenTampering, ...] = ()
    dark_unread: tuple[SeenUnread, ...] = ()
    wording: tuple[SeenWording, ...] = ()
    wording_unread: tuple[SeenUnread, ...] = ()
    answered_urls: frozenset[str] = field(default_factory=frozenset)
    """Addresses of the pages that were seen in this look: what stood there and is gone is settled."""
    unknown_links: frozenset[str] = field(default_factory=frozenset)
    """Link addresses whose last answer settles nothing."""
    rechecked: Mapping[str, datetime] = field(default_factory=dict)
    """When link addresses were asked again on request after the look had ended."""

    @cached_property
    def distinct_columns(self) -> tuple[SeenColumn, ...]:
        """Columns without those that lead to a page another column already leads to: one fault, counted once."""
        kept: dict[str, SeenColumn] = {}
        for column in self.columns:
            kept.setdefault(_address(column.lists[0].final_url if column.lists else column.url), column)
        return tuple(kept.values())


def _address(url: str) -> str:
    return url.partition("://")[2].rstrip("/") or url
