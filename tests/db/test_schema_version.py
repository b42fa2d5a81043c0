from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from govspider.db.engine import make_engine
from govspider.db.schema_version import HEAD, SchemaVersionError, current_version, is_at_head, require_head


def test_a_migrated_database_is_at_head(engine: Engine) -> None:
    assert is_at_head(engine)
    require_head(engine)


def test_an_empty_database_is_not_and_the_sentence_says_what_to_run(empty_database_url: str) -> None:
    engine = make_engine(empty_database_url)
    assert current_version(engine) is None
    with pytest.raises(SchemaVersionError, match=r"has no govspider tables: run `python scripts/database.py migrate`"):
        require_head(engine)
    engine.dispose()


@pytest.mark.parametrize("version", ["0000", "9999"])
def test_an_older_and_a_newer_database_are_both_refused(engine: Engine, version: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})
    assert not is_at_head(engine)
    with pytest.raises(SchemaVersionError, match=f"at migration {version}, this code needs {HEAD}"):
        require_head(engine)


def test_a_database_of_another_draft_of_the_tables_is_refused(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("COMMENT ON TABLE alembic_version IS 'an earlier draft'"))
    assert not is_at_head(engine)
    with pytest.raises(SchemaVersionError, match=f"drop --yes --database {engine.url.database}"):
        require_head(engine)


def test_a_database_taken_down_to_the_beginning_counts_as_empty(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
    assert current_version(engine) is None
