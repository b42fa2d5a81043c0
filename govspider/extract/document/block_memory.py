"""What was read from blocks of markup that repeat over a site: one memory for all who read page by page.

A memory changes the time that something takes and never an answer: whoever asks it for an answer names everything
that the answer depends on in the key. Blocks that stand on one page only would fill it, so what is read is kept from
the second time on that a block is seen.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from functools import cache
from hashlib import blake2b
from typing import Any

from lxml.etree import tostring
from lxml.html import HtmlElement

from govspider.extract.lexicons import read_lexicon

_DIGEST_BYTES = 16
_ENTRY_BYTES = 200
# a name is tried so often in a row, and afterwards one time of so many
_TRIED = 3
_TRIED_AGAIN = 16


class _Counts:
    """Numbers by name, 0 for what is new; what was not asked for while `most` others were is new again."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._young: dict[Hashable, int] = {}
        self._old: dict[Hashable, int] = {}

    def of(self, name: Hashable) -> int:
        count = self._young.get(name)
        return self._old.get(name, 0) if count is None else count

    def set(self, name: Hashable, count: int) -> None:
        if len(self._young) >= self._most and name not in self._young:
            self._old, self._young = self._young, {}
        self._young[name] = count


class BlockMemory:
    """Answers by key, the least recently used ones forgotten first.

    Parameters: `room` bytes of the answers that are kept, as those who keep them count; `noted` how many blocks are
    known to have been seen at all.
    """

    def __init__(self, room: int, noted: int) -> None:
        self.room = room
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._seen = _Counts(noted)
        self._missed = _Counts(noted)
        self._lock = threading.Lock()  # large pages are read in threads

    def repeated(self, element: HtmlElement, name: Hashable) -> bytes | None:
        """Digest of an element whose markup was seen before; None for markup that is new.

        Parameters: `name` what the element is called on its site. Elements whose name stood for something new time
        after time, such as the box of the article's text, are new in most cases and not written out for the digest.
        """
        with self._lock:
            missed = self._missed.of(name)
            if missed >= _TRIED and missed % _TRIED_AGAIN:
                self._missed.set(name, missed + 1)
                return None
        digest = digest_of(element)
        with self._lock:
            seen = self._seen.of(digest)
            self._seen.set(digest, 1)
            self._missed.set(name, 0 if seen else missed + 1)
        return digest if seen else None

    def get(self, key: Hashable) -> Any | None:
        """The answer under a key, None where there is none."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, answer: Any, size: int) -> None:
        """Keep an answer that nobody changes any more. Parameters: `size` its bytes, roughly."""
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = answer, size + _ENTRY_BYTES
            self.room -= size + _ENTRY_BYTES
            while self.room < 0:
                _, (_, freed) = self._kept.popitem(last=False)
                self.room += freed


@cache
def block_memory() -> BlockMemory:
    """The memory of this process. Bounds: lexicons/links.yaml."""
    bounds = read_lexicon("links")
    return BlockMemory(int(bounds["block_memory"]), int(bounds["blocks_noted"]))


def digest_of(element: HtmlElement) -> bytes:
    """What tells the markup of an element, without what follows it, from all other markup."""
    return blake2b(tostring(element, encoding="utf-8", with_tail=False), digest_size=_DIGEST_BYTES).digest()
