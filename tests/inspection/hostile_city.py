"""Two healthy sites of the city with hostile ones beside them, behind one loopback proxy."""

from __future__ import annotations

import gzip
import secrets
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import unquote, urlsplit

from tests.city.hosts import Responder, host_table
from tests.city.model import Asked as CityAsked
from tests.city.model import Plan
from tests.loopback.recording_server import Asked, Reply

HEALTHY = ("9901000008", "9901220003")
_HTML = {"Content-Type": "text/html; charset=utf-8"}
_MANY = 25_000
_BOMB = gzip.compress(b"<p>0</p>" * 8_000_000, 9)
_CHUNK = b"<p>more</p>" * 6000


def _endless(_: str) -> Reply:
    def chunks() -> Iterator[bytes]:
        while True:
            yield _CHUNK

    return Reply(headers=_HTML, chunks=chunks)


def _bomb(_: str) -> Reply:
    return Reply(body=_BOMB, headers={**_HTML, "Content-Encoding": "gzip"})


def _loop(path: str) -> Reply:
    return Reply(302, headers={"Location": f"{path.rstrip('x')}x" if path.count("x") < 1 else "/"})


def _many_links(path: str) -> Reply:
    if path != "/":
        return Reply(404, b"nothing here", _HTML)
    links = b"".join(b'<a href="http://many.example/%d">%d</a>\n' % (n % 50, n) for n in range(_MANY))
    return Reply(
        body=b"<html><head><title>links</title></head><body><p>" + links + b"</p></body></html>", headers=_HTML
    )


def _long_addresses(path: str) -> Reply:
    """A menu whose columns have addresses of 3,500 random characters: no index holds them."""
    if path != "/" and not path.startswith("/long"):
        return Reply(404, b"nothing here", _HTML)
    rng = secrets.SystemRandom()
    menu = "".join(
        f'<li><a href="/long/{name}/{"".join(rng.choices("0123456789abcdef", k=3500))}/">{name}</a></li>'
        for name in ("工作动态", "通知公告", "政策文件")
    )
    page = f'<html><head><title>长地址</title></head><body><div class="nav"><ul>{menu}</ul></div></body></html>'
    return Reply(body=page.encode(), headers=_HTML)


def _nul_and_surrogates(path: str) -> Reply:
    body = "<html><head><title>坏\x00字&#xD800;</title></head><body>\x00<a href='/a\x00b'>网\x00站</a></body></html>"
    return Reply(body=body.encode(), headers=_HTML) if path == "/" else Reply(404, b"\x00\xff", _HTML)


HOSTILE: Mapping[str, Callable[[str], Reply]] = {
    "endless.hostile.example": _endless,
    "bomb.hostile.example": _bomb,
    "loop.hostile.example": _loop,
    "links.hostile.example": _many_links,
    "long.hostile.example": _long_addresses,
    "nul.hostile.example": _nul_and_surrogates,
}


def answering(plan: Plan) -> Callable[[Asked], Reply]:
    """What the proxy answers for every host of the city and the hostile ones; 502 for all others."""
    table = host_table(plan)

    def answer(asked: Asked) -> Reply:
        parts = urlsplit(asked.url)
        host = parts.hostname or ""
        if host in HOSTILE:
            return Reply(404) if parts.path == "/robots.txt" else HOSTILE[host](parts.path or "/")
        return _of_the_city(table[host], asked) if host in table else Reply(502, b"Bad Gateway")

    return answer


def _of_the_city(responder: Responder, asked: Asked) -> Reply:
    parts = urlsplit(asked.url)
    given = responder(
        CityAsked(asked.method, parts.scheme, parts.hostname or "", unquote(parts.path or "/"), parts.query)
    )
    return Reply(given.status, given.body, {"Content-Type": given.content_type, **dict(given.headers)})
