"""Blocks of markup that repeat over the pages of a site, and the links that were read from them.

A menu, a footer, a list of friendly links stand on every page. What they hold is read once and found again by
the hash of their markup, of where they stand, and of what their addresses are resolved against. The hash tells
the links as well, so that their rows need not be stored page by page.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import NamedTuple

from govspider.extract.document.block_memory import block_memory
from govspider.extract.document.page import Page
from govspider.extract.lexicons import read_lexicon
from govspider.items import Link

_DIGEST_BYTES = 16
_LINK_BYTES = 600


class Run(NamedTuple):
    """Neighbouring links that come from one block: the first of them, how many, and a key that tells them."""

    start: int
    links: int
    key: bytes


@dataclass(frozen=True)
class Block:
    """Links of an element. `rooted`: no address in it depends on the folder of its page; `runs`: blocks in it."""

    links: tuple[Link, ...]
    cut: bool
    rooted: bool
    runs: tuple[Run, ...] = ()

    @cached_property
    def names(self) -> frozenset[tuple[str, str, str]]:
        """What a page keeps once: the address, the element and the text of each link."""
        return frozenset(self._numbers)

    @cached_property
    def _numbers(self) -> dict[tuple[str, str, str], int]:
        return {(link.url, link.element, link.text): number for number, link in enumerate(self.links)}

    def without(self, known: Collection[tuple[str, str, str]]) -> Sequence[int]:
        """Numbers of the links that are not among some names of the block, ascending."""
        every = range(len(self.links))
        if not known:
            return every
        left_out = set(map(self._numbers.__getitem__, known))
        return [number for number in every if number not in left_out]


def remembered_block(
    page: Page, digest: bytes, place: tuple[str, str], read: Callable[[], Block]
) -> tuple[Block, bytes]:
    """The block of a markup that was seen before, from memory or by `read`, and the key that tells its links.

    Parameters: `digest` of the markup; `place` what else its links tell: the place around the element, and its short
    path.
    """
    memory = block_memory()
    anywhere, here = keys_of(page, digest, place)
    block: Block | None = memory.get((Block, anywhere)) or memory.get((Block, here))
    if block is None:
        block = read()
        memory.put((Block, anywhere if block.rooted else here), block, room_of(block.links))
    return block, anywhere if block.rooted else here


def keys_of(page: Page, digest: bytes, place: tuple[str, str]) -> tuple[bytes, bytes]:
    """What tells the links of a markup from all others: where no address depends on the page's folder, and else."""
    around = "\0".join(("", *place, page.encoding, page.host, page.join("/") or ""))
    name = blake2b(digest + around.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES)
    anywhere = name.digest()
    name.update(b"\0" + page.base_url.encode("utf-8", "surrogatepass"))
    return anywhere, name.digest()


def room_of(links: Iterable[Link]) -> int:
    """Bytes that links take in memory, roughly."""
    return sum(_LINK_BYTES + len(one.url) + len(one.raw) + 2 * len(one.text) + len(one.path) for one in links)


def runs_of(block: Block, key: Callable[[], bytes]) -> tuple[Run, ...]:
    """The blocks in a block; itself where it holds no other, nothing where it holds hardly a link."""
    if block.runs or len(block.links) < int(read_lexicon("links")["block_links"]):
        return block.runs
    return (Run(0, len(block.links), key()),)


def kept_runs(runs: Iterable[Run], kept: Sequence[int], start: int) -> Iterator[Run]:
    """Runs as they stand on a page that keeps some of their links only: each link is kept once per page.

    Parameters: `kept` the numbers of the links that were kept, ascending; `start` where the first of them stands.
    """
    for run in runs:
        first, end = bisect_left(kept, run.start), bisect_left(kept, run.start + run.links)
        if end - first == run.links:
            yield Run(start + first, run.links, run.key)
        elif end - first >= int(read_lexicon("links")["block_links"]):
            digest = blake2b(run.key + array("I", kept[first:end]).tobytes(), digest_size=_DIGEST_BYTES)
            yield Run(start + first, end - first, digest.digest())
