"""Bodies that are bombs, never end, or are not what their headers say."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from collections.abc import Callable
from functools import cache, partial
from itertools import repeat

import brotli
from backports import zstd

from tests.hostile.case import BREATH, Case, Talk, readable, unknown
from tests.traps.wire import HTML, Asked, head, send

_MEGABYTE = 1024 * 1024
_BOMB = 64 * _MEGABYTE
_PLAIN = b"<p>0</p>" * (_MEGABYTE // 8)
_PIECE = b"<p>more</p>" * 12_000
_SLOW_STEPS = 600
_TOO_BIG = "too_big"


@cache
def _zeros() -> bytes:
    return _PLAIN * (_BOMB // len(_PLAIN))


def _gzip() -> bytes:
    return gzip.compress(_zeros(), 9)


def _nested() -> bytes:
    return gzip.compress(gzip.compress(_gzip(), 9), 9)


def _deflate() -> bytes:
    return zlib.compress(_zeros(), 9)


def _brotli() -> bytes:
    return bytes(brotli.compress(_zeros(), quality=5))


def _zstd() -> bytes:
    return zstd.compress(_zeros())


PACKED: list[Callable[[], bytes]] = []
"""Bodies that take a while to pack: a world packs them before it opens."""


def _packed(encoding: str, make: partial[bytes]) -> Talk:
    made = cache(make)

    def talk(client: socket.socket, asked: Asked) -> None:
        send(client, 200, made(), HTML, {"Content-Encoding": encoding})

    PACKED.append(made)
    return talk


def _endless(client: socket.socket, asked: Asked) -> None:
    client.sendall(head(200, {"Content-Type": HTML, "Connection": "close"}))
    for piece in repeat(_PIECE):
        client.sendall(piece)
        time.sleep(BREATH)


def _endless_chunks(client: socket.socket, asked: Asked) -> None:
    client.sendall(head(200, {"Content-Type": HTML, "Transfer-Encoding": "chunked"}))
    for piece in repeat(b"%x\r\n%s\r\n" % (len(_PIECE), _PIECE)):
        client.sendall(piece)
        time.sleep(BREATH)


def _claims_terabytes(client: socket.socket, asked: Asked) -> None:
    client.sendall(head(200, {"Content-Type": HTML, "Content-Length": str(10**13)}) + _PIECE)


def _slow_body(client: socket.socket, asked: Asked) -> None:
    client.sendall(head(200, {"Content-Type": HTML, "Content-Length": "100000"}))
    for _ in range(_SLOW_STEPS):
        client.sendall(b"x")
        time.sleep(0.1)


def _slow_headers(client: socket.socket, asked: Asked) -> None:
    client.sendall(b"HTTP/1.1 200 OK\r\n")
    for number in range(_SLOW_STEPS):
        client.sendall(b"X-%d: y\r\n" % number)
        time.sleep(0.1)


def _torn_gzip(client: socket.socket, asked: Asked) -> None:
    whole = gzip.compress(b"<html><title>torn</title>" + _PIECE)
    send(client, 200, whole[: len(whole) // 2], HTML, {"Content-Encoding": "gzip"})


def _no_gzip(client: socket.socket, asked: Asked) -> None:
    send(client, 200, b"<html><title>plain</title><body>plain</body></html>", HTML, {"Content-Encoding": "gzip"})


def _lying_encoding(client: socket.socket, asked: Asked) -> None:
    """Header, declaration and bytes each say something else, and some bytes are nothing at all."""
    body = (
        b'<html><head><meta charset="big5"><title>'
        + "统计局".encode("gb18030")
        + b"</title></head><body>\xff\xfe\x80\x81"
        + "通知公告".encode("gb18030") * 50
    )
    send(client, 200, body, "text/html; charset=utf-16")


def _utf_7(client: socket.socket, asked: Asked) -> None:
    body = b'<html><head><meta charset="utf-7"><title>+ADw-script+AD4-</title></head><body>+AGE-</body></html>'
    send(client, 200, body, "text/html; charset=utf-7")


def _picture(client: socket.socket, asked: Asked) -> None:
    send(client, 200, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 400, HTML)


BODIES: tuple[Case, ...] = (
    unknown("gzip_bomb", _packed("gzip", partial(_gzip)), _TOO_BIG),
    unknown("nested_gzip_bomb", _packed("gzip, gzip, gzip", partial(_nested)), _TOO_BIG),
    unknown("deflate_bomb", _packed("deflate", partial(_deflate)), _TOO_BIG),
    unknown("brotli_bomb", _packed("br", partial(_brotli)), _TOO_BIG),
    unknown("zstd_bomb", _packed("zstd", partial(_zstd)), _TOO_BIG),
    unknown("endless_body", _endless, _TOO_BIG),
    unknown("endless_chunks", _endless_chunks, _TOO_BIG),
    unknown("terabytes", _claims_terabytes, _TOO_BIG),
    unknown("slow_body", _slow_body, "timeout"),
    unknown("slow_headers", _slow_headers, "timeout"),
    Case("torn_gzip", _torn_gzip, frozenset({None, "not_checked"})),
    Case("no_gzip", _no_gzip, frozenset({None, "not_checked"})),
    readable("lying_encoding", _lying_encoding),
    readable("utf_7", _utf_7),
    Case("picture_as_page", _picture, frozenset({None, "not_checked"})),
)
