"""A page's text as one byte per character, which is searched many times quicker than the text itself.

ASCII letters are in lower case, whatever is not ASCII is a question mark: a place in the skeleton is the
same place in the text.
"""

from __future__ import annotations

from functools import lru_cache

from ahocorasick_rs import BytesAhoCorasick, MatchKind

from govspider.extract.document.page import Page


def skeleton(page: Page) -> bytes:
    """The skeleton of a page's text, made once."""
    return page.once(_skeleton)


def _skeleton(page: Page) -> bytes:
    return skeleton_of(page.text)


def skeleton_of(text: str) -> bytes:
    """The skeleton of any text."""
    return text.encode("ascii", "replace").lower()


def places_of_mark(page: Page, mark: bytes) -> list[int]:
    """Where a mark such as `</html` stands in a page's text, letter case ignored, in order.

    Parameters: `mark` ASCII in lower case. Places do not overlap.
    """
    return places_in(skeleton(page), mark)


def places_in(bones: bytes, mark: bytes) -> list[int]:
    """The same for a skeleton."""
    return [start for _, start, _ in _finder(mark).find_matches_as_indexes(bones)]


def has_mark(page: Page, mark: bytes) -> bool:
    """Whether a mark stands anywhere in a page's text."""
    return bool(places_of_mark(page, mark))


# Leftmost matching lets the crate search with the vector instructions of the processor: five to eight times
# quicker than bytes.find and than a regular expression
@lru_cache(maxsize=64)
def _finder(mark: bytes) -> BytesAhoCorasick:
    return BytesAhoCorasick([mark], matchkind=MatchKind.LeftmostFirst)
