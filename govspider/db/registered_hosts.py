"""Hosts of a site: of its registered addresses, their twins, and of its registered columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, and_, delete, insert, select, update

from govspider.db import tables as t

_OWN = ("registry", "twin")


def renew_hosts(
    connection: Connection, hosts: Mapping[int, Mapping[str, str]], column_sites: Collection[int], now: datetime
) -> None:
    """Bring the hosts of imported sites up to date. Suggested hosts stay suggested until the registry names them.

    `hosts`: site id -> host -> registry or twin; `column_sites`: further sites whose columns the import touched.
    """
    affected = set(hosts) | set(column_sites)
    stored = _stored(connection, affected)
    of_columns = _column_hosts(connection, affected)
    new: list[dict[str, Any]] = []
    for site_id in affected:
        own = hosts.get(site_id) or {host: source for host, source in stored[site_id].items() if source in _OWN}
        wanted = {**dict.fromkeys(of_columns[site_id], "column"), **own}
        _drop_unwanted(connection, site_id, stored[site_id], wanted)
        for host, source in wanted.items():
            if host not in stored[site_id]:
                new.append({"site_id": site_id, "host": host, "source": source, "first_seen_at": now})
            elif stored[site_id][host] != source:
                here = and_(t.site_host.c.site_id == site_id, t.site_host.c.host == host)
                connection.execute(update(t.site_host).where(here).values(source=source))
    if new:
        connection.execute(insert(t.site_host), new)


def _stored(connection: Connection, site_ids: Collection[int]) -> defaultdict[int, dict[str, str]]:
    h = t.site_host.c
    found: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for row in connection.execute(select(h.site_id, h.host, h.source).where(h.site_id.in_(site_ids))):
        found[row.site_id][row.host] = row.source
    return found


def _column_hosts(connection: Connection, site_ids: Collection[int]) -> defaultdict[int, set[str]]:
    c = t.site_column.c
    query = select(c.site_id, c.url).where(c.site_id.in_(site_ids), c.source == "registry", c.gone_at.is_(None))
    found: defaultdict[int, set[str]] = defaultdict(set)
    for row in connection.execute(query):
        host = urlsplit(row.url).hostname
        if host:
            found[row.site_id].add(host)
    return found


def _drop_unwanted(connection: Connection, site_id: int, stored: Mapping[str, str], wanted: Mapping[str, str]) -> None:
    unwanted = [host for host, source in stored.items() if source != "suggested" and host not in wanted]
    if unwanted:
        here = and_(t.site_host.c.site_id == site_id, t.site_host.c.host.in_(unwanted))
        connection.execute(delete(t.site_host).where(here))
