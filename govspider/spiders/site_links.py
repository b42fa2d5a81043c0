"""The links of one site: each answered once, host by host, and what looks wrong asked again later.

Hosts are worked through side by side and each in order, so a host that is slow or silent holds up
its own links and nobody else's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from govspider.extract.document.hosts import host_of, site_key
from govspider.extract.links.link_content import AskedLink
from govspider.extract.links.link_parts import LinkPart
from govspider.extract.links.links import GET_FORM, POST_FORM, is_embedded
from govspider.spiders.link_book import Asker, LinkBook
from govspider.spiders.link_browser import LinkBrowser


@dataclass(frozen=True, slots=True)
class LadderLimits:
    """How links are asked.

    Settings LINKS_AT_ONCE_PER_SITE, LINK_SECOND_LOOK_SECONDS, LINK_LOOKS, LINKS_PER_SITE, BROWSER_LINKS_PER_SITE.
    """

    hosts_at_once: int
    seconds_between: float
    looks: int
    most: int
    in_browser: int = 0


class SiteLinks:
    """Links seen on the pages of one site, in the order they were seen."""

    def __init__(self, book: LinkBook, asker: Asker, limits: LadderLimits, browser: LinkBrowser | None = None) -> None:
        self._book = book
        self._asker = asker
        self._limits = limits
        self._browser = browser
        self._not_shown = 0
        self._links: dict[str, AskedLink] = {}
        self._blocks: set[str] = set()
        self.hosts: set[str] = set()
        """Hosts of all links, '' among them where an address names none."""

    def __len__(self) -> int:
        return len(self._links)

    def left_open(self) -> list[str]:
        """What the budgets of the site left undone, in words: links that were only recorded, or not shown."""
        left_out = max(0, len(self._links) - self._limits.most)
        notes = [f"{left_out} links were not asked: more than LINKS_PER_SITE"] if left_out else []
        if self._not_shown:
            notes.append(f"{self._not_shown} links were not shown in a browser: more than BROWSER_LINKS_PER_SITE")
        return notes

    def add(self, part: LinkPart) -> None:
        """Enter links of a page; targets that take POST only are never asked. A block is entered once."""
        if part.digest in self._blocks:
            return
        if part.digest:
            self._blocks.add(part.digest)
        for link in part.links:
            if link.element == POST_FORM:
                continue
            embedded = is_embedded(link)
            known = self._links.get(link.url)
            if known is None:
                self.hosts.add(host_of(link.url))
            if known is None or (embedded and not known.embedded):
                self._links[link.url] = AskedLink(link.url, link.kind, embedded, link.element == GET_FORM)

    async def answer(self) -> None:
        """See that every link has an answer, and climb the ladder with those that want more."""
        await self._climb()
        await self._show()

    async def _show(self) -> None:
        """The last rung: what is still open in a browser, and once more where that speaks against the link."""
        browser = self._browser
        for again in (False, True):
            asked = list(self._links.values())[: self._limits.most]
            wanting = [link for link in asked if self._book.wants_browser(link.url)]
            if not again:
                self._not_shown = max(0, len(wanting) - self._limits.in_browser)
                chosen = wanting[: self._limits.in_browser]
            wanting = [link for link in wanting if link in chosen]
            if not wanting or browser is None or not browser.usable:
                return
            if again:
                await asyncio.sleep(self._limits.seconds_between)
            await self._by_host(wanting, lambda link: self._book.show(link, self._asker, browser))

    async def _climb(self) -> None:
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
