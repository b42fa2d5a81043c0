"""Thousands of small sites with hundreds of links each, on one port, from memory: `python -m tests.soak.many_links`.

Prints its port, answers until its input ends. A site is its host: `m<number>.many-demo.gov.cn`; its home page links
to `--links` addresses of its own, so that no two sites share one. Whatever is asked is answered.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
DOMAIN = "many-demo.gov.cn"
_HEADERS = ("网站标识码", "网站名称", "首页网址", "主办单位", "所属地区", "网站类型", "运行状态")


def host_of(number: int) -> str:
    return f"m{number:05d}.{DOMAIN}"


def address(number: int, link: int, port: int) -> str:
    """The `link`-th link of a site's home page."""
    return f"http://{host_of(number)}:{port}/zwgk/bszn/{number:05d}/t{link:06d}.html"


def write_registry(sites: int, port: int, path: Path) -> Path:
    """The sites, numbered from 1, without columns."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADERS)
        for number in range(1, sites + 1):
            name = f"云景市第{number}局"
            home = f"http://{host_of(number)}:{port}/"
            writer.writerow((f"9903{number:06d}", name, home, name, "云景市", "部门网站", "正常运行"))
    return path


def _page(host: str, path: str, links: int, port: int) -> bytes:
    number = int(host[1:6])
    listed = "".join(f'<li><a href="{address(number, n, port)}">办事指南第{n}号</a></li>' for n in range(links))
    inner = f"<ul>{listed}</ul>" if path == "/" else f"<h1>指南{path}</h1><p>{'办理条件和所需材料。' * 20}{path}</p>"
    head = f"<meta charset='utf-8'><title>{host}{path}</title>"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{inner}</body></html>".encode()


async def _converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, links: int, port: int) -> None:
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            lines = head.decode("latin-1").split("\r\n")
            path = lines[0].split(" ")[1]
            host = next(line.partition(":")[2].strip() for line in lines if line.lower().startswith("host:"))
            known = path == "/" or path.startswith("/zwgk/")
            body = _page(host.removeprefix("www."), path, links, port) if known else b"missing"
            kind = "200 OK" if known else "404 Not Found"
            named = f"HTTP/1.1 {kind}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
            writer.write(named.encode() + body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):  # the other side left, or we do
        pass
    finally:
        writer.close()


async def _serve(links: int) -> None:
    listening = socket.create_server(("127.0.0.1", 0), backlog=4096)
    port: int = listening.getsockname()[1]
    await asyncio.start_server(
        lambda reader, writer: _converse(reader, writer, links, port), sock=listening, backlog=4096
    )
    print(port, flush=True)
    await asyncio.to_thread(sys.stdin.read)


@contextmanager
def serving_many(links: int) -> Iterator[int]:
    """The port of a server in a process of its own until the block ends; `links` on each home page."""
    words = [sys.executable, "-m", "tests.soak.many_links", "--links", str(links)]
    process = subprocess.Popen(words, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield int(process.stdout.readline())
    finally:
        process.communicate()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.soak.many_links", description=__doc__)
    parser.add_argument("--links", type=int, required=True)
    asyncio.run(_serve(parser.parse_args().links))
