"""Articles that are asked for only if they changed since the site's last look; see docs/decisions/0040.

Whatever is odd about the answer, the page is then asked for plainly, as if nothing had been asked before.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from govspider.extract.accusations import accusation_of
from govspider.extract.columns.article import observe_article
from govspider.extract.document.hosts import host_of
from govspider.extract.document.page import Page
from govspider.items import EarlierPage, NotModified
from govspider.spiders.fetching import Answer, Fetcher
from govspider.spiders.validators import conditions_for, doubt_about
from govspider.throttle.redirects import may_refresh

logger = logging.getLogger(__name__)

_OK, _NOT_MODIFIED = 200, 304
# these are about the page, whatever it was asked with
_OF_THIS_PAGE = (200, 404, 410)


class UnchangedArticles:
    """Those of one site. Parameters: `earlier` articles of its last look, by address, that may be asked so."""

    def __init__(self, fetcher: Fetcher, earlier: Mapping[str, EarlierPage]) -> None:
        self._fetcher = fetcher
        self._earlier = earlier

    async def ask(self, url: str, list_date: date | None) -> tuple[Answer, Page | None] | None:
        """The answer, with the page where it is the earlier one; None where the page has to be asked for plainly.

        Parameters: `list_date` the day that a list beyond doubt gives the article now; None for any other list.
        """
        earlier = self._earlier.get(url)
        if earlier is None or list_date is None or host_of(url) in self._fetcher.unbelieved_hosts:
            return None
        conditions = conditions_for(earlier)
        page = await self._fetcher.known_pages.as_kept(earlier) if conditions else None
        if page is None or accusation_of(page, earlier.response_headers, list_date):
            return None
        self._fetcher.count("conditional/asked")
        answer = await self._fetcher.if_changed(url, conditions)
        if answer.status == _NOT_MODIFIED:
            return self._believed(answer, earlier, page)
        if answer.status == _OK and answer.final_url == url and not may_refresh(answer.body):
            self._fetcher.count("conditional/changed")
            return answer, None
        if answer.status not in _OF_THIS_PAGE:  # the host may not bear the question: it is not put to it again
            self._fetcher.unbelieved_hosts.add(host_of(url))
        return None

    def stands(self, page: Page | None, list_date: date | None) -> bool:
        """True while an article that was called unchanged is no witness against a further list that shows it."""
        return page is not None and list_date is not None and page.once(observe_article).published == list_date

    def was_wrong(self, url: str) -> None:
        """Note that a page had changed after all: its host is believed no more."""
        self._doubt(url, "asked plainly, it gave other bytes")

    def _doubt(self, url: str, why: str) -> None:
        logger.info("the 304 of %s is not believed: %s", url, why)
        self._fetcher.count("conditional/not_believed")
        self._fetcher.unbelieved_hosts.add(host_of(url))

    def _believed(self, answer: Answer, earlier: EarlierPage, page: Page) -> tuple[Answer, Page] | None:
        doubt = "it has a body" if answer.body else "it came from another address"
        if not answer.body and answer.final_url == answer.url:
            doubt = doubt_about(earlier, answer.request_headers, answer.headers)
        if doubt:
            self._doubt(answer.url, doubt)
            return None
        self._fetcher.count("conditional/not_modified")
        said = NotModified(earlier.bytes_at, answer.headers)
        return replace(answer, status=_OK, headers=earlier.response_headers, body=page.body, not_modified=said), page
