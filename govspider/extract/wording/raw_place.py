"""Where a text of the parsed page stands in the decoded text of its bytes."""

from __future__ import annotations

import html
import re

_CONTEXT = 12
_BETWEEN = r"(?:<[^>]{0,300}>|\s|&nbsp;|&#?\w{1,8};){0,6}"
_LONGEST = 60


def raw_place(raw: str, text: str, start: int, end: int) -> int | None:
    """Index in `raw` of the stretch [start, end) of `text`; None where it is not found.

    Its surroundings are looked for first, so that a wording told twice is not placed at the same spot; then the
    wording alone, then with markup between its characters.
    """
    wrong = text[start:end]
    before = text[max(0, start - _CONTEXT) : start]
    place = raw.find(before + wrong)
    if place >= 0:
        return place + len(before)
    place = raw.find(wrong)
    if place < 0 and html.escape(wrong) != wrong:
        place = raw.find(html.escape(wrong))
    if place < 0 and len(wrong) <= _LONGEST:
        found = re.search(_BETWEEN.join(map(re.escape, wrong)), raw)
        place = found.start() if found else -1
    return place if place >= 0 else None
