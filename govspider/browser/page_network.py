"""The network of one browser page: every request is answered by the crawl, or not at all.

So politeness, robots rules, the guard of private addresses, the size limit and the User-Agent hold for
what the scripts of a page ask as they hold for everything else, and no cookie ever reaches the browser.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urldefrag

from playwright.async_api import Error
from scrapy_playwright.page import PageMethod

DOCUMENT, SCRIPT, STYLE = "document", "script", "stylesheet"
DATA = ("xhr", "fetch")
# pictures, fonts, films and styles show nothing that a list is read from
PLAIN = (DOCUMENT, SCRIPT, *DATA)
LAID_OUT = (*PLAIN, STYLE)
"""What is asked where it matters how a page looks."""
_METHODS = ("GET", "POST")
_NOT_PASSED_ON = frozenset({"user-agent", "cookie", "authorization", "host", "accept-encoding", "connection"})
_NOT_HANDED_BACK = frozenset({"set-cookie", "content-encoding", "content-length", "transfer-encoding", "connection"})
_POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of the page. `kind`: document, script, xhr or fetch."""

    url: str
    kind: str
    method: str
    body: str
    headers: Mapping[str, str]
    at: datetime


@dataclass(frozen=True, slots=True)
class Given:
    """What the crawl got for it."""

    final_url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


Ask = Callable[[Asked], Awaitable[Given | None]]


@dataclass(eq=False)  # Playwright keeps its callbacks by identity
class PageNetwork:
    """Answers the requests of one page.

    Parameters: `main` the document itself, already fetched; `ask` gets an answer, None for none;
    `may_ask` says whether an address belongs to the site; `harmless` whether a refused one can be
    missed, such as a counter of visits; `most` how many requests one page may cause; `follow` how many
    further documents a page that sends its visitor on may lead to.
    """

    main_url: str
    main: Given
    ask: Ask
    may_ask: Callable[[str], bool]
    harmless: Callable[[str], bool]
    most: int
    kinds: tuple[str, ...] = PLAIN
    """What is answered at all; what is not asked for cannot be missed."""
    follow: int = 0
    missing: list[str] = field(default_factory=list)
    """Addresses that stayed without an answer and may be missed."""
    shown: Given | None = None
    """The document that stands in the page: the last one it was given, None where that was refused."""
    _waiting: int = 0
    _asked: int = 0
    _main_given: bool = False
    _context: Any = None

    async def attach(self, page: Any, _request: Any = None) -> None:
        """Stand between the page and the network (a page init callback of scrapy-playwright)."""
        self._context = page.context
        await page.route("**", self._route)

    def rest(self, still_seconds: float, longest_seconds: float) -> list[PageMethod]:
        """Page methods of scrapy-playwright that let the page come to rest before it is read."""
        return [PageMethod(self._quiet, still_seconds, longest_seconds)]

    async def leave(self) -> None:
        """Close the page's context, and with it whatever the page kept in it."""
        if self._context is not None:
            with suppress(Error):  # a browser that died took it along
                await self._context.close()

    async def _quiet(self, page: Any, still_seconds: float, longest_seconds: float) -> None:
        """Wait until the page asked nothing for a while; a page that never rests is left after the longest time."""
        still = 0.0
        for _ in range(round(longest_seconds / _POLL_SECONDS)):
            await asyncio.sleep(_POLL_SECONDS)
            still = 0.0 if self._waiting else still + _POLL_SECONDS
            if still >= still_seconds:
                return
        self.missing.append(f"{self.main_url} did not come to rest")

    async def _route(self, route: Any, request: Any) -> None:
        self._waiting += 1
        try:
            given = await self._answer(request)
            if given is None:
                await route.abort()
            else:
                headers = {name: text for name, text in given.headers.items() if name.lower() not in _NOT_HANDED_BACK}
                await route.fulfill(status=given.status, headers=headers, body=given.body)
        finally:
            self._waiting -= 1

    async def _answer(self, request: Any) -> Given | None:
        kind = request.resource_type
        if kind not in self.kinds:
            return None
        if kind == DOCUMENT and request.frame.parent_frame is None:
            return await self._main_document(request)
        asked = _asked(request, kind)
        if asked is None or not self._permitted(request.url):
            self._miss(request.url)
            return None
        self._asked += 1
        given = await self.ask(asked)
        if given is None or given.status >= 400:
            self._miss(request.url)
        return given

    async def _main_document(self, request: Any) -> Given | None:
        """The page itself, once: a script that sends the visitor on, or reloads, gets as many more as `follow` says."""
        if not self._main_given and urldefrag(request.url).url == urldefrag(self.main_url).url:
            self._main_given, self.shown = True, self.main
            return self.main
        asked = _asked(request, DOCUMENT) if self.follow > 0 else None
        self.follow -= 1
        given = await self.ask(asked) if asked is not None else None
        if given is None:
            self.missing.append(request.url)
        self.shown = given
        return given

    def _permitted(self, url: str) -> bool:
        return self._asked < self.most and self.may_ask(url)

    def _miss(self, url: str) -> None:
        if not self.harmless(url):
            self.missing.append(url)


def _asked(request: Any, kind: str) -> Asked | None:
    """The request in our words; None for one that is not made on behalf of a reader."""
    if request.method not in _METHODS:
        return None
    raw = request.post_data_buffer or b""
    try:
        body = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    headers = {
        name: text
        for name, text in request.headers.items()
        if name.lower() not in _NOT_PASSED_ON and not name.lower().startswith("sec-")
    }
    return Asked(request.url, kind, request.method, body, headers, datetime.now(UTC))
