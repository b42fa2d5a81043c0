"""Writes what a crawl saw: pages with their observations, link answers, ends of looks.

Rows go in by psycopg2's execute_values, many to a statement; links, the most of them, by COPY. Text is
cleaned of NUL and lone surrogates first: real pages hold both and PostgreSQL refuses them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from datetime import date, datetime
from typing import Any

import psycopg2
from psycopg2.extras import Json, execute_values
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from govspider.db.copied_links import LinkedPage, copy_links
from govspider.db.engine import make_engine
from govspider.db.published_items import count_published_items
from govspider.db.reused_answers import copy_answers
from govspider.db.runs import SiteLocks
from govspider.items import (
    OBSERVED_ARTICLE,
    OBSERVED_COLUMN,
    OBSERVED_DARK_LINKS,
    OBSERVED_DARK_UNREAD,
    OBSERVED_LINK_BLOCKS,
    OBSERVED_LINKS,
    OBSERVED_MARKS,
    OBSERVED_SIGHTS,
    OBSERVED_TAGS,
    OBSERVED_TAMPERING,
    OBSERVED_WORDING,
    OBSERVED_WORDING_UNREAD,
    ColumnObservation,
    ColumnTarget,
    HostProbed,
    LearnedRequest,
    LinkAnswered,
    LinkReused,
    LinkSight,
    LookFinished,
    PageRole,
    PageSeen,
)

Item = PageSeen | LinkAnswered | LinkReused | HostProbed | LookFinished
Row = Sequence[Any]

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_PLAIN = frozenset({type(None), bool, int, float, date, datetime})
_PAGE_SIZE = 1000
_LIMIT_EXCEEDED = "54"


class DatabaseAwayError(ConnectionError):
    """The database cannot be reached just now."""


class UnstorableError(ValueError):
    """The database refuses a row for what it holds."""


class StoreWriter:
    """One connection that writes batches; its errors say whether waiting can help.

    Parameters: `url` normalised address of the database; `locks` those of the sites whose looks are written.
    """

    def __init__(self, url: str, locks: SiteLocks | None = None) -> None:
        self._engine = make_engine(url)
        self._locks = locks

    def write(self, items: Sequence[Item]) -> None:
        """Write a batch in one transaction. Raises DatabaseAwayError or UnstorableError.

        What belongs to a site that another crawl took over while the server was away is left out: its look
        is theirs now.
        """
        try:
            if self._locks is not None:
                self._locks.hold()
                items = [item for item in items if getattr(item, "site_id", None) not in self._locks.lost]
            write_items(self._engine, items)
        except (DBAPIError, psycopg2.Error, KeyError, ValueError, TypeError) as error:
            if _is_away(error):
                raise DatabaseAwayError(_first_line(error)) from error
            raise UnstorableError(f"{type(error).__name__}: {_first_line(error)}") from error

    def close(self) -> None:
        self._engine.dispose()


def _is_away(error: Exception) -> bool:
    """True when waiting can help: the connection broke, not the row.

    What is too long for an index (class 54) counts as operational in psycopg2, but stays too long.
    """
    original = error.orig if isinstance(error, DBAPIError) else error
    if str(getattr(original, "pgcode", None) or "").startswith(_LIMIT_EXCEEDED):
        return False
    broken = isinstance(original, (psycopg2.OperationalError, psycopg2.InterfaceError))
    return broken or (isinstance(error, DBAPIError) and error.connection_invalidated)


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


def write_items(engine: Engine, items: Sequence[Item]) -> None:
    """Write a batch in one transaction: pages first, ends of looks last, and what is alike together.

    Raises sqlalchemy.exc.DBAPIError; then nothing of the batch is stored.
    """
    alike: dict[type, list[Any]] = {kind: [] for kind in _WRITERS}
    for item in items:
        alike[type(item)].append(item)
    with engine.begin() as connection:
        for kind, group in alike.items():
            if group:
                _WRITERS[kind](connection, group)


def _insert(connection: Connection, table: str, columns: str, rows: Iterable[Row], suffix: str = "") -> list[Any]:
    cleaned = [tuple(_clean(value) for value in row) for row in rows]
    if not cleaned:
        return []
    cursor = connection.connection.cursor()
    try:
        statement = f"insert into {table} ({columns}) values %s {suffix}"
        returning = "returning" in suffix
        found = execute_values(cursor, statement, cleaned, page_size=_PAGE_SIZE, fetch=returning)
        return list(found) if returning else []
    finally:
        cursor.close()


def _clean(value: Any) -> Any:
    if type(value) in _PLAIN:  # most of a row
        return value
    if isinstance(value, str):
        return _UNSTORABLE.sub("", value) if _UNSTORABLE.search(value) else value
    if isinstance(value, (list, tuple)):
        return Json([_plain(part) for part in value])
    if isinstance(value, Mapping):
        return Json({_plain(key): _plain(part) for key, part in value.items()})
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return _UNSTORABLE.sub("", value)
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, Mapping):
        return {_plain(key): _plain(part) for key, part in value.items()}
    return value


# ── pages ───────────────────────────────────────────────────────────────────────────────────


def _write_pages(connection: Connection, pages: Sequence[PageSeen]) -> None:
    _insert(
        connection,
        "evidence",
        "sha256, size, media_type, first_seen_at",
        _evidence_rows(pages),
        "on conflict (sha256) do update set dropped_at = null",
    )
    columns = _column_ids(connection, pages)
    _write_learned(connection, pages, columns)
    _write_exemptions(connection, pages, columns)
    unique = {_page_key(seen, columns): seen for seen in reversed(pages)}
    rows = [_page_row(seen, columns) for seen in unique.values()]
    found = _insert(connection, "page", _PAGE_COLUMNS, rows, _PAGE_CONFLICT)
    known = [(unique[look, url, role, column], page_id) for page_id, look, url, role, column in found]
    _write_observations(connection, known, columns)


def _page_key(seen: PageSeen, columns: Mapping[tuple[int, str], int]) -> tuple[int, str, str, int | None]:
    return seen.look_id, _UNSTORABLE.sub("", seen.url), seen.role.value, _column_of(seen, columns)


_PAGE_COLUMNS = (
    "look_id, site_id, site_column_id, role, url, final_url, parent_url, status, unknown_reason, detail, fetched_at, "
    "duration_ms, encoding, encoding_source, title, evidence_sha256, redirects, request_headers, response_headers, "
    "missing_parts, dark_unread, wording_unread, bytes_at, not_modified_headers"
)
# the same page for the same purpose in one look is one page: the first stands
_PAGE_CONFLICT = """
on conflict (look_id, url, role, site_column_id) do nothing
returning id, look_id, url, role, site_column_id"""


def _evidence_rows(pages: Sequence[PageSeen]) -> list[Row]:
    rows = {
        seen.evidence_sha256: (seen.evidence_sha256, seen.page.size, seen.page.content_type, seen.fetched_at)
        for seen in pages
        if seen.evidence_sha256 is not None and seen.page is not None
    }
    return [rows[sha256] for sha256 in sorted(rows)]


def _page_row(seen: PageSeen, columns: Mapping[tuple[int, str], int]) -> Row:
    page = seen.page
    return (
        seen.look_id,
        seen.site_id,
        _column_of(seen, columns),
        seen.role.value,
        seen.url,
        seen.final_url,
        seen.parent_url,
        seen.status,
        seen.reason.value if seen.reason else None,
        seen.detail,
        seen.fetched_at,
        seen.duration_ms,
        page.encoding if page else None,
        page.encoding_source if page else None,
        page.title if page and seen.role not in _NOT_HTML else None,
        seen.evidence_sha256,
        [{"url": hop.url, "status": hop.status} for hop in seen.redirects],
        seen.request_headers,
        seen.response_headers,
        seen.missing_parts,
        "；".join(seen.observations.get(OBSERVED_DARK_UNREAD, ())) or None,
        "；".join(seen.observations.get(OBSERVED_WORDING_UNREAD, ())) or None,
        seen.not_modified.bytes_at if seen.not_modified else None,
        seen.not_modified.headers if seen.not_modified else None,
    )


_NOT_HTML = (PageRole.SCRIPT, PageRole.LIST_DATA, PageRole.PICTURE)


def _write_learned(connection: Connection, pages: Sequence[PageSeen], columns: Mapping[tuple[int, str], int]) -> None:
    """The request that brought a column's list; of several looks at a column the last one stands."""
    rows = {}
    for seen in pages:
        if seen.learned is not None and seen.column is not None:
            column_id = columns[seen.site_id, seen.column.url]
            rows[column_id] = _learned_row(column_id, seen.learned, seen.fetched_at)
    _insert(connection, "column_request", _LEARNED_COLUMNS, [rows[key] for key in sorted(rows)], _LEARNED_CONFLICT)


def _write_exemptions(
    connection: Connection, pages: Sequence[PageSeen], columns: Mapping[tuple[int, str], int]
) -> None:
    """Exemptions that an override grants, from the day of the look to the end of the override, entered once."""
    for seen in pages:
        override = seen.column.override if seen.column else None
        if seen.column is None or override is None or not override.exempt:
            continue
        given = {
            "column": columns[seen.site_id, seen.column.url],
            "reason": _clean(override.exempt),
            "author": _clean(f"override {override.name}: {override.why}"),
            "at": seen.fetched_at,
            "until": override.expires,
        }
        connection.execute(text(_EXEMPTION), given)


_EXEMPTION = """
    insert into column_exemption (site_column_id, reason, author, valid_from, expires_on)
    select :column, :reason, :author, (cast(:at as timestamptz) at time zone 'Asia/Shanghai')::date, :until
    where not exists (
        select from column_exemption where site_column_id = :column and author = :author and expires_on = :until)
    on conflict (site_column_id, valid_from) do nothing"""

_LEARNED_COLUMNS = "site_column_id, url, method, body, headers, shell_sha256, learned_at, last_worked_at"
_LEARNED_CONFLICT = """
on conflict (site_column_id) do update set
    url = excluded.url, method = excluded.method, body = excluded.body, headers = excluded.headers,
    shell_sha256 = excluded.shell_sha256, learned_at = excluded.learned_at, last_worked_at = excluded.last_worked_at"""


def _learned_row(column_id: int, learned: LearnedRequest, at: datetime) -> Row:
    return (
        column_id,
        learned.url,
        learned.method,
        learned.body,
        learned.headers,
        learned.shell_sha256,
        learned.learned_at,
        at,
    )


def _column_ids(connection: Connection, pages: Sequence[PageSeen]) -> dict[tuple[int, str], int]:
    """Ids of the columns these pages belong to; columns found during the look are entered first."""
    wanted = {(seen.site_id, seen.column.url): (seen.column, seen.fetched_at) for seen in pages if seen.column}
    ordered = sorted(wanted.items())
    rows = [_column_row(site_id, column, at) for (site_id, _), (column, at) in ordered]
    found = _insert(connection, "site_column", _COLUMN_COLUMNS, rows, _COLUMN_CONFLICT)
    by_clean_url = {(site_id, url): column_id for column_id, site_id, url in found}
    return {(site_id, url): by_clean_url[site_id, _UNSTORABLE.sub("", url)] for site_id, url in wanted}


_COLUMN_COLUMNS = (
    "site_id, url, name, kind, kind_source, kind_confidence, kind_why, level, source, parent_name, first_seen_at"
)
# what the registry says of a column is never overwritten by what a look guesses
_COLUMN_CONFLICT = """
on conflict (site_id, url) do update set
    kind = case when site_column.kind_source = 'registry' then site_column.kind else excluded.kind end,
    kind_confidence = case when site_column.kind_source = 'registry' then site_column.kind_confidence
                           else excluded.kind_confidence end,
    kind_why = case when site_column.kind_source = 'registry' then site_column.kind_why else excluded.kind_why end,
    kind_source = case when site_column.kind_source = 'registry' then 'registry' else excluded.kind_source end,
    level = coalesce(site_column.level, excluded.level)
returning id, site_id, url"""


def _column_row(site_id: int, column: ColumnTarget, at: datetime) -> Row:
    return (
        site_id,
        column.url,
        column.name,
        column.kind.value,
        column.kind_source,
        column.kind_confidence,
        column.kind_why,
        column.level,
        column.source,
        column.parent_name,
        at,
    )


# ── observations of pages ───────────────────────────────────────────────────────────────────

Known = Sequence[tuple[PageSeen, int]]


def _write_observations(connection: Connection, known: Known, columns: Mapping[tuple[int, str], int]) -> None:
    _write_columns(connection, known, columns)
    _write_articles(connection, known, columns)
    _write_tags(connection, known)
    copy_links(connection, [_linked(seen, page_id) for seen, page_id in sorted(known, key=lambda one: one[1])])
    for name, table, names, row in _PLAIN_OBSERVATIONS:
        rows = [row(seen, page_id, found) for seen, page_id in known for found in seen.observations.get(name, ())]
        _insert(connection, table, names, rows)


def _linked(seen: PageSeen, page_id: int) -> LinkedPage:
    scope = "home" if seen.role is PageRole.HOME else "inner"
    links, blocks = (seen.observations.get(name, ()) for name in (OBSERVED_LINKS, OBSERVED_LINK_BLOCKS))
    return LinkedPage(page_id, seen.look_id, scope, links, blocks)


def write_observations(connection: Connection, known: Known) -> None:
    """Write what was read from pages that are stored already, given with their ids: a replay does so and rolls back."""
    _write_observations(connection, known, _column_ids(connection, [seen for seen, _ in known]))


def _column_of(seen: PageSeen, columns: Mapping[tuple[int, str], int]) -> int | None:
    return columns[seen.site_id, seen.column.url] if seen.column else None


def _write_columns(connection: Connection, known: Known, columns: Mapping[tuple[int, str], int]) -> None:
    observed = {page_id: seen for seen, page_id in known if OBSERVED_COLUMN in seen.observations}
    rows = [_observation_row(page_id, seen, _column_of(seen, columns)) for page_id, seen in observed.items()]
    found = _insert(connection, "column_observation", _OBSERVATION_COLUMNS, rows, "returning id, page_id")
    items: list[Row] = []
    for observation_id, page_id in found:
        observation: ColumnObservation = observed[page_id].observations[OBSERVED_COLUMN]
        items.extend(_item_rows(observation_id, observation))
    _insert(connection, "list_item", _ITEM_COLUMNS, items)


_OBSERVATION_COLUMNS = (
    "page_id, look_id, site_column_id, state, unknown_reason, newest, newest_url, items, total, source, "
    "evidence_text, notes"
)
_ITEM_COLUMNS = "column_observation_id, position, title, url, published, date_text, date_source, pinned, in_future"


def _observation_row(page_id: int, seen: PageSeen, column_id: int | None) -> Row:
    found: ColumnObservation = seen.observations[OBSERVED_COLUMN]
    return (
        page_id,
        seen.look_id,
        column_id,
        found.state.value,
        found.reason.value if found.reason else None,
        found.newest,
        found.newest_url,
        found.items,
        found.total,
        found.source,
        found.evidence_text,
        found.notes,
    )


def _item_rows(observation_id: int, observation: ColumnObservation) -> list[Row]:
    rows: list[Row] = []
    for in_future, items in ((False, observation.list_items), (True, observation.future_items)):
        for position, item in enumerate(items, start=1):
            rows.append(
                (
                    observation_id,
                    position,
                    item.title,
                    item.url,
                    item.published,
                    item.date_text,
                    item.date_source,
                    item.pinned,
                    in_future,
                )
            )
    return rows


def _write_articles(connection: Connection, known: Known, columns: Mapping[tuple[int, str], int]) -> None:
    rows = []
    for seen, page_id in known:
        found = seen.observations.get(OBSERVED_ARTICLE)
        if found is not None:
            rows.append(
                (
                    page_id,
                    seen.look_id,
                    _column_of(seen, columns),
                    found.title,
                    found.published,
                    found.date_text,
                    found.date_source,
                    found.meta_published,
                    found.content_sha256,
                    seen.list_date,
                    found.url_date,
                )
            )
    _insert(connection, "article_observation", _ARTICLE_COLUMNS, rows)


_ARTICLE_COLUMNS = (
    "page_id, look_id, site_column_id, title, published, date_text, date_source, meta_published, content_sha256, "
    "list_date, url_date"
)


def _mark_row(seen: PageSeen, page_id: int, mark: Any) -> Row:
    return (page_id, seen.look_id, mark.mark, mark.state.value, mark.value, mark.reason, mark.where)


def _write_tags(connection: Connection, known: Known) -> None:
    """One row per page: what asks for tags asks for all of a page's."""
    rows = []
    for seen, page_id in known:
        tags = {tag.name: tag.value for tag in seen.observations.get(OBSERVED_TAGS, ())}
        if tags:
            rows.append((page_id, seen.look_id, tags, sorted(name for name, value in tags.items() if not value)))
    _insert(connection, "tag_observation", "page_id, look_id, tags, lacking", rows)


def _dark_link_row(seen: PageSeen, page_id: int, dark: Any) -> Row:
    return (
        page_id,
        seen.look_id,
        dark.url,
        dark.anchor,
        dark.technique,
        dark.strength.value,
        dark.reasons,
        dark.path,
        dark.snippet,
        dark.offset,
        dark.byte_offset,
        dark.domain,
    )


def _sight_row(seen: PageSeen, page_id: int, sight: LinkSight) -> Row:
    return (page_id, seen.look_id, sight.url, sight.source_url, sight.state.value)


def _tampering_row(seen: PageSeen, page_id: int, found: Any) -> Row:
    return (
        page_id,
        seen.look_id,
        found.kind,
        found.text,
        found.strength.value,
        found.reasons,
        found.snippet,
        found.offset,
        found.byte_offset,
    )


def _wording_row(seen: PageSeen, page_id: int, found: Any) -> Row:
    return (
        page_id,
        seen.look_id,
        found.text,
        found.suggestion,
        found.rule,
        found.severity.value,
        found.category,
        found.reason,
        found.sentence,
        found.place,
        found.target,
        found.path,
        found.offset,
    )


_PLAIN_OBSERVATIONS = (
    (OBSERVED_MARKS, "mark_observation", "page_id, look_id, mark, state, value, reason, found_in", _mark_row),
    (
        OBSERVED_DARK_LINKS,
        "dark_link_observation",
        "page_id, look_id, url, anchor, technique, strength, reasons, path, snippet, char_offset, byte_offset, domain",
        _dark_link_row,
    ),
    (OBSERVED_SIGHTS, "dark_link_sight", "page_id, look_id, url, source_url, state", _sight_row),
    (
        OBSERVED_TAMPERING,
        "tampering_observation",
        "page_id, look_id, kind, tampered_text, strength, reasons, snippet, char_offset, byte_offset",
        _tampering_row,
    ),
    (
        OBSERVED_WORDING,
        "wording_observation",
        "page_id, look_id, wrong_text, suggestion, rule, severity, category, reason, sentence, place, target_url, "
        "path, char_offset",
        _wording_row,
    ),
)

# ── links and looks ─────────────────────────────────────────────────────────────────────────


_LATEST_IDENTITY = """on conflict (run_id, md5(url)) do update set
    host = excluded.host, domain = excluded.domain, title = excluded.title, language = excluded.language,
    certificate = excluded.certificate, seen_at = excluded.seen_at
    where excluded.seen_at > link_identity.seen_at"""


def _write_answers(connection: Connection, answers: Sequence[LinkAnswered]) -> None:
    rows = [
        (
            answer.run_id,
            answer.url,
            answer.rung,
            answer.state.value,
            answer.reason.value if answer.reason else None,
            answer.detail,
            answer.status,
            answer.final_url,
            answer.answered_at,
            [{"url": hop.url, "status": hop.status} for hop in answer.redirects],
            answer.response_headers,
            answer.first_bytes or None,
            answer.fault.value if answer.fault else None,
            answer.browser,
        )
        for answer in answers
    ]
    columns = (
        "run_id, url, rung, state, unknown_reason, detail, status, final_url, answered_at, redirects, "
        "response_headers, first_bytes, fault, browser"
    )
    _insert(connection, "link_answer", columns, rows, "on conflict do nothing")
    # the last identity of an address counts; one statement cannot write a row twice
    seen = {
        (answer.run_id, answer.url): (answer.run_id, answer.url, *astuple(answer.identity), answer.answered_at)
        for answer in answers
        if answer.identity is not None
    }
    names = "run_id, url, host, domain, title, language, certificate, seen_at"
    _insert(connection, "link_identity", names, list(seen.values()), _LATEST_IDENTITY)


def _write_probes(connection: Connection, probes: Sequence[HostProbed]) -> None:
    rows = [
        (one.run_id, one.host, one.url, one.final_url, one.status, one.title, one.answered_at, one.first_bytes or None)
        for one in probes
    ]
    names = "run_id, host, url, final_url, status, title, answered_at, first_bytes"
    _insert(connection, "link_probe", names, rows)


def _write_ends(connection: Connection, ends: Sequence[LookFinished]) -> None:
    for end in ends:
        connection.exec_driver_sql(
            "update look set state = %s, finished_at = %s, pages = %s, links = %s, detail = %s, owner_domain = %s "
            "where id = %s",
            (
                "complete" if end.complete else "incomplete",
                end.finished_at,
                end.pages,
                end.links,
                _clean(end.detail),
                end.owner_domain,
                end.look_id,
            ),
        )
        rows = [(end.site_id, host, "suggested", end.finished_at) for host in end.suggested_hosts]
        _insert(connection, "site_host", "site_id, host, source, first_seen_at", rows, "on conflict do nothing")
        linked = [(end.look_id, *astuple(domain)) for domain in end.outbound]
        _insert(connection, "outbound_domain", "look_id, domain, links, url, source_url", linked, _ONCE_PER_LOOK)
        count_published_items(connection, end.look_id)


# a look that was interrupted between its end and the end of the batch is ended again
_ONCE_PER_LOOK = "on conflict do nothing"

# in the order of writing: a page and its answers alternate in a batch, and each turn would cost a dozen statements
_WRITERS: dict[type, Any] = {
    PageSeen: _write_pages,
    LinkAnswered: _write_answers,
    LinkReused: copy_answers,
    HostProbed: _write_probes,
    LookFinished: _write_ends,
}
