"""The links of a page as plain rows, for its reading: packed and unpacked several times faster than link by link.

A menu or a footer stands in the reading of every page of its site. Its links are made of the rows once and found again
by their digest.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter

from govspider.extract.document.block_memory import block_memory
from govspider.extract.facts_only import unpickled
from govspider.extract.links.link_blocks import room_of
from govspider.extract.links.link_parts import parts_of
from govspider.items import Link, LinkBlock

_Row = tuple[str, ...]
_row_of = attrgetter(*(field.name for field in fields(Link)))


@dataclass(frozen=True, slots=True)
class LinkRows:
    """Parts of a page's links: the digest of a block with its rows packed for themselves, "" with rows as they are."""

    parts: tuple[tuple[str, bytes | list[_Row]], ...]

    @classmethod
    def of(cls, links: Sequence[Link], blocks: Iterable[LinkBlock]) -> LinkRows:
        """The links of a page and which of them come from blocks, as rows."""
        rows = ((part.digest, list(map(_row_of, part.links))) for part in parts_of(links, blocks))
        return cls(tuple((name, pickle.dumps(some, pickle.HIGHEST_PROTOCOL) if name else some) for name, some in rows))

    def facts(self) -> tuple[Link, ...]:
        """The links again, in their order. Raises what unpickling raises for bytes that hold no rows."""
        return tuple(link for name, some in self.parts for link in _part(name, some))


def _part(digest: str, some: bytes | list[_Row]) -> Sequence[Link]:
    if isinstance(some, list):
        return [Link(*row) for row in some]
    memory = block_memory()
    key = (LinkRows, digest)
    known: tuple[Link, ...] | None = memory.get(key)
    if known is None:
        known = tuple(Link(*row) for row in unpickled(some))
        memory.put(key, known, room_of(known))
    return known
