"""On the way to the page that answers: hops are remembered, endless ways end early, refreshes are obeyed with sense.

Scrapy follows a redirect twenty times before it gives up, follows the meta refresh of an error
page to the home page (the error is never seen), and follows a page that renews itself to no end.
"""

from __future__ import annotations

from typing import NamedTuple

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.response import get_meta_refresh

HOPS = "hops"
"""meta key: a list that every answer of the request, redirects included, is entered in."""
FOLLOW_REFRESH = "follow_refresh"
"""meta key: False where the page that sends on is to be seen itself."""
_REDIRECTS = (301, 302, 303, 307, 308)
_ERRORS = 400
# Scrapy reads the first 4,096 characters of the decoded page; of four bytes each in UTF-8
_HEAD_BYTES = 4 * 4096 + 4


def _names_no_refresh(head: bytes) -> bool:
    """True for most pages: they need not be decoded to know that they send nobody on.

    Where there are zeros, the word may be hidden in an encoding of two bytes a letter.
    """
    return b"refresh" not in head.lower() and b"\0" not in head


def may_refresh(body: bytes) -> bool:
    """True for a page that may send its visitors on, by the words at its beginning."""
    return not _names_no_refresh(body[:_HEAD_BYTES])


class SeenHop(NamedTuple):
    """One answer on the way. `cookie`: it set one, so a browser may be led on elsewhere."""

    url: str
    status: int
    cookie: bool


class HopLog:
    """Downloader middleware, nearer to the downloader than the redirect middlewares."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> HopLog:
        return cls()

    def process_response(self, request: Request, response: Response) -> Response:
        hops: list[SeenHop] | None = request.meta.get(HOPS)
        if hops is None:
            return response
        again = response.status in _REDIRECTS and any(hop.url == request.url for hop in hops)
        hops.append(SeenHop(request.url, response.status, "Set-Cookie" in response.headers))
        if again:
            raise IgnoreRequest(f"max redirections: {request.url} leads back to itself")
        return response


class Refreshes(MetaRefreshMiddleware):
    """Follows a meta refresh of a page that is whole and leads elsewhere; see METAREFRESH_MAXDELAY."""

    def process_response(  # type: ignore[override]  # Scrapy deprecates the third parameter
        self, request: Request, response: Response
    ) -> Request | Response:
        if request.meta.get(FOLLOW_REFRESH) is False or response.status >= _ERRORS:
            return response
        if not may_refresh(response.body):
            return response
        try:
            if hasattr(response, "text") and self._leads_to_itself(response):
                return response
            followed: Request | Response = super().process_response(request, response)
        except ValueError:  # a base or a target that is no address, such as http://[broken: there is no way on
            return response
        return followed

    def _leads_to_itself(self, response: Response) -> bool:
        _, url = get_meta_refresh(response, ignore_tags=self._ignore_tags)  # type: ignore[arg-type]
        return url is not None and url.partition("#")[0].rstrip("/") == response.url.partition("#")[0].rstrip("/")
