"""The captured real pages, by their labels: which bytes stand at which address. Read in place, never copied."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from urllib.parse import urljoin, urlsplit

_LABELS = "labels.csv"
_SCRIPT_KIND = "footer_js"
_SOURCES = re.compile(rb"""<script[^>]*?\bsrc\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_CODE = re.compile(r"(?:bm\d{8}|\d{10})(?!\d)")
_TYPES = {".js": "application/javascript", ".xml": "text/xml"}


@dataclass(frozen=True, slots=True)
class Captured:
    """One captured file. `url` is where it stood, or a made-up address on its host where that is not known."""

    path: Path
    file: str
    kind: str
    host: str
    url: str
    declared: str
    """Encoding the page declares, '' when it declares none."""
    site_code: str
    """Site code that the labels read on the page, '' when there is none."""
    title: str
    source_path: str

    @property
    def content_type(self) -> str:
        """Media type by extension, with the declared encoding for pages."""
        known = _TYPES.get(self.path.suffix)
        if known:
            return known
        return f"text/html; charset={self.declared}" if self.declared else "text/html"

    @property
    def url_is_known(self) -> bool:
        return not urlsplit(self.url).path.startswith("/captured/")


def read_captured(folder: Path) -> list[Captured]:
    """All captured files that belong to a host. FileNotFoundError when a label names a file that is not there."""
    with (folder / _LABELS).open(encoding="utf-8-sig", newline="") as stream:
        labels = list(csv.DictReader(stream))
    hosts = {label["site_group"]: label["host"] for label in labels if label["host"]}
    found = [_captured(folder, label, label["host"] or hosts.get(label["site_group"], "")) for label in labels]
    missing = [captured.file for captured in found if not captured.path.is_file()]
    if missing:
        raise FileNotFoundError(f"{folder / _LABELS} names {missing[0]!r}, which is not in {folder}")
    return _apart([captured for captured in found if captured.host])


def _captured(folder: Path, label: Mapping[str, str], host: str) -> Captured:
    code = _CODE.match(label["site_code"])
    words = label["url_if_known"].split(" ")
    known = words[0].startswith("http") and (urlsplit(words[0]).hostname or "") == host
    return Captured(
        path=folder / label["file"],
        file=label["file"],
        kind=label["kind"],
        host=host,
        url=words[0] if known else f"http://{host}/captured/{PurePosixPath(label['file']).name}",
        declared=label["declared_encoding"],
        site_code=code.group() if code else "",
        title=label["title"],
        source_path=label["source_path"],
    )


def _apart(found: Iterable[Captured]) -> list[Captured]:
    """Two pages of one address (a page and its altered copy): the second moves to a made-up address.

    Answers of a list service keep theirs: they are pages of one list.
    """
    taken: set[str] = set()
    kept = []
    for captured in found:
        crowded = captured.url in taken and captured.path.suffix != ".xml"
        made_up = f"http://{captured.host}/captured/{captured.path.name}"
        kept.append(replace(captured, url=made_up) if crowded else captured)
        taken.add(captured.url)
    return kept


def by_host(found: Iterable[Captured]) -> dict[str, list[Captured]]:
    """The files of each host, in the order of the labels."""
    groups: dict[str, list[Captured]] = defaultdict(list)
    for captured in found:
        groups[captured.host].append(captured)
    return dict(groups)


def script_addresses(script: Captured, pages: Iterable[Captured]) -> list[str]:
    """Addresses at which pages of its host ask for a saved script."""
    name = PurePosixPath(script.source_path).name
    found = [f"http://{script.host}/{script.source_path}"]
    for page in pages:
        for source in _SOURCES.findall(page.path.read_bytes()):
            asked = urljoin(page.url, source.decode("latin-1"))
            if PurePosixPath(urlsplit(asked).path).name == name and urlsplit(asked).hostname == script.host:
                found.append(asked)
    return found


def is_script(captured: Captured) -> bool:
    """True for a saved footer script: it is part of pages, not a page."""
    return captured.kind == _SCRIPT_KIND
