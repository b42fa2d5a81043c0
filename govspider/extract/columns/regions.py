"""What makes an element a part of the page: header, navigation, footer or side."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from govspider.extract.columns.list_words import tokens_of, words

FRAME_REGIONS = frozenset({"header", "navigation", "footer"})
"""Parts that stand around every page of a site; what is dated there dates no list."""

_ORDER = ("footer", "header", "navigation", "side")
# what hangs over the page stands in no part of it
FLOATS = re.compile(r"position\s*:\s*fixed", re.I)
TOO_WIDE = frozenset({"html", "body", "form"})
NEVER_A_PART = TOO_WIDE | {"a"}
ITEMS = frozenset({"article", "li", "dd"})
CELLS = ITEMS | {"td"}


@lru_cache(maxsize=16384)
def region_of_names(key: str) -> str:
    """The part that an id and classes name, '' for none: a page repeats a few names in all its elements."""
    _, by_token = region_tables()
    found = by_token.keys() & tokens_of(key)
    return min((by_token[token] for token in found), key=_ORDER.index, default="")


@cache
def region_tables() -> tuple[dict[str, str], dict[str, str]]:
    """Parts by tag, and by token of an id or a class."""
    regions = words("regions")
    tags = {tag: region for region, marks in regions.items() for tag in marks["tags"]}
    tokens = {token: region for region, marks in regions.items() for token in marks["tokens"]}
    return tags, tokens
