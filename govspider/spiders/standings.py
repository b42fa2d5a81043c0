"""How the addresses of a run stand, for a million of them in one process.

Nearly all addresses answer and are asked no more. Of those only a hash of eight bytes is kept: two of a million
addresses share one with a chance of 3 in 10^8, and then one of them is not asked. The others are kept whole.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from govspider.extract.links.link_answer import LinkJudgement
from govspider.items import LinkState

_BYTES = 8
_FIRST_ROOM = 1 << 12
_FULL = 0.6
_FREE = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How an address stands in this run.

    `dead` counts answers in a row that called it dead, `shown` those that a browser gave; `showable`: one could.
    """

    judgement: LinkJudgement
    rung: int
    dead: int
    may_pass: bool
    showable: bool
    shown: int

    @property
    def settled(self) -> bool:
        """True where it works and no further answer in this run could tell more."""
        return self.judgement.state is LinkState.OK and not self.may_pass


SETTLED = Standing(LinkJudgement(LinkState.OK, None, "正常"), 1, 0, False, False, 0)
"""What is told of an address whose own standing is not kept."""


class Standings:
    """Standings by address, like a mapping to which addresses are only added."""

    def __init__(self, known: Iterable[tuple[str, Standing]] = ()) -> None:
        self._settled = AddressSet()
        self._open: dict[str, Standing] = {}
        # thousands of addresses are dead in the same words: one object serves them all
        self._kinds: dict[Standing, Standing] = {}
        for url, standing in known:
            self[url] = standing

    def __len__(self) -> int:
        return len(self._settled) + len(self._open)

    def __contains__(self, url: str) -> bool:
        return url in self._open or url in self._settled

    def __getitem__(self, url: str) -> Standing:
        standing = self.get(url)
        if standing is None:
            raise KeyError(url)
        return standing

    def get(self, url: str) -> Standing | None:
        """The standing of an address, None where it has no answer yet."""
        return self._open.get(url) or (SETTLED if url in self._settled else None)

    def __setitem__(self, url: str, standing: Standing) -> None:
        if not standing.settled:
            self._open[url] = self._kinds.setdefault(standing, standing)
            return
        self._open.pop(url, None)
        self._settled.add(url)


@dataclass(frozen=True, slots=True)
class Reusable:
    """Addresses whose answers of earlier runs stand for this one too, and those runs."""

    runs: tuple[int, ...]
    urls: AddressSet


class AddressSet:
    """Addresses by their hash, in one array: 16 bytes each when it is fullest."""

    def __init__(self, urls: Iterable[str] = ()) -> None:
        self._slots = array("Q", bytes(_BYTES * _FIRST_ROOM))
        self._count = 0
        for url in urls:
            self.add(url)

    def __len__(self) -> int:
        return self._count

    def __contains__(self, url: str) -> bool:
        key = _key(url)
        return self._slots[_place(self._slots, key)] == key

    def add(self, url: str) -> None:
        if self._count >= _FULL * len(self._slots):
            self._grow()
        self._put(self._slots, _key(url))

    def _put(self, slots: array[int], key: int) -> None:
        place = _place(slots, key)
        if slots[place] == _FREE:
            slots[place] = key
            self._count += 1

    def _grow(self) -> None:
        old, self._count = self._slots, 0
        self._slots = array("Q", bytes(2 * _BYTES * len(old)))
        for key in old:
            if key != _FREE:
                self._put(self._slots, key)


def _key(url: str) -> int:
    digest = blake2b(url.encode("utf-8", "surrogatepass"), digest_size=_BYTES).digest()
    return int.from_bytes(digest, "big") or 1  # 0 marks a free slot


def _place(slots: array[int], key: int) -> int:
    """Where this key stands, or the free slot where it would."""
    mask = len(slots) - 1
    place = key & mask
    while slots[place] not in (_FREE, key):
        place = (place + 1) & mask
    return place
