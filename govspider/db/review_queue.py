"""Findings that wait for a person, each with what the person needs to see: snippet, rule, container, domain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, text

from govspider.db.findings import split_evidence


@dataclass(frozen=True, slots=True)
class QueuedFinding:
    """A finding with the page's own words. `container` is where on which page it stands."""

    id: int
    fingerprint: str
    site_code: str
    site: str
    kind: str
    state: str
    url: str
    source_url: str
    headline: str
    evidence: str
    evidence_sha256: str
    snippet: str
    rule: str
    container: str
    domain: str
    last_seen_at: datetime

    def group(self, by: str) -> str:
        """What the finding has in common with others: its site, kind, rule, container or domain."""
        return str({"site": self.site_code}.get(by) or getattr(self, by))


def read_queue(
    connection: Connection, states: Sequence[str], kinds: Sequence[str] = (), site_codes: Sequence[str] = ()
) -> list[QueuedFinding]:
    """Findings in these states, of these kinds and sites where any are named; by site code, kind and number.

    Snippet, rule and path are those of the look that saw the finding last.
    """
    given = {"states": list(states), "kinds": list(kinds), "sites": list(site_codes)}
    return [_queued(dict(row._mapping)) for row in connection.execute(text(_QUEUE), given)]


def read_states(connection: Connection) -> dict[str, str]:
    """State of every finding, by fingerprint."""
    rows = connection.execute(text("select fingerprint, state from finding"))
    return {row.fingerprint: row.state for row in rows}


def _queued(values: dict[str, Any]) -> QueuedFinding:
    headline, evidence = split_evidence(values.pop("stored"))
    path, source = values.pop("path") or "", values["source_url"] or values["url"]
    host = urlsplit(values["url"]).hostname or ""
    return QueuedFinding(
        **{
            **values,
            "headline": headline,
            "evidence": evidence,
            "source_url": source,
            "evidence_sha256": values["evidence_sha256"] or "",
            "snippet": values["snippet"] or "",
            "rule": values["rule"] or headline,
            "container": f"{source} {path}".strip(),
            "domain": values["domain"] or host,
        }
    )


_QUEUE = """
    select finding.id, finding.fingerprint, site.code as site_code, site.name as site, finding.kind, finding.state,
           finding.url, finding.source_url, finding.evidence as stored, finding.evidence_sha256,
           coalesce(dark.snippet, tampered.snippet, worded.sentence) as snippet,
           coalesce(dark.path, worded.path) as path,
           coalesce(dark.technique, tampered.kind, worded.rule) as rule,
           nullif(dark.domain, '') as domain, finding.last_seen_at
    from finding join site on site.id = finding.site_id
    left join lateral (
        select sighting.look_id from finding_sighting as sighting
        where sighting.finding_id = finding.id order by sighting.id desc limit 1
    ) as last on true
    left join lateral (
        select seen.snippet, seen.path, seen.technique, seen.domain
        from dark_link_observation as seen join page on page.id = seen.page_id
        where finding.kind = 'dark_link' and seen.look_id = last.look_id and seen.url = finding.url
        order by page.final_url <> finding.source_url, seen.id limit 1
    ) as dark on true
    left join lateral (
        select seen.snippet, seen.kind
        from tampering_observation as seen join page on page.id = seen.page_id
        where finding.kind = 'tampering' and seen.look_id = last.look_id and page.final_url = finding.source_url
          and position(seen.kind in finding.evidence) > 0
        order by seen.id limit 1
    ) as tampered on true
    left join lateral (
        select seen.sentence, seen.path, seen.rule
        from wording_observation as seen join page on page.id = seen.page_id
        where finding.kind = 'wording' and seen.look_id = last.look_id and seen.target_url = finding.url
          and position(seen.wrong_text in finding.evidence) > 0
        order by page.final_url <> finding.source_url, seen.id limit 1
    ) as worded on true
    where finding.state = any(:states)
      and (cardinality(cast(:kinds as text[])) = 0 or finding.kind = any(:kinds))
      and (cardinality(cast(:sites as text[])) = 0 or site.code = any(:sites))
    order by site.code, finding.kind, finding.id"""
