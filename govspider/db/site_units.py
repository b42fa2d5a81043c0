"""Names of sites and of the units that run them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from govspider.db import tables as t


def read_units(connection: Connection, site_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Name of the site and of its unit, by site id."""
    query = (
        select(t.site.c.id, t.site.c.name, t.organisation.c.name)
        .join(t.organisation, t.organisation.c.id == t.site.c.organisation_id)
        .where(t.site.c.id.in_(site_ids))
    )
    return {site_id: (name, unit) for site_id, name, unit in connection.execute(query)}
