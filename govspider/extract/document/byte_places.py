"""Where in the bytes of a page, as they are kept as evidence, a character of its text stands."""

from __future__ import annotations

import codecs
from collections.abc import Iterable

from govspider.extract.document.page import Page

_BOMS = {"utf-8": len(codecs.BOM_UTF8), "utf-16-le": 2, "utf-16-be": 2}
_WITNESSES = 12


def byte_places(page: Page, offsets: Iterable[int]) -> dict[int, int]:
    """Byte offset in `page.body` for every offset in `page.text` that can be vouched for.

    The text up to an offset is written out in the page's encoding, and the next characters must stand right there.
    Left out is what they do not: behind damaged or dropped bytes a place in the bytes would be a guess.
    """
    wanted, text, body = sorted(set(offsets)), page.text, page.body
    place = _BOMS.get(page.encoding, 0) if page.encoding_source == "bom" else 0
    found: dict[int, int] = {}
    last = 0
    for offset in wanted:
        try:
            place += len(text[last:offset].encode(page.encoding))
            witness = text[offset : offset + _WITNESSES].encode(page.encoding)
        except UnicodeEncodeError:  # a sign that stands for damaged bytes: from here on nothing can be vouched for
            break
        last = offset
        if witness and body.startswith(witness, place):
            found[offset] = place
    return found
