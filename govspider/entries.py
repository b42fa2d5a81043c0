"""Entries of a registry on their way from a spreadsheet to the database: what a unit says exists.

`govspider.registry` reads them, `govspider.db.registry` stores them; neither needs to know the other.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from govspider.items import ColumnKind, WordingSeverity

_INDEX_PAGES = re.compile(r"/(?:index|default|main)\.\w+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Region:
    """One step of the way from the province down: its kind, and what is known of its code and name."""

    kind: str
    """province, city, district, township, or department for the top of the ministries."""
    code: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a site hangs in the organisation tree."""

    regions: tuple[Region, ...]
    """From the top down; empty = 未分区."""
    unit: str | None
    """Name of the unit; None when the region's government itself runs the site."""
    superior: str | None
    """A unit above it in the same region, as the registry names it."""
    source: str
    """registry, region_code or none: how the superior was found."""
    line: str | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Contact person of a site: personal data."""

    person: str | None
    phone: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entry stands: sheet, row number as the user's program shows it, and the cells."""

    sheet: str
    row: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegisteredSite:
    """One website of a registry. None in an optional field = the registry has nothing there."""

    origin: Origin
    code: str
    code_is_temporary: bool
    name: str
    home_url: str
    hosts: Mapping[str, str]
    """Host name -> registry or twin."""
    site_type: str
    place: Place
    state: str | None
    since: date | None
    document_no: str | None
    platform: str | None
    icp_number: str | None
    police_number: str | None
    contact: Contact | None
    extra: Mapping[str, str]
    given: frozenset[str]
    """Fields the sheet has a column for: what it has no column for is left as it was."""


@dataclass(frozen=True, slots=True)
class RegisteredExemption:
    reason: str
    expires_on: date
    approver: str | None


@dataclass(frozen=True, slots=True)
class RegisteredColumn:
    """One column (栏目) of a registered site."""

    origin: Origin
    site_code: str
    name: str
    url: str
    host: str
    kind: ColumnKind | None
    """None when the sheet names no kind, or one that no list knows."""
    kind_words: str
    level: int | None
    update_days: int | None
    parent_name: str
    exemption: RegisteredExemption | None
    given: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that was not accepted, and why, in a sentence for the person who keeps the registry."""

    origin: Origin
    reason: str


@dataclass(frozen=True, slots=True)
class Defaults:
    """Words for what a registry leaves open; they come from the word lists of the registry room."""

    state: str
    """State of a new site without one."""
    unassigned: str
    """Name of the place of sites without superior, region and code."""
    placeholder: str
    """Name of a region known by its code only, with {code}."""


@dataclass(frozen=True, slots=True)
class Registry:
    """A registry as read: accepted entries, rejected rows, and what should be said about the reading."""

    file_name: str
    sha256: str
    encoding: str
    sites: tuple[RegisteredSite, ...]
    columns: tuple[RegisteredColumn, ...]
    rejects: tuple[Reject, ...]
    rejected_codes: frozenset[str]
    """Codes (and temporary codes) of rejected rows: their sites stand in the file, so they are not gone."""
    rejected_names: frozenset[str]
    """Site names of rejected rows, for the same reason."""
    notes: tuple[str, ...]
    defaults: Defaults
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Sheet name -> header texts, for the reject file."""


def temporary_code(address: str) -> str:
    """N and nine digits for a site without a code, always the same for its host (and its path, on a shared host).

    `address`: a home page with scheme. www and index pages make no difference.
    """
    split = urlsplit(address)
    host = (split.hostname or "").removeprefix("www.")
    port = f":{split.port}" if split.port else ""
    path = _INDEX_PAGES.sub("", split.path).rstrip("/")
    digest = hashlib.sha256(f"{host}{port}{path}".encode()).hexdigest()
    return f"N{int(digest, 16) % 10**9:09d}"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference an import made. Values of contacts are never kept here."""

    subject: str
    key: str
    change: str
    field: str | None = None
    old: str | None = None
    new: str | None = None


@dataclass(frozen=True, slots=True)
class VendorReport:
    """One finding of another vendor's text check. Texts are '' where the table has nothing there."""

    origin: Origin
    site_code: str
    url: str
    wrong_text: str
    suggestion: str
    severity: WordingSeverity
    sentence: str
    state: str
    """suspected, confirmed or dismissed, as the vendor's own people left it."""
    reviewer: str
    reason: str
    reported_on: date | None

    def same_place(self, other: VendorReport) -> bool:
        """Whether both tell the same wording on the same page."""
        return (self.site_code, self.url, self.wrong_text) == (other.site_code, other.url, other.wrong_text)
