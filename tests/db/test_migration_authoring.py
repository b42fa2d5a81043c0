from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from alembic.config import Config
from sqlalchemy import Column, Integer, MetaData, Table, Text

from govspider.db import migration_authoring, schema_version
from govspider.db import upgrade as upgrade_module
from govspider.db.migration_authoring import (
    MigrationAuthoringError,
    initial_schema_sql,
    new_migration,
    regenerate_initial,
)
from govspider.db.schema_version import initial_digest
from govspider.db.tables import metadata

CHECKOUT = Path(__file__).resolve().parents[2]


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
    tables = MetaData()
    Table("t", tables, Column("n", Integer))
    monkeypatch.setattr(migration_authoring, "metadata", tables)
    written = regenerate_initial(migrations)
    assert written.name == "0001_initial.sql"
    assert "CREATE TABLE t (" in written.read_text("utf-8")
    digest = initial_digest(written.read_text("utf-8"))
    assert f'\nINITIAL_SCHEMA = "{digest}"\n' in constants.read_text("utf-8")


def test_the_first_migration_is_frozen_once_another_builds_on_it(migrations: Path) -> None:
    (migrations / "versions" / "0002_more.py").touch()
    with pytest.raises(MigrationAuthoringError, match=r"0002_more\.py builds on it"):
        regenerate_initial(migrations)


def test_no_migration_is_written_when_nothing_changed(constants: Path) -> None:
    before = sorted((CHECKOUT / "migrations" / "versions").glob("*.py"))
    with pytest.raises(MigrationAuthoringError, match="nothing to migrate"):
        new_migration("nothing")
    assert sorted((CHECKOUT / "migrations" / "versions").glob("*.py")) == before
    assert f'HEAD = "{schema_version.HEAD}"' in constants.read_text("utf-8")


def test_a_changed_table_becomes_the_next_migration(
    tmp_path: Path, constants: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a copy of the migrations; the scratch database is a real one."""
    shutil.copytree(CHECKOUT / "migrations", tmp_path / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    real_config = upgrade_module.alembic_config

    def config_of_the_copy(url: str) -> Config:
        config = real_config(url)
        config.set_main_option("script_location", str(tmp_path / "migrations"))
        return config

    monkeypatch.setattr(migration_authoring, "alembic_config", config_of_the_copy)
    monkeypatch.setattr(upgrade_module, "alembic_config", config_of_the_copy)
    added = Column("nickname", Text, comment="Short name (简称): 100% of it")
    tables = MetaData()
    for table in metadata.tables.values():
        table.to_metadata(tables)
    tables.tables["site"].append_column(added)
    monkeypatch.setattr("govspider.db.tables.metadata", tables)
    written = new_migration("nick names")
    number = f"{int(schema_version.HEAD) + 1:04}"
    assert written == tmp_path / "migrations" / "versions" / f"{number}_nick_names.py"
    assert "op.add_column('site', sa.Column('nickname'" in written.read_text("utf-8")
    assert f'HEAD = "{number}"' in constants.read_text("utf-8")


def test_an_apostrophe_in_a_comment_is_written_as_sql(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = MetaData()
    Table("t", tables, Column("n", Integer, comment="the city's own: 100% of it"), comment="站点")
    monkeypatch.setattr(migration_authoring, "metadata", tables)
    sql = initial_schema_sql()
    assert "COMMENT ON COLUMN t.n IS 'the city''s own: 100% of it';" in sql
    assert "COMMENT ON TABLE t IS '站点';" in sql
