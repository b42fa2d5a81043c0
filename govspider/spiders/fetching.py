"""One address, one answer: a request through Scrapy's downloader that never raises for what a site does.

Sites are walked by coroutines that ask for one page after the other, so requests go to the
downloader directly (middlewares, slots and robots rules included) and not through the scheduler.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urldefrag, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.asyncio import is_asyncio_available

from govspider.extract.document.hosts import host_of
from govspider.extract.links.link_answer import Failure
from govspider.items import FollowUp, Hop, NotModified
from govspider.spiders.failures import name_failure
from govspider.spiders.kept_headers import kept_headers
from govspider.spiders.known_pages import KnownPages
from govspider.spiders.pages_awake import PagesAwake
from govspider.spiders.reader_process import ReaderProcess
from govspider.throttle.partial_bodies import BODY_LIMIT
from govspider.throttle.redirects import FOLLOW_REFRESH, HOPS, SeenHop

_USUAL_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_PLAIN_ACCEPT = "*/*"
_MEGABYTE = 1_000_000
_CREDENTIALS = frozenset({"authorization", "proxy-authorization", "cookie"})


class CrawlStoppedError(Exception):
    """The crawl is ending: nothing is asked any more."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered, or the failure instead. `headers` keep the first value of each name."""

    url: str
    final_url: str
    asked_at: datetime
    answered_at: datetime
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    failure: Failure | None = None
    detail: str = ""
    redirects: tuple[Hop, ...] = ()
    request_headers: Mapping[str, str] = field(default_factory=dict)
    duration_ms: int | None = None
    certificate: str = ""
    """Subject of the server's certificate: its organisation, else its common name; '' without TLS."""
    broken_off: bool = False
    """True when the body ended before its own length or in the middle of a chunk."""
    not_modified: NotModified | None = None
    """Where a believed 304 came: status, headers and body are those of the earlier answer, everything else its own."""


class Fetcher:
    """Asks addresses through the engine of a crawler."""

    def __init__(self, crawler: Crawler) -> None:
        assert is_asyncio_available()
        self._crawler = crawler
        self.unbelieved_hosts: set[str] = set()
        """Hosts whose answers to conditional requests were of no use: they are asked plainly in this run."""
        self.known_pages = KnownPages(crawler.settings)
        self.pages_awake = PagesAwake(round(crawler.settings.getfloat("PAGES_AWAKE_MB") * _MEGABYTE))
        self.reader = ReaderProcess(crawler)
        self._link_limits = crawler.settings.getdict("LINK_BODY_LIMITS")
        self._header_room = crawler.settings.getint("HEADERS_KEPT")

    async def page(self, url: str, follow_up: FollowUp | None = None) -> Answer:
        """A page to read, whole."""
        headers = {"Accept": _USUAL_ACCEPT, **(follow_up.headers if follow_up else {})}
        if follow_up and follow_up.method == "POST":
            headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
        method, body = (follow_up.method, follow_up.body) if follow_up else ("GET", "")
        return await self._ask(url, method=method, headers=headers, body=body, meta={})

    async def if_changed(self, url: str, conditions: Mapping[str, str]) -> Answer:
        """What is answered to a request for a page if it changed; `conditions` go to this very address and no other.

        Asked once: where trouble comes, the plain request follows, which is repeated as usual.
        """
        headers = {"Accept": _USUAL_ACCEPT, **conditions}
        return await self._ask(
            url, method="GET", headers=headers, body="", meta={"dont_redirect": True, "dont_retry": True}
        )

    def count(self, name: str) -> None:
        """Add one to a counter of the run."""
        self._crawler.stats.inc_value(f"govspider/{name}")

    async def rendered(self, url: str, browser: Mapping[str, Any]) -> Answer:
        """A page as a browser leaves it; `browser` is what scrapy-playwright is told."""
        meta = {"playwright": True, "dont_retry": True, "dont_redirect": True, "handle_httpstatus_all": True, **browser}
        return await self._ask(url, method="GET", headers={}, body="", meta=meta)

    async def link(self, url: str, rung: int, *, whole: bool = False) -> Answer:
        """An answer about a link: as much of the body as decides, or all; other Accept headers on a second look."""
        accept = _USUAL_ACCEPT if rung == 1 else _PLAIN_ACCEPT
        meta: dict[str, Any] = {"dont_retry": True, FOLLOW_REFRESH: False}
        if not whole:
            meta[BODY_LIMIT] = self._link_limits
        meta["download_fail_on_dataloss"] = False  # browsers show what came of a body with a wrong length
        return await self._ask(url, method="GET", headers={"Accept": accept}, body="", meta=meta)

    async def _ask(
        self, url: str, *, method: str, headers: Mapping[str, str], body: str, meta: Mapping[str, Any]
    ) -> Answer:
        asked_at = datetime.now(UTC)
        hops: list[SeenHop] = []
        try:
            _check_address(url)
            given = {"verbatim_url": True, HOPS: hops, **meta}
            request = Request(url, method=method, headers=dict(headers), body=body, meta=given)
        except ValueError as error:  # Scrapy's word for an address that is none
            return Answer(url, url, asked_at, asked_at, failure=Failure.PROTOCOL, detail=str(error))
        engine: Any = self._crawler.engine
        if engine is None or engine.spider is None or engine._slot is None or engine._slot.closing is not None:
            raise CrawlStoppedError(f"the crawl ended before {url!r} was asked")
        try:
            response = await engine.download_async(request)
        except Exception as error:  # what has no name below is raised again
            failure = name_failure(error, host_of(request.url))
            if failure is None:
                raise
            return _failed(url, asked_at, failure, hops)
        return _answer(url, response, asked_at, self._header_room)


def _failed(url: str, asked_at: datetime, failure: tuple[Failure, str], hops: list[SeenHop]) -> Answer:
    """A request that ended without an answer, with the redirects on the way."""
    kind, detail = failure
    if kind is Failure.REDIRECT_LOOP and any(hop.cookie for hop in hops):
        kind = Failure.COOKIE_LOOP
    way = tuple(Hop(hop.url, hop.status) for hop in hops)
    return Answer(url, url, asked_at, datetime.now(UTC), failure=kind, detail=detail, redirects=way)


def _check_address(url: str) -> None:
    """Raise ValueError for what no browser could ask: Scrapy's middlewares would trip over it much later."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{url!r} is no web address")
    _ = parts.port  # raises for a port that is none


def _answer(url: str, response: Response, asked_at: datetime, header_room: int) -> Answer:
    request = response.request
    assert request is not None
    addresses = request.meta.get("redirect_urls", [])
    reasons = request.meta.get("redirect_reasons", [])
    hops = tuple(
        Hop(address, reason if isinstance(reason, int) else None)
        for address, reason in zip(addresses, reasons, strict=True)
    )
    latency = request.meta.get("download_latency")
    return Answer(
        url=url,
        final_url=_final_url(request.url, response.url),
        asked_at=asked_at,
        answered_at=datetime.now(UTC),
        status=response.status,
        headers=kept_headers(_headers(response.headers), header_room),
        body=response.body,
        redirects=hops,
        request_headers=_without_credentials(_headers(request.headers)),
        duration_ms=None if latency is None else round(latency * 1000),
        certificate=_subject(response.certificate),
        broken_off="dataloss" in response.flags,
    )


def _subject(certificate: Any) -> str:
    """Whom a certificate names: the organisation where it names one, else the host it was made for."""
    if certificate is None:
        return ""
    subject = certificate.getSubject()
    name = getattr(subject, "organizationName", None) or getattr(subject, "commonName", None) or b""
    return name.decode("utf-8", "replace")


def _final_url(asked: str, answered: str) -> str:
    """The address that answered, with the fragment a browser would keep: some lists are chosen by it (gkmlpt)."""
    return asked if urldefrag(asked).url == answered else answered


def _without_credentials(headers: Mapping[str, str]) -> dict[str, str]:
    """Request headers as they may be kept: a password for the proxy is nobody's evidence."""
    return {name: value for name, value in headers.items() if name.lower() not in _CREDENTIALS}


def _headers(headers: Any) -> dict[str, str]:
    return {name.decode("latin-1"): b", ".join(values).decode("latin-1") for name, values in headers.items()}
