from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table

from govspider.db import migration_authoring, schema_version
from govspider.db.migration_authoring import MigrationAuthoringError, initial_schema_sql, regenerate_initial
from govspider.db.schema_version import initial_digest


@pytest.fixture(autouse=True)
def constants(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of schema_version.py to write to."""
    copy = tmp_path / "schema_version.py"
    copy.write_bytes(Path(schema_version.__file__).read_bytes())
    monkeypatch.setattr(schema_version, "__file__", str(copy))
    return copy


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    (folder / "versions" / "0001_initial.py").touch()
    return folder


def test_the_first_migration_is_written_from_the_tables(
    migrations: Path, constants: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    metadata = MetaData()
    Table("t", metadata, Column("n", Integer))
    monkeypatch.setattr(migration_authoring, "metadata", metadata)
    written = regenerate_initial(migrations)
    assert written.name == "0001_initial.sql"
    assert "CREATE TABLE t (" in written.read_text("utf-8")
    digest = initial_digest(written.read_text("utf-8"))
    assert f'\nINITIAL_SCHEMA = "{digest}"\n' in constants.read_text("utf-8")


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
