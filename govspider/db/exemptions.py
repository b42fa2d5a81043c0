"""Exemptions of columns (豁免栏目) as reports show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class ColumnExemption:
    """A column that need not be updated, why, who entered and approved it, and until when."""

    site_code: str
    site: str
    column: str
    reason: str
    author: str
    approver: str | None
    valid_from: date
    expires_on: date


def read_exemptions(connection: Connection, period_id: int, day: date) -> list[ColumnExemption]:
    """Exemptions in force on that day, of included sites of the period."""
    query = text("""
        select site.code as site_code, site.name as site, site_column.name as column, exemption.reason,
               exemption.author, exemption.approver, exemption.valid_from, exemption.expires_on
        from column_exemption as exemption
        join site_column on site_column.id = exemption.site_column_id
        join site on site.id = site_column.site_id
        join target on target.site_id = site.id and target.period_id = :period and target.included
        where exemption.valid_from <= :day and exemption.expires_on >= :day
        order by site.code, site_column.name, exemption.valid_from""")
    return [ColumnExemption(**row._mapping) for row in connection.execute(query, {"period": period_id, "day": day})]
