"""Which part of a page an element stands in: header, navigation, footer, side, or none of these."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from govspider.extract.columns.list_words import pattern, tokens_of, words
from govspider.extract.columns.outline import Node, Outline, outline_of
from govspider.extract.document.page import Page

FRAME_REGIONS = frozenset({"header", "navigation", "footer"})
"""Parts that stand around every page of a site; what is dated there dates no list."""

_ORDER = ("footer", "header", "navigation", "side")
# what hangs over the page stands in no part of it
_FLOATS = re.compile(r"position\s*:\s*fixed", re.I)
_TOO_WIDE = frozenset({"html", "body", "form"})
_ITEMS = frozenset({"article", "li", "dd"})
_CELLS = _ITEMS | {"td"}


def placed_outline(page: Page) -> Outline:
    """The outline with the region of each node filled in. Ask through `page.once(placed_outline)`."""
    outline = page.once(outline_of)
    limit = float(words("region_share_limit")) * outline.length
    footers = _footer_blocks(outline)
    nodes, tags = outline.nodes, _region_tables()[0]
    for node in nodes:
        inherited = nodes[node.parent].region if node.parent >= 0 else ""
        if footers and node.index in footers:
            own = "footer"
        else:
            own = _region_named(outline, node) if node.attributes or node.tag in tags else ""
        if own and outline.length_of(node) <= limit:
            node.region = inherited if inherited in FRAME_REGIONS else own
        elif inherited:
            node.region = inherited
    return outline


def _region_named(outline: Outline, node: Node) -> str:
    if node.tag in _TOO_WIDE or node.tag == "a":
        return ""
    tags, _ = _region_tables()
    if node.tag in tags and not (node.tag in ("header", "footer") and _inside(outline, node, _CELLS)):
        return tags[node.tag]
    attributes = node.attributes
    if "style" in attributes and _FLOATS.search(attributes["style"]):
        return "side"
    if "class" not in attributes and "id" not in attributes:
        return ""
    region = _region_of_names(attributes.get("id", ""), attributes.get("class", ""))
    return "" if region in ("header", "footer") and _inside(outline, node, _ITEMS) else region


@lru_cache(maxsize=16384)
def _region_of_names(identity: str, classes: str) -> str:
    """The part that an id and classes name, '' for none: a page repeats a few names in all its elements."""
    _, by_token = _region_tables()
    found = by_token.keys() & tokens_of(f"{identity} {classes}")
    return min((by_token[token] for token in found), key=_ORDER.index, default="")


def _inside(outline: Outline, node: Node, items: frozenset[str]) -> bool:
    """True for the `<header>` or `<footer>` of an article, a section or a row: it frames that, not the page."""
    return any(above.tag in items for above in outline.ancestors(node.index))


@cache
def _region_tables() -> tuple[dict[str, str], dict[str, str]]:
    regions = words("regions")
    tags = {tag: region for region, marks in regions.items() for tag in marks["tags"]}
    tokens = {token: region for region, marks in regions.items() for token in marks["tokens"]}
    return tags, tokens


def _footer_blocks(outline: Outline) -> set[int]:
    """Blocks around the words that only a footer has (record numbers, copyright), up to a short length."""
    blocks: set[int] = set()
    longest = int(words("footer_length"))
    share = float(words("region_share_limit")) * outline.length
    for piece in outline.pieces_with(pattern("footer_words")):
        if len(piece.text) < longest:
            chosen = -1
            for node in (outline.nodes[piece.node], *outline.ancestors(piece.node)):
                if node.tag in _TOO_WIDE or outline.length_of(node) > min(longest, share):
                    break
                chosen = node.index
            blocks.add(chosen)
    return blocks
