"""A question about one period reads that period's rows: the plan of every statement says so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from govspider.db.engine import Connection, Engine
from tests.scale.generator import Size, fill
from tests.scale.measure import questions, whole_tables

_SIZE = Size(sites=100, periods=5, columns=6, articles=3, links=20, linked=1)
_PERIOD = "2025Q4"
# without these ways the planner takes an index wherever there is one, as it does by itself once tables are large
_SMALL_TABLES_ONLY = ("enable_seqscan", "enable_hashjoin", "enable_mergejoin")


@pytest.fixture(scope="module")
def country(module_engine: Engine) -> Iterator[Connection]:
    """A small generated country."""
    fill(module_engine, _SIZE)
    with module_engine.connect() as connection:
        for way in _SMALL_TABLES_ONLY:
            connection.execute(text(f"set {way} = off"))
        yield connection


@pytest.mark.parametrize("title", [title for title, _ in questions(_PERIOD)])
def test_a_question_about_a_period_reads_no_large_table_from_end_to_end(country: Connection, title: str) -> None:
    assert whole_tables(country, dict(questions(_PERIOD))[title]) == []


def test_a_statement_that_reads_every_period_is_noticed(country: Connection) -> None:
    assert whole_tables(country, "select count(*) from page where status = 200") == ["page"]
    assert whole_tables(country, "select look_id from link order by look_id") == ["link"]
