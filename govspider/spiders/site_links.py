"""The links of one site: each answered once, host by host, and what looks wrong asked again later.

Hosts are worked through side by side and each in order, so a host that is slow or silent holds up
its own links and nobody else's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from govspider.extract.document.hosts import host_of, site_key
from govspider.extract.links.link_content import AskedLink
from govspider.extract.links.links import GET_FORM, POST_FORM, is_embedded
from govspider.items import Link
from govspider.spiders.link_book import Asker, LinkBook


@dataclass(frozen=True, slots=True)
class LadderLimits:
    """How links are asked (settings LINKS_AT_ONCE_PER_SITE, LINK_SECOND_LOOK_SECONDS, LINK_LOOKS, LINKS_PER_SITE)."""

    hosts_at_once: int
    seconds_between: float
    looks: int
    most: int


class SiteLinks:
    """Links seen on the pages of one site, in the order they were seen."""

    def __init__(self, book: LinkBook, asker: Asker, limits: LadderLimits) -> None:
        self._book = book
        self._asker = asker
        self._limits = limits
        self._links: dict[str, AskedLink] = {}

    def __len__(self) -> int:
        return len(self._links)

    @property
    def urls(self) -> Iterable[str]:
        return self._links.keys()

    @property
    def left_out(self) -> int:
        """Links beyond the budget of the site: recorded, not asked."""
        return max(0, len(self._links) - self._limits.most)

    def add(self, links: Iterable[Link]) -> None:
        """Enter links of a page; targets that take POST only are never asked."""
        for link in links:
            if link.element == POST_FORM:
                continue
            embedded = is_embedded(link)
            known = self._links.get(link.url)
            if known is None or (embedded and not known.embedded):
                self._links[link.url] = AskedLink(link.url, link.kind, embedded, link.element == GET_FORM)

    async def answer(self) -> None:
        """See that every link has an answer, and climb the ladder with those that want more."""
        started = asyncio.get_running_loop().time()
        wanting = await self._ask_all(list(self._links.values())[: self._limits.most])
        for _ in range(self._limits.looks - 1):
            wanting = [link for link in wanting if self._book.wants_look(link.url)]
            if not wanting:
                return
            spent = asyncio.get_running_loop().time() - started
            await asyncio.sleep(max(0.0, self._limits.seconds_between - spent))
            started = asyncio.get_running_loop().time()
            await self._by_host(wanting, lambda link: self._book.look_again(link, self._asker))

    async def _ask_all(self, links: list[AskedLink]) -> list[AskedLink]:
        found: list[AskedLink] = []

        async def ask(link: AskedLink) -> None:
            if await self._book.answer(link, self._asker):
                found.append(link)

        await self._by_host(links, ask)
        return sorted(found, key=lambda link: link.url)

    async def _by_host(self, links: list[AskedLink], act: Callable[[AskedLink], Awaitable[None]]) -> None:
        queues: dict[str, list[AskedLink]] = {}
        for link in links:
            queues.setdefault(site_key(host_of(link.url)), []).append(link)
        room = asyncio.Semaphore(self._limits.hosts_at_once)

        async def work(queue: list[AskedLink]) -> None:
            for link in queue:
                async with room:
                    await act(link)

        async with asyncio.TaskGroup() as group:
            for queue in queues.values():
                group.create_task(work(queue))
