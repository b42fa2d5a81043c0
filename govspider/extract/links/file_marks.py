"""Whether an attachment is the kind of file that its address names, by its first bytes.

Office and archive programs open each other's formats by content, so the groups are wide; what is
told is only what no reader opens: a web page or an error text under the name of a document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from govspider.extract.document.challenge import lower_case_headers
from govspider.extract.lexicons import read_lexicon

_EXTENSION = re.compile(r"\.([A-Za-z0-9]{1,5})$")
_WEB_PAGE = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body|script|meta)\b", re.I | re.S
)


@dataclass(frozen=True, slots=True)
class _Group:
    extensions: frozenset[str]
    within: int
    marks: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class WrongFile:
    """What came instead of the file. `page` is True when it is a web page that a browser would show as one."""

    detail: str
    page: bool


def is_web_page(body: bytes) -> bool:
    """True when the bytes begin as an HTML document does."""
    return _WEB_PAGE.match(body[:4096]) is not None


def extension_of(url: str) -> str:
    """Extension of an address's path, else of its query (download.jsp?file=a.pdf), '' without one."""
    parts = urlsplit(url)
    found = _EXTENSION.search(parts.path)
    name = found.group(1).lower() if found else ""
    if name and _group_of(name) is not None:
        return name
    named = _EXTENSION.search(parts.query)
    asked = named.group(1).lower() if named else ""
    return asked if asked and _group_of(asked) is not None else name


def find_wrong_file(url: str, headers: Mapping[str, str], body: bytes) -> WrongFile | None:
    """What is wrong with the first bytes of an attachment; None when a reader would open it or nothing is known.

    Parameters: `url` the address asked for; `headers` and the first bytes of an answer with 200.
    """
    extension = extension_of(url)
    group = _group_of(extension)
    if group is None or (body and _has_mark(body, group)):
        return None
    if not body:
        return WrongFile(f"{extension}文件没有内容", page=False)
    if "office" in _names_of(extension) and _opens_in_office(body):
        return None
    if is_web_page(body):
        declared = lower_case_headers(headers).get("content-type", "").lower()
        return WrongFile(f"{extension}文件的内容是网页", page=not declared or "html" in declared)
    return WrongFile(f"{extension}文件的开头不是该格式（{body[:8].hex()}）", page=False)


def shows_a_document(body: bytes) -> bool:
    """True for a web page that embeds the document it stands for."""
    return re.search(str(read_lexicon("dead_pages")["viewers"]), body.decode("latin-1"), re.I) is not None


@cache
def _groups() -> dict[str, _Group]:
    data = read_lexicon("dead_pages")["files"]
    return {
        name: _Group(
            frozenset(group["extensions"]), group["within"], tuple(bytes.fromhex(mark) for mark in group["marks"])
        )
        for name, group in data.items()
    }


def _names_of(extension: str) -> tuple[str, ...]:
    return tuple(name for name, group in _groups().items() if extension in group.extensions)


def _group_of(extension: str) -> _Group | None:
    return next((group for group in _groups().values() if extension in group.extensions), None)


@cache
def _office_page() -> re.Pattern[str]:
    return re.compile(str(read_lexicon("dead_pages")["office_html"]), re.IGNORECASE)


def _has_mark(body: bytes, group: _Group) -> bool:
    return any(body.find(mark, 0, group.within + len(mark)) >= 0 for mark in group.marks)


def _opens_in_office(body: bytes) -> bool:
    """Pages that an office program wrote, and tables saved as text; JSON is the error of a server."""
    if is_web_page(body):
        return _office_page().search(body[:8192].decode("latin-1")) is not None
    start = body[:512].lstrip()
    return b"\0" not in body[:512] and not start.startswith((b"{", b"["))
