"""The city on a loopback port: an HTTP proxy that answers for every host of the plan itself.

It speaks absolute-form requests and CONNECT with TLS, keeps connections alive and writes down
when each request arrived. It never opens a connection to anyone.
"""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from time import monotonic
from urllib.parse import unquote, urlsplit

from tests.city.certificate import tls_context
from tests.city.hosts import HostTable, host_table
from tests.city.model import Answer, Asked, Plan
from tests.city.responses import failure
from tests.city.wire import BadRequestError, Request, answer_bytes, read_request

_START_SECONDS = 20


@dataclass(slots=True)
class Arrival:
    """One request as the server saw it; times are seconds of a monotonic clock."""

    method: str
    url: str
    host: str
    at: float
    headers: dict[str, str]
    done: float = 0.0
    status: int = 0


class City:
    """A running city. `proxy_url` is what goes into http_proxy."""

    def __init__(self, hosts: HostTable, port: int = 0) -> None:
        self._hosts = hosts
        self._port = port
        self._seen: Counter[tuple[str, str]] = Counter()
        self._tls: ssl.SSLContext | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.arrivals: list[Arrival] = []
        self.proxy_url = ""

    def count(self, host: str) -> int:
        """Requests for this host so far."""
        return len(self.arrivals_at(host))

    def arrivals_at(self, host: str) -> list[Arrival]:
        """Requests for this host in order of arrival."""
        return [arrival for arrival in self.arrivals if arrival.host == host]

    def gaps(self, host: str) -> list[float]:
        """Seconds between the arrivals of a host's requests."""
        times = [arrival.at for arrival in self.arrivals_at(host)]
        return [later - earlier for earlier, later in pairwise(times)]

    def most_at_once(self, *hosts: str) -> int:
        """Largest number of requests for these hosts that were being answered at the same time."""
        chosen = [arrival for arrival in self.arrivals if arrival.host in hosts]
        edges = sorted([(a.at, 1) for a in chosen] + [(a.done or float("inf"), -1) for a in chosen])
        level, highest = 0, 0
        for _, step in edges:
            level += step
            highest = max(highest, level)
        return highest

    def forget(self) -> None:
        """Start counting anew; what answers only once answers once more."""
        self.arrivals.clear()
        self._seen.clear()

    async def start(self) -> asyncio.Server:
        server = await asyncio.start_server(self._accept, "127.0.0.1", self._port, limit=64 * 1024, backlog=512)
        address = server.sockets[0].getsockname()
        self.proxy_url = f"http://{address[0]}:{address[1]}"
        return server

    async def stop(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            await self._converse(reader, writer)
        except (ConnectionError, ssl.SSLError, BadRequestError, asyncio.IncompleteReadError, asyncio.CancelledError):
            # the other side left, spoke no HTTP, or the city is closing: nobody is left to be told
            pass
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tunnel = ""
        while (request := await read_request(reader)) is not None:
            if request.method == "CONNECT":
                tunnel = request.target
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                await writer.drain()
                await writer.start_tls(self._context())
                continue
            await self._answer(request, tunnel, writer)
            if not request.keeps_alive:
                return

    def _context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = tls_context(sorted(self._hosts))
        return self._tls

    async def _answer(self, request: Request, tunnel: str, writer: asyncio.StreamWriter) -> None:
        url = _address(request, tunnel)
        host = (urlsplit(url).hostname or "").lower()
        arrival = Arrival(request.method, url, host, monotonic(), request.headers)
        self.arrivals.append(arrival)
        answer = self._reply(request, url, host)
        if answer.delay:
            await asyncio.sleep(answer.delay)
        arrival.status, arrival.done = answer.status, monotonic()
        writer.write(answer_bytes(answer, head_only=request.method == "HEAD", keep=request.keeps_alive))
        await writer.drain()

    def _reply(self, request: Request, url: str, host: str) -> Answer:
        responder = self._hosts.get(host)
        if responder is None:
            return failure(502, "Bad Gateway")
        parts = urlsplit(url)
        key = (host, f"{parts.path}?{parts.query}")
        earlier = self._seen[key]
        self._seen[key] += 1
        # undecodable escapes become U+FFFD and meet no route, as on a server that knows UTF-8 only
        path = unquote(parts.path or "/")
        return responder(Asked(request.method, parts.scheme, host, path, parts.query, request.body, earlier))


def _address(request: Request, tunnel: str) -> str:
    if request.target.startswith(("http://", "https://")):
        return request.target
    named = request.headers.get("host") or tunnel
    return f"{'https' if tunnel else 'http'}://{named}{request.target}"


@contextmanager
def serve(source: Plan | HostTable, port: int = 0) -> Iterator[City]:
    """Run a city in a thread of its own until the block ends.

    Parameters: `source` a plan, or a table host -> responder; `port` 0 for any free one.
    Raises OSError when the port is taken.
    """
    city = City(host_table(source) if isinstance(source, Plan) else source, port)
    loop = asyncio.new_event_loop()
    started = asyncio.run_coroutine_threadsafe(city.start(), loop)
    thread = threading.Thread(target=loop.run_forever, name="demo-city", daemon=True)
    thread.start()
    try:
        server = started.result(_START_SECONDS)
        try:
            yield city
        finally:
            asyncio.run_coroutine_threadsafe(_close(server, city), loop).result(_START_SECONDS)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(_START_SECONDS)
        loop.close()


async def _close(server: asyncio.Server, city: City) -> None:
    server.close()
    await city.stop()
