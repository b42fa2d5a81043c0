"""The newest record of a list that stands large above it: a heading with its summary and day, then the list.

A notice above a list is newer too, and is none of its records. A headline is known by its heading, by standing
right above the list in the same part, and by an address of the make that the list's own addresses have.
"""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

from govspider.extract.columns.outline import Outline
from govspider.extract.columns.records import Group, Record

_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_FEWEST = 3
_DIGITS = re.compile(r"\d+")


def headline_of(outline: Outline, above: Group, group: Group) -> Record | None:
    """The dated record with a heading, right above a dated list, that belongs to it; None where there is none."""
    if len(group.records) < _FEWEST or above.region != group.region or not _shares_part(outline, above, group):
        return None
    record = next((one for one in reversed(above.records) if one.start < group.start), None)
    # whether it is newer is not asked: a year that is typed wrong in the list, or a pinned headline, changes that
    if record is None or record.reading.day is None or not any(one.reading.day for one in group.records):
        return None
    first, last = outline.range_of(record.end, group.start)
    if first < last or not _has_heading(outline, record):
        return None
    host, make = _make(record)
    makes = Counter(_make(one) for one in group.records)
    # an item that leads to another site is an item
    fits = (host, make) == makes.most_common(1)[0][0] or all(host != other for other, _ in makes)
    return record if fits else None


def _shares_part(outline: Outline, above: Group, group: Group) -> bool:
    return min(above.parent, group.parent) >= 0 and above.parent in (group.parent, outline.node(group.parent).parent)


def _has_heading(outline: Outline, record: Record) -> bool:
    """True where the link stands in a heading, or a heading in the link."""
    if record.link is None or record.node is None:
        return False
    around = [node for node in outline.ancestors(record.link.index) if node.start >= record.node.start]
    return any(node.tag in _HEADINGS for node in (*around, *outline.inside(record.link)))


def _make(record: Record) -> tuple[str, str]:
    """Host, and path without its numbers, of an address."""
    parts = urlsplit(record.url or "")
    return parts.netloc, _DIGITS.sub("0", parts.path)
