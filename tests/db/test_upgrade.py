from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from govspider.db import local_server
from govspider.db import upgrade as subject
from govspider.db.address import parsed, with_database
from govspider.db.engine import make_engine
from govspider.db.schema_version import SchemaVersionError, current_version, is_at_head
from govspider.db.upgrade import DatabaseUnusableError, drop_database, ensure_database, ready_database, upgrade

CHECKOUT = Path(__file__).resolve().parents[2]


def version_of(url: str) -> str | None:
    engine = make_engine(url)
    try:
        return current_version(engine)
    finally:
        engine.dispose()


@pytest.fixture
def demo_url(empty_database_url: str) -> Iterator[str]:
    """Address of a demo database that does not exist yet."""
    url = f"{empty_database_url}_demo"
    yield url
    drop_database(url)


@pytest.fixture
def _not_private(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server of the tests passes for somebody's own."""
    monkeypatch.setattr(local_server.LocalServer, "owns", lambda _self, _url: False)


def test_upgrade_brings_an_empty_database_to_head_and_again_does_nothing(empty_database_url: str) -> None:
    for _ in range(2):
        assert upgrade(empty_database_url) == []
    engine = make_engine(empty_database_url)
    assert is_at_head(engine)
    engine.dispose()


def test_two_processes_may_upgrade_at_once(empty_database_url: str) -> None:
    program = "import sys; from govspider.db.upgrade import upgrade; upgrade(sys.argv[1])"
    command = [sys.executable, "-c", program, empty_database_url]
    both = [subprocess.Popen(command, cwd=CHECKOUT, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    assert [(process.communicate()[1], process.returncode) for process in both] == [("", 0), ("", 0)]
    assert version_of(empty_database_url) is not None


def test_a_password_with_a_percent_sign_reaches_the_server(empty_database_url: str) -> None:
    address = parsed(empty_database_url)
    name = f"{address.database}_role"
    engine = make_engine(empty_database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE ROLE {name} LOGIN PASSWORD '50%%@/x'")
        connection.exec_driver_sql(f"GRANT {name} TO current_user")
        connection.exec_driver_sql(f"ALTER DATABASE {address.database} OWNER TO {name}")
    url = address.set(username=name, password="50%@/x").render_as_string(hide_password=False)
    upgrade(url)
    assert version_of(url) is not None
    with engine.begin() as connection:
        connection.exec_driver_sql(f"REASSIGN OWNED BY {name} TO current_user; DROP OWNED BY {name}; DROP ROLE {name}")
    engine.dispose()


def test_a_role_without_rights_gets_one_sentence(empty_database_url: str) -> None:
    engine = make_engine(empty_database_url)
    with engine.begin() as connection:
        connection.execute(text("REVOKE CREATE ON SCHEMA public FROM PUBLIC, pg_database_owner"))
    with pytest.raises(DatabaseUnusableError, match="may not make what the migrations need"):
        upgrade(empty_database_url)
    engine.dispose()


def test_a_database_in_another_encoding_is_refused(server_url: str) -> None:
    url = with_database(server_url, "govspider_test_latin1")
    engine = make_engine(with_database(server_url, "postgres")).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS govspider_test_latin1"))
        connection.execute(
            text(
                "CREATE DATABASE govspider_test_latin1 TEMPLATE template0 ENCODING 'LATIN1' "
                "LOCALE_PROVIDER 'libc' LC_COLLATE 'C' LC_CTYPE 'C'"
            )
        )
        with pytest.raises(DatabaseUnusableError, match="has the encoding LATIN1, but Chinese text needs UTF8"):
            upgrade(url)
        connection.execute(text("DROP DATABASE govspider_test_latin1 WITH (FORCE)"))
    engine.dispose()


def test_an_unreachable_server_gets_one_sentence_without_the_password() -> None:
    with pytest.raises(DatabaseUnusableError) as caught:
        ensure_database("postgres://ann:Geheim7@127.0.0.1:1/inspection")
    assert "ann:***@127.0.0.1:1/inspection cannot be reached" in str(caught.value)
    assert "Geheim7" not in str(caught.value)


def test_a_database_that_is_there_is_left_alone(empty_database_url: str) -> None:
    assert ensure_database(empty_database_url) is False


def test_a_demo_database_is_made_on_any_server_that_allows_it(demo_url: str, _not_private: None) -> None:
    assert ensure_database(demo_url) is True
    assert ensure_database(demo_url) is False


def test_a_missing_database_on_somebodys_server_is_taken_for_a_slip_of_the_pen(
    empty_database_url: str, _not_private: None
) -> None:
    with pytest.raises(DatabaseUnusableError, match="does not exist on that server"):
        ensure_database(f"{empty_database_url}x")


def test_a_database_on_somebodys_server_is_not_dropped(empty_database_url: str, _not_private: None) -> None:
    with pytest.raises(DatabaseUnusableError, match="is not dropped from here"):
        drop_database(empty_database_url)
    assert ensure_database(empty_database_url) is False


def test_dropping_a_database_that_is_not_there_is_no_fault(demo_url: str) -> None:
    drop_database(demo_url)


def test_a_database_is_dropped_whoever_is_connected(demo_url: str) -> None:
    ensure_database(demo_url)
    engine = make_engine(demo_url)
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        drop_database(demo_url)
        with pytest.raises(DBAPIError):
            connection.execute(text("SELECT 1"))
    engine.dispose()
    assert ensure_database(demo_url) is True


def test_scripts_make_an_empty_database_ready(empty_database_url: str) -> None:
    assert ready_database({"DATABASE_URL": empty_database_url}) == empty_database_url
    assert version_of(empty_database_url) is not None


def test_scripts_do_not_migrate_the_filled_database_of_somebodys_server(database_url: str, _not_private: None) -> None:
    engine = make_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(SchemaVersionError, match="at migration 0000"):
        ready_database({"DATABASE_URL": database_url})
    engine.dispose()


@pytest.fixture
def _from_an_egg(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no checkout, as where this code was deployed."""
    monkeypatch.setattr(local_server, "checkout", lambda: None)


def test_from_an_egg_a_database_at_head_is_ready(database_url: str, _from_an_egg: None) -> None:
    assert ready_database({"DATABASE_URL": database_url}) == database_url


def test_from_an_egg_nothing_is_migrated(empty_database_url: str, _from_an_egg: None) -> None:
    with pytest.raises(SchemaVersionError, match=r"has no govspider tables: run .* from a checkout"):
        ready_database({"DATABASE_URL": empty_database_url})
    assert version_of(empty_database_url) is None


def test_from_an_egg_not_even_a_demo_database_is_made(demo_url: str, _from_an_egg: None) -> None:
    with pytest.raises(DatabaseUnusableError, match="does not exist on that server: correct DATABASE_URL"):
        ready_database({"DATABASE_URL": demo_url})


def test_a_demo_database_of_another_draft_is_made_anew(demo_url: str) -> None:
    ready_database({"DATABASE_URL": demo_url})
    engine = make_engine(demo_url)
    with engine.begin() as connection:
        connection.execute(text("COMMENT ON TABLE alembic_version IS 'an earlier draft'; DROP TABLE verdict CASCADE"))
    engine.dispose()
    ready_database({"DATABASE_URL": demo_url})
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM verdict")) == 0
    engine.dispose()


def test_a_real_database_of_another_draft_is_never_dropped(database_url: str) -> None:
    engine = make_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("COMMENT ON TABLE alembic_version IS 'an earlier draft'"))
    for door in (upgrade, lambda url: ready_database({"DATABASE_URL": url})):
        with pytest.raises(SchemaVersionError, match="another draft of the tables"):
            door(database_url)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT obj_description('alembic_version'::regclass)")) == "an earlier draft"
    engine.dispose()


def test_without_a_checkout_there_are_no_migrations(empty_database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_server, "checkout", lambda: None)
    with pytest.raises(SchemaVersionError, match="from a checkout only"):
        subject.alembic_config(empty_database_url)
