"""How much a server may say before its page begins: headers and interim answers are bounded.

A body has its limit (DOWNLOAD_MAXSIZE); what stands before it has none in Twisted, which reads each line in Python in
the reactor. Ten megabytes of headers, or `100 Continue` for ever, took more of a crawl than all its pages.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.exceptions import DownloadFailedError
from scrapy.settings import BaseSettings
from twisted.internet.defer import Deferred

_INTERIM = range(100, 200)


class HeaderFloodError(DownloadFailedError):
    """More was said before the page than a browser listens to."""


class BoundedParser(_LenientHTTPClientParser):
    """Parser of answers that gives up at a flood. Both counts run through all interim answers of one request."""

    room = 0
    interim_left = 0

    def lineReceived(self, line: bytes) -> None:  # noqa: N802  Twisted's name
        self.room -= len(line) + 1
        if self.room < 0:
            raise HeaderFloodError("the headers are longer than HEADERS_MAXSIZE")
        super().lineReceived(line)

    def allHeadersReceived(self) -> None:  # noqa: N802  Twisted's name
        if self.response.code in _INTERIM:
            self.interim_left -= 1
            if self.interim_left < 0:
                raise HeaderFloodError("more interim answers (1xx) came than INTERIM_ANSWERS_MAX")
        super().allHeadersReceived()  # type: ignore[no-untyped-call]


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    """A connection whose answers are read by `BoundedParser`."""

    room = 0
    interim = 0

    def request(self, request: Any) -> Deferred[Any]:
        answer = super().request(request)
        parser: Any = self._parser
        # Twisted names its parser's class in the middle of this method; Scrapy changes it in the same way
        parser.__class__ = BoundedParser
        parser.room, parser.interim_left = self.room, self.interim
        return answer


class _BoundedFactory(_LenientHTTP11ClientFactory):
    def __init__(self, room: int, interim: int, *given: Any) -> None:
        super().__init__(*given)  # type: ignore[no-untyped-call]
        self._limits = room, interim

    def buildProtocol(self, addr: Any) -> _BoundedProtocol:  # noqa: N802  Twisted's name
        protocol: _BoundedProtocol = _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
        protocol.room, protocol.interim = self._limits
        return protocol


def bounded_factory(settings: BaseSettings) -> Any:
    """What makes connections for a pool. Settings: HEADERS_MAXSIZE in bytes, INTERIM_ANSWERS_MAX."""
    return partial(_BoundedFactory, settings.getint("HEADERS_MAXSIZE"), settings.getint("INTERIM_ANSWERS_MAX"))


def is_header_flood(error: BaseException) -> bool:
    """True where a failed download was given up for what stood before its page."""
    reasons = getattr(error.__cause__, "reasons", ())
    return any(reason.check(HeaderFloodError) for reason in reasons)
