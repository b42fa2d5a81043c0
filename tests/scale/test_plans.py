"""A question about one period reads that period's rows: the plan of every statement says so, and what it reads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from govspider.db.engine import Connection, Engine
from govspider.judging import DEFAULT_RUBRIC, judge
from tests.scale.generator import Size, fill, fill_period, tidy
from tests.scale.measure import questions, rows_read, whole_tables

_SIZE = Size(sites=100, periods=3, columns=6, articles=3, links=20, linked=2)
_PERIOD = "2025Q2"
_LATER = {4: "2025Q3", 5: "2025Q4"}
# without these ways the planner takes an index wherever there is one, as it does by itself once tables are large
_SMALL_TABLES_ONLY = ("enable_seqscan", "enable_hashjoin", "enable_mergejoin")
# a small table is hashed as a whole where a large one is looked up, and the other way round: either may be the way
_WAYS_TAKEN = (_SMALL_TABLES_ONLY, ("enable_seqscan",))
_TITLES = [title for title, _ in questions(_PERIOD)]
# what a finding or a site went through in every period is their subject
_HISTORIES = {
    "Districts with N periods in a row at 100 %",
    "Repeat offenders",
    "Fixed and come back",
    "How fast findings are fixed",
    "Everything found about one site",
}


@pytest.fixture(scope="module")
def read_alone(module_engine: Engine) -> dict[str, int]:
    """Rows that each question about the newest of three periods reads."""
    fill(module_engine, _SIZE)
    judge(module_engine, "2025Q1", DEFAULT_RUBRIC, datetime.now(UTC))
    judge(module_engine, _PERIOD, DEFAULT_RUBRIC, datetime.now(UTC))
    tidy(module_engine)
    with module_engine.connect() as connection:
        return {title: _least_read(connection, statement) for title, statement in questions(_PERIOD)}


@pytest.fixture(scope="module")
def country(module_engine: Engine, read_alone: dict[str, int]) -> Iterator[Connection]:
    """The same country after two more periods, as large as the first ones and judged as well."""
    assert len(read_alone) == len(_TITLES)
    for period, label in _LATER.items():
        fill_period(module_engine, _SIZE, period, linked=True)
        tidy(module_engine)
        judge(module_engine, label, DEFAULT_RUBRIC, datetime.now(UTC))
    tidy(module_engine)
    with module_engine.connect() as connection:
        yield connection


def _least_read(connection: Connection, statement: str) -> int:
    """Rows that a statement has to read: those of the better of the ways that a large table leaves."""
    found = []
    for ways in _WAYS_TAKEN:
        _without(connection, ways)
        found.append(rows_read(connection, statement))
    return min(found)


def _without(connection: Connection, ways: tuple[str, ...]) -> None:
    for way in _SMALL_TABLES_ONLY:
        connection.execute(text(f"set {way} = {'off' if way in ways else 'on'}"))


@pytest.mark.parametrize("title", _TITLES)
def test_a_question_about_a_period_reads_no_large_table_from_end_to_end(country: Connection, title: str) -> None:
    _without(country, _SMALL_TABLES_ONLY)
    assert whole_tables(country, dict(questions(_PERIOD))[title]) == []


@pytest.mark.parametrize("title", [title for title in _TITLES if title not in _HISTORIES])
def test_periods_that_came_later_add_nothing_to_what_a_question_reads(
    country: Connection, read_alone: dict[str, int], title: str
) -> None:
    read = _least_read(country, dict(questions(_PERIOD))[title])
    assert read <= read_alone[title] * 1.05 + 10, f"{read_alone[title]} rows before, {read} with two more periods"


def test_what_questions_read_is_counted_at_all(country: Connection, read_alone: dict[str, int]) -> None:
    assert sum(rows > 0 for rows in read_alone.values()) > len(_TITLES) / 2
    assert rows_read(country, "select count(*) from page") == country.scalar(text("select count(*) from page"))
    every_period = "select from analysis.site_look as looks join page on page.look_id = looks.look_id"
    one = _least_read(country, f"{every_period} where looks.period = '{_PERIOD}'")
    assert _least_read(country, every_period) > 4 * one > 0


def test_a_statement_that_reads_every_period_is_noticed(country: Connection) -> None:
    _without(country, _SMALL_TABLES_ONLY)
    assert whole_tables(country, "select count(*) from page where status = 200") == ["page"]
    assert whole_tables(country, "select look_id from link order by look_id") == ["link"]
