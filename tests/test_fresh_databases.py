from __future__ import annotations

from sqlalchemy import text

from govspider.db.address import database_name, with_database
from govspider.db.engine import make_engine
from tests import fresh_databases
from tests.fresh_databases import fresh_database, migrated_template


def names(server_url: str) -> set[str]:
    engine = make_engine(with_database(server_url, "postgres"))
    with engine.connect() as connection:
        found = set(connection.scalars(text("SELECT datname FROM pg_database")))
    engine.dispose()
    return found


def test_every_test_has_a_database_of_its_own(server_url: str, database_url: str) -> None:
    with fresh_database(server_url) as other:
        assert database_name(other) != database_name(database_url)
        assert {database_name(other), database_name(database_url)} <= names(server_url)


def test_a_database_goes_away_although_someone_is_still_connected(server_url: str) -> None:
    with fresh_database(server_url) as url:
        engine = make_engine(url)
        held = engine.connect()
        held.execute(text("SELECT 1"))
    assert database_name(url) not in names(server_url)
    held.invalidate()
    engine.dispose()


def test_the_template_is_made_once(server_url: str) -> None:
    assert migrated_template(server_url) == migrated_template(server_url)


def test_leftovers_of_a_killed_run_go_two_days_later_and_others_stay(server_url: str, database_url: str) -> None:
    today = fresh_databases._today()
    engine = make_engine(with_database(server_url, "postgres")).execution_options(isolation_level="AUTOCOMMIT")
    old, fresh = f"govspider_test_{today - 2}_left", f"govspider_test_{today - 1}_left"
    with engine.connect() as connection:
        for name in (old, fresh):
            connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
        fresh_databases._drop_old(connection)
        left = names(server_url)
        connection.execute(text(f"DROP DATABASE IF EXISTS {fresh}"))
    engine.dispose()
    assert old not in left
    assert {fresh, database_name(database_url), "postgres"} <= left
