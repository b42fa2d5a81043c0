"""Answers that pages of the city give: texts in the site's encoding, redirects, errors, files."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from typing import Any

from tests.city.model import HTML, Answer, Asked, Route, Site

_PIXEL = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")
_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def html(site: Site, text: str, status: int = 200) -> Answer:
    """A page in the site's encoding. GBK sites send no charset in the header, as old servers do."""
    declared = HTML if site.encoding == "utf-8" else "text/html"
    return Answer(text.encode(site.encoding), status, declared)


def page_route(site: Site, write: Callable[[], str]) -> Route:
    """A route that writes its page when it is asked for."""

    def answer(_: Asked) -> Answer:
        return html(site, write())

    return answer


def always(answer: Answer) -> Route:
    """A route that gives the same answer to everyone."""

    def give(_: Asked) -> Answer:
        return answer

    return give


def json_answer(value: Any) -> Answer:
    return Answer(json.dumps(value, ensure_ascii=False).encode(), content_type="application/json; charset=utf-8")


def xml_answer(text: str) -> Answer:
    return Answer(text.encode(), content_type="text/xml; charset=utf-8")


def script(text: str) -> Answer:
    return Answer(text.encode(), content_type="application/javascript; charset=utf-8")


def plain(text: str, status: int = 200) -> Answer:
    return Answer(text.encode(), status, "text/plain; charset=utf-8")


def style(text: str) -> Answer:
    return Answer(text.encode(), content_type="text/css; charset=utf-8")


def image() -> Answer:
    """The smallest valid PNG."""
    return Answer(_PIXEL, content_type="image/png")


def pdf() -> Answer:
    """A tiny PDF."""
    return Answer(_PDF, content_type="application/pdf")


def redirect(to: str, status: int = 302) -> Answer:
    return Answer(b"", status, HTML, (("Location", to),))


def missing() -> Answer:
    """The 404 page of a web server."""
    return Answer("<html><head><title>404 Not Found</title></head><body>您访问的页面不存在</body></html>".encode(), 404)


def failure(status: int, words: str) -> Answer:
    return Answer(f"<html><head><title>{status} {words}</title></head><body>{words}</body></html>".encode(), status)


def challenge() -> Answer:
    """The page of a bot wall: a script to solve instead of content."""
    body = (
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};"
        "$_ts.nsd=84213;$_ts.cd='qAxkkrmlEqqYcqGqrHA7oGqYWqQ6cAqq';</script>"
        '<script src="/8mYqXrT2/k7cUZ9.a670748.js"></script></head><body></body></html>'
    )
    return Answer(body.encode(), 412, HTML, (("Server", "******"),))
