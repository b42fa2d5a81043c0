"""A web of made answers for tests of how links are asked: no sockets, every request noted in order."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from govspider.extract.document.page import Page
from govspider.extract.links.link_answer import Failure
from govspider.extract.links.link_parts import LinkPart
from govspider.extract.links.shown_link import Shown
from govspider.items import HostProbed, KnownAnswer, Link, LinkAnswered, LinkReused
from govspider.spiders.fetching import Answer, Fetcher
from govspider.spiders.host_patience import HostPatience
from govspider.spiders.link_book import Asker, LinkBook, Room
from govspider.spiders.link_browser import LinkBrowser
from govspider.spiders.site_links import LadderLimits, SiteLinks
from govspider.spiders.standings import Reusable

Behaviour = Callable[[str], Awaitable[Answer]]
_HTML = {"Content-Type": "text/html; charset=utf-8"}
_NOW = datetime(2026, 11, 22, tzinfo=UTC)
OWN_HOST = "www.own-demo.gov.cn"


def replied(url: str, status: int = 200, body: str = "", final_url: str = "") -> Answer:
    return Answer(url, final_url or url, _NOW, _NOW, status, _HTML, body.encode())


def failed(url: str, failure: Failure) -> Answer:
    return Answer(url, url, _NOW, _NOW, failure=failure)


def page(title: str, text: str) -> str:
    return f"<html><head><title>{title}</title></head><body><p>{text}</p></body></html>"


class World:
    """Answers by `behaviour`; `asked` addresses in the order they were asked, `given` what was handed over.

    Parameters: `views` what a browser shows at an address, as HTML; None: there is no browser. `known` answers
    of an earlier process of the run, `reusable` those of earlier runs.
    """

    def __init__(
        self,
        behaviour: Behaviour,
        *,
        views: Callable[[str], str] | None = None,
        known: Mapping[str, KnownAnswer] | None = None,
        reusable: Reusable | None = None,
    ) -> None:
        self.behaviour = behaviour
        self.reusable = reusable
        self.known = known or {}
        self.views = views
        self.viewed: list[str] = []
        self.left_open: list[str] = []
        self.usable = views is not None
        self.asked: list[str] = []
        self.given: list[LinkAnswered | LinkReused | HostProbed] = []

    async def link(self, url: str, rung: int, *, whole: bool = False) -> Answer:
        self.asked.append(url)
        return await self.behaviour(url)

    async def show(self, answer: Answer, hosts: frozenset[str]) -> Shown | None:
        """The browser's part."""
        assert self.views is not None
        self.viewed.append(answer.url)
        body = self.views(answer.url).encode()
        return Shown(
            Page(answer.final_url, body, "text/html; charset=utf-8", answer.status or 200, rendered=True), True
        )

    async def hand_over(self, item: LinkAnswered | LinkReused | HostProbed) -> None:
        self.given.append(item)

    def climb(self, urls: Sequence[str], *, outside: int = 30, tries: int = 5, faults: int = 100) -> None:
        """Answer these links of one site, with the ladder of the product and no pauses."""
        asyncio.run(self.climbing(urls, outside=outside, patience=HostPatience(tries, faults)))

    async def climbing(self, urls: Sequence[str], *, outside: int, patience: HostPatience) -> None:
        """The same inside a running loop."""
        book = LinkBook(
            1,
            cast(Fetcher, self),
            self.known.items(),
            site_hosts=frozenset({OWN_HOST}),
            patience=patience,
            reusable=self.reusable,
        )
        asker = Asker(self.hand_over, frozenset({OWN_HOST}), Room(outside))
        limits = LadderLimits(hosts_at_once=32, seconds_between=0, looks=3, most=50_000, in_browser=3)
        links = SiteLinks(book, asker, limits, cast(LinkBrowser, self))
        links.add(LinkPart([link_to(url) for url in urls]))
        await links.answer()
        self.left_open = links.left_open()

    def last(self) -> dict[str, LinkAnswered]:
        """The last answer of each address."""
        return {item.url: item for item in self.given if isinstance(item, LinkAnswered)}


def link_to(url: str, **values: Any) -> Link:
    """A plain anchor."""
    given: dict[str, Any] = {"url": url, "raw": url, "kind": "page", "text": "", "place": "main"}
    return Link(**{**given, "path": "", "element": "a@href", **values})


def always(make: Callable[[str], Answer]) -> Behaviour:
    """Behaviour without waiting."""

    async def answer(url: str) -> Answer:
        return make(url)

    return answer
