"""A thousand sites of mixed sizes and manners on one port: most small, some large, some slow, stalling or dead.

    python -m tests.bench.mixed_sites      prints its port, answers until its input ends

`GET /__asked` (any host) answers with the number of requests per host since the last such question.

What a site is stands in its host: `<manner><requests>n<number>.mixed-demo.gov.cn`. Pages are small, so that the
schedule is measured and not what a page costs.
"""

from __future__ import annotations

import asyncio
import csv
import json
import socket
import subprocess
import sys
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.office import read_port

CHECKOUT = Path(__file__).resolve().parents[2]
DOMAIN = "mixed-demo.gov.cn"
DEAD = "dead"
_SLOW, _STALLING, _PLAIN = "slow", "stall", "site"
_SLOW_SECONDS = 0.3
LARGEST = 200
_LARGE, _MIDDLE, _SMALL = 80, 25, 6
_HEADERS = ("网站标识码", "网站名称", "首页网址", "主办单位", "所属地区", "网站类型", "运行状态")


def hosts(count: int) -> list[str]:
    """Host of every site: one is by far the largest, one of 50 is large, one of ten is middling."""
    return [f"{_manner(number)}{_size(number)}n{number:05d}.{DOMAIN}" for number in range(count)]


def _size(number: int) -> int:
    if number == 11:
        return LARGEST
    return _LARGE if number % 50 == 7 else _MIDDLE if number % 10 == 3 else _SMALL


def _manner(number: int) -> str:
    return {17: _STALLING, 29: DEAD, 41: _SLOW, 9: _SLOW}.get(number % 50, _PLAIN)


def write_registry(count: int, port: int, path: Path) -> Path:
    """The sites as a registry, in the order of their numbers: nobody says which is the largest."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADERS)
        for number, host in enumerate(hosts(count)):
            name = f"云景市第{number}局"
            writer.writerow(
                (f"9902{number:06d}", name, f"http://{host}:{port}/", name, "云景市", "部门网站", "正常运行")
            )
    return path


def urls(count: int, port: int) -> list[str]:
    """Every page of the sites that answer at once, for the bare download."""
    found = []
    for host in hosts(count):
        if host.startswith(_PLAIN):
            found += [f"http://{host}:{port}/{path}" for path in ("", *_paths(host))]
    return found


def _paths(host: str) -> list[str]:
    requests = int("".join(filter(str.isdigit, host.partition("n")[0])))
    return [f"zwgk/p{number}.html" for number in range(requests)]


def _page(host: str, path: str) -> bytes:
    links = "".join(f'<li><a href="/{to}">办事指南第{to[6:-5]}号</a></li>' for to in _paths(host))
    inner = f"<ul>{links}</ul>" if path == "/" else f"<h1>指南{path}</h1><p>{'办理条件和所需材料。' * 20}{path}</p>"
    head = f"<meta charset='utf-8'><title>{host}{path}</title>"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{inner}</body></html>".encode()


_ASKED = "/__asked"
_asked: Counter[str] = Counter()


def _counted() -> bytes:
    found = json.dumps(_asked).encode()
    _asked.clear()
    return found


async def _converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            lines = head.decode("latin-1").split("\r\n")
            path = lines[0].split(" ")[1]
            host = next(line.partition(":")[2].strip() for line in lines if line.lower().startswith("host:"))
            bare = host.partition(":")[0].removeprefix("www.")
            _asked[bare] += path != _ASKED
            if bare.startswith(_STALLING):
                await asyncio.sleep(3600)
            if bare.startswith(_SLOW):
                await asyncio.sleep(_SLOW_SECONDS)
            known = path in ("/", _ASKED) or path[1:] in _paths(bare)
            found = _counted() if path == _ASKED else _page(bare, path) if known else b"missing"
            kind, body = ("200 OK", found) if known else ("404 Not Found", found)
            named = f"HTTP/1.1 {kind}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
            writer.write(named.encode() + body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):  # the other side left, or we do
        pass
    finally:
        writer.close()


async def _serve() -> None:
    listening = socket.create_server(("127.0.0.1", 0), backlog=4096)
    await asyncio.start_server(_converse, sock=listening, backlog=4096)
    print(listening.getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)


@dataclass(frozen=True, slots=True)
class Mixed:
    """A running server."""

    port: int

    def asked(self) -> dict[str, int]:
        """Requests per host since this was called last."""
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
            f"http://127.0.0.1:{self.port}{_ASKED}"
        ) as answer:
            found: dict[str, int] = json.load(answer)
            return {host: requests for host, requests in found.items() if host.endswith(DOMAIN)}


@contextmanager
def serving_mixed() -> Iterator[Mixed]:
    """A server in a process of its own until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.mixed_sites"],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Mixed(read_port(process))
    finally:
        process.communicate()


if __name__ == "__main__":
    asyncio.run(_serve())
