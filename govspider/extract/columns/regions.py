"""Which part of a page an element stands in: header, navigation, footer, side, or none of these."""

from __future__ import annotations

import re
from functools import cache

from govspider.extract.columns.list_words import pattern, tokens_of, words
from govspider.extract.columns.outline import Node, Outline, outline_of
from govspider.extract.document.page import Page

FRAME_REGIONS = frozenset({"header", "navigation", "footer"})
"""Parts that stand around every page of a site; what is dated there dates no list."""

_ORDER = ("footer", "header", "navigation", "side")
# what hangs over the page stands in no part of it
_FLOATS = re.compile(r"position\s*:\s*fixed", re.I)
_TOO_WIDE = frozenset({"html", "body", "form"})


def placed_outline(page: Page) -> Outline:
    """The outline with the region of each node filled in. Ask through `page.once(placed_outline)`."""
    outline = page.once(outline_of)
    limit = float(words("region_share_limit")) * outline.length_between(0, outline.end + 1)
    footers = _footer_blocks(outline)
    for node in outline.nodes:
        inherited = outline.nodes[node.parent].region if node.parent >= 0 else ""
        own = "footer" if node.index in footers else _region_named(outline, node)
        if own and outline.length_of(node) <= limit:
            node.region = inherited if inherited in FRAME_REGIONS else own
        else:
            node.region = inherited
    return outline


def _region_named(outline: Outline, node: Node) -> str:
    element = node.element
    if node.tag in _TOO_WIDE or node.tag == "a":
        return ""
    tags, by_token = _region_tables()
    if node.tag in tags and not (
        node.tag in ("header", "footer") and _inside_item(outline, node, "article", "li", "dd", "td")
    ):
        return tags[node.tag]
    if _FLOATS.search(element.get("style") or ""):
        return "side"
    name = f"{element.get('id') or ''} {element.get('class') or ''}"
    if name == " ":
        return ""
    found = by_token.keys() & tokens_of(name)
    region = min((by_token[token] for token in found), key=_ORDER.index, default="")
    return "" if region in ("header", "footer") and _inside_item(outline, node, "article", "li", "dd") else region


def _inside_item(outline: Outline, node: Node, *items: str) -> bool:
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
    share = float(words("region_share_limit")) * outline.length_between(0, outline.end + 1)
    for piece in outline.pieces:
        if len(piece.text) < longest and pattern("footer_words").search(piece.text):
            chosen = -1
            for node in (outline.nodes[piece.node], *outline.ancestors(piece.node)):
                if node.tag in _TOO_WIDE or outline.length_of(node) > min(longest, share):
                    break
                chosen = node.index
            blocks.add(chosen)
    return blocks
