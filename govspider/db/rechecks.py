"""What a re-check looks at: the sites of a finding or of a unit, and the judgings to be made anew."""

from __future__ import annotations

from sqlalchemy import Connection, text


class UnknownUnitError(LookupError):
    """A unit that the registry does not hold, or that runs no site."""


def sites_of_unit(connection: Connection, name: str) -> list[str]:
    """Codes of the sites that a unit and the units below it run. Raises UnknownUnitError."""
    query = text("""
        with recursive below as (
            select id from organisation where name = :name
            union
            select organisation.id from organisation join below on organisation.parent_id = below.id
        )
        select site.code from site join below on below.id = site.organisation_id
        where site.gone_at is null order by site.code""")
    codes = list(connection.execute(query, {"name": name}).scalars())
    if not codes:
        raise UnknownUnitError(f"底账中没有单位“{name}”，或该单位没有网站")
    return codes


def finding_states(connection: Connection, finding_id: int) -> tuple[str, str]:
    """State and address of a finding as it stands."""
    row = connection.execute(text("select state, url from finding where id = :id"), {"id": finding_id}).one()
    return row.state, row.url
