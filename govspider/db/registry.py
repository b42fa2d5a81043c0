"""Storing an import of a registry: sites with their hosts, states and contacts, and what changed since the last one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from govspider.db import tables as t
from govspider.db.organisations import OrganisationCircleError, OrganisationTree
from govspider.db.registered_columns import store_columns
from govspider.db.registered_hosts import renew_hosts
from govspider.db.site_records import store_contacts, store_states
from govspider.entries import Change, RegisteredSite, Registry, Reject, temporary_code

# fields of a site that a registry may leave out: its column in the sheet -> the column of the table
_OPTIONAL = {"platform": "platform", "icp": "icp_number", "police": "police_number"}
_FIELD_NAMES = {
    "code": "网站标识码",
    "name": "网站名称",
    "home_url": "网址",
    "site_type": "网站类型",
    "organisation_id": "主办单位",
    "platform": "集约化平台",
    "icp_number": "ICP备案号",
    "police_number": "公安备案号",
    "extra": "其他列",
}
_PLACE_FIELDS = {"superior", "region", "region_code"}


@dataclass(slots=True)
class ImportOutcome:
    """What an import did. `rejects` are rows only the database could refuse; those of the reading are not repeated."""

    import_id: int
    sites: int
    columns: int
    changes: list[Change] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)

    def count(self, change: str, subject: str) -> int:
        """How many subjects (site, column, organisation or contact) were added, changed, gone or returned."""
        return len({item.key for item in self.changes if (item.change, item.subject) == (change, subject)})


@dataclass(slots=True)
class _Import:
    """One import under way."""

    connection: Connection
    registry: Registry
    as_of: date
    now: datetime
    tree: OrganisationTree
    known: dict[str, Row[Any]]
    changes: list[Change] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)


def store_registry(
    connection: Connection, registry: Registry, *, as_of: date, now: datetime, complete: bool
) -> ImportOutcome:
    """Store a registry as read, within the caller's transaction.

    `as_of`: the day the registry is valid for; `now`: the instant of importing; `complete`: sites of its regions that
    it no longer holds count as gone. Importing the same registry again changes nothing.
    Raises StatusOrderError when it lies before what earlier imports established.
    """
    connection.execute(select(func.pg_advisory_xact_lock(func.hashtext("registry import"))))
    known = {row.code: row for row in connection.execute(select(t.site))}
    run = _Import(connection, registry, as_of, now, OrganisationTree(connection, registry.defaults), known)
    placed = _place_sites(run)
    ids = _store_sites(run, placed)
    _record_history(run, placed, ids)
    stored = store_columns(connection, registry, ids, as_of=as_of, now=now, complete=complete)
    run.changes += stored.changes
    run.rejects += stored.rejects
    renew_hosts(connection, {ids[site.code]: site.hosts for site, _ in placed}, stored.site_ids, now)
    if complete:
        _mark_gone(run, set(ids.values()))
    run.changes += run.tree.changes
    return _record_import(run, len(placed), stored.accepted, complete)


def _place_sites(run: _Import) -> list[tuple[RegisteredSite, int]]:
    """Sites with the organisation that runs them; what has no place in the tree is rejected."""
    placed: list[tuple[RegisteredSite, int]] = []
    stand_ins = _by_stand_in(run.known.values())
    for site in run.registry.sites:
        row = run.known.get(site.code) or _same_site(site, stand_ins)
        if row is not None:
            run.known[site.code] = row
        try:
            placed.append((site, _organisation(run, site, row)))
        except OrganisationCircleError as error:
            run.rejects.append(Reject(site.origin, str(error)))
    return placed


def _by_stand_in(rows: Iterable[Row[Any]]) -> dict[str, list[Row[Any]]]:
    """Stored sites by the temporary code their address gives."""
    found: dict[str, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(temporary_code(row.home_url), []).append(row)
    return found


def _same_site(site: RegisteredSite, stand_ins: dict[str, list[Row[Any]]]) -> Row[Any] | None:
    """The stored site a new code means: one that had none yet, or one whose code this file leaves out."""
    same = stand_ins.get(temporary_code(site.home_url), [])
    fitting = [row for row in same if row.code_is_temporary or site.code_is_temporary]
    return fitting[0] if len(fitting) == 1 else None


def _organisation(run: _Import, site: RegisteredSite, row: Row[Any] | None) -> int:
    """Place of a site. A sheet without columns for superior and region does not move a unit it knows."""
    if row is not None and not site.given & _PLACE_FIELDS:
        same_unit = run.tree.name_of(row.organisation_id) == site.place.unit
        if same_unit or (site.place.unit is None and run.tree.is_region(row.organisation_id)):
            return int(row.organisation_id)
    return run.tree.place(site.place, site.given)


def _store_sites(run: _Import, placed: Sequence[tuple[RegisteredSite, int]]) -> dict[str, int]:
    """Insert new sites, update known ones; returns the id of every site by the code in the file."""
    ids: dict[str, int] = {}
    new: list[dict[str, Any]] = []
    for site, organisation_id in placed:
        row = run.known.get(site.code)
        if row is None:
            new.append({**_values(site, organisation_id, None), "first_seen_at": run.now})
            run.changes.append(Change("site", site.code, "added"))
        else:
            ids[site.code] = row.id
            _update_site(run, site, row, _values(site, organisation_id, row))
    if new:
        statement = insert(t.site).returning(t.site.c.code, t.site.c.id)
        ids |= {row.code: row.id for row in run.connection.execute(statement, new)}
    return ids


def _values(site: RegisteredSite, organisation_id: int, row: Row[Any] | None) -> dict[str, Any]:
    """Column values of a site; what the sheet has no column for stays as it is stored."""
    keeps_code = row is not None and site.code_is_temporary
    keeps_type = row is not None and "site_type" not in site.given
    values: dict[str, Any] = {
        "code": row.code if row is not None and keeps_code else site.code,
        "code_is_temporary": row.code_is_temporary if row is not None and keeps_code else site.code_is_temporary,
        "name": site.name,
        "site_type": row.site_type if row is not None and keeps_type else site.site_type,
        "organisation_id": organisation_id,
        "home_url": site.home_url,
        "extra": {**(row.extra if row is not None else {}), **site.extra},
    }
    for header, column in _OPTIONAL.items():
        given = header in site.given or row is None
        values[column] = getattr(site, column) if given else getattr(row, column)
    return values


def _update_site(run: _Import, site: RegisteredSite, row: Row[Any], values: dict[str, Any]) -> None:
    key = values["code"]
    different = {name: value for name, value in values.items() if value != getattr(row, name)}
    if row.gone_at is not None:
        different["gone_at"] = None
        run.changes.append(Change("site", key, "returned"))
    for name in different.keys() & _FIELD_NAMES.keys():
        old, new = (_shown(run, name, value) for value in (getattr(row, name), values[name]))
        run.changes.append(Change("site", key, "changed", _FIELD_NAMES[name], old, new))
    if different:
        run.connection.execute(update(t.site).where(t.site.c.id == row.id).values(different))


def _shown(run: _Import, name: str, value: Any) -> str | None:
    if value is None:
        return None
    if name == "organisation_id":
        return run.tree.name_of(value)
    if name == "extra":
        return "; ".join(f"{header}={text}" for header, text in sorted(value.items()))
    return str(value)


def _record_history(run: _Import, placed: Sequence[tuple[RegisteredSite, int]], ids: dict[str, int]) -> None:
    sites = [(ids[site.code], site) for site, _ in placed]
    run.changes += store_states(run.connection, sites, run.as_of, run.registry.defaults.state)
    run.changes += store_contacts(run.connection, sites)


def _mark_gone(run: _Import, present: set[int]) -> None:
    """Sites of the file's regions that it no longer holds. A rejected row still stands in the file."""
    rows = run.connection.execute(select(t.site)).all()
    covered = {_region_key(run, row) for row in rows if row.id in present}
    for row in rows:
        rejected = (
            {row.code, temporary_code(row.home_url)} & run.registry.rejected_codes
            or row.name in run.registry.rejected_names
            or any(row.code == _code_of(run, reject) for reject in run.rejects)
        )
        if row.id in present or row.gone_at is not None or rejected or _region_key(run, row) not in covered:
            continue
        run.connection.execute(update(t.site).where(t.site.c.id == row.id).values(gone_at=run.now))
        run.changes.append(Change("site", row.code, "gone"))


def _code_of(run: _Import, reject: Reject) -> str | None:
    return next((site.code for site in run.registry.sites if site.origin == reject.origin), None)


def _region_key(run: _Import, row: Row[Any]) -> str:
    """Region of a site as its code says; without a code, the region it hangs in."""
    if row.code_is_temporary:
        return f"organisation {run.tree.region_of(row.organisation_id)}"
    return _code_region(row.code)


def _code_region(code: str) -> str:
    return code[:4] if code.startswith("bm") else code[:6]


def _record_import(run: _Import, sites: int, columns: int, complete: bool) -> ImportOutcome:
    regions = sorted({_code_region(site.code) for site in run.registry.sites if not site.code_is_temporary})
    values = {
        "file_name": run.registry.file_name,
        "file_sha256": run.registry.sha256,
        "encoding": run.registry.encoding,
        "imported_at": run.now,
        "accepted": sites + columns,
        "rejected": len(run.registry.rejects) + len(run.rejects),
        "complete": complete,
        "regions": regions,
    }
    statement = insert(t.registry_import).values(values).returning(t.registry_import.c.id)
    outcome = ImportOutcome(run.connection.execute(statement).scalar_one(), sites, columns, run.changes, run.rejects)
    _record_changes(run.connection, outcome)
    return outcome


def _record_changes(connection: Connection, outcome: ImportOutcome) -> None:
    rows = [
        {
            "registry_import_id": outcome.import_id,
            "subject": item.subject,
            "subject_key": item.key,
            "change": item.change,
            "field": item.field,
            "old_value": item.old,
            "new_value": item.new,
        }
        for item in outcome.changes
    ]
    if rows:
        connection.execute(insert(t.registry_change), rows)


def summary(outcome: ImportOutcome, subject: str) -> Counter[str]:
    """Counts of one subject by change, for the printed line 新增/变更/消失/恢复."""
    return Counter({change: outcome.count(change, subject) for change in ("added", "changed", "gone", "returned")})
