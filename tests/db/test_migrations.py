"""The migrations make what the code expects, and take away all of it again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.engine import Engine

from govspider.db.engine import make_engine
from govspider.db.schema_version import HEAD, INITIAL_SCHEMA, VERSION_TABLE, initial_digest
from govspider.db.tables import metadata
from govspider.db.upgrade import alembic_config
from tests.db.catalogue import catalogue

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def empty_engine(empty_database_url: str) -> Iterator[Engine]:
    made = make_engine(empty_database_url)
    yield made
    made.dispose()


def test_the_code_knows_the_newest_migration(database_url: str) -> None:
    assert ScriptDirectory.from_config(alembic_config(database_url)).get_current_head() == HEAD


def test_the_code_knows_the_draft_of_the_first_migration() -> None:
    statements = CHECKOUT / "migrations" / "versions" / "0001_initial.sql"
    assert initial_digest(statements.read_text("utf-8")) == INITIAL_SCHEMA, (
        "run `python scripts/database.py regenerate-initial`"
    )


def test_migrations_and_tables_agree_down_to_the_comments(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_migrations_make_exactly_what_the_tables_say(engine: Engine, empty_engine: Engine) -> None:
    metadata.create_all(empty_engine)
    migrated = {entry for entry in catalogue(engine, without=VERSION_TABLE) if entry[0] != "default right"}
    assert migrated == catalogue(empty_engine)


def test_every_table_and_column_carries_a_comment(engine: Engine) -> None:
    bare = [
        entry
        for entry in catalogue(engine, without=VERSION_TABLE)
        if (entry[0] == "column" or entry[:1] + entry[2:3] == ("table", "r")) and not entry[-1]
    ]
    assert bare == []


def test_downgrade_to_the_beginning_leaves_nothing(database_url: str, engine: Engine) -> None:
    assert len(catalogue(engine)) > len(metadata.tables)
    command.downgrade(alembic_config(database_url), "base")
    assert catalogue(engine, without=VERSION_TABLE) == set()


def test_a_schema_taken_down_can_be_built_again(database_url: str, engine: Engine) -> None:
    before = catalogue(engine)
    command.downgrade(alembic_config(database_url), "base")
    command.upgrade(alembic_config(database_url), "head")
    assert catalogue(engine) == before


def test_the_statements_printed_for_an_administrator_make_the_same_schema(
    engine: Engine, empty_engine: Engine, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command.upgrade(alembic_config(database_url), "head", sql=True)
    printed = capsys.readouterr().out
    with empty_engine.connect() as connection:
        connection.exec_driver_sql(printed, execution_options={"no_parameters": True})
        connection.commit()
    with empty_engine.connect() as connection:
        assert connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}")) == HEAD
    rights_come_separately = {entry for entry in catalogue(engine) if entry[0] != "default right"}
    assert catalogue(empty_engine) == rights_come_separately


def test_migrations_build_on_one_another_in_one_line(database_url: str) -> None:
    scripts = ScriptDirectory.from_config(alembic_config(database_url))
    revisions = [script.revision for script in scripts.walk_revisions()]
    assert revisions == sorted(revisions, reverse=True)
    assert len(scripts.get_heads()) == 1
    files = {Path(script.path).name.split("_")[0] for script in scripts.walk_revisions()}
    assert files == set(revisions)
