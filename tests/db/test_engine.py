from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.engine import Engine

from govspider.db.engine import make_engine


def test_a_test_database_has_the_tables_and_no_rows(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM site")) == 0


def test_an_empty_database_has_no_tables(empty_database_url: str) -> None:
    engine = make_engine(empty_database_url)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT to_regclass('site')")) is None
    engine.dispose()
