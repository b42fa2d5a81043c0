"""A loopback HTTP server, or proxy, whose answers a test gives as a function of the request."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it arrived. `url` is absolute for a proxy, a path for a server."""

    url: str
    headers: Mapping[str, str]
    at: float
    method: str = "GET"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. `chunks` are sent one by one instead of `body`, without a length."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    chunks: Callable[[], Iterator[bytes]] | None = None


class RecordingServer(ThreadingHTTPServer):
    """Threaded server on 127.0.0.1; `asked` holds every request in order of arrival."""

    daemon_threads = True

    def __init__(self, answer: Callable[[Asked], Reply]) -> None:
        self.asked: list[Asked] = []
        self.answer = answer
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def times_of(self, start: str) -> list[float]:
        """Arrival times of requests whose address begins so; robots.txt is a request as well."""
        return [asked.at for asked in self.asked if asked.url.startswith(start)]

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up early is what the tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: RecordingServer

    def do_GET(self) -> None:
        asked = Asked(self.path, dict(self.headers.items()), time.monotonic(), self.command)
        self.server.asked.append(asked)
        reply = self.server.answer(asked)
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.chunks is None:
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)
            return
        self.send_header("Connection", "close")
        self.end_headers()
        for chunk in reply.chunks():
            self.wfile.write(chunk)
        self.close_connection = True

    do_POST = do_GET  # noqa: N815  the name is the interface

    def log_message(self, format: str, *args: object) -> None:
        """Tests look at `asked`, not at a log."""


@contextmanager
def serving(answer: Callable[[Asked], Reply]) -> Iterator[RecordingServer]:
    """A running server, stopped at the end."""
    server = RecordingServer(answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
