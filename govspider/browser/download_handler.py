"""Downloads as every crawl does, except for requests that ask for the browser (meta playwright=True).

scrapy-playwright is started by the first such request only: a crawl without one needs no Chromium and
starts no driver. Both schemes share one browser.
"""

from __future__ import annotations

import asyncio
import logging
import os
from typing import Any
from weakref import WeakKeyDictionary

from playwright.async_api import Error, TimeoutError
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError, DownloadTimeoutError
from scrapy.http import Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from govspider.browser.chromium import find_chromium, launch_options
from govspider.throttle.kept_connections import InTurnHandler

# its warnings are tracebacks of what is answered for here
logging.getLogger("scrapy-playwright").setLevel(logging.ERROR)


class PlainOrBrowserHandler(InTurnHandler):
    """Handler for http and https. A failure of the browser is a failed download, like any other."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._owner = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PlainOrBrowserHandler:
        return cls(crawler)

    async def download_request(self, request: Request) -> Response:
        if not request.meta.get("playwright"):
            return await super().download_request(request)
        return await _browser_of(self._owner).download(request)

    async def close(self) -> None:
        await super().close()
        browser = _BROWSERS.pop(self._owner, None)
        if browser is not None:
            await browser.close()


class _Browser:
    """The browser of one crawl, started when it is first asked."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._starting = asyncio.Lock()
        self._handler: Any = None

    async def download(self, request: Request) -> Response:
        try:
            handler = await self._started()
            response: Response = await handler.download_request(request)
        except TimeoutError as error:
            raise DownloadTimeoutError(f"browser: {error}") from error
        except Error as error:
            raise DownloadFailedError(f"browser: {str(error).partition(chr(10))[0]}") from error
        return response

    async def close(self) -> None:
        if self._handler is not None:
            await self._handler.close()

    async def _started(self) -> Any:
        async with self._starting:
            if self._handler is None:
                self._handler = await self._start()
        return self._handler

    async def _start(self) -> Any:
        path = find_chromium(os.environ)
        if path is None:
            raise DownloadFailedError("browser: no Chromium on this machine")
        handler = ScrapyPlaywrightDownloadHandler(self._crawler)
        handler.config.launch_options = launch_options(path, as_root=os.geteuid() == 0)
        # it would start itself when the engine starts, which was long ago
        await handler._maybe_launch_in_thread()
        return handler


_BROWSERS: WeakKeyDictionary[Crawler, _Browser] = WeakKeyDictionary()


def _browser_of(crawler: Crawler) -> _Browser:
    if crawler not in _BROWSERS:
        _BROWSERS[crawler] = _Browser(crawler)
    return _BROWSERS[crawler]
