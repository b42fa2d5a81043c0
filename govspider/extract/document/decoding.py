"""Bytes of a page to text: what the page says of itself first, and only if the bytes agree.

The HTTP header is the worst witness on government sites (a server-wide default over GBK
files), so the order is: byte order mark, `<meta>`, header, strict UTF-8, GB18030. A witness
counts only when the bytes decode under it; the one that decided is reported.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# gb2312 and gbk pages use characters of the superset, so the superset reads them all
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "hz": "gb18030", "big5": "big5hkscs"}
_FALLBACKS = ("utf-8", "gb18030")
# a page may carry a few damaged bytes and still plainly be in its encoding
_TOLERATED_DAMAGE = 0.002


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a page, the encoding it was read with, who named that encoding, and what was odd."""

    text: str
    encoding: str
    source: str
    """bom, meta, header, bytes or damaged."""
    faults: tuple[str, ...] = ()


def decode(body: bytes, content_type: str | None) -> Decoded:
    """Decode a page's bytes. Never raises: damaged bytes become U+FFFD and are named in `faults`.

    Parameters: `body` the bytes as received; `content_type` the HTTP header, None when absent.
    """
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return Decoded(_clean(body[len(bom) :].decode(encoding, "replace")), encoding, "bom")
    witnesses = _witnesses(body, content_type)
    faults: list[str] = []
    for encoding, source in witnesses:
        try:
            text = body.decode(encoding)
            # these two know no lone surrogates, so only NUL can be in the way, which they write as it is
            plain = encoding in _FALLBACKS and b"\x00" not in body
            cleaned = text if plain else _clean(text)
            return Decoded(cleaned, encoding, source, tuple(faults))
        except (UnicodeDecodeError, LookupError):
            if source != "bytes":
                faults.append(f"{source} says {encoding}, the bytes do not decode under it")
    return _decode_damaged(body, [encoding for encoding, _ in witnesses], faults)


def _witnesses(body: bytes, content_type: str | None) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    declared = _normalise(html_body_declared_encoding(body[:4096]))
    if declared:
        found.append((declared, "meta"))
    header = _normalise(http_content_type_encoding(content_type)) if content_type else None
    # a latin-1 header decodes any bytes, so it proves nothing about a Chinese page
    if header and header not in ("cp1252", "iso8859-1", "latin_1", "ascii"):
        found.append((header, "header"))
    found.extend((encoding, "bytes") for encoding in _FALLBACKS)
    return [pair for index, pair in enumerate(found) if pair[0] not in [seen for seen, _ in found[:index]]]


def _normalise(name: str | None) -> str | None:
    if not name:
        return None
    name = name.strip().lower()
    name = _SUPERSETS.get(name, name)
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def _decode_damaged(body: bytes, encodings: list[str], faults: list[str]) -> Decoded:
    """Pick the encoding that loses least, and say how much it lost."""
    best: tuple[int, str, str] | None = None
    for encoding in encodings:
        try:
            text = body.decode(encoding, "replace")
        except LookupError:
            continue
        lost = text.count("\ufffd")
        if best is None or lost < best[0]:
            best = (lost, encoding, text)
    if best is None:
        raise ValueError(f"no encoding of {encodings!r} is known to Python")
    lost, encoding, text = best
    severity = "a few" if lost <= len(text) * _TOLERATED_DAMAGE else "many"
    faults = [*faults, f"{severity} bytes are damaged: {lost} replaced under {encoding}"]
    return Decoded(_clean(text), encoding, "damaged", tuple(faults))


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def _clean(text: str) -> str:
    """Drop NUL and lone surrogates: real pages hold them, lxml and PostgreSQL refuse them."""
    return text if _is_storable(text) else _UNSTORABLE.sub("", text)


def _is_storable(text: str) -> bool:
    """True for nearly every page. Writing a text out takes a tenth of the time of searching it for surrogates."""
    if "\x00" in text:
        return False
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # a lone surrogate
        return False
    return True
