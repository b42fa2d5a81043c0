"""The server of the bench: rendered sites from memory, in a process of its own, so that it is never the bottleneck.

    python -m tests.bench.server --at ISO8601 [--small [--columns N]]      prints its port, answers until its input ends

Hosts are told apart by name. `GET /__asked` (any host) answers with the addresses asked since the last such
question, one a line. An If-None-Match that fits is answered with 304.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from tests.bench.office import read_port
from tests.bench.pages import DOMAIN, BaseSite, Rendered, base_host, code_of_copy, make_bases

CHECKOUT = Path(__file__).resolve().parents[2]
ASKED = "/__asked"
_SITE = "www.s"
_ROBOTS = Rendered(b"User-agent: *\nDisallow: /admin/\n", 200, "text/plain; charset=utf-8", "r0b0ts")
_FRIEND = Rendered(
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>外部网站</title></head><body><h1>外部网站</h1>"
    "<p>欢迎访问本网站，这里提供各类信息和服务，供读者参考。</p></body></html>".encode(),
    200,
    "text/html; charset=utf-8",
    "fr1end",
)
_GONE = "<html><head><title>404 Not Found</title></head><body>您访问的页面不存在</body></html>"
_MISSING = Rendered(_GONE.encode(), 404, "text/html; charset=utf-8", "")
_WORDS = {200: b"OK", 304: b"Not Modified", 404: b"Not Found"}


class Bench:
    """What is answered for which host, and what was asked."""

    def __init__(self, bases: list[BaseSite]) -> None:
        self._bases = bases
        self.asked: list[str] = []
        self.changing = True
        """False: no ETag is sent and none is honoured, as most old servers do."""
        self.copy = lru_cache(maxsize=20_000)(self._copy)

    def answer(self, host: str, target: str) -> Rendered:
        bare = host.partition(":")[0]
        if not bare.startswith(_SITE) or not bare.endswith(DOMAIN):
            return _ROBOTS if target == "/robots.txt" else _FRIEND
        return self.copy(bare, target)

    def _copy(self, host: str, target: str) -> Rendered:
        """A page of the base site with the host and the code of its copy: as long as the original."""
        copy, number = int(host[5:10]), _base_of(host)
        base = self._bases[number]
        found = base.answers.get(target) or base.answers.get(target.partition("?")[0])
        if found is None:
            return _MISSING
        body = found.body.replace(base_host(number).encode(), host.encode())
        body = body.replace(base.site.code.encode(), code_of_copy(copy).encode())
        return Rendered(body, found.status, found.content_type, f"{found.tag}{copy}")


def _base_of(host: str) -> int:
    return int(host[11:13])


class Connection(asyncio.Protocol):
    """HTTP/1.1 without bodies in requests, kept alive."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while b"\r\n\r\n" in self._buffer:
            head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
            self._transport.write(self._reply(head.decode("latin-1")))

    def _reply(self, head: str) -> bytes:
        first, *lines = head.split("\r\n")
        method, target, _ = first.split(" ", 2)
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        host = headers.get("host", "")
        if target == ASKED:
            asked, self._bench.asked = self._bench.asked, []
            return _written(Rendered(json.dumps(asked).encode(), 200, "application/json", ""), False)
        self._bench.asked.append(f"http://{host}{target}")
        found = self._bench.answer(host, target)
        if found.tag and self._bench.changing and headers.get("if-none-match") == f'"{found.tag}"':
            return _written(Rendered(b"", 304, found.content_type, found.tag), False)
        return _written(found, method == "HEAD", tagged=self._bench.changing)


def _written(answer: Rendered, head_only: bool, tagged: bool = True) -> bytes:
    tag = f'ETag: "{answer.tag}"\r\n' if answer.tag and tagged else ""
    head = (
        f"HTTP/1.1 {answer.status} {_WORDS[answer.status].decode()}\r\nServer: bench\r\n"
        f"Content-Type: {answer.content_type}\r\n{tag}Content-Length: {len(answer.body)}\r\n\r\n"
    )
    return head.encode() if head_only else head.encode() + answer.body


async def _serve(at: datetime, small: bool, untagged: bool, columns: int) -> None:
    listening = socket.create_server(("127.0.0.1", 0), backlog=4096)
    port = listening.getsockname()[1]
    bench = Bench(make_bases(at, port, small=small, columns=columns))
    bench.changing = not untagged
    await asyncio.get_running_loop().create_server(lambda: Connection(bench), sock=listening, backlog=4096)
    print(port, flush=True)
    await asyncio.to_thread(sys.stdin.read)


@dataclass(frozen=True, slots=True)
class Served:
    """A running server."""

    port: int
    bases: list[BaseSite]

    def asked(self) -> list[str]:
        """Addresses asked since this was called last."""
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
            f"http://127.0.0.1:{self.port}{ASKED}"
        ) as answer:
            found: list[str] = json.load(answer)
            return found

    def own_pages(self, addresses: Iterable[str]) -> int:
        """How many different pages of the sites are among these addresses."""
        paths = [frozenset(base.pages) for base in self.bases]
        asked = {address.partition("://")[2].partition("/")[::2] for address in addresses}
        return sum(f"/{path}" in paths[_base_of(host)] for host, path in asked if host.startswith(_SITE))


@contextmanager
def serving(at: datetime, *, small: bool = False, columns: int = 3, untagged: bool = False) -> Iterator[Served]:
    """A server in a process of its own until the block ends."""
    words = [sys.executable, "-m", "tests.bench.server", "--at", at.isoformat()]
    words += ["--small", "--columns", str(columns)] if small else []
    words += ["--untagged"] if untagged else []
    process = subprocess.Popen(words, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        port = read_port(process)
        yield Served(port, make_bases(at, port, small=small, columns=columns))
    finally:
        process.communicate()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.server", description=__doc__)
    parser.add_argument("--at", type=datetime.fromisoformat, required=True)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--columns", type=int, default=3)
    parser.add_argument("--untagged", action="store_true")
    chosen = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(chosen.at, chosen.small, chosen.untagged, chosen.columns))


if __name__ == "__main__":
    main()
