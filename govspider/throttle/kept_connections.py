"""Connections that are kept open between requests: what is lost on one is told, not sent again at once.

Twisted sends a GET again by itself where a kept connection turns out to be closed. That second request
passes no slot, so it may reach a site before its delay is over.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError
from twisted.internet.defer import Deferred, fail
from twisted.internet.interfaces import IStreamClientEndpoint
from twisted.web.client import HTTPConnectionPool

from govspider.throttle.header_flood import bounded_factory

_ASKED_AGAIN = "kept_connection_asked_again"
"""meta key: how often this request was sent once more because its connection had been closed."""


class KeptConnectionClosedError(DownloadFailedError):
    """The site closed a kept connection while it was asked again: says nothing of the page, ask once more in turn."""


class KeptConnections(HTTPConnectionPool):
    """Twisted's pool, whose kept connections end in KeptConnectionClosedError instead of a request out of turn."""

    def getConnection(self, key: Hashable, endpoint: IStreamClientEndpoint) -> Deferred[Any]:  # noqa: N802  its name
        """A connection for one request, kept or new."""
        return super().getConnection(key, endpoint).addCallback(_once)


def _once(connection: Any) -> Any:
    # Twisted wraps kept connections only, in an object that knows how to open a new one
    if hasattr(connection, "_newConnection"):
        connection._newConnection = _refuse
    return connection


def _refuse() -> Deferred[Any]:
    return fail(KeptConnectionClosedError("the site closed the kept connection before it answered"))


class InTurnHandler(HTTP11DownloadHandler):
    """Scrapy's handler for http and https, which sends nothing that its downloader did not let go."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        former = self._pool
        kept: HTTPConnectionPool = KeptConnections(former._reactor, True)  # type: ignore[no-untyped-call]
        kept.maxPersistentPerHost, kept._factory = former.maxPersistentPerHost, bounded_factory(crawler.settings)
        self._pool = kept


class AskAgainInTurn:
    """Downloader middleware: what met a closed connection waits for its turn once more, robots.txt too.

    Not one of RETRY_TIMES, which count answers and failures of the site. Setting: KEPT_CONNECTION_TRIES.
    """

    def __init__(self, tries: int) -> None:
        self._tries = tries

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AskAgainInTurn:
        return cls(crawler.settings.getint("KEPT_CONNECTION_TRIES"))

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """The same request once more, or None for other errors and where it met closed connections too often."""
        times = request.meta.get(_ASKED_AGAIN, 0)
        if not isinstance(exception, KeptConnectionClosedError) or times >= self._tries:
            return None
        again = request.copy()
        again.meta[_ASKED_AGAIN] = times + 1
        return again
