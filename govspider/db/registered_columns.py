"""Storing the columns (栏目) of a registry, with their exemptions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from govspider.db import tables as t
from govspider.entries import Change, RegisteredColumn, Registry, Reject

_FIELD_NAMES = {
    "name": "栏目名称",
    "kind": "栏目类别",
    "level": "级别",
    "update_days": "更新期限",
    "parent_name": "上级栏目",
}
_OPTIONAL = ("level", "update_days", "parent_name")
_OPEN_KIND = {"kind": "other", "kind_source": "guess", "kind_confidence": 0.0, "kind_why": ""}


@dataclass(slots=True)
class StoredColumns:
    """What became of the columns of an import."""

    accepted: int = 0
    site_ids: set[int] = field(default_factory=set)
    changes: list[Change] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)


def store_columns(
    connection: Connection, registry: Registry, ids: dict[str, int], *, as_of: date, now: datetime, complete: bool
) -> StoredColumns:
    """Store the columns of a registry. A column of a site nobody registered is rejected; an open kind stays open.

    `ids`: sites of this import by their code in the file. With `complete`, registered columns that a listed site no
    longer has are gone.
    """
    outcome = StoredColumns()
    sites = {**_site_ids(connection, registry), **_listed(registry, ids)}
    known = _known_columns(connection, set(sites.values()))
    new: list[dict[str, Any]] = []
    for column in registry.columns:
        site_id = sites.get(column.site_code)
        if site_id is None:
            reason = f"网站标识码“{column.site_code}”不在底账中：请先导入该网站"
            outcome.rejects.append(Reject(column.origin, reason))
            continue
        outcome.accepted += 1
        outcome.site_ids.add(site_id)
        row = known[site_id].get(column.url)
        if row is None:
            new.append({**_values(column, None), "site_id": site_id, "url": column.url, "first_seen_at": now})
            outcome.changes.append(Change("column", _key(column), "added"))
        else:
            outcome.changes += _update(connection, column, row)
    if new:
        connection.execute(insert(t.site_column), new)
    if complete:
        outcome.changes += _mark_gone(connection, registry, sites, known, now)
    outcome.changes += _store_exemptions(connection, registry, sites, as_of)
    return outcome


def _key(column: RegisteredColumn) -> str:
    return f"{column.site_code} {column.url}"


def _listed(registry: Registry, ids: dict[str, int]) -> dict[str, int]:
    return {column.site_code: ids[column.site_code] for column in registry.columns if column.site_code in ids}


def _site_ids(connection: Connection, registry: Registry) -> dict[str, int]:
    codes = {column.site_code for column in registry.columns}
    query = select(t.site.c.code, t.site.c.id).where(t.site.c.code.in_(codes))
    return {row.code: row.id for row in connection.execute(query)}


def _known_columns(connection: Connection, site_ids: set[int]) -> defaultdict[int, dict[str, Row[Any]]]:
    query = select(t.site_column).where(t.site_column.c.site_id.in_(site_ids))
    known: defaultdict[int, dict[str, Row[Any]]] = defaultdict(dict)
    for row in connection.execute(query):
        known[row.site_id][row.url] = row
    return known


def _values(column: RegisteredColumn, row: Row[Any] | None) -> dict[str, Any]:
    values: dict[str, Any] = {"name": column.name, "source": "registry"}
    if column.kind is not None:
        values |= {
            "kind": column.kind.value,
            "kind_source": "registry",
            "kind_confidence": 1.0,
            "kind_why": f"底账：{column.kind_words}",
        }
    elif row is None:
        values |= _OPEN_KIND
    for name in _OPTIONAL:
        if row is None or name in column.given:
            values[name] = getattr(column, name)
    return values


def _update(connection: Connection, column: RegisteredColumn, row: Row[Any]) -> list[Change]:
    """Bring a known column up to date; one that was discovered before becomes a registered one."""
    key = _key(column)
    values = {name: value for name, value in _values(column, row).items() if value != getattr(row, name)}
    changes = [
        Change("column", key, "changed", _FIELD_NAMES[name], _shown(getattr(row, name)), _shown(values[name]))
        for name in values
        if name in _FIELD_NAMES
    ]
    if values.get("source") == "registry":
        changes.append(Change("column", key, "added"))
    if row.gone_at is not None:
        values["gone_at"] = None
        changes.append(Change("column", key, "returned"))
    if values:
        connection.execute(update(t.site_column).where(t.site_column.c.id == row.id).values(values))
    return changes


def _shown(value: Any) -> str | None:
    return None if value is None else str(value)


def _mark_gone(
    connection: Connection,
    registry: Registry,
    sites: dict[str, int],
    known: defaultdict[int, dict[str, Row[Any]]],
    now: datetime,
) -> list[Change]:
    """Registered columns missing from the sheet, of sites it lists. A rejected row keeps its site's columns."""
    listed = {(column.site_code, column.url) for column in registry.columns}
    rejected = {cell.strip() for reject in registry.rejects for cell in reject.origin.cells}
    changes: list[Change] = []
    for code, site_id in sites.items():
        for url, row in known[site_id].items():
            stays = (code, url) in listed or row.gone_at is not None or row.source != "registry"
            if stays or {code, row.name} <= rejected or url in rejected:
                continue
            connection.execute(update(t.site_column).where(t.site_column.c.id == row.id).values(gone_at=now))
            changes.append(Change("column", f"{code} {url}", "gone"))
    return changes


def _store_exemptions(connection: Connection, registry: Registry, sites: dict[str, int], as_of: date) -> list[Change]:
    exempted = [column for column in registry.columns if column.exemption and column.site_code in sites]
    known = _known_columns(connection, {sites[column.site_code] for column in exempted})
    latest = _latest_exemptions(connection)
    changes: list[Change] = []
    for column in exempted:
        row = known[sites[column.site_code]][column.url]
        changes += _exempt(connection, column, row.id, latest.get(row.id), as_of, registry.file_name)
    return changes


def _latest_exemptions(connection: Connection) -> dict[int, Row[Any]]:
    query = select(t.column_exemption).order_by(t.column_exemption.c.valid_from)
    return {row.site_column_id: row for row in connection.execute(query)}


def _exempt(
    connection: Connection,
    column: RegisteredColumn,
    column_id: int,
    latest: Row[Any] | None,
    as_of: date,
    file_name: str,
) -> Sequence[Change]:
    """Store an exemption unless it stands there already; the file that brought it is its author."""
    exemption = column.exemption
    assert exemption is not None
    if latest and (latest.reason, latest.expires_on, latest.approver) == (
        exemption.reason,
        exemption.expires_on,
        exemption.approver,
    ):
        return ()
    values = {
        "reason": exemption.reason,
        "expires_on": exemption.expires_on,
        "approver": exemption.approver,
        "author": f"底账 {file_name}",
    }
    e = t.column_exemption
    if latest and latest.valid_from >= as_of:
        connection.execute(update(e).where(e.c.id == latest.id).values(values))
    else:
        connection.execute(insert(e).values(**values, site_column_id=column_id, valid_from=as_of))
    old = f"{latest.reason}（至 {latest.expires_on}）" if latest else None
    new = f"{exemption.reason}（至 {exemption.expires_on}）"
    return (Change("column", _key(column), "changed", "豁免", old, new),)
