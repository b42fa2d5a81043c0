"""Blocks of markup that repeat over the pages of a site, and the links that were read from them.

A menu, a footer, a list of friendly links stand on every page. What they hold is read once and found again by
the hash of their markup, of where they stand, and of what their addresses are resolved against. The hash tells
the links as well, so that their rows need not be stored page by page.
"""

from __future__ import annotations

import marshal
import threading
import zlib
from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import NamedTuple

from govspider.extract.document.page import Page
from govspider.extract.lexicons import read_lexicon
from govspider.items import Link

_DIGEST_BYTES = 16
_ENTRY_BYTES = 200


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
        return frozenset((link.url, link.element, link.text) for link in self.links)


class _Memory:
    """Packed blocks by key, the least recently used ones forgotten first; bounded in bytes.

    Parameters: `ready` how many of them are held unpacked as well, those used last: pages of one site come together.
    """

    def __init__(self, room: int, ready: int = 0) -> None:
        self._room = room
        self._blocks: OrderedDict[bytes, bytes] = OrderedDict()
        self._most_ready = ready
        self._ready: OrderedDict[bytes, Block] = OrderedDict()
        self._lock = threading.Lock()  # large pages are read in threads

    def get(self, key: bytes) -> Block | None:
        with self._lock:
            packed = self._blocks.get(key)
            if packed is None:
                return None
            self._blocks.move_to_end(key)
            if (block := self._ready.get(key)) is not None:
                self._ready.move_to_end(key)
                return block
        block = _unpacked(packed)
        with self._lock:
            self._hold(key, block)
        return block

    def _hold(self, key: bytes, block: Block) -> None:
        self._ready[key] = block
        while len(self._ready) > self._most_ready:
            self._ready.popitem(last=False)

    def put(self, key: bytes, block: Block) -> None:
        packed = _packed(block)
        with self._lock:
            if key not in self._blocks:
                self._blocks[key] = packed
                self._room -= len(packed) + _ENTRY_BYTES
                self._hold(key, block)
            while self._room < 0:
                oldest, forgotten = self._blocks.popitem(last=False)
                self._ready.pop(oldest, None)
                self._room += len(forgotten) + _ENTRY_BYTES


_memory: list[_Memory] = []


def remembered_block(
    page: Page, markup: bytes, place: tuple[str, str], read: Callable[[], Block]
) -> tuple[Block, bytes]:
    """The block of this markup, from memory or by `read`, and the key that tells its links from all others.

    Parameters: `place` what else its links tell: the place around the element, and its short path.
    """
    if not _memory:
        sizes = read_lexicon("links")
        _memory.append(_Memory(int(sizes["block_memory"]), int(sizes["blocks_ready"])))
    memory = _memory[0]
    digest = blake2b(markup, digest_size=_DIGEST_BYTES)
    for part in (*place, page.encoding, page.host, page.join("/") or ""):
        digest.update(b"\0" + part.encode("utf-8", "surrogatepass"))
    anywhere = digest.digest()
    digest.update(b"\0" + page.base_url.encode("utf-8", "surrogatepass"))
    here = digest.digest()
    block = memory.get(anywhere) or memory.get(here)
    if block is None:
        block = read()
        memory.put(anywhere if block.rooted else here, block)
    return block, anywhere if block.rooted else here


def runs_of(block: Block, key: bytes) -> tuple[Run, ...]:
    """The blocks in a block; itself where it holds no other, nothing where it holds hardly a link."""
    if block.runs or len(block.links) < int(read_lexicon("links")["block_links"]):
        return block.runs
    return (Run(0, len(block.links), key),)


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


def _packed(block: Block) -> bytes:
    links = [(link.url, link.raw, link.kind, link.text, link.place, link.path, link.element) for link in block.links]
    runs = [tuple(run) for run in block.runs]
    return zlib.compress(marshal.dumps((links, block.cut, block.rooted, runs)), 1)


def _unpacked(packed: bytes) -> Block:
    links, cut, rooted, runs = marshal.loads(zlib.decompress(packed))
    return Block(tuple(Link(*link) for link in links), cut, rooted, tuple(Run(*run) for run in runs))
