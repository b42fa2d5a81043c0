"""What hangs at a site besides its own row: its dated states and its contact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from govspider.db import tables as t
from govspider.db.status_history import Status, StatusClaim, revise
from govspider.entries import Change, Contact, RegisteredSite


def store_states(
    connection: Connection, sites: Sequence[tuple[int, RegisteredSite]], as_of: date, default_state: str
) -> list[Change]:
    """Add what a registry says of running states to their histories; returns the changes of known sites.

    Raises StatusOrderError when the import lies before what is known.
    """
    histories = _histories(connection)
    changes: list[Change] = []
    outdated: list[int] = []
    rows: list[dict[str, Any]] = []
    for site_id, site in sites:
        before = histories[site_id]
        after = revise(before, StatusClaim(site.state, site.since, site.document_no, as_of), default_state)
        if after == tuple(before):
            continue
        outdated.append(site_id)
        rows += [_status_row(site_id, status) for status in after]
        if before and _facts(before[-1]) != _facts(after[-1]):
            changes.append(Change("site", site.code, "changed", "运行状态", _shown(before[-1]), _shown(after[-1])))
    if outdated:
        connection.execute(delete(t.site_status).where(t.site_status.c.site_id.in_(outdated)))
        connection.execute(insert(t.site_status), rows)
    return changes


def _histories(connection: Connection) -> defaultdict[int, list[Status]]:
    s = t.site_status.c
    query = select(s.site_id, s.state, s.valid_from, s.valid_to, s.document_no, s.source)
    found: defaultdict[int, list[Status]] = defaultdict(list)
    for row in connection.execute(query.order_by(s.site_id, s.valid_from)):
        found[row.site_id].append(Status(*row[1:]))
    return found


def _status_row(site_id: int, status: Status) -> dict[str, Any]:
    return {
        "site_id": site_id,
        "state": status.state,
        "valid_from": status.valid_from,
        "valid_to": status.valid_to,
        "document_no": status.document_no,
        "source": status.source,
    }


def _facts(status: Status) -> tuple[str, date, str | None]:
    return status.state, status.valid_from, status.document_no


def _shown(status: Status) -> str:
    document = f",{status.document_no}" if status.document_no else ""
    return f"{status.state}（自 {status.valid_from}{document}）"


def store_contacts(connection: Connection, sites: Sequence[tuple[int, RegisteredSite]]) -> list[Change]:
    """Replace the contacts a registry names; a sheet without contact columns leaves them. Changes carry no values."""
    c = t.site_contact.c
    stored = {
        row.site_id: Contact(*row[1:]) for row in connection.execute(select(c.site_id, c.person, c.phone, c.email))
    }
    changes: list[Change] = []
    outdated: list[int] = []
    rows: list[dict[str, Any]] = []
    for site_id, site in sites:
        before, after = stored.get(site_id), _merged(stored.get(site_id), site)
        if after == before:
            continue
        outdated.append(site_id)
        if after is not None:
            rows.append({"site_id": site_id, "person": after.person, "phone": after.phone, "email": after.email})
        change = "added" if before is None else "gone" if after is None else "changed"
        changes.append(Change("contact", site.code, change))
    if outdated:
        connection.execute(delete(t.site_contact).where(t.site_contact.c.site_id.in_(outdated)))
    if rows:
        connection.execute(insert(t.site_contact), rows)
    return changes


def _merged(stored: Contact | None, site: RegisteredSite) -> Contact | None:
    """Contact after an import: what the sheet has a column for is the sheet's word."""
    old, new = stored or Contact(None, None, None), site.contact or Contact(None, None, None)
    merged = Contact(
        new.person if "contact_person" in site.given else old.person,
        new.phone if "contact_phone" in site.given else old.phone,
        new.email if "contact_email" in site.given else old.email,
    )
    return merged if merged != Contact(None, None, None) else None
