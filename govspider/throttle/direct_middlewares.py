"""Downloader middlewares called one after the other, waiting only for those that have something to wait for.

Scrapy wraps whatever a middleware returns in a coroutine and names the method for a warning, each time: with fifteen
methods and a third more requests than pages that costs as much as all of what they do.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from scrapy import Request
from scrapy.core.downloader.middleware import DownloaderMiddlewareManager
from scrapy.http import Response
from scrapy.utils.defer import ensure_awaitable

_Download = Callable[[Request], Coroutine[Any, Any, Response]]


class DirectMiddlewares(DownloaderMiddlewareManager):
    """Scrapy's chain with the same order and the same meaning; what it refuses is left to Scrapy's words."""

    async def _process_request(self, request: Request, download_func: _Download) -> Response | Request:
        for method in self.methods["process_request"]:
            assert method is not None
            said = self._handle_mw_method(method, request=request)
            if said is not None and not isinstance(said, (Response, Request)):
                said = await ensure_awaitable(said)
            if said is not None:
                return _answer(said, method)
        return await download_func(request)

    async def _process_response(self, response: Response | Request, request: Request) -> Response | Request:
        for method in self.methods["process_response"]:
            assert method is not None
            if isinstance(response, Request):
                break
            said = self._handle_mw_method(method, request=request, response=response)
            if not isinstance(said, (Response, Request)):
                said = await ensure_awaitable(said)
            response = _answer(said, method)
        return response


def _answer(said: Any, method: Any) -> Response | Request:
    if not isinstance(said, (Response, Request)):
        raise TypeError(f"{method.__qualname__} must return a Response or a Request, not {said!r}")
    return said
