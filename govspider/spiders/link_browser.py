"""The last rung of the ladder: a link as a browser shows it, with every request made by the crawl itself.

The browser has no network, no cookies and no identity of its own (docs/decisions/0016): what a page asks
for is asked politely, or not at all. A wall is never handed to it, so no challenge is ever solved.
"""

from __future__ import annotations

from govspider.browser.page_network import DATA, DOCUMENT, Ask, Asked, Given, PageNetwork
from govspider.extract.document.challenge import blocked_status, find_challenge
from govspider.extract.document.hosts import host_of, site_key
from govspider.extract.lexicons import read_lexicon
from govspider.extract.links.shown_link import Shown
from govspider.items import FollowUp, FollowUpPurpose
from govspider.spiders.fetching import Answer, CrawlStoppedError, Fetcher
from govspider.spiders.rendering import Renderer, is_harmless, page_from

_GONE = (404, 410)


class LinkBrowser:
    """Shows links of one crawl; `renderer` None where it has no browser."""

    def __init__(self, fetcher: Fetcher, renderer: Renderer | None) -> None:
        self._fetcher = fetcher
        self._renderer = renderer

    @property
    def usable(self) -> bool:
        """True where this crawl has a browser."""
        return self._renderer is not None and self._renderer.usable

    async def show(self, answer: Answer, hosts: frozenset[str]) -> Shown | None:
        """The page that an address answered with, None where the browser failed or was led to what it may not see.

        Parameters: `answer` the whole document; `hosts` may be asked beside its own: those of the inspected site.
        """
        assert answer.status is not None
        assert self._renderer is not None
        answered: set[str] = set()
        main = Given(answer.final_url, answer.status, answer.headers, answer.body)
        own = site_key(host_of(answer.final_url))
        network = PageNetwork(
            main_url=answer.final_url,
            main=main,
            ask=self._asking(answered),
            may_ask=lambda url: host_of(url) in hosts or site_key(host_of(url)) == own,
            harmless=is_harmless,
            most=self._renderer.most_requests,
            follow=read_lexicon("dead_pages")["limits"]["jumps"],
        )
        shown = await self._renderer.show(network)
        if shown is None or network.shown is None:
            return None
        page = page_from(shown, network.shown.final_url, network.shown.status)
        return Shown(page, whole=answered >= {*network.missing})

    def _asking(self, answered: set[str]) -> Ask:
        """Gets what a page asks for. `answered` is added to: data that the site itself says it does not have."""

        async def ask(asked: Asked) -> Given | None:
            follow_up = FollowUp(asked.url, FollowUpPurpose.LIST_DATA, asked.method, asked.body, _titled(asked))
            try:
                answer = await self._fetcher.page(asked.url, follow_up)
            except CrawlStoppedError:
                return None
            if answer.status is None or (asked.kind == DOCUMENT and _is_wall(answer)):
                return None
            if asked.kind in DATA and answer.status in _GONE:
                answered.add(asked.url)
            return Given(answer.final_url, answer.status, answer.headers, answer.body)

        return ask


def _titled(asked: Asked) -> dict[str, str]:
    return {name.title(): text for name, text in asked.headers.items()}


def _is_wall(answer: Answer) -> bool:
    assert answer.status is not None
    return (
        blocked_status(answer.status) is not None
        or find_challenge(answer.status, answer.headers, answer.body) is not None
    )
