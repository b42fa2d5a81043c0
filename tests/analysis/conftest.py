"""The judged office, made once per module: its views are read, never written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from govspider.db.engine import make_engine
from govspider.db.roles import ANALYST
from tests.analysis.office import Office
from tests.fresh_databases import fresh_database

Ask = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module")
def office(server_url: str, _template: str) -> Iterator[Office]:
    with fresh_database(server_url, _template) as url:
        engine = make_engine(url)
        yield Office(engine)
        engine.dispose()


@pytest.fixture(scope="module")
def ask(office: Office) -> Ask:
    """Puts a question as the role analyst: SQL and its values, answered as dicts."""

    def put(question: str, **given: Any) -> list[dict[str, Any]]:
        return answers(office.engine, question, given)

    return put


def answers(engine: Engine, question: str, given: dict[str, Any]) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        connection.execute(text(f"SET ROLE {ANALYST}"))
        return [dict(row) for row in connection.execute(text(question), given).mappings()]
