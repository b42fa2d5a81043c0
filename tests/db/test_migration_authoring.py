from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table

from govspider.db import migration_authoring
from govspider.db.migration_authoring import (
    MigrationAuthoringError,
    initial_schema_sql,
    regenerate_initial,
)


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    (folder / "versions" / "0001_initial.py").touch()
    return folder


def test_the_first_migration_is_written_from_the_tables(migrations: Path) -> None:
    written = regenerate_initial(migrations)
    assert written.name == "0001_initial.sql"
    assert written.read_text("utf-8") == initial_schema_sql()


def test_the_first_migration_is_frozen_once_another_builds_on_it(migrations: Path) -> None:
    (migrations / "versions" / "0002_more.py").touch()
    with pytest.raises(MigrationAuthoringError, match=r"0002_more\.py builds on it"):
        regenerate_initial(migrations)


def test_an_apostrophe_in_a_comment_is_written_as_sql(monkeypatch: pytest.MonkeyPatch) -> None:
    metadata = MetaData()
    Table("t", metadata, Column("n", Integer, comment="the city's own: 100% of it"), comment="站点")
    monkeypatch.setattr(migration_authoring, "metadata", metadata)
    sql = initial_schema_sql()
    assert "COMMENT ON COLUMN t.n IS 'the city''s own: 100% of it';" in sql
    assert "COMMENT ON TABLE t IS '站点';" in sql
