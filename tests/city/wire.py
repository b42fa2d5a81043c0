"""HTTP/1.1 on a stream: reading a request, writing an answer. Only what a crawler and a proxy need."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from http import HTTPStatus

from tests.city.model import Answer

_LONGEST_HEAD = 64 * 1024


class BadRequestError(Exception):
    """The bytes of a connection are no HTTP request."""


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    target: str
    """Absolute address, path, or host:port after CONNECT."""
    headers: dict[str, str]
    body: bytes

    @property
    def keeps_alive(self) -> bool:
        wish = self.headers.get("proxy-connection") or self.headers.get("connection", "keep-alive")
        return wish.lower() != "close"


async def read_request(reader: asyncio.StreamReader) -> Request | None:
    """The next request; None when the other side has finished. BadRequestError for anything else."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as ended:
        if ended.partial.strip():
            raise BadRequestError(f"connection ended inside a request: {ended.partial[:80]!r}") from ended
        return None
    except asyncio.LimitOverrunError as overrun:
        raise BadRequestError(f"request head longer than {_LONGEST_HEAD} bytes") from overrun
    first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    words = first.split(" ")
    if len(words) != 3:
        raise BadRequestError(f"not a request line: {first[:80]!r}")
    pairs = (line.partition(":") for line in lines)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    length = headers.get("content-length", "0")
    if not length.isdigit():
        raise BadRequestError(f"content-length is no number: {length!r}")
    body = await reader.readexactly(int(length)) if length != "0" else b""
    return Request(words[0].upper(), words[1], headers, body)


def answer_bytes(answer: Answer, *, head_only: bool, keep: bool) -> bytes:
    """The answer as it goes over the wire, with Content-Length and never chunked."""
    lines = [
        f"HTTP/1.1 {answer.status} {_phrase(answer.status)}",
        f"Content-Type: {answer.content_type}",
        f"Content-Length: {len(answer.body)}",
        f"Connection: {'keep-alive' if keep else 'close'}",
        *(f"{name}: {value}" for name, value in answer.headers),
    ]
    head = "\r\n".join(lines).encode("utf-8") + b"\r\n\r\n"
    return head if head_only else head + answer.body


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:  # such as 521, which only walls use
        return "Unknown"
