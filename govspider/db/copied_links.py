"""Links of pages, by COPY: they are most of the rows that a look stores, and COPY is the cheapest way in.

A menu or a footer stands on every page of a site: the links of such a block are stored once per look and scope, with
the first page that shows them, and `page_block` says on which pages the block stands. Every other row goes in by
`execute_values` (store.py); all stand in one transaction.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from psycopg2.extras import execute_values
from sqlalchemy import Connection

from govspider.items import Link, LinkBlock

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_SPECIAL = re.compile("[\x00\ud800-\udfff\\\\\t\n\r]")
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_COPY = "copy link (page_id, look_id, scope, link_block_id, url, raw, kind, anchor, place, path, element) from stdin"
_NONE = "\\N"
_PAGE_SIZE = 1000

Key = tuple[int, str, str]
"""A block of links: its look, its scope and its digest."""


@dataclass(frozen=True, slots=True)
class LinkedPage:
    """A stored page and the links on it. `scope` home or inner; `blocks` which of the links are those of blocks."""

    id: int
    look_id: int
    scope: str
    links: Sequence[Link]
    blocks: Sequence[LinkBlock] = ()

    def key(self, block: LinkBlock) -> Key:
        return self.look_id, self.scope, block.digest


def copy_links(connection: Connection, pages: Iterable[LinkedPage]) -> None:
    """Enter the links of pages, those of blocks that the look has shown already left out.

    Pages have to come in the order of their ids: the links of a block stand under the first of them. NUL and lone
    surrogates are left out of texts: real pages hold both and PostgreSQL refuses them.
    Raises psycopg2.Error; the transaction is the caller's.
    """
    given = [page for page in pages if page.links]
    ids, new = _block_ids(connection, {page.key(block) for page in given for block in page.blocks})
    lines = "".join(line for page in given for line in _lines(page, ids, new))
    cursor = connection.connection.cursor()
    try:
        standing = sorted({(page.id, ids[page.key(block)]) for page in given for block in page.blocks})
        if standing:
            statement = "insert into page_block (page_id, link_block_id) values %s on conflict do nothing"
            execute_values(cursor, statement, standing, page_size=_PAGE_SIZE)
        if lines:
            cursor.copy_expert(_COPY, io.BytesIO(lines.encode("utf-8")))
    finally:
        cursor.close()


def _block_ids(connection: Connection, keys: set[Key]) -> tuple[dict[Key, int], set[Key]]:
    """Rows of these blocks, and those of the blocks whose links are not stored yet."""
    if not keys:
        return {}, set()
    cursor = connection.connection.cursor()
    try:
        statement = "insert into link_block (look_id, scope, digest) values %s on conflict do nothing returning "
        columns = "id, look_id, scope, digest"
        # in one order always, so that two writers never wait for each other
        made = execute_values(cursor, statement + columns, sorted(keys), page_size=_PAGE_SIZE, fetch=True)
        ids = {(look, scope, digest): row for row, look, scope, digest in made}
        new = set(ids)
        if known := keys - new:
            query = f"select {columns} from link_block where (look_id, scope, digest) in %s"
            cursor.execute(query, (tuple(sorted(known)),))
            ids.update({(look, scope, digest): row for row, look, scope, digest in cursor.fetchall()})
        return ids, new
    finally:
        cursor.close()


def _lines(page: LinkedPage, ids: dict[Key, int], new: set[Key]) -> Iterator[str]:
    """Lines for COPY in the order of the page; a block is new on its first page only."""
    place = 0
    for block in page.blocks:
        yield from _written(page, page.links[place : block.start], _NONE)
        place = block.start + block.count
        if (key := page.key(block)) in new:
            new.discard(key)
            yield from _written(page, page.links[block.start : place], str(ids[key]))
    yield from _written(page, page.links[place:], _NONE)


def _written(page: LinkedPage, links: Sequence[Link], block: str) -> Iterator[str]:
    before = f"{page.id}\t{page.look_id}\t{page.scope}\t{block}\t"
    for link in links:
        yield f"{before}{_fields(link)}\n"


def _fields(link: Link) -> str:
    fields = (link.url, link.raw, link.kind, link.text, link.place, link.path, link.element)
    if _SPECIAL.search("".join(fields)):
        return "\t".join(_UNSTORABLE.sub("", field).translate(_ESCAPED) for field in fields)
    return "\t".join(fields)
