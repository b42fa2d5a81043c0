"""What a server says before its page: as much as a browser listens to, and no more."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest

from tests.throttle.asking import ask
from tests.throttle.talking import talking

_PAGE = b"Content-Length: 4\r\n\r\nhere"
_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
_INTERIM = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
_SETTINGS = {"ROBOTSTXT_OBEY": False, "DOWNLOAD_DELAY": 0, "INTERIM_ANSWERS_MAX": 5, "HEADERS_MAXSIZE": 50_000}


def _says(data: bytes) -> Callable[[socket.socket], None]:
    return lambda client: client.sendall(data)


def _for_ever(data: bytes) -> Callable[[socket.socket], None]:
    def say(client: socket.socket) -> None:
        while True:
            client.sendall(data)

    return say


@pytest.mark.parametrize(
    "flood",
    [
        _says(_OK + b"".join(b"X-%d: %s\r\n" % (n, b"v" * 100) for n in range(1000)) + _PAGE),
        _for_ever(b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
        _for_ever(_OK + b"X: " + b"v\r\n " * 1000),
    ],
    ids=["too many headers", "interim answers without end", "one header without end"],
)
def test_a_flood_is_given_up_as_too_big_and_accuses_nobody(flood: Callable[[socket.socket], None]) -> None:
    with talking(flood) as address:
        (answer,) = ask([f"{address}/"], settings=_SETTINGS)
    assert answer["failure"] == "too_big"
    assert "before the page" in answer["detail"]


@pytest.mark.parametrize(
    "said",
    [_OK + b"Set-Cookie: %s\r\n" % (b"c" * 12_000) * 3 + _PAGE, _INTERIM * 5 + _OK + _PAGE],
    ids=["long headers", "some interim answers"],
)
def test_what_a_browser_listens_to_is_read(said: bytes) -> None:
    with talking(_says(said)) as address:
        (answer,) = ask([f"{address}/"], settings=_SETTINGS)
    assert (answer["failure"], answer["status"]) == (None, 200)
