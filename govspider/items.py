"""Facts that travel through the house: what was seen, never what it is worth.

Spiders yield `PageSeen`, `LinkAnswered` and `LookFinished`; extractors return the
`...Observation` classes; checks read them. Nothing here is a verdict.
Every instant is an aware datetime; every date is a day in Asia/Shanghai.
"""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govspider.extract.document.page import Page


class UnknownReason(StrEnum):
    """Why something could not be established: one closed list for pages, columns, links and marks."""

    BLOCKED = "blocked"
    TLS_INCOMPATIBLE = "tls_incompatible"
    TIMEOUT = "timeout"
    DNS_TEMPORARY = "dns_temporary"
    PROXY = "proxy"
    ROBOTS = "robots"
    NEEDS_BROWSER = "needs_browser"
    NEEDS_LOGIN = "needs_login"
    PRIVATE_ADDRESS = "private_address"
    TOO_BIG = "too_big"
    BUDGET = "budget"
    DRIFT = "drift"
    UNDATED = "undated"
    CONTRADICTORY = "contradictory"
    NOT_CHECKED = "not_checked"


class PageRole(StrEnum):
    """What a page was fetched for."""

    HOME = "home"
    FRAME = "frame"
    SCRIPT = "script"
    COLUMN = "column"
    LIST_DATA = "list_data"
    ARTICLE = "article"
    SITE_MAP = "site_map"
    RECHECK = "recheck"
    """A column looked at a second time, because a blank needs two agreeing fetches."""
    RENDERED = "rendered"
    """A column page after a browser ran its scripts."""
    SECOND_PAGE = "second_page"
    """The second page of a list whose first one does not settle which item is the newest."""
    BROWSER_VIEW = "browser_view"
    """A page with suspected links as a browser laid it out, for its links to be looked for."""
    PICTURE = "picture"
    """What that browser showed, as an image."""
    SPIDER_VIEW = "spider_view"
    """A page as a search engine's spider gets it (opt-in)."""
    REFERRED_VIEW = "referred_view"
    """A page as a visitor from a search engine gets it (opt-in)."""
    PLAIN_VIEW = "plain_view"
    """The page once more as everybody gets it, to know how it differs from itself."""


class ColumnState(StrEnum):
    """What a column page turned out to be (contract of scripts/inspect_page.py)."""

    LIST = "list"
    BLANK = "blank"
    PORTAL = "portal"
    ARTICLE = "article"
    FORM = "form"
    EXTERNAL = "external"
    UNKNOWN = "unknown"


class ColumnKind(StrEnum):
    """What a column is for; decides which clause of a rubric applies (rubrics.md 6.1)."""

    NEWS = "news"
    NOTICE = "notice"
    POLICY = "policy"
    INTERPRETATION = "interpretation"
    YEARLY = "yearly"
    STATIC = "static"
    INTERACTION = "interaction"
    SERVICE = "service"
    NAVIGATION = "navigation"
    ARCHIVE = "archive"
    OTHER = "other"


class MarkState(StrEnum):
    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"
    INVALID = "invalid"


class LinkState(StrEnum):
    """What a link answered: works, is dead, or could not be established."""

    OK = "ok"
    DEAD = "dead"
    UNKNOWN = "unknown"


class LinkFault(StrEnum):
    """In which way a dead link is dead: it does not open, or what opens is not what was linked (打不开或错误)."""

    GONE = "gone"
    """404 or 410."""
    NO_NAME = "no_name"
    SERVER_ERROR = "server_error"
    REFUSED = "refused"
    REDIRECT_LOOP = "redirect_loop"
    SOFT_404 = "soft_404"
    HOME_REDIRECT = "home_redirect"
    DEAD_JUMP = "dead_jump"
    """A page that sends on by itself, to an address that is dead."""
    EMPTY = "empty"
    WRONG_FILE = "wrong_file"
    PARKED = "parked"
    PLANTED = "planted"
    """Gambling, pornography and the like at the address of a public link."""


class Strength(StrEnum):
    STRONG = "strong"
    WEAK = "weak"


class Sight(StrEnum):
    """How a suspected link stands in a browser that laid out the page."""

    VISIBLE = "visible"
    NOT_RENDERED = "not_rendered"
    TRANSPARENT = "transparent"
    NO_AREA = "no_area"
    OFF_PAGE = "off_page"
    CLIPPED = "clipped"
    TINY_TEXT = "tiny_text"
    NO_CONTRAST = "no_contrast"
    COVERED = "covered"
    ABSENT = "absent"
    """The page's scripts took it away."""
    UNKNOWN = "unknown"
    """It would be visible, but a style or a script of the page did not come."""


class DomainVerdict(StrEnum):
    """What a person says of a domain that sites link to."""

    VENDOR = "vendor"
    STATISTICS = "statistics"
    SOCIAL = "social"
    GOVERNMENT = "government"
    DARK = "dark"
    EXPIRED = "expired"


INNOCENT_DOMAINS = frozenset(
    {DomainVerdict.VENDOR, DomainVerdict.STATISTICS, DomainVerdict.SOCIAL, DomainVerdict.GOVERNMENT}
)
"""Verdicts that clear a hidden link which nothing but its hiding accuses."""


class FollowUpPurpose(StrEnum):
    """Why one more request is needed before a page can be understood."""

    FRAME = "frame"
    FOOTER_SCRIPT = "footer_script"
    INCLUDE = "include"
    LIST_DATA = "list_data"
    VIEW = "view"
    """The same page once more, as somebody else gets it."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One polite request that completes a page: a frame, a footer script, the data of a list."""

    url: str
    purpose: FollowUpPurpose
    method: str = "GET"
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    delivery: str = ""
    """Name of the delivery whose answer is expected, such as hanweb_dataproxy."""


@dataclass(frozen=True, slots=True)
class ListItem:
    """One record of a list: a link, its title, and the date that stands with it."""

    position: int
    title: str
    url: str | None
    published: date | None
    date_text: str
    date_source: str
    """json, xml, table_column, label, own_tag, in_link, attribute, split, month_day, relative, url, article or none.

    article: the day that the article itself shows, where the row shows none.
    """
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class ColumnObservation:
    """What a column (or a home page) shows. `newest` is never a guess: None unless dated items were read."""

    state: ColumnState
    reason: UnknownReason | None = None
    newest: date | None = None
    newest_url: str | None = None
    items: int | None = None
    total: int | None = None
    """Item count claimed by the list's own API, None when it makes no claim."""
    source: str | None = None
    """Where the records were read: dom, comment, xml_island, js_array, hanweb_dataproxy, ucap_search, gkmlpt, frame,
    json, browser, override."""
    list_items: tuple[ListItem, ...] = ()
    future_items: tuple[ListItem, ...] = ()
    """Items dated after the day of looking; never counted as newest."""
    evidence_text: str = ""
    """The words a blank or an unknown rests on, such as 暂无内容."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnKindGuess:
    kind: ColumnKind
    confidence: float
    """Between 0 and 1; a registry entry is 1."""
    why: str


@dataclass(frozen=True, slots=True)
class ColumnCandidate:
    """A column that a page points to: found in the main navigation, a site map or the page tags."""

    name: str
    url: str
    level: int | None
    """1 when it stands in the main navigation, 2 below it, None when not known."""
    source: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class ArticleObservation:
    """The publish time that an article itself shows."""

    title: str
    published: date | None
    date_text: str
    date_source: str
    """visible, meta, tag (such as <publishtime>) or none."""
    meta_published: date | None = None
    content_sha256: str = ""
    """Hash of the article's own text, to notice an old article under a new date."""
    url_date: date | None = None
    """Day that its address spells out: when the CMS made it, a witness that proves nothing by itself."""


@dataclass(frozen=True, slots=True)
class MarkObservation:
    """One required footer mark of a site."""

    mark: str
    """conac, site_code, icp, police, jiucuo, sponsor, contact or sitemap."""
    state: MarkState
    value: str | None = None
    reason: str | None = None
    where: str | None = None


MARKS = ("conac", "site_code", "icp", "police", "jiucuo", "sponsor", "contact", "sitemap")


@dataclass(frozen=True, slots=True)
class TagObservation:
    """One page tag of 国办发〔2017〕47号. value None = tag absent, '' = present but empty."""

    name: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """One link as it stands in a page: the address kept verbatim beside the one a browser would ask for."""

    url: str
    raw: str
    kind: str
    """page, image, attachment, external, style or script."""
    text: str
    place: str
    """header, navigation, main, footer or unplaced."""
    path: str
    element: str
    """Tag and attribute it was read from, such as a@href."""

    def __reduce__(self) -> tuple[type[Link], tuple[str, ...]]:
        # what dataclasses do by themselves takes twice as long to read again: a step of the reactor, for 20,000 links
        return Link, (self.url, self.raw, self.kind, self.text, self.place, self.path, self.element)


@dataclass(frozen=True, slots=True)
class LinkBlock:
    """Neighbouring links of a page that stand on other pages of the site as well: a menu, a footer.

    `start` number of the first among the links of the page; `digest` is the same where the links are the same.
    """

    start: int
    count: int
    digest: str


@dataclass(frozen=True, slots=True)
class DarkLinkObservation:
    """A link that a visitor is not meant to see, with the reasons for suspecting it."""

    url: str
    anchor: str
    technique: str
    strength: Strength
    reasons: tuple[str, ...]
    path: str
    domain: str
    """Registrable domain of the target: what hidden links of several sites are compared by."""
    snippet: str = ""
    offset: int | None = None
    """Where its markup begins in the decoded text, in characters."""
    byte_offset: int | None = None
    """The same in the received bytes, which are the evidence; None where damaged bytes make it a guess."""


@dataclass(frozen=True, slots=True)
class LinkSight:
    """How a suspected link stands in a browser."""

    url: str
    source_url: str
    """Final address of the page that it stands on."""
    state: Sight


@dataclass(frozen=True, slots=True)
class TamperingObservation:
    """A poisoned title, a cloaking script, a cover frame: tampering that is not a link."""

    kind: str
    text: str
    reasons: tuple[str, ...]
    strength: Strength
    snippet: str = ""
    offset: int | None = None
    """Where its markup begins in the decoded text, in characters."""
    byte_offset: int | None = None
    """The same in the received bytes, which are the evidence; None where damaged bytes make it a guess."""


class WordingSeverity(StrEnum):
    """How much a wrong wording weighs, in the words of the contract of scripts/inspect_page.py."""

    GRAVE = "严重"
    """Suspected of being a grave error; a person decides."""
    HINT = "提示"
    """For editors; never counts against a site."""


@dataclass(frozen=True, slots=True)
class WordingObservation:
    """A wording that differs from what it should be, with the sentence it stands in."""

    text: str
    suggestion: str
    rule: str
    """near/…, short/…, pair/… or order/…, followed by the phrase or the pattern."""
    severity: WordingSeverity
    sentence: str
    category: str
    reason: str
    place: str
    """标题, 正文 or 列表."""
    target: str
    """Address of the text: the page, or what the list title that holds it links to."""
    path: str = ""
    offset: int | None = None
    """Place in the decoded text of the page, None where markup divides the wording."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a redirect chain."""

    url: str
    status: int | None


@dataclass(frozen=True, slots=True)
class LearnedRequest:
    """The one request that brought the list of a column which only a browser could read.

    `{unix}` and `{unix_ms}` in address and body stand for the time of asking. `shell_sha256` is the
    fingerprint of the page it was learned from: another page may ask for its list another way.
    """

    url: str
    method: str
    body: str
    headers: Mapping[str, str]
    shell_sha256: str
    learned_at: datetime


@dataclass(frozen=True, slots=True)
class ColumnOverride:
    """What a person wrote down about an odd column: where its records stand, what it is, until when this holds.

    The selectors are CSS; `title` and `day` are relative to a record, '' for the link's own text and for
    "read the day as usual". `item` is '' for an override that says nothing of the list.
    """

    name: str
    host: str
    path: str
    """Path of the column, `*` standing for anything."""
    why: str
    expires: date
    item: str = ""
    link: str = "a"
    title: str = ""
    day: str = ""
    kind: ColumnKind | None = None
    exempt: str = ""
    """Why the column need not be updated; '' for no exemption."""


@dataclass(frozen=True, slots=True)
class ColumnTarget:
    """A column to look at: registered, or found on the site itself during this look."""

    name: str
    url: str
    kind: ColumnKind
    kind_source: str
    """registry, override or guess."""
    kind_confidence: float
    kind_why: str
    level: int | None
    source: str
    """registry, navigation, site_map or page_tags."""
    parent_name: str = ""
    override: ColumnOverride | None = None
    update_days: int | None = None
    """Update period in days (更新期限) where the registry gives one."""


@dataclass(frozen=True, slots=True)
class SiteTarget:
    """A site to look at in a run. `retired` sites are probed only: they should not answer."""

    site_id: int
    code: str
    name: str
    home_url: str
    hosts: frozenset[str]
    platform: str | None
    columns: tuple[ColumnTarget, ...]
    retired: bool = False
    learned: Mapping[str, LearnedRequest] = field(default_factory=dict)
    """Requests that earlier looks learned from a browser, by column address."""
    overrides: tuple[ColumnOverride, ...] = ()
    earlier: Mapping[str, EarlierPage] = field(default_factory=dict)
    """Articles of its last complete look that may be asked for only if they changed, by address."""
    size: int = 0
    """Pages and links of its last complete look, 0 where there was none: large sites are begun first."""


@dataclass(frozen=True, slots=True)
class EarlierPage:
    """An article as the last complete look at its site had it: what may be asked whether it changed since.

    `bytes_at` when its bytes really came, however often they were called unchanged since.
    """

    url: str
    bytes_at: datetime
    sha256: str
    request_headers: Mapping[str, str]
    response_headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NotModified:
    """A server said of a page that it did not change (304): its bytes are those of `bytes_at`."""

    bytes_at: datetime
    headers: Mapping[str, str]
    """Headers of that very answer; those of the page are the ones that its bytes came with."""


@dataclass(slots=True)
class PageSeen:
    """One page as the spider saw it, or why it could not be seen. `page` is None when there are no bytes."""

    look_id: int
    run_id: int
    site_id: int
    role: PageRole
    url: str
    final_url: str
    fetched_at: datetime
    page: Page | None
    status: int | None = None
    reason: UnknownReason | None = None
    detail: str = ""
    column: ColumnTarget | None = None
    parent_url: str | None = None
    """The page this one was fetched for: a column's frame, an article's list."""
    parts: tuple[Page, ...] = ()
    """Pages fetched on behalf of this one; they travel as items of their own as well."""
    missing_parts: tuple[str, ...] = ()
    """Addresses of parts that could not be fetched: what stands there is unknown, not absent."""
    redirects: tuple[Hop, ...] = ()
    request_headers: Mapping[str, str] = field(default_factory=dict)
    response_headers: Mapping[str, str] = field(default_factory=dict)
    duration_ms: int | None = None
    not_modified: NotModified | None = None
    """Where the server was asked whether the page changed and said no: `fetched_at` is the time of that answer."""
    list_date: date | None = None
    """For an article: the date that its list gave it."""
    article_days: tuple[tuple[str, date], ...] = ()
    """Address and publish day of the articles of its list that were opened: they tell the year of 11-21."""
    second: Page | None = None
    """The second page of its list, where the first did not settle which item is the newest."""
    learned: LearnedRequest | None = None
    """For a column: the request that brought its list in this look."""
    left_site: bool = False
    """True when the address led to a host that is not the site's: what stands there is not the site's doing."""
    repeated: bool = False
    """True when another item of this look already carries this page (an article in two lists)."""
    evidence_sha256: str | None = None
    keeping: Awaitable[str] | None = None
    """The work of keeping the bytes as evidence while it goes on; it ends with their SHA-256."""
    observations: dict[str, Any] = field(default_factory=dict)
    """What the extracting pipelines found, by the name of the observation (the constants OBSERVED_...)."""

    @property
    def readable(self) -> Page | None:
        """The page when it was really seen and is the site's own; None for an error, a challenge or a foreign page."""
        return self.page if self.reason is None and not self.left_site else None


@dataclass(frozen=True, slots=True)
class LinkIdentity:
    """Whose page stands at an address outside the site: kept to notice that another one took its place."""

    host: str
    domain: str
    """Registrable domain that answered, after redirects."""
    title: str
    language: str
    """zh, latin or other, by the letters of title and text; '' for too few of them."""
    certificate: str
    """Subject of the certificate (organisation, else common name), '' without TLS."""


@dataclass(frozen=True, slots=True)
class KnownAnswer:
    """How an address stands after the answers of an earlier, broken-off process of the same run.

    `dead` counts its last answers in a row that called it dead.
    """

    state: LinkState
    reason: UnknownReason | None
    rung: int
    dead: int
    shown: int = 0
    """How many of its answers a browser showed."""


@dataclass(frozen=True, slots=True)
class LinkRecheck:
    """An address that is asked again on request, in the run of the look that saw it on the site's pages.

    `rung`: how far it climbed there; what it answers now comes on top.
    """

    site_id: int
    look_id: int
    run_id: int
    url: str
    kind: str
    element: str
    rung: int


@dataclass(slots=True)
class LinkAnswered:
    """What one address answered in a run."""

    run_id: int
    url: str
    state: LinkState
    rung: int
    """1 = first answer, 2 and more = further looks in the same run, in the order they were made."""
    answered_at: datetime
    final_url: str
    status: int | None = None
    reason: UnknownReason | None = None
    detail: str = ""
    redirects: tuple[Hop, ...] = ()
    response_headers: Mapping[str, str] = field(default_factory=dict)
    first_bytes: bytes = b""
    fault: LinkFault | None = None
    """Only for a dead link."""
    identity: LinkIdentity | None = None
    """Only for a page of another site that answered 200."""
    browser: bool = False
    """True where a browser showed the page, so that what scripts bring is part of the answer."""
    look_id: int | None = None
    """The look that asked: it is not complete while its answers are not stored."""


@dataclass(slots=True)
class LinkReused:
    """An outside address that is not asked in this run: its answer of an earlier run stands, with its own time.

    `runs` are the runs whose answers are young enough.
    """

    run_id: int
    url: str
    runs: tuple[int, ...]
    look_id: int | None = None
    """The look that would have asked: it is not complete while the answer is not stored."""


@dataclass(slots=True)
class HostProbed:
    """What a host answered to an address that was made up: the measure for its soft 404s."""

    run_id: int
    host: str
    url: str
    final_url: str
    status: int | None
    title: str
    answered_at: datetime
    first_bytes: bytes = b""
    look_id: int | None = None
    """The look that asked: it is not complete while this answer is not stored."""


@dataclass(frozen=True, slots=True)
class OutboundDomain:
    """A domain outside the site that one look saw linked where visitors can see it."""

    domain: str
    links: int
    """Times it is linked."""
    url: str
    """The first of these links."""
    source_url: str
    """The page that it stands on."""


@dataclass(slots=True)
class LookFinished:
    """The end of one site's look: everything it yielded went before it."""

    look_id: int
    run_id: int
    site_id: int
    finished_at: datetime
    complete: bool
    pages: int
    links: int
    detail: str = ""
    suggested_hosts: tuple[str, ...] = ()
    owner_domain: str = ""
    """Registrable domain of the home page: sites that share it are one owner."""
    outbound: tuple[OutboundDomain, ...] = ()


OBSERVED_COLUMN = "column"
OBSERVED_ARTICLE = "article"
OBSERVED_MARKS = "marks"
OBSERVED_TAGS = "tags"
OBSERVED_LINKS = "links"
OBSERVED_LINK_BLOCKS = "link blocks"
OBSERVED_DARK_LINKS = "dark_links"
OBSERVED_DARK_UNREAD = "dark_unread"
"""Sentences on what the search for dark links and tampering left unread; never an empty tuple."""
OBSERVED_TAMPERING = "tampering"
OBSERVED_SIGHTS = "sights"
OBSERVED_WORDING = "wording"
OBSERVED_WORDING_UNREAD = "wording_unread"
"""Sentences on what the search for wrong wordings left unread; never an empty tuple."""
