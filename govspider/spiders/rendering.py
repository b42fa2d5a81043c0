"""Pages as a browser leaves them: last, few, and with every request made by the crawl itself."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

from scrapy.settings import BaseSettings

from govspider.browser.chromium import AUTO, CHROMIUM_VARIABLE, chosen_chromium
from govspider.browser.page_network import DATA, LAID_OUT, PLAIN, SCRIPT, STYLE, Ask, Asked, Given, PageNetwork
from govspider.browser.sighting import Sighting
from govspider.extract.document.hosts import host_of
from govspider.extract.document.page import Page
from govspider.extract.lexicons import read_lexicon
from govspider.items import FollowUp, FollowUpPurpose
from govspider.spiders.fetching import Answer, CrawlStoppedError, Fetcher

logger = logging.getLogger(__name__)

_ERROR = 400
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Exchange:
    """Data that the page asked for, with our answer to it."""

    asked: Asked
    answer: Answer


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page after its scripts ran. `missing`: what it asked for and did not get, counters of visits left out."""

    page: Page
    answer: Answer
    exchanges: tuple[Exchange, ...]
    missing: tuple[str, ...]


class Renderer:
    """Renders pages of one crawl. Settings: BROWSER and those that begin with BROWSER_."""

    def __init__(self, fetcher: Fetcher, settings: BaseSettings) -> None:
        self.pages_per_site = settings.getint("BROWSER_PAGES_PER_SITE")
        self.learned_days = settings.getfloat("BROWSER_LEARNED_DAYS")
        self._fetcher = fetcher
        self._chromium = chosen_chromium(settings["BROWSER"], os.environ)
        self._missing = str(settings["BROWSER"]).strip().lower() == AUTO and self._chromium is None
        self.most_requests = settings.getint("BROWSER_REQUESTS_PER_PAGE")
        self._seconds = settings.getfloat("BROWSER_SECONDS_PER_PAGE")
        self._still = settings.getfloat("BROWSER_STILL_SECONDS")
        self._longest_body = settings.getint("DOWNLOAD_MAXSIZE")
        self._user_agent = str(settings["USER_AGENT"])
        self._numbers = count(1)

    @property
    def usable(self) -> bool:
        """True where pages can be rendered; a missing Chromium is said once."""
        if self._missing:
            self._missing = False
            logger.warning(
                "这台机器上没有 Chromium：只能由脚本显示的栏目和链接记为 unknown(needs_browser)。"
                "请运行 make browser，或用 %s 指明浏览器",
                CHROMIUM_VARIABLE,
            )
        return self._chromium is not None

    async def render(
        self,
        page: Page,
        headers: Mapping[str, str],
        hosts: frozenset[str],
        scripts: dict[str, Answer],
        sighting: Sighting | None = None,
    ) -> Rendered | None:
        """The page as its scripts leave it, None where the browser failed.

        Parameters: `headers` of the page's own answer; `hosts` the only ones that are asked; `scripts` what
        was fetched for other pages of the site, added to; `sighting` measures links of the page before it is
        left, styles included.
        """
        exchanges: list[Exchange] = []
        network = PageNetwork(
            main_url=page.url,
            main=Given(page.url, page.status, headers, page.body),
            ask=_asking(self._fetcher, hosts, scripts, exchanges),
            may_ask=lambda url: host_of(url) in hosts,
            harmless=is_harmless,
            most=self.most_requests,
            kinds=LAID_OUT if sighting else PLAIN,
        )
        answer = await self.show(network, sighting)
        if answer is None:
            return None
        shown = page_from(answer, page.url, page.status)
        return Rendered(shown, answer, tuple(exchanges), tuple(network.missing))

    async def show(self, network: PageNetwork, sighting: Sighting | None = None) -> Answer | None:
        """The page of a network as its scripts leave it, None where the browser failed."""
        answer = await self._fetcher.rendered(network.main_url, self._meta(network, sighting))
        await network.leave()
        if answer.status is None or len(answer.body) > self._longest_body:
            logger.info("the browser could not show %s: %s", network.main_url, answer.detail or "too long")
            return None
        return answer

    def _meta(self, network: PageNetwork, sighting: Sighting | None) -> dict[str, object]:
        """What scrapy-playwright is told: a context of the page's own, so that nothing is carried to the next."""
        return {
            "playwright_context": f"page {next(self._numbers)}",
            "playwright_context_kwargs": {
                "user_agent": self._user_agent,
                "service_workers": "block",
                "accept_downloads": False,
                "locale": "zh-CN",
                "timezone_id": "Asia/Shanghai",
            },
            "playwright_page_init_callback": network.attach,
            "playwright_page_goto_kwargs": {"wait_until": "domcontentloaded", "timeout": self._seconds * 1000},
            "playwright_page_methods": [
                *network.rest(self._still, self._seconds),
                *(sighting.methods() if sighting else ()),
            ],
        }


def page_from(shown: Answer, url: str, status: int) -> Page:
    """What a browser showed, as the page of this address; browsers hand over UTF-8 whatever the page was written in."""
    body = shown.body if shown.body.startswith(_BYTE_ORDER_MARK) else _BYTE_ORDER_MARK + shown.body
    return Page(url, body, "text/html; charset=utf-8", status, rendered=True)


def is_harmless(url: str) -> bool:
    """True for an address whose answer a list is never made of: counters of visits, share buttons, badges."""
    rules = read_lexicon("browser_requests")
    if host_of(url) in rules["harmless_hosts"]:
        return True
    return any(re.search(form, url, re.I) for form in rules["harmless_paths"])


def _asking(fetcher: Fetcher, hosts: frozenset[str], scripts: dict[str, Answer], exchanges: list[Exchange]) -> Ask:
    async def ask(asked: Asked) -> Given | None:
        shared = asked.kind in (SCRIPT, STYLE)
        answer = scripts.get(asked.url) if shared else None
        if answer is None:
            try:
                answer = await fetcher.page(asked.url, _follow_up(asked))
            except CrawlStoppedError:
                return None
        if shared:
            scripts[asked.url] = answer
        if answer.status is None or host_of(answer.final_url) not in hosts:
            return None
        if asked.kind in DATA and answer.status < _ERROR:
            exchanges.append(Exchange(asked, answer))
        return Given(answer.final_url, answer.status, answer.headers, answer.body)

    return ask


def _follow_up(asked: Asked) -> FollowUp:
    headers = {name.title(): text for name, text in asked.headers.items()}
    return FollowUp(asked.url, FollowUpPurpose.LIST_DATA, asked.method, asked.body, headers)
