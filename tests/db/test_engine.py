from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError, ProgrammingError

from govspider.db.address import DatabaseAddressError
from govspider.db.engine import database_url as database_to_use
from govspider.db.engine import make_engine


def test_a_connection_names_itself_and_reads_instants_in_utc(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.scalar(text("SHOW application_name")) == "govspider"
        assert connection.scalar(text("SHOW timezone")) == "UTC"


def test_a_rolled_back_transaction_leaves_the_clock_in_utc(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.rollback()
        assert connection.scalar(text("SHOW timezone")) == "UTC"


def test_the_address_may_name_the_application_otherwise(database_url: str) -> None:
    engine = make_engine(f"{database_url}?application_name=report")
    with engine.connect() as connection:
        assert connection.scalar(text("SHOW application_name")) == "report"
    engine.dispose()


def test_a_connection_the_server_has_cut_is_replaced_unnoticed(engine: Engine) -> None:
    with engine.connect() as connection:
        first = connection.scalar(text("SELECT pg_backend_pid()"))
    killer = make_engine(engine.url.render_as_string(hide_password=False))
    with killer.connect() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": first})
    killer.dispose()
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT pg_backend_pid()")) != first


def test_an_error_does_not_repeat_the_values_of_the_statement(engine: Engine) -> None:
    values = {"code": 4401000001, "person": "王小明"}
    with engine.connect() as connection, pytest.raises(ProgrammingError) as caught:
        connection.execute(text("SELECT no_such_column FROM site WHERE id = :code OR name = :person"), values)
    assert "王小明" not in str(caught.value)


def test_database_url_of_the_environment_wins_over_the_private_server() -> None:
    assert database_to_use({"DATABASE_URL": "postgres://h/d"}) == "postgresql+psycopg2://h/d"


def test_a_wrong_database_url_is_not_replaced_by_the_private_server() -> None:
    with pytest.raises(DatabaseAddressError):
        database_to_use({"DATABASE_URL": "mysql://h/d"})


def test_without_database_url_the_private_server_is_started() -> None:
    engine = make_engine(database_to_use({"DATABASE_URL": "  "}, "postgres"))
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT current_user")) == "govspider"
    engine.dispose()


def test_a_server_that_is_not_there_is_an_error_at_the_first_connection() -> None:
    engine = make_engine("postgres://127.0.0.1:1/d")
    with pytest.raises(OperationalError):
        engine.connect()
