"""Which part of a page an element stands in: header, navigation, footer, side, or none of these."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from govspider.extract.columns.list_words import pattern, tokens_of, words
from govspider.extract.columns.outline import Node, Outline, names_key, outline_of
from govspider.extract.document.page import Page

FRAME_REGIONS = frozenset({"header", "navigation", "footer"})
"""Parts that stand around every page of a site; what is dated there dates no list."""

_ORDER = ("footer", "header", "navigation", "side")
# what hangs over the page stands in no part of it
FLOATS = re.compile(r"position\s*:\s*fixed", re.I)
TOO_WIDE = frozenset({"html", "body", "form"})
NEVER_A_PART = TOO_WIDE | {"a"}
ITEMS = frozenset({"article", "li", "dd"})
CELLS = ITEMS | {"td"}


def placed_outline(page: Page) -> Outline:
    """The outline with the region of each node filled in. Ask through `page.once(placed_outline)`."""
    outline = page.once(outline_of)
    limit = float(words("region_share_limit")) * outline.length
    nodes = outline.nodes
    for index, own in sorted(_own_regions(outline).items()):
        node = nodes[index]
        # what begins inside a header is the header's; a block inside a menu may still be something else
        if outline.length_of(node) <= limit and node.region not in FRAME_REGIONS and node.region != own:
            for inside in outline.inside(node):
                inside.region = own
    return outline


def _own_regions(outline: Outline) -> dict[int, str]:
    """Parts by the number of the element that makes them: by its tag, its style, its names or its words."""
    tags, _ = region_tables()
    found: dict[int, str] = {}
    for node in outline.named_where(_names_region):
        region = region_of_names(names_key(node.attributes))
        if region not in ("header", "footer") or not _inside(outline, node, ITEMS):
            found[node.index] = region
    found.update((node.index, "side") for node in outline.styled if FLOATS.search(node.attributes["style"]))
    for node in outline.tagged(*tags):
        if node.tag not in ("header", "footer") or not _inside(outline, node, CELLS):
            found[node.index] = tags[node.tag]
    found = {index: region for index, region in found.items() if outline.nodes[index].tag not in NEVER_A_PART}
    found.update(dict.fromkeys(_footer_blocks(outline), "footer"))
    return found


def _names_region(key: str) -> bool:
    return bool(region_of_names(key))


@lru_cache(maxsize=16384)
def region_of_names(key: str) -> str:
    """The part that an id and classes name, '' for none: a page repeats a few names in all its elements."""
    _, by_token = region_tables()
    found = by_token.keys() & tokens_of(key)
    return min((by_token[token] for token in found), key=_ORDER.index, default="")


def _inside(outline: Outline, node: Node, items: frozenset[str]) -> bool:
    """True for the `<header>` or `<footer>` of an article, a section or a row: it frames that, not the page."""
    return any(above.tag in items for above in outline.ancestors(node.index))


@cache
def region_tables() -> tuple[dict[str, str], dict[str, str]]:
    """Parts by tag, and by token of an id or a class."""
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
                if node.tag in TOO_WIDE or outline.length_of(node) > min(longest, share):
                    break
                chosen = node.index
            if chosen >= 0:
                blocks.add(chosen)
    return blocks
