"""A downloader middleware for crawls of the tests: how long each host is waited for.

With one timeout for all, a machine that is busy calls hosts silent that are merely broken. Cases about time are given
up soon; whoever else is asked is waited for so long that only a standstill could run out.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler

HOSTS = "HOSTILE_SHORT_HOSTS"
_SHORT = 10.0


class Patience:
    """Setting HOSTILE_SHORT_HOSTS: hosts, comma separated. All others are given DOWNLOAD_TIMEOUT."""

    def __init__(self, hosts: frozenset[str]) -> None:
        self._hosts = hosts

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Patience:
        return cls(frozenset(crawler.settings.getlist(HOSTS)))

    def process_request(self, request: Request) -> None:
        if urlsplit(request.url).hostname in self._hosts:
            request.meta["download_timeout"] = _SHORT
