"""Walls: answers of a firewall or a proxy in place of the page. A wall is neither an outage nor an empty column."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import BytesAhoCorasick, MatchKind

from govspider.extract.document.decoding import decode
from govspider.extract.lexicons import read_lexicon

# matches an unclosed script or comment to the end as well, so that no start is scanned twice
_UNSEEN = re.compile(r"<!--(?:[^-]|-(?!->))*|<(?P<tag>script|style)\b(?:[^<]|<(?!/(?P=tag)))*", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>?")
# a page is classified as a page and once more as the answer of its address
_REMEMBERED = 8
# pages travel in these; UTF-16, told by its NUL bytes, is searched without the screen
_PAGE_ENCODINGS = ("utf-8", "gb18030")
_found: deque[tuple[tuple[bytes, int, dict[str, str]], str | None]] = deque(maxlen=_REMEMBERED)
_TEXT_TYPES = ("text/", "html", "xml", "json", "javascript")


@dataclass(frozen=True, slots=True)
class _Fingerprint:
    name: str
    statuses: frozenset[int]
    headers: tuple[tuple[str, re.Pattern[str]], ...]
    body: re.Pattern[str] | None
    needs: frozenset[str]
    visible_below: int | None


def lower_case_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Headers by lower-case name; HTTP names have no case."""
    return {name.lower(): value for name, value in headers.items()}


def find_challenge(status: int, headers: Mapping[str, str], body: bytes) -> str | None:
    """Name of the wall that gave this answer, None when it looks like none known.

    Parameters: `status` the HTTP status; `headers` the response headers, any case; `body` the
    first bytes are enough. Source of the fingerprints: lexicons/challenges.yaml.
    """
    asked = (body, status, lower_case_headers(headers))
    # compared one by one: a memory that finds by hash would hash the whole body of each page
    for before, found in tuple(_found):
        if before == asked:
            return found
    name = _find(*asked)
    _found.append((asked, name))
    return name


def _find(body: bytes, status: int, named: Mapping[str, str]) -> str | None:
    first = body[: read_lexicon("challenges")["body_limit"]]
    words = _words_in(first)
    text = _text(named, first) if words is None or words else ""
    for fingerprint in _fingerprints():
        if words is not None and fingerprint.body is not None and not fingerprint.needs & words:
            continue
        if _matches(fingerprint, status, named, text):
            return fingerprint.name
    return None


def _words_in(body: bytes) -> frozenset[str] | None:
    """Words of `needs` that stand in these bytes; None where they cannot be told without decoding."""
    if b"\x00" in body[:256]:
        return None
    lowered = body.lower()
    if not _any_word().find_matches_as_indexes(lowered):
        return frozenset()
    search, words = _screen()
    return frozenset(words[found] for found, _, _ in search.find_matches_as_indexes(lowered, overlapping=True))


@cache
def _any_word() -> BytesAhoCorasick:
    """The search for any word of `needs`: leftmost matching runs on vector instructions, four times as quick."""
    return BytesAhoCorasick(list(_spelt()), matchkind=MatchKind.LeftmostFirst)


@cache
def _screen() -> tuple[BytesAhoCorasick, tuple[str, ...]]:
    """The search for all words of `needs`, one inside of another too, and the word of each of its patterns."""
    return BytesAhoCorasick(list(_spelt())), tuple(_spelt().values())


@cache
def _spelt() -> dict[bytes, str]:
    """The words of `needs` by how they are written in the encodings of pages."""
    spelt: dict[bytes, str] = {}
    for word in sorted({word for fingerprint in _fingerprints() for word in fingerprint.needs}):
        for encoding in _PAGE_ENCODINGS:
            spelt.setdefault(word.encode(encoding), word)
    return spelt


def answered_by_proxy(headers: Mapping[str, str]) -> bool:
    """True when the proxy on the way says that it made the answer itself."""
    named = lower_case_headers(headers)
    signs: dict[str, str] = read_lexicon("challenges")["proxy_headers"]
    return any(re.search(pattern, named.get(name, "")) for name, pattern in signs.items())


def blocked_status(status: int) -> str | None:
    """What a status says that means "not for you"; None for every other status."""
    words: dict[int, str] = read_lexicon("challenges")["blocked_statuses"]
    return words.get(status)


def unreadable_type(headers: Mapping[str, str]) -> str | None:
    """Media type of an answer that is no page to read (a picture, a document), None when it may be one."""
    declared = lower_case_headers(headers).get("content-type", "").partition(";")[0].strip().lower()
    return declared if declared.startswith(tuple(read_lexicon("challenges")["unreadable_types"])) else None


@cache
def _fingerprints() -> tuple[_Fingerprint, ...]:
    return tuple(
        _Fingerprint(
            name=entry["name"],
            statuses=frozenset(entry.get("statuses", ())),
            headers=tuple((name, re.compile(value, re.I)) for name, value in entry.get("headers", {}).items()),
            body=re.compile(entry["body"], re.IGNORECASE) if "body" in entry else None,
            needs=frozenset(entry.get("needs", ())),
            visible_below=entry.get("visible_below"),
        )
        for entry in read_lexicon("challenges")["challenges"]
    )


def _matches(sought: _Fingerprint, status: int, headers: Mapping[str, str], text: str) -> bool:
    if sought.statuses and status not in sought.statuses:
        return False
    if not all(pattern.search(headers.get(name, "")) for name, pattern in sought.headers):
        return False
    if sought.body is not None and not sought.body.search(text):
        return False
    return sought.visible_below is None or _visible_characters(text) < sought.visible_below


def _text(headers: Mapping[str, str], body: bytes) -> str:
    declared = headers.get("content-type", "")
    if declared and not any(kind in declared.lower() for kind in _TEXT_TYPES):
        return ""
    return decode(body, declared or None).text


def _visible_characters(text: str) -> int:
    return len("".join(_TAG.sub(" ", _UNSEEN.sub(" ", text)).split()))
