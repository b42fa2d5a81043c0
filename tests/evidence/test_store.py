"""Kept bytes: whole or absent, and never other bytes than were seen."""

from __future__ import annotations

import errno
import gzip
import hashlib
from pathlib import Path

import pytest

from govspider.evidence.store import (
    EvidenceDamagedError,
    EvidenceFullError,
    EvidenceMissingError,
    EvidenceStore,
)


def test_bytes_come_back_as_they_were_seen(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path / "evidence")
    body = "网站标识码".encode("gb18030") + bytes(range(256))
    sha256 = store.keep(body)
    assert sha256 == hashlib.sha256(body).hexdigest()
    assert store.read(sha256) == body


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    assert store.keep(b"page") == store.keep(b"page")
    assert list(store.hashes()) == [hashlib.sha256(b"page").hexdigest()]


def test_other_bytes_under_the_hash_are_noticed(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    sha256 = store.keep(b"page")
    store.path_of(sha256).write_bytes(gzip.compress(b"forged"))
    with pytest.raises(EvidenceDamagedError, match=hashlib.sha256(b"forged").hexdigest()):
        store.read(sha256)


def test_a_cut_file_is_noticed(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    sha256 = store.keep(b"page" * 1000)
    path = store.path_of(sha256)
    path.write_bytes(path.read_bytes()[:-12])
    with pytest.raises(EvidenceDamagedError):
        store.read(sha256)


def test_a_hash_that_was_never_kept_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvidenceMissingError, match="0" * 64):
        EvidenceStore(tmp_path).read("0" * 64)


def test_a_full_disk_is_told_apart_and_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = EvidenceStore(tmp_path)

    def full(self: Path, target: Path) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(EvidenceFullError, match="free some space"):
        store.keep(b"page")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_dropped_bytes_are_gone(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    sha256 = store.keep(b"page")
    assert store.drop(sha256)
    assert not store.drop(sha256)
    assert list(store.hashes()) == []
