"""What two runs must have in common to have seen the same: every observation, without ids and times.

Rows are counted, not only collected: the same observation stored twice is a difference.
Design decision 3.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Protocol

Observations = dict[str, Counter[tuple[Any, ...]]]

_PAGE = """page join look on look.id = page.look_id join site on site.id = page.site_id
           left join site_column on site_column.id = page.site_column_id"""
_PAGE_KEY = "site.code, page.role, page.url, site_column.url"
_QUERIES = {
    "looks": "select site.code, look.state, look.links, look.owner_domain from look "
    "join site on site.id = look.site_id",
    "columns": "select site.code, c.url, c.name, c.kind, c.kind_source, c.kind_confidence, c.kind_why, c.level, "
    "c.source, c.parent_name from site_column as c join site on site.id = c.site_id",
    "hosts": "select site.code, host.host, host.source from site_host as host join site on site.id = host.site_id",
    "pages": f"select {_PAGE_KEY}, page.final_url, page.parent_url, page.status, page.unknown_reason, page.encoding, "
    f"page.encoding_source, page.title, page.evidence_sha256, page.redirects::text, page.missing_parts::text, "
    "page.dark_unread, page.wording_unread "
    f"from {_PAGE}",
    "column observations": f"select {_PAGE_KEY}, o.state, o.unknown_reason, o.newest, o.newest_url, o.items, o.total, "
    f"o.source, o.evidence_text, o.notes::text from {_PAGE} join column_observation as o on o.page_id = page.id",
    "list items": f"select {_PAGE_KEY}, i.position, i.title, i.url, i.published, i.date_text, i.date_source, i.pinned, "
    f"i.in_future from {_PAGE} join column_observation as o on o.page_id = page.id "
    "join list_item as i on i.column_observation_id = o.id",
    "article observations": f"select {_PAGE_KEY}, a.title, a.published, a.date_text, a.date_source, a.meta_published, "
    f"a.content_sha256, a.list_date from {_PAGE} join article_observation as a on a.page_id = page.id",
    "marks": f"select {_PAGE_KEY}, m.mark, m.state, m.value, m.reason, m.found_in from {_PAGE} "
    "join mark_observation as m on m.page_id = page.id",
    "tags": f"select {_PAGE_KEY}, o.tags::text, o.lacking::text from {_PAGE} "
    "join tag_observation as o on o.page_id = page.id",
    "links": f"select {_PAGE_KEY}, l.url, l.raw, l.kind, l.scope, l.anchor, l.place, l.path, l.element from {_PAGE} "
    "join (select coalesce(standing.page_id, link.page_id) as on_page, link.* from link "
    "left join page_block as standing using (link_block_id)) as l on l.on_page = page.id",
    "dark links": f"select {_PAGE_KEY}, d.url, d.anchor, d.technique, d.strength, d.reasons::text, d.path, d.snippet, "
    f"d.char_offset, d.byte_offset from {_PAGE} join dark_link_observation as d on d.page_id = page.id",
    "wording": f"select {_PAGE_KEY}, o.wrong_text, o.suggestion, o.rule, o.severity, o.sentence, o.target_url "
    f"from {_PAGE} join wording_observation as o on o.page_id = page.id",
    "tampering": f"select {_PAGE_KEY}, o.kind, o.tampered_text, o.strength, o.reasons::text, o.snippet, o.byte_offset "
    f"from {_PAGE} join tampering_observation as o on o.page_id = page.id",
    "published days": "select site.code, d.day, d.items from published_day as d join look on look.id = d.look_id "
    "join site on site.id = look.site_id",
    "outbound domains": "select site.code, o.domain, o.links from outbound_domain as o "
    "join look on look.id = o.look_id join site on site.id = look.site_id",
    "link answers": "select url, rung, state, unknown_reason, status, final_url, redirects::text, "
    "md5(first_bytes), fault from link_answer",
    "link identities": "select url, host, domain, title, language, certificate from link_identity",
    # a process that goes on asks a host once more how it answers for missing pages, under another made-up address
    "link probes": "select distinct host, status, title from link_probe",
    "evidence": "select sha256, size, media_type from evidence",
}


_OF_NO_SITE = frozenset({"link answers", "link identities", "link probes", "evidence"})
_OF_RUN = {"hosts": "", "columns": "", "evidence": ""}
_OF_RUN |= dict.fromkeys(("link answers", "link identities", "link probes"), " where run_id = :run")


class HasRows(Protocol):
    """Whoever can ask the database."""

    def rows(self, query: str, **given: Any) -> list[tuple[Any, ...]]: ...


def observations(desk: HasRows, only: Sequence[str] = (), run: int | None = None) -> Observations:
    """Everything a desk's only run saw, or this `run`.

    Parameters: `only` site codes; rows of other sites, and what belongs to no site, such as link answers, are left out.
    """
    if run is None:
        found = {name: Counter(desk.rows(query)) for name, query in _QUERIES.items()}
    else:
        asked = {name: query + _OF_RUN.get(name, " where look.run_id = :run") for name, query in _QUERIES.items()}
        found = {name: Counter(desk.rows(query, run=run)) for name, query in asked.items()}
    if only:
        of_sites = {name: rows for name, rows in found.items() if name not in _OF_NO_SITE}
        return {name: Counter({row: n for row, n in rows.items() if row[0] in only}) for name, rows in of_sites.items()}
    return found


def differences(wanted: Observations, found: Observations, shown: int = 12) -> list[str]:
    """Rows that one side has more often than the other, worded; at most `shown` of each table and side."""
    words = []
    for name, rows in wanted.items():
        for verb, missing in (("missing", rows - found[name]), ("extra", found[name] - rows)):
            told = sorted(map(str, missing.elements()))
            words += [f"{name} {verb}: {row[:300]}" for row in told[:shown]]
            words += [f"{name} {verb}: … {len(told)} rows in all"] if len(told) > shown else []
    return words
