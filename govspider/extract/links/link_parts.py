"""The links of a page in parts: those of a block that other pages repeat, and those between, which are its own.

Whoever goes over the links of every page of a site does a block once (a menu, a footer: two thirds of all links) and
knows it again by its digest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from govspider.items import Link, LinkBlock


class LinkPart(NamedTuple):
    """Neighbouring links of a page; `digest` is the same where the links are the same, "" for the page's own."""

    links: Sequence[Link]
    digest: str = ""


def parts_of(links: Sequence[Link], blocks: Iterable[LinkBlock], at_most: int | None = None) -> Iterator[LinkPart]:
    """The links of a page, all and in their order, cut where its blocks begin and end.

    Parameters: `links` and `blocks` what `find_links` and `link_blocks` say of the page; `at_most` links in a part:
    what is longer comes in several, as if it were the page's own.
    """
    most = at_most or len(links)
    for part in _cut(links, blocks):
        if len(part.links) <= most:
            yield part
        else:
            yield from (LinkPart(part.links[start : start + most]) for start in range(0, len(part.links), most))


def _cut(links: Sequence[Link], blocks: Iterable[LinkBlock]) -> Iterator[LinkPart]:
    done = 0
    for block in blocks:
        if block.start > done:
            yield LinkPart(links[done : block.start])
        done = block.start + block.count
        yield LinkPart(links[block.start : done], block.digest)
    if done < len(links):
        yield LinkPart(links[done:])
