"""robots.txt, read without holding anybody up: a large one away from the reactor, and never more than a part of it.

RFC 9309, section 2.5: a crawler may set a limit to what it reads, of at least 500 kibibytes; rules behind it are as if
they were not there.
"""

from __future__ import annotations

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.asyncio import run_in_thread
from scrapy.utils.misc import build_from_crawler
from twisted.internet.defer import Deferred


class RobotsRules(RobotsTxtMiddleware):
    """Scrapy's middleware with bounds. Settings: ROBOTSTXT_MAXSIZE in bytes, ROBOTSTXT_IN_THREAD_BYTES."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._room = crawler.settings.getint("ROBOTSTXT_MAXSIZE")
        self._in_thread = crawler.settings.getint("ROBOTSTXT_IN_THREAD_BYTES")

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        self._stats.inc_value("robotstxt/response_count")
        self._stats.inc_value(f"robotstxt/response_status_count/{response.status}")
        rules = await self._read(within(response.body, self._room))
        await self.crawler.signals.send_catch_log_async(
            signal=signals.robots_parsed, robotparser=rules, request=request
        )
        waiting = self._parsers[netloc]
        assert isinstance(waiting, Deferred)
        self._parsers[netloc] = rules
        waiting.callback(rules)

    async def _read(self, body: bytes) -> RobotParser:
        if len(body) < self._in_thread:
            rules: RobotParser = build_from_crawler(self._parserimpl, self.crawler, body)
            return rules
        self._stats.inc_value("govspider/throttle/large_robots")
        return await run_in_thread(build_from_crawler, self._parserimpl, self.crawler, body)


def within(body: bytes, room: int) -> bytes:
    """The whole lines of a file that fit into `room` bytes."""
    if len(body) <= room:
        return body
    # a file may end its lines with a carriage return alone
    end = max(body.rfind(sign, 0, room + 1) for sign in (b"\n", b"\r"))
    return body[: max(end, 0)]
