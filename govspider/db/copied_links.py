"""Links of pages, by COPY: they are most of the rows that a look stores, and COPY is the cheapest way in.

Every other row goes in by `execute_values` (store.py); both stand in one transaction.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from govspider.items import Link

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_SPECIAL = re.compile("[\x00\ud800-\udfff\\\\\t\n\r]")
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_STATEMENT = "copy link (page_id, look_id, scope, url, raw, kind, anchor, place, path, element) from stdin"


def copy_links(connection: Connection, pages: Iterable[tuple[int, int, str, Sequence[Link]]]) -> None:
    """Enter the links of pages in the order given.

    Parameters: `pages` of each its id, its look's id, the scope (home or inner) and its links. NUL and lone
    surrogates are left out of texts: real pages hold both and PostgreSQL refuses them.
    Raises psycopg2.Error; the transaction is the caller's.
    """
    lines = "".join(
        f"{page_id}\t{look_id}\t{scope}\t{_line(link)}\n" for page_id, look_id, scope, links in pages for link in links
    )
    if not lines:
        return
    cursor = connection.connection.cursor()
    try:
        cursor.copy_expert(_STATEMENT, io.BytesIO(lines.encode("utf-8")))
    finally:
        cursor.close()


def _line(link: Link) -> str:
    fields = (link.url, link.raw, link.kind, link.text, link.place, link.path, link.element)
    if _SPECIAL.search("".join(fields)):
        return "\t".join(_UNSTORABLE.sub("", field).translate(_ESCAPED) for field in fields)
    return "\t".join(fields)
