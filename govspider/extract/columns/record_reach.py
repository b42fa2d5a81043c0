"""How far a record reaches beyond its own element: to the day that stands right behind it, and no further."""

from __future__ import annotations

import re

from govspider.extract.columns.dates import normalise
from govspider.extract.columns.outline import Node, Outline
from govspider.extract.columns.record_dates import any_ignored, label_at_end
from govspider.extract.columns.records import NEAR_DATE, Links, holds_date

_EXTENSION_TEXT = 300
_PHRASE = re.compile(r"[\u4e00-\u9fff](?<![年月日号])")
_FEW_LETTERS = 4


def extended_end(outline: Outline, links: Links, node: Node, limit: int) -> int:
    """End of a record that has no row of its own: up to the next link, its parent's end or a frame part of the page.

    A record that shows a date already, or that is followed by more than a short text, is not extended.
    Grids put the date into a row of its own below the title's; such a row has no link and no title.
    """
    if node.parent < 0 or node.tag in ("dl", "article") or outline.node(node.parent).end == node.end:
        return node.end
    if any(_is_own_day(outline, links, node, number) for number in range(node.first, node.last)):
        return node.end
    stop = min(outline.node(node.parent).end, limit)
    following = links.next_start(node.end)
    if following is not None:
        stop = min(stop, following)
    stop = min(stop, _next_frame_part(outline, node, stop))
    first, last = outline.range_of(node.end, stop)
    if first < last:
        if outline.length_between(node.end, stop) > _EXTENSION_TEXT:
            return node.end
        stop = _behind_first_date(outline, first, last, stop)
    return max(stop, node.end)


def _behind_first_date(outline: Outline, first: int, last: int, stop: int) -> int:
    """Where the first date of a range ends, a day cut off behind its month included: the rest is not the item's."""
    pieces = outline.pieces_of(first, last)
    for index, piece in enumerate(pieces):
        if holds_date(piece.text):
            following = pieces[index + 1] if index + 1 < len(pieces) else None
            if following is not None and following.text.isdigit() and len(following.text) <= 2:
                return following.start + 1
            return piece.start + 1
    return stop


def _next_frame_part(outline: Outline, node: Node, stop: int) -> int:
    """Where the next header, menu, footer or side part begins, no further than `stop`."""
    for number in range(outline.behind(node), len(outline.regions)):
        start = outline.start_of(number)
        if start >= stop:
            break
        if outline.regions[number] != node.region:
            return start
    return stop


def _is_own_day(outline: Outline, links: Links, node: Node, number: int) -> bool:
    """True for a text of a record that shows its day: not 2026年11月20日前报送 in a title, not 截止时间 beside it."""
    text = outline.texts[number]
    if not holds_date(text):
        return False
    plain = normalise(text)
    match = NEAR_DATE.search(plain)
    if match is not None and any_ignored(label_at_end(plain[: match.start()])):
        return False
    in_link = any(link.first <= number < link.last for link in links.between(node.start, node.end))
    return not in_link or len(_PHRASE.findall(plain)) < _FEW_LETTERS
