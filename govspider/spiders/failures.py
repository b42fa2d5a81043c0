"""Names for what can go wrong between us and a site, so that nobody is accused of our own trouble."""

from __future__ import annotations

from scrapy.core.downloader.handlers.http11 import TunnelError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from twisted.internet.error import ConnectError, ConnectionDone, ConnectionLost, DNSLookupError, TimeoutError
from twisted.web.client import ResponseFailed

from govspider.extract.links.link_answer import Failure
from govspider.items import UnknownReason
from govspider.throttle.header_flood import is_header_flood
from govspider.throttle.network_guard import PrivateAddressRefusedError
from govspider.throttle.resolver import GuardedResolver, LookupFailure

_LOOKUPS = {
    LookupFailure.NOT_FOUND: Failure.DNS_NOT_FOUND,
    LookupFailure.TEMPORARY: Failure.DNS_TEMPORARY,
    LookupFailure.TIMEOUT: Failure.DNS_TEMPORARY,
    LookupFailure.PRIVATE: Failure.PRIVATE_ADDRESS,
}
_KINDS: tuple[tuple[tuple[type[BaseException], ...], Failure], ...] = (
    ((PrivateAddressRefusedError,), Failure.PRIVATE_ADDRESS),
    ((DownloadConnectionRefusedError,), Failure.REFUSED),
    ((DownloadTimeoutError, TimeoutError), Failure.TIMEOUT),
    ((DownloadCancelledError,), Failure.TOO_BIG),
    ((ResponseDataLossError,), Failure.RESET),
    # the proxy refuses to open a way to a https site: 407, 403, 501
    ((TunnelError,), Failure.PROXY),
    # ValueError: a redirect whose Location is no address
    ((UnsupportedURLSchemeError, ValueError), Failure.PROTOCOL),
)
# what a failure means for a page that was to be read; what has no reason of its own is "not checked", in words
_REASONS = {
    Failure.DNS_NOT_FOUND: UnknownReason.NOT_CHECKED,
    Failure.DNS_TEMPORARY: UnknownReason.DNS_TEMPORARY,
    Failure.REFUSED: UnknownReason.NOT_CHECKED,
    Failure.TIMEOUT: UnknownReason.TIMEOUT,
    Failure.TLS: UnknownReason.TLS_INCOMPATIBLE,
    Failure.RESET: UnknownReason.NOT_CHECKED,
    Failure.REDIRECT_LOOP: UnknownReason.NOT_CHECKED,
    Failure.COOKIE_LOOP: UnknownReason.NEEDS_BROWSER,
    Failure.TOO_BIG: UnknownReason.TOO_BIG,
    Failure.ROBOTS: UnknownReason.ROBOTS,
    Failure.PRIVATE_ADDRESS: UnknownReason.PRIVATE_ADDRESS,
    Failure.PROXY: UnknownReason.PROXY,
    Failure.PROTOCOL: UnknownReason.NOT_CHECKED,
    Failure.OTHER: UnknownReason.NOT_CHECKED,
}
# behind a proxy these are told by the proxy, so they prove nothing about the site
_OF_THE_PROXY = (Failure.DNS_NOT_FOUND, Failure.DNS_TEMPORARY, Failure.REFUSED, Failure.TLS, Failure.RESET)
_PROXY_STATUS = (502, 503, 504)
_TLS_WORDS = ("SSL", "TLS", "certificate", "handshake")
# a body that is not compressed the way its header says; each library has an error of its own
_DECODERS = frozenset({"gzip", "zlib", "brotli", "brotlicffi", "backports", "compression", "_zstd"})
# Scrapy raises one IgnoreRequest for all of these; only its words tell them apart
_IGNORED = (
    ("max redirections", Failure.REDIRECT_LOOP),
    ("robots.txt", Failure.ROBOTS),
    ("DOWNLOAD_MAXSIZE", Failure.TOO_BIG),
)


def name_failure(error: BaseException, host: str) -> tuple[Failure, str] | None:
    """The failure an exception of the downloader stands for and its words; None for an exception of our own making.

    Parameters: `host` the host that was asked, to know why its name did not resolve.
    """
    detail = f"{type(error).__name__}: {error}".strip()
    if isinstance(error, (CannotResolveHostError, DNSLookupError)):
        reason = GuardedResolver.why_unresolved(host)
        return (_LOOKUPS[reason] if reason else Failure.DNS_TEMPORARY), detail
    for classes, failure in _KINDS:
        if isinstance(error, classes):
            return failure, detail
    if isinstance(error, IgnoreRequest):
        return _ignored(detail), detail
    return _broken_off(error, detail)


def _broken_off(error: BaseException, detail: str) -> tuple[Failure, str] | None:
    """The failure of a connection that ended before its answer, or of a body that is not what it says."""
    if is_header_flood(error):
        return Failure.TOO_BIG, f"too much before the page: {detail}"
    if isinstance(error, (DownloadFailedError, ResponseFailed, ConnectError, ConnectionLost, ConnectionDone)):
        return (Failure.TLS if any(word in detail for word in _TLS_WORDS) else Failure.RESET), detail
    if type(error).__module__.partition(".")[0] in _DECODERS:
        return Failure.PROTOCOL, f"the body is not what its Content-Encoding says: {detail}"
    return None


def _ignored(detail: str) -> Failure:
    return next((failure for words, failure in _IGNORED if words in detail), Failure.OTHER)


def unreadable_because(failure: Failure | None, status: int | None, *, via_proxy: bool) -> UnknownReason | None:
    """Why a page could not be read, from a failure or a proxy's own status; None when neither says so."""
    if via_proxy and (failure in _OF_THE_PROXY or status in _PROXY_STATUS):
        return UnknownReason.PROXY
    return None if failure is None else _REASONS[failure]
