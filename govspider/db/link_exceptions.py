"""Exceptions for links (链接例外): entered by a person, with a reason and an end, never for ever."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, insert, select, text

from govspider.db import tables as t


class UnknownSiteError(LookupError):
    """A site code that the registry does not hold."""


class UnknownExceptionError(LookupError):
    """A number that no exception has."""


@dataclass(frozen=True, slots=True)
class LinkException:
    """Links that are not counted for a time; `site_code` None where it holds for every site."""

    id: int
    site_code: str | None
    target: str
    reason: str
    author: str
    valid_from: date
    expires_on: date


def add_link_exception(
    connection: Connection,
    target: str,
    *,
    site_code: str | None,
    reason: str,
    author: str,
    days: tuple[date, date],
    now: datetime,
) -> int:
    """Enter an exception and return its number.

    Parameters: `target` an address, or the beginning of addresses; `days` first and last day.
    Raises UnknownSiteError.
    """
    site_id = None if site_code is None else _site_id(connection, site_code)
    values = {
        "site_id": site_id,
        "target": target,
        "reason": reason,
        "author": author,
        "valid_from": days[0],
        "expires_on": days[1],
        "entered_at": now,
    }
    number: int = connection.execute(
        insert(t.link_exception).values(values).returning(t.link_exception.c.id)
    ).scalar_one()
    return number


def end_link_exception(connection: Connection, number: int, last_day: date) -> LinkException:
    """Let an exception end earlier; what it covers counts again from the day after. Raises UnknownExceptionError.

    Findings that it set aside rest no longer than it does; another exception sets them aside anew when judged.
    """
    query = text("""
        update link_exception set expires_on = least(expires_on, :day) where id = :number returning id""")
    if connection.execute(query, {"day": last_day, "number": number}).first() is None:
        raise UnknownExceptionError(f"链接例外 {number} 不存在；编号见 list")
    findings = text("""
        update finding set exempted_until = least(finding.exempted_until, :day) from link_exception as ended
        where ended.id = :number and finding.state = 'exempted'
          and finding.kind in ('link_dead', 'link_hijacked') and starts_with(finding.url, ended.target)
          and (ended.site_id is null or ended.site_id = finding.site_id)""")
    connection.execute(findings, {"day": last_day, "number": number})
    return next(one for one in read_all_link_exceptions(connection) if one.id == number)


def read_all_link_exceptions(connection: Connection) -> Sequence[LinkException]:
    """Every exception, in force or over, by its last day."""
    query = text("""
        select exception.id, site.code as site_code, exception.target, exception.reason, exception.author,
               exception.valid_from, exception.expires_on
        from link_exception as exception left join site on site.id = exception.site_id
        order by exception.expires_on, exception.id""")
    return [LinkException(**row._mapping) for row in connection.execute(query)]


def _site_id(connection: Connection, code: str) -> int:
    found = connection.execute(select(t.site.c.id).where(t.site.c.code == code)).scalar_one_or_none()
    if found is None:
        raise UnknownSiteError(f"网站标识码 {code!r} 不在底账中")
    return int(found)
