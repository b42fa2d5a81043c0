"""Frames and embedded objects of no size that load a page from elsewhere (H12)."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from govspider.extract.dark.hidden_map import Hiding
from govspider.extract.document.hiding import declarations, hiding_rules, pixels

_MOST_FRAMES = 50
_FRAME_TAGS = frozenset(("iframe", "frame", "object", "embed"))


def hidden_frame(element: HtmlElement) -> Hiding | None:
    """The hiding of a frame of no size; None for another element and for a frame that is seen."""
    if element.tag not in _FRAME_TAGS:
        return None
    return Hiding(id(element), element, "frame", False) if _is_tiny(element) else None


def _is_tiny(element: HtmlElement) -> bool:
    if element.tag == "frame":
        return _has_no_share(element)
    limit = hiding_rules().thresholds["frame_side_px"]
    style = declarations(element.get("style") or "")
    sides = [pixels(style.get(name) or element.get(name)) for name in ("width", "height")]
    return all(side is not None and side <= limit for side in sides)


def _has_no_share(frame: HtmlElement) -> bool:
    """A frame whose row or column in its frameset is nothing: rows="444,0"."""
    frameset = frame.getparent()
    if frameset is None or frameset.tag != "frameset":
        return False
    before = islice(frame.itersiblings("frame", "frameset", preceding=True), _MOST_FRAMES)
    place = sum(1 for _ in before)
    for shares in (frameset.get("rows"), frameset.get("cols")):
        parts = [part.strip() for part in (shares or "").split(",")]
        if len(parts) > 1 and place < len(parts) and re.fullmatch(r"0(?:px|%)?", parts[place]):
            return True
    return False


def counts_or_signs_in(url: str) -> bool:
    """True when an address says that it counts visits, signs in or shows a map: no planted frame."""
    return any(word in url.lower() for word in hiding_rules().frame_benign_words)
