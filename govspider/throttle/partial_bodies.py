"""Link checks read only as much of a body as decides: headers of images, a little of the rest.

Set `meta["body_limit"] = {"html": bytes, "attachment": bytes, "image": bytes}` on a request;
a limit of 0 stops at the headers.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Headers

BODY_LIMIT = "body_limit"


class PartialBodies:
    """Scrapy extension that ends a download once the limit of its request is reached."""

    def __init__(self, crawler: Crawler) -> None:
        self.received: WeakKeyDictionary[Request, int] = WeakKeyDictionary()
        self.limits: WeakKeyDictionary[Request, int] = WeakKeyDictionary()
        crawler.signals.connect(self.headers_received, signals.headers_received)
        crawler.signals.connect(self.bytes_received, signals.bytes_received)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PartialBodies:
        return cls(crawler)

    def headers_received(self, headers: Headers, request: Request, **_: Any) -> None:
        limits = request.meta.get(BODY_LIMIT)
        if limits is None:
            return
        limit = limits[body_class((headers.get("Content-Type") or b"").decode("latin-1"))]
        if limit == 0:
            raise StopDownload(fail=False)
        self.limits[request] = limit

    def bytes_received(self, data: bytes, request: Request, **_: Any) -> None:
        limit = self.limits.get(request)
        if limit is None:
            return
        self.received[request] = self.received.get(request, 0) + len(data)
        if self.received[request] >= limit:
            raise StopDownload(fail=False)


def body_class(content_type: str) -> str:
    """html, image (styles and scripts as well) or attachment, from a Content-Type header; html when in doubt."""
    media_type = content_type.partition(";")[0].strip().lower()
    if not media_type or media_type.startswith("text/html") or "xml" in media_type or media_type == "text/plain":
        return "html"
    if media_type.startswith(("image/", "font/")) or media_type in (
        "text/css",
        "application/javascript",
        "text/javascript",
    ):
        return "image"
    return "attachment"
