"""Captured pages served under their own host names: the same loopback proxy as the city, real bytes.

Only what was captured answers; other addresses of those hosts are 404, every other host is 502.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from tests.city.captured import Captured, by_host, is_script, read_captured, script_addresses
from tests.city.hosts import Responder
from tests.city.model import Answer, Asked
from tests.city.responses import missing
from tests.city.server import City, serve

SITE_HEADERS = ("序号", "网站标识码", "网站名称", "首页网址", "运行状态")
COLUMN_HEADERS = ("序号", "网站标识码", "网站名称", "栏目名称", "栏目URL", "级别")
_Key = tuple[str, str]


@contextmanager
def replay(folder: Path, port: int = 0) -> Iterator[City]:
    """Serve the captured pages of `folder` until the block ends."""
    with serve(replay_table(folder), port) as city:
        yield city


def replay_table(folder: Path) -> dict[str, Responder]:
    """One responder per captured host."""
    return {host: partial(_answer, _addresses(found)) for host, found in by_host(read_captured(folder)).items()}


def _key(url: str) -> _Key:
    parts = urlsplit(url)
    return unquote(parts.path or "/"), unquote(parts.query)


def _addresses(found: Sequence[Captured]) -> dict[_Key, list[Captured]]:
    addresses: dict[_Key, list[Captured]] = defaultdict(list)
    pages = [captured for captured in found if not is_script(captured)]
    for captured in pages:
        addresses[_key(captured.url)].append(captured)
    for script in found:
        if is_script(script):
            for url in script_addresses(script, pages):
                addresses[_key(url)] = [script]
    return dict(addresses)


def _answer(addresses: dict[_Key, list[Captured]], asked: Asked) -> Answer:
    # a query that nobody captured is mostly a cache breaker behind a static file
    found = addresses.get((asked.path, unquote(asked.query))) or addresses.get((asked.path, ""))
    position = _list_page(asked.query) if found and len(found) > 1 else 0
    if not found or position >= len(found):
        return missing()
    return Answer(found[position].path.read_bytes(), content_type=found[position].content_type)


def _list_page(query: str) -> int:
    """Which page of a list service is asked for, from startrecord and endrecord; 0 without them."""
    fields = parse_qs(query)
    first, last = (fields.get(name, [""])[0] for name in ("startrecord", "endrecord"))
    if not (first.isdigit() and last.isdigit()) or int(last) < int(first):
        return 0
    return (int(first) - 1) // (int(last) - int(first) + 1)


# ── registry ──────────────────────────────────────────────────────────────────────────────


def replay_registry(folder: Path, path: Path) -> tuple[Path, Path]:
    """Write a registry of the captured hosts: one site per host, and a second csv of their list pages.

    A site's home page is the captured home page, else the first captured page. Returns both paths;
    the columns stand beside `path` under `<name>-columns.csv`.
    """
    groups = by_host(captured for captured in read_captured(folder) if not is_script(captured))
    sites = [_site_row(number, host, found) for number, (host, found) in enumerate(groups.items(), 1)]
    lists = [captured for found in groups.values() for captured in found if captured.kind == "list"]
    codes = {host: _code(found) for host, found in groups.items()}
    columns = [
        (str(number), codes[captured.host], captured.host, _column_name(captured), captured.url, "")
        for number, captured in enumerate(lists, 1)
    ]
    column_path = path.with_name(f"{path.stem}-columns.csv")
    _write(path, SITE_HEADERS, sites)
    _write(column_path, COLUMN_HEADERS, columns)
    return path, column_path


def _site_row(number: int, host: str, found: Sequence[Captured]) -> tuple[str, ...]:
    home = min(found, key=lambda captured: (captured.kind != "home", not captured.url_is_known))
    return str(number), _code(found), host, home.url, "正常运行"


def _code(found: Sequence[Captured]) -> str:
    return next((captured.site_code for captured in found if captured.site_code), "")


def _column_name(captured: Captured) -> str:
    return captured.title.split("-")[0].split("_")[0].strip() or captured.path.stem


def _write(path: Path, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(headers)
        writer.writerows(rows)
