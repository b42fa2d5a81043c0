"""Servers that break the protocol: status lines, headers, lengths, redirects, connections."""

from __future__ import annotations

import socket
import struct
import time
from itertools import repeat

from tests.hostile.case import BREATH, PRIVATE_FORMS, Case, Talk, private, readable, unknown
from tests.traps.wire import HTML, Asked, head, send

_BROKEN = "not_checked"
_PATIENCE = 60.0
_YEAR = str(365 * 86400)
_PAGE = b"<html><head><title>page</title></head><body>page</body></html>"


def _redirect(location: str) -> Talk:
    """PRIVATE and the spellings numbered P1 to P5 stand for the forbidden address."""

    def talk(client: socket.socket, asked: Asked) -> None:
        target = location.replace("PRIVATE", private())
        for number, form in enumerate(PRIVATE_FORMS):
            target = target.replace(f"P{number}", private(form))
        send(client, 302, b"", HTML, {"Location": target})

    return talk


def _maze(client: socket.socket, asked: Asked) -> None:
    """Every address leads to one that nobody asked yet."""
    send(client, 302, b"", HTML, {"Location": f"/maze/{asked.at:.9f}/"})


def _growing(client: socket.socket, asked: Asked) -> None:
    """Every address leads to one of twice the length."""
    send(client, 302, b"", HTML, {"Location": f"{asked.path}x{asked.path.strip('/')}"})


def _refresh_maze(client: socket.socket, asked: Asked) -> None:
    body = f"<html><head><meta http-equiv='refresh' content='0; url=/r{asked.at:.9f}'></head></html>"
    send(client, 200, body.encode())


def _raw(data: bytes) -> Talk:
    def talk(client: socket.socket, asked: Asked) -> None:
        client.sendall(data)

    return talk


def _headers(count: int, size: int, name: str = "X-%d") -> Talk:
    """So many headers of such a length."""
    lines = b"".join(b"%s: %s\r\n" % ((name % n if "%" in name else name).encode(), b"v" * size) for n in range(count))
    return _raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + lines + b"\r\n" + _PAGE)


def _cookies(client: socket.socket, asked: Asked) -> None:
    lines = b"".join(b"Set-Cookie: c%d=%s\r\n" % (n, b"v" * 100) for n in range(3000))
    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n" + lines + b"\r\n" + _PAGE)


def _extensions(client: socket.socket, asked: Asked) -> None:
    """Chunks of one byte with kilobytes of extension each, for ever."""
    client.sendall(head(200, {"Content-Type": HTML, "Transfer-Encoding": "chunked"}))
    for piece in repeat(b"1;" + b"e" * 8192 + b"\r\nx\r\n"):
        client.sendall(piece)
        time.sleep(BREATH)


def _continues(client: socket.socket, asked: Asked) -> None:
    for piece in repeat(b"HTTP/1.1 100 Continue\r\n\r\n" * 200):
        client.sendall(piece)
        time.sleep(BREATH)


def _garbage(client: socket.socket, asked: Asked) -> None:
    client.sendall(bytes(range(256)) * 40)


def _busy_for_a_year(client: socket.socket, asked: Asked) -> None:
    send(client, 503, b"busy", HTML, {"Retry-After": _YEAR})


def _reset(client: socket.socket, asked: Asked) -> None:
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _silent(client: socket.socket, asked: Asked) -> None:
    time.sleep(_PATIENCE)


def _closes(client: socket.socket, asked: Asked) -> None:
    """Hangs up without a word."""


def _endless_robots(client: socket.socket, asked: Asked) -> None:
    if asked.path != "/robots.txt":
        send(client, 200, _PAGE)
        return
    client.sendall(head(200, {"Content-Type": "text/plain", "Connection": "close"}))
    for piece in repeat(b"User-agent: *\nDisallow: /x\n" * 2000):
        client.sendall(piece)
        time.sleep(BREATH)


def _huge_robots(client: socket.socket, asked: Asked) -> None:
    """Rules by the ten thousand, with more stars than any matcher likes."""
    if asked.path != "/robots.txt":
        send(client, 200, _PAGE)
        return
    stars = "*a" * 40
    rules = "".join(f"Disallow: /{stars}{number}$\n" for number in range(20_000))
    send(client, 200, f"User-agent: *\n{rules}".encode(), "text/plain")


def _silent_robots(client: socket.socket, asked: Asked) -> None:
    if asked.path == "/robots.txt":
        time.sleep(_PATIENCE)
    send(client, 200, _PAGE)


def _two_lengths(client: socket.socket, asked: Asked) -> None:
    client.sendall(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\nContent-Length: 5000\r\n\r\n" + _PAGE
    )


PROTOCOL: tuple[Case, ...] = (
    unknown("redirect_maze", _maze, _BROKEN),
    unknown("growing_redirect", _growing, _BROKEN),
    unknown("refresh_maze", _refresh_maze, _BROKEN),
    unknown("to_file", _redirect("file:///etc/passwd"), _BROKEN),
    unknown("to_ftp", _redirect("ftp://127.0.0.1/pub/"), _BROKEN),
    unknown("to_data", _redirect("data:text/html,<title>data</title>"), _BROKEN),
    unknown("to_javascript", _redirect("javascript:alert(1)"), _BROKEN),
    *(unknown(f"to_private_{n}", _redirect(f"http://P{n}/"), "private_address") for n in range(len(PRIVATE_FORMS))),
    unknown("to_at_sign", _redirect("http://to-at-sign.hostile-demo.com@PRIVATE/"), "private_address"),
    unknown("to_backslash", _redirect("http:\\\\PRIVATE\\x"), "private_address", _BROKEN),
    unknown("to_punycode", _redirect("http://xn--fiq06l2rdsvs.xn--vuq861b/"), _BROKEN, "dns_temporary"),
    unknown("to_nowhere", _redirect("http://[broken/"), _BROKEN),
    unknown("many_headers", _headers(100_000, 100), "too_big"),
    unknown("long_header", _headers(1, 10_000_000), _BROKEN),
    unknown("cookie_flood", _cookies, "too_big"),
    Case("negative_length", _raw(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n" + _PAGE), frozenset({None, _BROKEN})),
    Case("two_lengths", _two_lengths, frozenset({None, _BROKEN})),
    # never ends, and a byte of body in a chunk is far from any limit of size
    unknown("chunk_extensions", _extensions, _BROKEN, "too_big", "timeout"),
    Case(
        "chunk_without_size",
        _raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n"),
        frozenset({None, _BROKEN}),
    ),
    unknown("continue_flood", _continues, "too_big"),
    unknown("garbage", _garbage, _BROKEN),
    unknown("http_0_9", _raw(_PAGE), _BROKEN),
    unknown("status_word", _raw(b"HTTP/1.1 abc OK\r\n\r\n" + _PAGE), _BROKEN),
    unknown("busy_for_a_year", _busy_for_a_year, "blocked", _BROKEN),
    unknown("reset", _reset, _BROKEN),
    unknown("silent", _silent, "timeout"),
    unknown("hangs_up", _closes, _BROKEN),
    readable("endless_robots", _endless_robots, robots=True),
    readable("huge_robots", _huge_robots, robots=True),
    Case("silent_robots", _silent_robots, frozenset({None, "robots", "timeout"}), robots=True),
)
