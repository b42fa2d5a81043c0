"""What an analyst may read, and how little it takes to allow it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import ProgrammingError

from govspider.db import roles
from govspider.db.address import parsed
from govspider.db.engine import make_engine
from govspider.db.roles import ANALYST, HIDDEN_TABLES, grant_analyst
from govspider.db.tables import metadata
from govspider.db.upgrade import alembic_config, upgrade


def may_read(engine: Engine, table: str, role: str = ANALYST) -> bool:
    with engine.connect() as connection:
        question = text("SELECT has_table_privilege(:role, CAST(:table AS regclass), 'SELECT')")
        return bool(connection.scalar(question, {"role": role, "table": table}))


def test_an_analyst_reads_every_table_but_the_contact_persons(engine: Engine) -> None:
    unreadable = {table for table in metadata.tables if not may_read(engine, table)}
    assert unreadable == {"site_contact"} == set(HIDDEN_TABLES)


def test_an_analyst_changes_nothing(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.execute(text(f"SET ROLE {ANALYST}"))
        assert connection.scalar(text("SELECT count(*) FROM site")) == 0
        with pytest.raises(ProgrammingError, match="permission denied"):
            connection.execute(text("DELETE FROM site"))


def test_an_analyst_cannot_log_in_by_himself(engine: Engine) -> None:
    with engine.connect() as connection:
        found = connection.execute(text("SELECT rolcanlogin, rolsuper FROM pg_roles WHERE rolname = 'analyst'"))
        assert found.one() == (False, False)


def test_an_analyst_reads_tables_and_views_added_later(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE added_later (n int)"))
        connection.execute(text("CREATE VIEW seen_later AS SELECT count(*) FROM site"))
    assert may_read(engine, "added_later")
    assert may_read(engine, "seen_later")


def test_giving_the_rights_twice_changes_nothing(engine: Engine) -> None:
    for _ in range(2):
        with engine.begin() as connection:
            assert grant_analyst(connection) is None
    assert not may_read(engine, "site_contact")


def test_downgrade_takes_the_rights_and_leaves_the_role_to_other_databases(engine: Engine, database_url: str) -> None:
    command.downgrade(alembic_config(database_url), "base")
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM pg_roles WHERE rolname = 'analyst'")) == 1
        left = text("""
            SELECT count(*) FROM pg_shdepend JOIN pg_database d ON d.oid = dbid
            WHERE d.datname = current_database() AND refobjid = 'analyst'::regrole""")
        assert connection.scalar(left) == 0


@pytest.fixture
def plain_role_url(empty_database_url: str) -> Iterator[str]:
    """Address of an empty database owned by a role that may neither make roles nor databases."""
    name, password = f"govspider_test_{secrets.token_hex(4)}", secrets.token_hex(8)
    address = parsed(empty_database_url)
    admin = make_engine(empty_database_url)
    with admin.begin() as connection:
        connection.execute(text(f"CREATE ROLE {name} LOGIN NOCREATEROLE NOCREATEDB PASSWORD '{password}'"))
        connection.execute(text(f"GRANT {name} TO current_user"))
        connection.execute(text(f"ALTER DATABASE {address.database} OWNER TO {name}"))
    yield address.set(username=name, password=password).render_as_string(hide_password=False)
    with admin.begin() as connection:
        connection.execute(text(f"REASSIGN OWNED BY {name} TO current_user"))
        connection.execute(text(f"DROP OWNED BY {name}"))
        connection.execute(text(f"DROP ROLE {name}"))
    admin.dispose()


def test_a_plain_owner_migrates_without_any_superuser(plain_role_url: str) -> None:
    upgrade(plain_role_url)
    engine = make_engine(plain_role_url)
    unreadable = {table for table in metadata.tables if not may_read(engine, table)}
    assert unreadable == set(HIDDEN_TABLES)
    engine.dispose()


def test_a_role_that_may_not_make_roles_is_told_what_to_ask_for(
    plain_role_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roles, "ANALYST", f"analyst_{secrets.token_hex(4)}")
    (sentence,) = upgrade(plain_role_url)
    assert f"ask the administrator for `CREATE ROLE {roles.ANALYST} NOLOGIN`" in sentence
    assert "\n" not in sentence
    command.downgrade(alembic_config(plain_role_url), "base")


def test_a_neighbour_who_makes_the_role_first_is_no_fault(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two databases of one server migrated at once: both see no role, both make it."""
    monkeypatch.setattr(roles, "_exists", lambda _connection: False)
    with engine.begin() as connection:
        assert grant_analyst(connection) is None
    assert may_read(engine, "site")
