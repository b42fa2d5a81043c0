"""Raw answers on a socket: what no web server would send, and what every one does."""

from __future__ import annotations

import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it arrived. `earlier` counts requests for the same address before this one."""

    method: str
    name: str
    path: str
    headers: Mapping[str, str]
    earlier: int
    at: float


def send(
    client: socket.socket,
    status: int = 200,
    body: bytes = b"",
    kind: str = HTML,
    headers: Mapping[str, str] | None = None,
) -> None:
    """A well-formed answer."""
    given = {"Content-Type": kind, "Content-Length": str(len(body)), "Connection": "close", **(headers or {})}
    client.sendall(head(status, given) + body)


def head(status: int, headers: Mapping[str, str]) -> bytes:
    """Status line and headers."""
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else "Unknown"
    lines = [f"HTTP/1.1 {status} {phrase}", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8")


def drip(client: socket.socket, body: bytes, *, pieces: int, pause: float) -> None:
    """A body that comes in pieces; a client that hangs up meanwhile is left alone."""
    size = max(1, len(body) // pieces)
    for start in range(0, len(body), size):
        client.sendall(body[start : start + size])
        time.sleep(pause)


def read_request(client: socket.socket) -> tuple[str, str, dict[str, str]] | None:
    """Method, target and headers of one request; None for bytes that are none."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = client.recv(65536)
        if not piece or len(data) > 65536:
            return None
        data += piece
    first, *lines = data.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    words = first.split(" ")
    if len(words) != 3:
        return None
    pairs = (line.partition(":") for line in lines)
    return words[0], words[1], {name.strip().lower(): value.strip() for name, _, value in pairs}
