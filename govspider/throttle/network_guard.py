"""Refuses requests whose host spells out a private address, before they leave and after every redirect.

Names are checked when they are resolved (resolver.py). Behind a proxy the proxy resolves, so
only the literal address can be checked; that is said once per crawl.
"""

from __future__ import annotations

import logging
import os

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.httpobj import urlparse_cached

from govspider.throttle.networks import allowed_networks, literal_address, may_contact
from govspider.throttle.resolver import proxy_hosts

logger = logging.getLogger(__name__)


class PrivateAddressRefusedError(IgnoreRequest):
    """The address is private, loopback or otherwise not public."""


class NetworkGuard:
    """Downloader middleware; stands between the redirect middlewares and the downloader."""

    def __init__(self, crawler: Crawler) -> None:
        self.stats = crawler.stats
        self.allowed = allowed_networks(os.environ)
        if proxy_hosts():
            logger.warning("a proxy is set: it resolves names, so only literal addresses are checked here")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> NetworkGuard:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        host = urlparse_cached(request).hostname or ""
        address = "127.0.0.1" if host == "localhost" or host.endswith(".localhost") else literal_address(host)
        if address is None or may_contact(address, self.allowed):
            return
        self.stats.inc_value("govspider/throttle/private_address")
        raise PrivateAddressRefusedError(f"{request.url!r} leads to the private address {address}")
