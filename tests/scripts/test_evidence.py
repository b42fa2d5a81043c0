"""`scripts/evidence.py` at the door: what it drops and what it holds."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from govspider.db import tables as t
from govspider.db.engine import Engine
from govspider.evidence.readings import ReadingStore
from govspider.evidence.store import EvidenceStore
from govspider.extract.readings import code_version
from scripts.evidence import main
from tests.observed_city import CHECK_AT, ObservedCity

_CODE = "3300000001"


@pytest.fixture
def kept(
    tmp_path: Path, engine: Engine, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> tuple[EvidenceStore, str]:
    """One body, last seen at the check time years ago, in the store and in the database."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    store = EvidenceStore(tmp_path)
    sha256 = store.keep(b"<title>home</title>")
    city = ObservedCity(engine)
    city.organisation("某市", "city")
    city.site(_CODE, "某市")
    look, _ = city.look(_CODE)
    page = city.page(look, _CODE, city.home_url(_CODE), "home")
    with engine.begin() as connection:
        values = {"sha256": sha256, "size": 19, "first_seen_at": CHECK_AT - timedelta(days=4000)}
        connection.execute(t.evidence.insert().values(values))
        old = {"evidence_sha256": sha256, "fetched_at": CHECK_AT - timedelta(days=4000)}
        connection.execute(t.page.update().where(t.page.c.id == page).values(old))
    return store, sha256


def _prune(store: EvidenceStore, *words: str) -> int:
    return main(["--folder", str(store.folder), "prune", *words])


def test_bytes_that_outlived_their_time_are_dropped_and_the_database_says_so(
    kept: tuple[EvidenceStore, str], engine: Engine
) -> None:
    store, sha256 = kept
    assert _prune(store, "--keep-days", "3000") == 0
    assert sha256 not in store.hashes()
    with engine.connect() as connection:
        dropped = connection.execute(t.evidence.select().where(t.evidence.c.sha256 == sha256)).one().dropped_at
    assert dropped is not None


def test_bytes_within_their_time_are_held(kept: tuple[EvidenceStore, str]) -> None:
    store, sha256 = kept
    assert _prune(store, "--keep-days", "100000") == 0
    assert sha256 in store.hashes()


def test_bytes_that_a_page_called_unchanged_points_at_are_held_and_shown_with_both_times(
    kept: tuple[EvidenceStore, str], engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    store, sha256 = kept
    with engine.begin() as connection:
        said = {"fetched_at": CHECK_AT, "bytes_at": CHECK_AT - timedelta(days=4000), "not_modified_headers": {}}
        connection.execute(t.page.update().where(t.page.c.evidence_sha256 == sha256).values(said))
    assert _prune(store, "--keep-days", "3000") == 0
    assert sha256 in store.hashes()
    assert main(["--folder", str(store.folder), "show", sha256]) == 0
    shown = capsys.readouterr().out
    assert "HTTP 304（未修改，内容为 2015-12-10T" in shown
    assert "HTTP 200" not in shown


def test_the_environment_sets_how_long_bytes_are_held(
    kept: tuple[EvidenceStore, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, sha256 = kept
    monkeypatch.setenv("GOVSPIDER_EVIDENCE_KEEP_DAYS", "100000")
    assert _prune(store) == 0
    assert sha256 in store.hashes()


def test_readings_of_other_code_go_with_what_outlived_its_time(kept: tuple[EvidenceStore, str]) -> None:
    store, _ = kept
    key = "ab" * 32
    ReadingStore(store.folder, "ffffffffffffffff").keep(key, b"of other code")
    ReadingStore(store.folder, code_version()).keep(key, b"of this code")
    assert _prune(store, "--keep-days", "100000") == 0
    assert ReadingStore(store.folder, "ffffffffffffffff").load(key) is None
    assert ReadingStore(store.folder, code_version()).load(key) == b"of this code"


@pytest.mark.parametrize("days", ["0", "-3", "two"])
def test_a_time_that_is_none_is_quoted(
    days: str, kept: tuple[EvidenceStore, str], capsys: pytest.CaptureFixture[str]
) -> None:
    store, sha256 = kept
    assert _prune(store, f"--keep-days={days}") == 2
    assert repr(days) in capsys.readouterr().err
    assert sha256 in store.hashes()
