"""Reading wrong wordings: those of the pages of a look, and those that other vendors' text checks reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, text

from govspider.items import WordingSeverity
from govspider.seen import SeenWording

Given = Mapping[str, Any]
"""Bound values of the queries: `looks`, ids of the looks to read."""


def read_wording(connection: Connection, given: Given) -> defaultdict[int, list[SeenWording]]:
    """Wrong wordings by look: first our own, then what was imported for the site in the period of the look."""
    found: defaultdict[int, list[SeenWording]] = defaultdict(list)
    for query in (_OWN, _REPORTED):
        for row in connection.execute(text(query), given):
            seen = SeenWording(
                text=row.wrong_text,
                suggestion=row.suggestion,
                severity=WordingSeverity(row.severity),
                sentence=row.sentence,
                reason=row.reason,
                url=row.url,
                source_url=row.source_url,
                evidence_sha256=row.evidence_sha256,
                vendor=row.vendor,
            )
            found[row.look_id].append(seen)
    return found


_OWN = """
    select seen.look_id, seen.wrong_text, seen.suggestion, seen.severity, seen.sentence, seen.reason,
           seen.target_url as url, page.final_url as source_url, page.evidence_sha256, '' as vendor
    from wording_observation as seen join page on page.id = seen.page_id
    where seen.look_id = any(:looks) order by seen.look_id, page.id, seen.id"""
_REPORTED = """
    select look.id as look_id, told.wrong_text, told.suggestion, told.severity, told.sentence, '' as reason,
           told.url, told.url as source_url, null as evidence_sha256, told.vendor
    from look join run on run.id = look.run_id
    join vendor_wording as told on told.site_id = look.site_id and told.period_id = run.period_id
    where look.id = any(:looks) order by look.id, told.id"""
