"""Which columns will be out of date, unit by unit, and when: from the latest looks of a period."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from govspider.checks.columns_should_update import ColumnsShouldUpdate
from govspider.checks.columns_stale import ColumnsStale
from govspider.checks.forecast import Duty, Forecast, Outlook, forecast_columns
from govspider.db.engine import Engine
from govspider.db.observations import LatestLook, read_latest_looks, read_sites
from govspider.db.periods import find_period
from govspider.db.site_units import read_units
from govspider.reports.spreadsheet import Sheet
from govspider.reports.words import words
from govspider.rubrics.model import Rubric, load_rubric

_BATCH = 200
_COUNTING_CHECKS = frozenset({"columns_stale", "columns_should_update"})


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """One line. `outlook`: breached, due or unknown; days are ISO; `days_left` counts from the day of asking."""

    outlook: str
    days_left: int | None
    breach_on: str | None
    site_code: str
    site: str
    organisation: str
    column: str
    newest: str | None
    window: str
    clause: str
    looked_on: str | None
    url: str
    why: str


FORECAST_KEYS = tuple(ForecastRow.__dataclass_fields__)


def list_forecast(
    engine: Engine, period_label: str, rubric_id: str, today: date, *, site_codes: Sequence[str] = ()
) -> list[ForecastRow]:
    """Columns by urgency: those already out of date, those that will be, then the unknown ones.

    Parameters: `today` the day from which the days left are counted, in Asia/Shanghai; `site_codes` only
    these sites. Raises UnknownPeriodError, RubricError, and ValueError for a code that is no target.
    """
    duties = duties_of(load_rubric(rubric_id))
    period = find_period(engine, period_label)
    rows: list[ForecastRow] = []
    with engine.connect() as connection:
        looks = [look for look in read_latest_looks(connection, period.id) if look.included]
        looks = _chosen(looks, site_codes)
        units = read_units(connection, [look.site_id for look in looks])
        rows.extend(_unseen(look, *units[look.site_id]) for look in looks if look.look_id is None)
        seen = [look for look in looks if look.look_id is not None]
        for start in range(0, len(seen), _BATCH):
            for site in read_sites(connection, seen[start : start + _BATCH], today):
                told = forecast_columns(site, today, duties)
                rows.extend(_row(one, site.code, *units[site.id], today) for one in told)
    return sorted(rows, key=_order)


def duties_of(rubric: Rubric) -> tuple[Duty, ...]:
    """The clauses of a rubric that ask columns to be updated, with their windows."""
    asked = ((rule.id, rule.bind()) for rule in rubric.rules if rule.check in _COUNTING_CHECKS)
    return tuple(
        Duty(clause, parameters.windows)
        for clause, parameters in asked
        if isinstance(parameters, (ColumnsStale, ColumnsShouldUpdate))
    )


def _chosen(looks: Sequence[LatestLook], codes: Sequence[str]) -> list[LatestLook]:
    unknown = sorted(set(codes) - {look.code for look in looks})
    if unknown:
        raise ValueError(f"网站标识码 {unknown[0]!r} 不在本周期的巡检范围内；请核对底账")
    return [look for look in looks if not codes or look.code in codes]


def _unseen(look: LatestLook, site: str, unit: str) -> ForecastRow:
    nothing = Forecast("全部栏目", "", Outlook.UNKNOWN, "", "", why="本监测周期内没有完成的巡检")
    return _row(nothing, look.code, site, unit, date.max)


def _row(told: Forecast, code: str, site: str, unit: str, today: date) -> ForecastRow:
    return ForecastRow(
        outlook=told.outlook.value,
        days_left=(told.breach_on - today).days if told.breach_on else None,
        breach_on=_iso(told.breach_on),
        site_code=code,
        site=site,
        organisation=unit,
        column=told.name,
        newest=_iso(told.newest),
        window=told.window,
        clause=told.clause,
        looked_on=_iso(told.looked_on),
        url=told.url,
        why=told.why,
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _order(row: ForecastRow) -> tuple[int, str, str, str]:
    order = (Outlook.BREACHED, Outlook.DUE, Outlook.UNKNOWN)
    return order.index(Outlook(row.outlook)), row.breach_on or "", row.site_code, row.column


def forecast_text(rows: Sequence[ForecastRow]) -> str:
    """The list as JSON, with the keys of a row."""
    return json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2) + "\n"


def forecast_sheets(rows: Sequence[ForecastRow]) -> Iterator[Sheet]:
    """One table per outlook, in Chinese; a table without lines is left out."""
    names = words("forecast")
    for outlook in (Outlook.BREACHED, Outlook.DUE, Outlook.UNKNOWN):
        lines = [row for row in rows if row.outlook == outlook]
        if lines:
            yield Sheet(names[outlook.value], [names[key] for key in _SHOWN], [_shown(row) for row in lines])


_SHOWN = (
    "days_left",
    "breach_on",
    "site_code",
    "site",
    "organisation",
    "column",
    "newest",
    "window",
    "looked_on",
    "why",
)


def _shown(row: ForecastRow) -> tuple[str | int | None, ...]:
    told = asdict(row)
    return tuple(told[key] for key in _SHOWN)


def forecast_sheet(rows: Sequence[ForecastRow]) -> Sheet:
    """All lines in one table with the keys as header, for tools."""
    return Sheet("forecast", FORECAST_KEYS, [tuple(asdict(row).values()) for row in rows])
