"""Blocks of markup that repeat over the pages of a site, and the links that were read from them.

A menu, a footer, a list of friendly links stand on every page. What they hold is read once and found again by
the hash of their markup, of where they stand, and of what their addresses are resolved against.
"""

from __future__ import annotations

import marshal
import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b

from govspider.extract.document.page import Page
from govspider.extract.lexicons import read_lexicon
from govspider.items import Link

_DIGEST_BYTES = 16
_ENTRY_BYTES = 200


@dataclass(frozen=True, slots=True)
class Block:
    """Links of an element. `rooted`: no address in it depends on the folder of its page."""

    links: tuple[Link, ...]
    cut: bool
    rooted: bool


class _Memory:
    """Packed blocks by key, the least recently used ones forgotten first; bounded in bytes."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._blocks: OrderedDict[bytes, bytes] = OrderedDict()
        self._lock = threading.Lock()  # large pages are read in threads

    def get(self, key: bytes) -> Block | None:
        with self._lock:
            packed = self._blocks.get(key)
            if packed is None:
                return None
            self._blocks.move_to_end(key)
        return _unpacked(packed)

    def put(self, key: bytes, block: Block) -> None:
        packed = _packed(block)
        with self._lock:
            if key not in self._blocks:
                self._blocks[key] = packed
                self._room -= len(packed) + _ENTRY_BYTES
            while self._room < 0:
                _, forgotten = self._blocks.popitem(last=False)
                self._room += len(forgotten) + _ENTRY_BYTES


_memory: list[_Memory] = []


def remembered_block(page: Page, markup: bytes, place: tuple[str, str], read: Callable[[], Block]) -> Block:
    """The block of this markup, from memory or by `read`.

    Parameters: `place` what else its links tell: the place around the element, and its short path.
    """
    if not _memory:
        _memory.append(_Memory(int(read_lexicon("links")["block_memory"])))
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
    return block


def _packed(block: Block) -> bytes:
    links = [(link.url, link.raw, link.kind, link.text, link.place, link.path, link.element) for link in block.links]
    return zlib.compress(marshal.dumps((links, block.cut, block.rooted)), 1)


def _unpacked(packed: bytes) -> Block:
    links, cut, rooted = marshal.loads(zlib.decompress(packed))
    return Block(tuple(Link(*link) for link in links), cut, rooted)
