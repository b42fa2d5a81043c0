"""How a host answers for pages that cannot exist: asked at most twice per host and run, where a page needs it.

An outside host is asked for its home page too before it is accused: some show one page for every address.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from govspider.extract.document.challenge import find_challenge
from govspider.extract.document.page_sketch import PageSketch, sketch_page
from govspider.extract.links.link_content import page_of
from govspider.extract.links.page_jumps import find_jump
from govspider.extract.links.shown_link import Shown
from govspider.extract.links.soft_404 import MadeUpAnswer, made_up_addresses
from govspider.items import HostProbed
from govspider.spiders.fetching import Answer, Fetcher
from govspider.spiders.link_browser import LinkBrowser

_FOUND = range(200, 300)
_GONE = (404, 410)
_KEPT_BYTES = 2048
_TOKEN_BYTES = 8
HandOver = Callable[[HostProbed], Awaitable[None]]


class HostProbes:
    """The answers of every host that was asked for made-up addresses in this run."""

    def __init__(self, run_id: int, fetcher: Fetcher) -> None:
        self._run_id = run_id
        self._fetcher = fetcher
        self._asked: dict[str, asyncio.Task[tuple[MadeUpAnswer, ...]]] = {}
        self._homes: dict[str, asyncio.Task[PageSketch | None]] = {}
        self._shown: dict[str, asyncio.Task[Shown | None]] = {}

    async def answers(self, url: str, hand_over: HandOver) -> tuple[MadeUpAnswer, ...]:
        """What the host of `url` answers to two addresses of the same kind that were made up."""
        host = urlsplit(url).netloc.lower()
        if host not in self._asked:
            self._asked[host] = asyncio.create_task(self._ask(url, host, hand_over))
        return await asyncio.shield(self._asked[host])

    def has_asked(self, url: str) -> bool:
        """True where the host of `url` was asked already: its answers cost nothing more."""
        return urlsplit(url).netloc.lower() in self._asked

    async def home(self, url: str) -> PageSketch | None:
        """The home page of the host of `url`, None where it shows none."""
        host = urlsplit(url).netloc.lower()
        if host not in self._homes:
            self._homes[host] = asyncio.create_task(self._ask_home(f"{urlsplit(url).scheme}://{host}/"))
        return await asyncio.shield(self._homes[host])

    async def _ask_home(self, address: str) -> PageSketch | None:
        return _read(await self._fetcher.link(address, 1)).sketch

    async def shown(self, url: str, browser: LinkBrowser, hosts: frozenset[str]) -> Shown | None:
        """What a browser shows at an address of the host of `url` that was made up, None where it shows nothing."""
        host = urlsplit(url).netloc.lower()
        if host not in self._shown:
            address, *_ = made_up_addresses(url, [secrets.token_hex(_TOKEN_BYTES) for _ in range(2)])
            self._shown[host] = asyncio.create_task(self._show(address, browser, hosts))
        return await asyncio.shield(self._shown[host])

    async def _show(self, address: str, browser: LinkBrowser, hosts: frozenset[str]) -> Shown | None:
        answer = await self._fetcher.link(address, 1, whole=True)
        return None if answer.status is None else await browser.show(answer, hosts)

    async def _ask(self, url: str, host: str, hand_over: HandOver) -> tuple[MadeUpAnswer, ...]:
        tokens = [secrets.token_hex(_TOKEN_BYTES) for _ in range(2)]
        found = []
        for address in dict.fromkeys(made_up_addresses(url, tokens)):
            answer = await self._fetcher.link(address, 1)
            made_up = _read(answer)
            found.append(made_up)
            await hand_over(self._item(host, answer, made_up))
            if made_up.status in _GONE:  # it knows missing pages: nothing is to be compared
                break
        return tuple(found)

    def _item(self, host: str, answer: Answer, made_up: MadeUpAnswer) -> HostProbed:
        return HostProbed(
            run_id=self._run_id,
            host=host,
            url=answer.url,
            final_url=made_up.final_url,
            status=answer.status,
            title=made_up.sketch.title if made_up.sketch else "",
            answered_at=answer.answered_at,
            first_bytes=answer.body[:_KEPT_BYTES],
        )


def _read(answer: Answer) -> MadeUpAnswer:
    """A page that sends on counts as answered where it leads; a wall is no answer of the host."""
    plain = MadeUpAnswer(answer.url, answer.final_url, answer.status)
    if answer.status not in _FOUND or answer.status is None:
        return plain
    page = page_of(answer.final_url, answer.headers, answer.body, answer.status)
    if page is None or find_challenge(answer.status, answer.headers, answer.body):
        return plain
    return MadeUpAnswer(answer.url, find_jump(page) or answer.final_url, answer.status, sketch_page(page))
