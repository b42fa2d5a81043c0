"""Link tags as they stand in a page's text, and the places of a document where none belongs.

The parser moves misplaced markup (links in `<head>`, before `<html>`, after `</html>`) and
drops what an unclosed title swallows or what nests deeper than it follows; the text shows all.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from govspider.extract.document.hiding import hiding_rules
from govspider.extract.document.page import Page
from govspider.extract.document.skeleton import places_of_mark, skeleton

_TAG = re.compile(r"<(a|area|iframe|frame|embed|object)\s([^<>]{0,3000})>", re.IGNORECASE)
_ADDRESS = re.compile(r"""(?:^|[\s"'])(?:href|src|data)\s*=\s*("[^"]*"|'[^']*'|[^\s>"'][^\s>]*)""", re.IGNORECASE)
_MASKED = re.compile(rb"<(?:!--|(script|style|xmp)\b)")
_BOUNDARY = re.compile(r"<(/?)html\b", re.IGNORECASE)
_HEAD_START = re.compile(r"<head\b", re.IGNORECASE)
_HEAD_END = re.compile(r"</head\b|<body\b", re.IGNORECASE)
_BODY = re.compile(r"<body\b", re.IGNORECASE)
_OUTER_LINK = re.compile(r"<(?:a|area|iframe|frame|embed|object)\s", re.IGNORECASE)
_HEAD_REACH = 20_000
_LONGEST_TAG = 3100
_MARKUP = re.compile(r"<[^<>]{0,2000}>")


@dataclass(frozen=True, slots=True)
class RawLink:
    """A link tag in the text: tag name, address with entities decoded, and where the tag starts and ends."""

    tag: str
    address: str
    start: int
    end: int


def masked_text(page: Page) -> str:
    """The page's text with comments, scripts and style blocks blanked out; offsets stay."""
    return page.once(_masked_text)


def _masked_text(page: Page) -> str:
    text, bones, parts, place = page.text, skeleton(page), list[str](), 0
    while (opening := _MASKED.search(bones, place)) is not None:
        end = _end_of(opening, bones)
        parts += [text[place : opening.start()], " " * (end - opening.start())]
        place = end
    parts.append(text[place:])
    return "".join(parts)


def _end_of(opening: re.Match[bytes], bones: bytes) -> int:
    """Where the comment or block that opens ends."""
    name = opening.group(1)
    end = bones.find(b"-->" if name is None else b"</" + name, opening.end())
    return len(bones) if end < 0 else end


def raw_links(page: Page) -> tuple[RawLink, ...]:
    """Link and frame tags of the text in reading order, as many as hiding.yaml allows."""
    return page.once(_raw_links)


def leaving_links(page: Page) -> tuple[RawLink, ...]:
    """Those of `raw_links` whose address names a host; cheaper, for most links of a site are relative."""
    return page.once(_leaving_links)


def _raw_links(page: Page) -> tuple[RawLink, ...]:
    return _links_of(_TAG.finditer(masked_text(page)))


def _leaving_links(page: Page) -> tuple[RawLink, ...]:
    return _links_of(_leaving_tags(page))


def _leaving_tags(page: Page) -> Iterator[re.Match[str]]:
    """Link tags with two slashes, a backslash or a character reference inside, found from these."""
    text, end = masked_text(page), 0
    for place in sorted(place for mark in (b"//", b"\\", b"&#") for place in places_of_mark(page, mark)):
        if place < end:
            continue
        tag = _TAG.match(text, max(text.rfind("<", max(end, place - _LONGEST_TAG), place), end))
        if tag is not None and tag.end() > place:
            end = tag.end()
            yield tag


def _links_of(tags: Iterable[re.Match[str]]) -> tuple[RawLink, ...]:
    found: list[RawLink] = []
    limit = hiding_rules().limits["raw_links"]
    for tag in tags:
        address = _ADDRESS.search(tag.group(2))
        if address:
            value = html.unescape(_unquoted(address.group(1))).strip()
            found.append(RawLink(tag.group(1).lower(), value, tag.start(), tag.end()))
        if len(found) >= limit:
            break
    return tuple(found)


def _unquoted(value: str) -> str:
    return value[1:-1] if value[0] in "\"'" and value[0] == value[-1] and len(value) > 1 else value


def anchor_behind(page: Page, link: RawLink) -> str:
    """Text between a link tag and its end tag (or the next link), at most 300 characters of markup."""
    text = masked_text(page)[link.end : link.end + 300]
    cut = re.search(r"</a\b|<a\s", text, re.IGNORECASE)
    return " ".join(_MARKUP.sub(" ", text[: cut.start()] if cut else text).split())


class Offsets:
    """Finds the text offset of a parsed link: the n-th tag with its address in the text."""

    def __init__(self, links: tuple[RawLink, ...]) -> None:
        self._left: dict[str, deque[RawLink]] = defaultdict(deque)
        for link in links:
            self._left[link.address].append(link)

    def take(self, address: str) -> RawLink | None:
        """The next tag with this address that no parsed link has taken yet."""
        waiting = self._left.get(address.strip())
        return waiting.popleft() if waiting else None

    def rest(self) -> list[RawLink]:
        """Tags that no parsed link has taken: the parser lost them."""
        return sorted((link for waiting in self._left.values() for link in waiting), key=lambda link: link.start)


@dataclass(frozen=True)
class Places:
    """Where a document starts, ends and has its head; `place_of` names a place where no link belongs."""

    boundaries: tuple[tuple[int, bool], ...]
    """(offset, is end tag) of every html tag."""
    head: tuple[int, int] | None
    body: int | None
    """Where the first body tag stands."""
    odd: bool = True
    """False when no link stands at a wrong place."""

    def place_of(self, offset: int) -> str | None:
        """before_html, in_head, after_html, or None for an ordinary place."""
        if self.head and self.head[0] < offset < self.head[1]:
            return "in_head"
        if not self.boundaries:
            return None
        if offset < self.boundaries[0][0]:
            # a late html tag belongs to a document that was included, the page itself has none
            return None if self.body is not None and self.body < self.boundaries[0][0] else "before_html"
        ends = [is_end for start, is_end in self.boundaries if start < offset]
        return "after_html" if ends[-1] else None


def places_of(page: Page) -> Places:
    """The places of a page, read from its text with comments and scripts blanked where links stand oddly."""
    return page.once(_places_of)


def _places_of(page: Page) -> Places:
    if not _has_outer_links(page.text, document_end(page)):
        return Places((), None, None, odd=False)
    text = masked_text(page)
    boundaries = tuple((found.start(), found.group(1) == "/") for found in _BOUNDARY.finditer(text))[:50]
    start = _HEAD_START.search(text)
    end = _HEAD_END.search(text, start.end()) if start else None
    body = _BODY.search(text)
    head = (start.start(), end.start()) if start and end else None
    return Places(boundaries, head, body.start() if body else None)


def _has_outer_links(text: str, end: int | None) -> bool:
    """Cheap: is there a link tag before the body, or behind the first end of the document?"""
    start = _BODY.search(text)
    if _OUTER_LINK.search(text, 0, start.start() if start else min(len(text), _HEAD_REACH)):
        return True
    return end is not None and _OUTER_LINK.search(text, end) is not None


def document_end(page: Page) -> int | None:
    """Where the first end tag of the document stands in the text; None where there is none."""
    return page.once(_document_end)


def _document_end(page: Page) -> int | None:
    return next(iter(places_of_mark(page, b"</html")), None)
