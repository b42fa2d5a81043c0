"""Targets of a run: the sites to look at, with their hosts and columns; and what a run answered already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, func, inspect, select
from sqlalchemy.dialects.postgresql import distinct_on

from govspider.db import tables as t
from govspider.items import ColumnKind, ColumnTarget, KnownAnswer, LearnedRequest, LinkState, SiteTarget, UnknownReason

_ROWS_AT_ONCE = 5_000
_LINK_KINDS = ("link_dead", "link_hijacked")


def read_targets(engine: Engine, period_id: int, retired_states: Collection[str]) -> tuple[SiteTarget, ...]:
    """Sites to look at in a period: the frozen denominator, and retired sites that should not answer.

    Parameters: `retired_states` words of the running state (运行状态) that mean retired, such as 已下线.
    """
    query = (
        select(t.site, t.target.c.included, t.target.c.state_at_check)
        .join(t.target, t.target.c.site_id == t.site.c.id)
        .where(t.target.c.period_id == period_id)
        .where(t.target.c.included | t.target.c.state_at_check.in_(list(retired_states)))
        .order_by(t.site.c.code)
    )
    with engine.connect() as connection:
        rows = connection.execute(query).all()
        ids = [row.id for row in rows]
        hosts = _group(connection.execute(_hosts_of(ids)).all())
        columns = _group(connection.execute(_columns_of(ids)).all())
        learned = _group(connection.execute(_learned_of(ids)).all())
        sizes = {row.site_id: row.size for row in connection.execute(_sizes_of(ids))}
    found = (_target(row, hosts[row.id], columns[row.id], learned[row.id]) for row in rows)
    return tuple(replace(target, size=sizes.get(target.site_id, 0)) for target in found)


def _sizes_of(site_ids: Sequence[int]) -> Any:
    """Pages and links of the last complete look at each site."""
    look = t.look.c
    return (
        select(look.site_id, (func.coalesce(look.pages, 0) + func.coalesce(look.links, 0)).label("size"))
        .where(look.site_id.in_(site_ids), look.state == "complete")
        .order_by(look.site_id, look.finished_at.desc())
        .ext(distinct_on(look.site_id))
    )


def _hosts_of(site_ids: Sequence[int]) -> Any:
    host = t.site_host
    return select(host.c.site_id, host.c.host).where(host.c.site_id.in_(site_ids), host.c.source != "suggested")


def _columns_of(site_ids: Sequence[int]) -> Any:
    column = t.site_column
    return (
        select(column)
        .where(column.c.site_id.in_(site_ids), column.c.gone_at.is_(None), column.c.source == "registry")
        .order_by(column.c.site_id, column.c.id)
    )


def _learned_of(site_ids: Sequence[int]) -> Any:
    """Requests learned from a browser, by the column they bring."""
    column, request = t.site_column, t.column_request
    return (
        select(column.c.site_id, column.c.url.label("column_url"), request)
        .join(column, column.c.id == request.c.site_column_id)
        .where(column.c.site_id.in_(site_ids))
    )


def _learned(row: Row[Any]) -> LearnedRequest:
    return LearnedRequest(
        url=row.url,
        method=row.method,
        body=row.body,
        headers=row.headers,
        shell_sha256=row.shell_sha256,
        learned_at=row.learned_at,
    )


def _group(rows: Sequence[Row[Any]]) -> defaultdict[int, list[Row[Any]]]:
    grouped: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        grouped[row.site_id].append(row)
    return grouped


def _target(row: Row[Any], hosts: list[Row[Any]], columns: list[Row[Any]], learned: list[Row[Any]]) -> SiteTarget:
    return SiteTarget(
        site_id=row.id,
        code=row.code,
        name=row.name,
        home_url=row.home_url,
        hosts=frozenset(found.host for found in hosts),
        platform=row.platform,
        columns=tuple(_column(found) for found in columns),
        retired=not row.included,
        learned={found.column_url: _learned(found) for found in learned},
    )


def _column(row: Row[Any]) -> ColumnTarget:
    return ColumnTarget(
        name=row.name,
        url=row.url,
        kind=ColumnKind(row.kind),
        kind_source=row.kind_source,
        kind_confidence=row.kind_confidence,
        kind_why=row.kind_why,
        level=row.level,
        source=row.source,
        parent_name=row.parent_name,
        update_days=row.update_days,
    )


def read_answers(engine: Engine, run_id: int) -> Iterator[tuple[str, KnownAnswer]]:
    """How every address that was asked so far stands in this run: the last word on an address is the one that counts.

    They may be a million: rows come in pieces, and only those whose answers have to be counted together are held.
    """
    answer = t.link_answer.c
    query = (
        select(answer.url, answer.state, answer.unknown_reason, answer.rung, answer.browser)
        .where(answer.run_id == run_id)
        .order_by(answer.rung)
    )
    open_ones: dict[str, KnownAnswer] = {}
    with engine.connect() as connection:
        for row in connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(query):
            before = open_ones.get(row.url)
            if before is None and row.state == LinkState.OK:
                yield row.url, KnownAnswer(LinkState.OK, None, row.rung, 0, int(row.browser))
            else:
                open_ones[row.url] = _after(before, row)
    yield from open_ones.items()


def _after(before: KnownAnswer | None, row: Any) -> KnownAnswer:
    """How an address stands after one more answer."""
    state = LinkState(row.state)
    dead = (before.dead if before else 0) + 1 if state is LinkState.DEAD else 0
    shown = (before.shown if before else 0) + row.browser
    reason = UnknownReason(row.unknown_reason) if row.unknown_reason else None
    return KnownAnswer(state, reason, row.rung, dead, shown)


def runs_since(engine: Engine, run_id: int, since: datetime) -> tuple[int, ...]:
    """Earlier runs that were still asking at this time: their answers may be young enough to be taken over."""
    look = t.look.c
    query = (
        select(look.run_id)
        .where(look.run_id != run_id)
        .group_by(look.run_id)
        .having(func.max(look.finished_at) >= since)
        .order_by(look.run_id)
    )
    with engine.connect() as connection:
        return tuple(connection.execute(query).scalars())


def read_reusable(engine: Engine, runs: Sequence[int], since: datetime) -> Iterator[str]:
    """Addresses that worked whenever these runs asked them, the last time at `since` or later.

    Left out is every address that a finding about a link names: whether that is fixed has to be seen.
    """
    answer, finding = t.link_answer.c, t.finding.c
    accused = select(finding.url).where(finding.kind.in_(_LINK_KINDS), finding.url == answer.url)
    query = (
        select(answer.url)
        .where(answer.run_id.in_(runs), ~accused.exists())
        .group_by(answer.url)
        .having(func.bool_and(answer.state == LinkState.OK), func.max(answer.answered_at) >= since)
    )
    with engine.connect() as connection:
        yield from connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(query).scalars()


def finished_sites(engine: Engine, run_id: int) -> frozenset[int]:
    """Sites whose look in this run is complete."""
    query = select(t.look.c.site_id).where(t.look.c.run_id == run_id, t.look.c.state == "complete")
    with engine.connect() as connection:
        return frozenset(connection.execute(query).scalars())


def count_sites(engine: Engine) -> int:
    """Number of registered sites; 0 for a database without tables as well."""
    with engine.connect() as connection:
        if not inspect(connection).has_table(t.site.name):
            return 0
        found: int = connection.execute(select(func.count()).select_from(t.site)).scalar_one()
        return found


def read_home_urls(engine: Engine) -> list[str]:
    """Home page addresses of all registered sites."""
    with engine.connect() as connection:
        return list(connection.execute(select(t.site.c.home_url).order_by(t.site.c.code)).scalars())
