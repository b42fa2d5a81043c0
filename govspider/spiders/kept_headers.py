"""Headers as they are kept: all of the usual size, else the telling ones and how many there were.

A server may send ten megabytes of headers. They would be held with every page, stored as evidence and read back for
every explanation; a few kilobytes, the length and the hash of the rest prove as much.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256

CUT = ":cut"
"""Key under which the mark of left-out headers stands; no server can send a header of this name."""

# what answers are told apart by; kept before all others
_TELLING = (
    "content-type",
    "content-length",
    "content-encoding",
    "location",
    "retry-after",
    "server",
    "date",
    "last-modified",
    "etag",
    "via",
)


def kept_headers(headers: Mapping[str, str], room: int) -> dict[str, str]:
    """Headers in the order they came; where names and values are longer than `room`, those that fit, and a mark.

    Parameters: `room` characters in all. The mark stands under `CUT` and says how many headers and characters there
    were, and the SHA-256 of all of them as lines `name: value`.
    """
    size = sum(len(name) + len(value) for name, value in headers.items())
    if size <= room:
        return dict(headers)
    kept = _fitting(headers, room)
    digest = sha256("\r\n".join(f"{name}: {value}" for name, value in headers.items()).encode("utf-8", "replace"))
    whole = {name: headers[name][: kept[name]] for name in headers if name in kept}
    whole[CUT] = f"{len(whole)} of {len(headers)} headers kept, {size} characters in all, sha256 {digest.hexdigest()}"
    return whole


def _fitting(headers: Mapping[str, str], room: int) -> dict[str, int]:
    """Characters of each value that is kept: telling headers first, none longer than a quarter of the room."""
    kept: dict[str, int] = {}
    longest = room // 4
    for name in _in_order(headers):
        length = min(len(headers[name]), longest)
        if len(name) + length <= room:
            kept[name] = length
            room -= len(name) + length
    return kept


def _in_order(headers: Mapping[str, str]) -> Iterable[str]:
    by_name = {name.lower(): name for name in headers}
    first = [by_name[name] for name in _TELLING if name in by_name]
    return [*first, *(name for name in headers if name not in first)]
