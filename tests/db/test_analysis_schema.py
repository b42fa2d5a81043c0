"""The schema of the analysts' views: made with the tables, renewed with the code, taken away before them."""

from __future__ import annotations

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import ProgrammingError

from govspider.db import analysis_schema
from govspider.db.analysis.views import SCHEMA, views, views_digest
from govspider.db.analysis_schema import ForeignViewError, renew_views
from govspider.db.roles import ANALYST, HIDDEN_TABLES
from govspider.db.upgrade import DatabaseUnusableError, alembic_config, upgrade


def made(connection: Connection) -> set[str]:
    query = text("SELECT viewname FROM pg_views WHERE schemaname = :name")
    return set(connection.scalars(query, {"name": SCHEMA}))


def test_a_migrated_database_has_every_view(engine: Engine) -> None:
    with engine.connect() as connection:
        assert made(connection) == {view.name for view in views()}


def test_every_view_and_each_of_its_columns_carries_a_comment_with_the_chinese_term(engine: Engine) -> None:
    query = text("""
        SELECT c.relname, a.attname, coalesce(col_description(c.oid, a.attnum), '') AS words,
               coalesce(obj_description(c.oid, 'pg_class'), '') AS whole
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
        WHERE c.relnamespace = to_regnamespace(:name)""")
    with engine.connect() as connection:
        rows = connection.execute(query, {"name": SCHEMA}).all()
    assert len(rows) > 300
    assert [row for row in rows if not row.words] == []
    assert [row.relname for row in rows if not any("一" <= sign <= "鿿" for sign in row.whole)] == []


def test_an_analyst_reads_every_view_and_changes_none(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.execute(text(f"SET ROLE {ANALYST}"))
        for view in views():
            connection.execute(text(f"SELECT * FROM {SCHEMA}.{view.name} LIMIT 1"))
        with pytest.raises(ProgrammingError, match="permission denied"):
            connection.execute(text(f"CREATE VIEW {SCHEMA}.mine AS SELECT 1"))


def test_no_view_reads_a_table_with_personal_data(engine: Engine) -> None:
    query = text("SELECT DISTINCT table_name FROM information_schema.view_table_usage WHERE view_schema = :name")
    with engine.connect() as connection:
        read = set(connection.scalars(query, {"name": SCHEMA}))
    assert "site" in read
    assert read.isdisjoint(HIDDEN_TABLES)


def test_no_view_names_the_persons_who_reviewed_exempted_or_entered_something() -> None:
    persons = {"reviewer", "author", "approver", "changed_by", "person", "phone", "email"}
    assert {name for view in views() for name in view.columns} & persons == set()


def test_views_of_an_older_state_are_made_anew(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text(f"DROP VIEW {SCHEMA}.pending_closure"))
        connection.execute(text(f"CREATE VIEW {SCHEMA}.of_yesterday AS SELECT 1 AS n"))
        connection.execute(text(f"COMMENT ON SCHEMA {SCHEMA} IS 'an older state'"))
        assert renew_views(connection) is None
        assert made(connection) == {view.name for view in views()}


def test_views_of_this_state_are_left_alone(engine: Engine) -> None:
    number = text("SELECT to_regclass('analysis.site_scope')::oid")
    with engine.begin() as connection:
        before = connection.scalar(number)
        renew_views(connection)
        assert connection.scalar(number) == before


def test_rights_of_the_analyst_survive_a_renewal(engine: Engine, database_url: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(f"COMMENT ON SCHEMA {SCHEMA} IS NULL"))
    assert upgrade(database_url) == []
    with engine.connect() as connection:
        connection.execute(text(f"SET ROLE {ANALYST}"))
        assert connection.scalar(text(f"SELECT count(*) FROM {SCHEMA}.pass_rate")) == 0


def test_something_built_on_a_view_stops_the_renewal_with_its_name(engine: Engine, database_url: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(f"CREATE VIEW my_rates AS SELECT * FROM {SCHEMA}.pass_rate"))
        connection.execute(text(f"COMMENT ON SCHEMA {SCHEMA} IS NULL"))
    with engine.begin() as connection, pytest.raises(ForeignViewError, match="my_rates"):
        renew_views(connection)
    with pytest.raises(DatabaseUnusableError, match="my_rates"):
        upgrade(database_url)
    with engine.connect() as connection:
        assert made(connection) == {view.name for view in views()}


def test_a_role_that_may_not_make_schemas_is_told_what_to_ask_for(
    engine: Engine, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analysis_schema, "_may_make", lambda _connection: False)
    with engine.begin() as connection:
        connection.execute(text(f"COMMENT ON SCHEMA {SCHEMA} IS NULL"))
    (sentence,) = upgrade(database_url)
    assert f"`CREATE SCHEMA {SCHEMA} AUTHORIZATION " in sentence


def test_downgrade_takes_the_views_away_before_the_tables_they_read(engine: Engine, database_url: str) -> None:
    command.downgrade(alembic_config(database_url), "base")
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT to_regnamespace(:name)"), {"name": SCHEMA}) is None
    upgrade(database_url)
    with engine.connect() as connection:
        assert made(connection) == {view.name for view in views()}


def test_the_statements_for_an_administrator_contain_the_views(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command.upgrade(alembic_config(database_url), "head", sql=True)
    printed = capsys.readouterr().out
    assert printed.count("create view analysis.") == len(views())
    assert f"comment on schema {SCHEMA} is '{views_digest()}'" in printed
