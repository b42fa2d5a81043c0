"""Name look-ups that refuse private addresses and remember why a name did not resolve.

Scrapy's resolvers lose the difference between "no such name" and "no answer just now"; a link
may be called dead only on the first.
"""

from __future__ import annotations

import os
import socket
import urllib.parse
import urllib.request
from enum import StrEnum
from typing import Any

from scrapy.crawler import Crawler
from scrapy.resolver import HostResolution
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.defer import TimeoutError, succeed
from twisted.internet.interfaces import IHostnameResolver
from twisted.internet.threads import deferToThreadPool
from twisted.python.failure import Failure
from zope.interface import implementer

from govspider.throttle.networks import allowed_networks, literal_address, may_contact


class LookupFailure(StrEnum):
    """Why a name gave no address that may be contacted."""

    NOT_FOUND = "not_found"
    TEMPORARY = "temporary"
    TIMEOUT = "timeout"
    PRIVATE = "private"


# EAI_NODATA (a name without an address) is missing from some platforms
_NO_SUCH_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


@implementer(IHostnameResolver)
class GuardedResolver:
    """Resolver for TWISTED_DNS_RESOLVER: IPv4 before IPv6, with a timeout, a cache and the network guard."""

    _failures: dict[str, LookupFailure] = {}  # noqa: RUF012  one per process, as the reactor is

    def __init__(self, reactor: Any, timeout: float) -> None:
        self.reactor = reactor
        self.timeout = timeout
        self.allowed = allowed_networks(os.environ)
        self.proxy_hosts = proxy_hosts()
        self.cache: dict[str, list[str]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> GuardedResolver:
        return cls(reactor, crawler.settings.getfloat("DNS_TIMEOUT"))

    @classmethod
    def why_unresolved(cls, host: str) -> LookupFailure | None:
        """Why the last look-up of this name failed; None when it did not."""
        return cls._failures.get(host.lower())

    def install_on_reactor(self) -> None:
        self.reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802  Twisted's interface
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Any = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> HostResolution:
        resolution = HostResolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)
        found = self._addresses(hostName.lower())

        def tell(addresses: list[str]) -> None:
            for address in addresses:
                resolutionReceiver.addressResolved(_endpoint(address, portNumber))
            resolutionReceiver.resolutionComplete()

        found.addCallback(tell)
        return resolution

    def _addresses(self, name: str) -> Any:
        """Deferred of the addresses that may be contacted, empty when there are none."""
        if name in self.cache:
            return succeed(self.cache[name])
        literal = literal_address(name)
        if literal is not None:
            return succeed(self._permitted(name, [literal]))
        pool = self.reactor.getThreadPool()
        lookup: Any = deferToThreadPool(self.reactor, pool, self.look_up, name)
        lookup.addTimeout(self.timeout, self.reactor)
        lookup.addCallbacks(
            lambda answers: self._permitted(name, _distinct(answers)), self._failed, errbackArgs=(name,)
        )
        return lookup

    @staticmethod
    def look_up(name: str) -> list[Any]:
        """Answers of `socket.getaddrinfo`; asked in a thread, because it blocks. Raises OSError."""
        return socket.getaddrinfo(name, 0, 0, socket.SOCK_STREAM)

    def _permitted(self, name: str, addresses: list[str]) -> list[str]:
        """All addresses, or none: a name with one private address among public ones is not trusted."""
        if name in self.proxy_hosts or all(may_contact(address, self.allowed) for address in addresses):
            self._failures.pop(name, None)
            self.cache[name] = addresses
            return addresses
        self._failures[name] = LookupFailure.PRIVATE
        return []

    def _failed(self, failure: Failure, name: str) -> list[str]:
        error = failure.value
        if isinstance(error, TimeoutError):
            self._failures[name] = LookupFailure.TIMEOUT
        elif isinstance(error, socket.gaierror) and error.errno in _NO_SUCH_NAME:
            self._failures[name] = LookupFailure.NOT_FOUND
        elif isinstance(error, (OSError, UnicodeError)):
            self._failures[name] = LookupFailure.TEMPORARY
        else:
            failure.raiseException()
        return []


def proxy_hosts() -> frozenset[str]:
    """Hosts of the proxies in the environment: contacted on purpose, wherever they stand."""
    hosts = (urllib.parse.urlsplit(url).hostname for url in urllib.request.getproxies().values())
    return frozenset(host.lower() for host in hosts if host)


def _distinct(answers: list[Any]) -> list[str]:
    """Addresses of getaddrinfo, each once, IPv4 first."""
    addresses = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
    return sorted(addresses, key=lambda address: ":" in address)


def _endpoint(address: str, port: int) -> IPv4Address | IPv6Address:
    return IPv6Address("TCP", address, port) if ":" in address else IPv4Address("TCP", address, port)
