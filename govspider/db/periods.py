"""Inspection periods (监测周期): their days and check_at, and the denominator that their first full run freezes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from sqlalchemy import Connection, Engine, Row, and_, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or

from govspider.db import tables as t
from govspider.db.period_labels import SHANGHAI, end_of, quarter_of, read_label


class PeriodError(ValueError):
    """A period that cannot be made as asked: one sentence for the user."""


class UnknownPeriodError(LookupError):
    """No period has this label; the message names those that exist."""


@dataclass(frozen=True, slots=True)
class Period:
    """One inspection period. Windows count back from check_at (监测时间点)."""

    id: int
    label: str
    data_from: date
    data_to: date
    check_at: datetime
    message_cutoff: datetime | None
    ad_hoc: bool
    frozen_at: datetime | None


@dataclass(frozen=True, slots=True)
class PeriodRequest:
    """What a person asked for; None = the default of the label."""

    label: str
    data_from: date | None = None
    data_to: date | None = None
    check_at: datetime | None = None
    message_cutoff: datetime | None = None


@dataclass(frozen=True, slots=True)
class Freeze:
    """What a freeze counted: sites in the denominator, and those outside by reason."""

    included: int
    excluded: dict[str, int]
    frozen_now: bool
    """False when an earlier run had frozen the period already."""


def find_period(engine: Engine, label: str) -> Period:
    """The period of a label, in any of its forms (2026Q4, 2026年第四季度). Raises UnknownPeriodError."""
    with engine.connect() as connection:
        found = _by_label(connection, label)
        if found is not None:
            return found
        known = connection.scalars(select(t.period.c.label).order_by(t.period.c.data_from.desc(), t.period.c.id)).all()
    shown = f"已有监测周期：{'、'.join(known)}" if known else "还没有任何监测周期"
    raise UnknownPeriodError(f"没有监测周期“{label}”；{shown}。请用 scripts/period.py create {label} 建立。")


def list_periods(engine: Engine) -> list[Period]:
    """All periods, newest first."""
    with engine.connect() as connection:
        rows = connection.execute(select(t.period).order_by(t.period.c.data_from.desc(), t.period.c.id.desc()))
        return [_period(row) for row in rows]


def create_period(engine: Engine, request: PeriodRequest, now: datetime) -> Period:
    """Make a period. check_at defaults to the end of its last day, or to now while that day is still to come.

    Raises PeriodError for a label without days, days in the wrong order, a check_at in the future, or a label that
    exists already.
    """
    known = read_label(request.label)
    first = request.data_from or (known.first if known else None)
    last = request.data_to or (known.last if known else None)
    if first is None or last is None:
        raise PeriodError(
            f"看不出“{request.label}”是哪段时间：请写成 2026Q4、2026-11 这样的标签，或用 --from 和 --to 给出起止日期。"
        )
    check_at = request.check_at or min(end_of(last), now)
    _check_days(request.label, first, last, check_at, now)
    label = known.label if known else request.label.strip()
    values = {
        "label": label,
        "data_from": first,
        "data_to": last,
        "check_at": check_at,
        "message_cutoff": request.message_cutoff or check_at,
        "ad_hoc": False,
    }
    with engine.begin() as connection:
        existing = _by_label(connection, label)
        created = None if existing else _insert(connection, values)
    if created is None:
        raise PeriodError(f"监测周期“{label}”已经存在：请换一个标签，或直接使用它。")
    return created


def _check_days(label: str, first: date, last: date, check_at: datetime, now: datetime) -> None:
    if first > last:
        raise PeriodError(f"监测周期“{label}”的起始日期 {first} 晚于截止日期 {last}：请检查 --from 和 --to。")
    if check_at > now:
        raise PeriodError(
            f"监测时间点 {_shown(check_at)} 在未来（现在是 {_shown(now)}）：监测时间点不能晚于现在，请改 --check-at。"
        )
    if check_at.astimezone(SHANGHAI).date() < first:
        raise PeriodError(
            f"监测周期“{label}”自 {first} 起，监测时间点 {_shown(check_at)} 未到这一天：请到期后再建，或改 --check-at。"
        )


def _shown(instant: datetime) -> str:
    return instant.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")


def open_period(engine: Engine, now: datetime) -> Period:
    """The period of the current quarter, made ad hoc (check_at = now) if there is none."""
    return ad_hoc_period(engine, quarter_of(now).label, now)


def ad_hoc_period(engine: Engine, label: str, now: datetime) -> Period:
    """The period of a label, made with check_at = now if there is none.

    A label that names no days (试点1) gets the days of the current quarter. A period that has not begun is refused
    with PeriodError.
    """
    days = read_label(label)
    quarter = quarter_of(now)
    first, last = (days.first, days.last) if days else (quarter.first, quarter.last)
    _check_days(label, first, last, now, now)
    values = {
        "label": days.label if days else label.strip(),
        "data_from": first,
        "data_to": last,
        "check_at": now,
        "message_cutoff": now,
        "ad_hoc": True,
    }
    with engine.begin() as connection:
        return _by_label(connection, label) or _insert(connection, values) or _require(connection, label)


def _insert(connection: Connection, values: dict[str, Any]) -> Period | None:
    """None when somebody else made the same label meanwhile."""
    statement = insert_or(t.period).values(values).on_conflict_do_nothing(index_elements=["label"])
    row = connection.execute(statement.returning(*t.period.c)).one_or_none()
    return _period(row) if row else None


def _require(connection: Connection, label: str) -> Period:
    found = _by_label(connection, label)
    if found is None:
        raise UnknownPeriodError(f"监测周期“{label}”在建立时被别人删除：请重试。")
    return found


def _by_label(connection: Connection, label: str) -> Period | None:
    """By the label as given, or by its usual form."""
    known = read_label(label)
    labels = {label.strip(), known.label if known else label.strip()}
    row = connection.execute(select(t.period).where(t.period.c.label.in_(labels))).first()
    return _period(row) if row else None


def _period(row: Row[Any]) -> Period:
    return Period(
        row.id,
        row.label,
        row.data_from,
        row.data_to,
        row.check_at.astimezone(SHANGHAI),
        row.message_cutoff and row.message_cutoff.astimezone(SHANGHAI),
        row.ad_hoc,
        row.frozen_at and row.frozen_at.astimezone(SHANGHAI),
    )


@cache
def _words() -> dict[str, str]:
    text = files("govspider.db").joinpath("denominator.yaml").read_text(encoding="utf-8")
    words: dict[str, str] = yaml.safe_load(text)
    return words


def set_targets(connection: Connection, period_id: int, now: datetime, *, freeze: bool) -> Freeze:
    """Write the denominator of a period: one row per registered site, each exclusion with its reason.

    A site is included when its state at check_at is 正常运行 and it is not gone. Until the first full run
    freezes it (`freeze`), the denominator follows the registry; frozen, it never changes again.
    """
    period = connection.execute(select(t.period).where(t.period.c.id == period_id).with_for_update()).one()
    frozen_now = False
    if period.frozen_at is None:
        connection.execute(delete(t.target).where(t.target.c.period_id == period_id))
        _insert_targets(connection, period)
        if freeze:
            connection.execute(update(t.period).where(t.period.c.id == period_id).values(frozen_at=now))
            frozen_now = True
    return count_targets(connection, period_id, frozen_now=frozen_now)


def _insert_targets(connection: Connection, period: Row[Any]) -> None:
    rows = [_target_row(period, site) for site in connection.execute(_sites_at(period.check_at))]
    if rows:
        connection.execute(insert_or(t.target).on_conflict_do_nothing(), rows)


def _sites_at(check_at: datetime) -> Any:
    """Every site with its state on the day of check_at; no state where none was registered yet."""
    day = check_at.astimezone(SHANGHAI).date()
    status = t.site_status.c
    holds = and_(
        status.site_id == t.site.c.id,
        status.valid_from <= day,
        or_(status.valid_to.is_(None), status.valid_to > day),
    )
    gone = func.coalesce(t.site.c.gone_at <= check_at, False).label("gone")
    query = select(t.site.c.id, t.site.c.organisation_id, status.state, gone)
    return query.select_from(t.site.outerjoin(t.site_status, holds)).order_by(t.site.c.id)


def _target_row(period: Row[Any], site: Row[Any]) -> dict[str, Any]:
    words = _words()
    state = site.state or words["not_registered_yet"]
    reason = words["gone"] if site.gone else None if state == words["normal_state"] else state
    return {
        "period_id": period.id,
        "site_id": site.id,
        "included": reason is None,
        "exclude_reason": reason,
        "state_at_check": state,
        "organisation_id": site.organisation_id,
    }


def count_targets(connection: Connection, period_id: int, *, frozen_now: bool = False) -> Freeze:
    """Sites of a period inside and outside its denominator, as far as it is written."""
    t_ = t.target.c
    query = select(t_.included, t_.exclude_reason, func.count().label("sites")).where(t_.period_id == period_id)
    rows = connection.execute(query.group_by(t_.included, t_.exclude_reason).order_by(t_.exclude_reason)).all()
    included = sum(row.sites for row in rows if row.included)
    return Freeze(included, {row.exclude_reason: row.sites for row in rows if not row.included}, frozen_now)
