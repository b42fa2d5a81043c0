"""Storing the findings of other vendors' text checks; judging reads them with our own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, text

from govspider.entries import VendorReport


def read_hosts(connection: Connection) -> dict[str, set[str]]:
    """Codes of the sites that a host belongs to; hosts that are only suggested left out."""
    query = text("""
        select site_host.host, site.code from site_host join site on site.id = site_host.site_id
        where site_host.source <> 'suggested'""")
    found: dict[str, set[str]] = {}
    for row in connection.execute(query):
        found.setdefault(row.host, set()).add(row.code)
    return found


def write_vendor_reports(
    connection: Connection,
    period_id: int,
    vendor: str,
    reports: Sequence[tuple[int, VendorReport]],
    source: tuple[str, datetime],
) -> None:
    """Enter reports, or bring known ones of the vendor about the same wording up to date.

    Parameters: `reports` each with the id of its site; `source` name of the file and the instant of importing it.
    """
    file, now = source
    rows = [
        {
            "site": site_id,
            "period": period_id,
            "vendor": vendor,
            "url": report.url,
            "wrong": report.wrong_text,
            "suggestion": report.suggestion,
            "severity": report.severity.value,
            "sentence": report.sentence,
            "state": report.state,
            "day": report.reported_on,
            "file": file,
            "row": report.origin.row,
            "now": now,
        }
        for site_id, report in reports
    ]
    if rows:
        connection.execute(text(_UPSERT), rows)


_UPSERT = """
    insert into vendor_wording (site_id, period_id, vendor, url, wrong_text, suggestion, severity, sentence,
                                vendor_state, reported_on, file, row_number, imported_at)
    values (:site, :period, :vendor, :url, :wrong, :suggestion, :severity, :sentence, :state, :day, :file, :row, :now)
    on conflict (site_id, period_id, vendor, url, wrong_text) do update set
        suggestion = excluded.suggestion, severity = excluded.severity, sentence = excluded.sentence,
        vendor_state = excluded.vendor_state, reported_on = excluded.reported_on, file = excluded.file,
        row_number = excluded.row_number, imported_at = excluded.imported_at"""
