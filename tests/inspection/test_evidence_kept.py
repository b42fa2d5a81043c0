"""Every page with a body can be shown again, byte for byte, and handed on as WARC."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from govspider.evidence.store import EvidenceStore
from tests.inspection.conftest import NewDesk, Town
from tests.inspection.crawling import Desk

pytestmark = pytest.mark.city
_SITES = ("9901000007", "9901000008")


@pytest.fixture(scope="module")
def desk(town: Town, new_desk: NewDesk) -> Desk:
    """An office that inspected two sites; one of them speaks GBK."""
    made = town.desk(new_desk)
    made.crawl(period="证一", sites=",".join(_SITES)).expect(0)
    return made


def _evidence(desk: Desk, *words: str) -> list[str]:
    return ["scripts/evidence.py", "--folder", str(desk.evidence), *words]


def test_every_page_with_a_body_has_readable_evidence_of_the_same_hash(desk: Desk) -> None:
    pages = desk.rows("select url, evidence_sha256, status from page")
    without = [url for url, sha256, status in pages if status is not None and sha256 is None]
    assert without == []
    store = EvidenceStore(desk.evidence)
    hashes = {sha256 for _, sha256, _ in pages if sha256 is not None}
    assert len(hashes) > 20
    assert {hashlib.sha256(store.read(sha256)).hexdigest() for sha256 in hashes} == hashes
    assert set(store.hashes()) == hashes
    sizes = dict(desk.rows("select sha256, size from evidence"))
    assert {sha256: len(store.read(sha256)) for sha256 in hashes} == sizes


def test_verify_finds_everything_whole_and_tells_a_missing_and_a_damaged_file(desk: Desk) -> None:
    whole = desk.script(*_evidence(desk, "verify")).expect(0)
    assert "0 份缺失或损坏" in whole.out
    store = EvidenceStore(desk.evidence)
    missing, damaged = sorted(store.hashes())[:2]
    kept = {sha256: store.path_of(sha256).read_bytes() for sha256 in (missing, damaged)}
    try:
        store.path_of(missing).unlink()
        store.path_of(damaged).write_bytes(kept[missing])
        told = desk.script(*_evidence(desk, "verify")).expect(3)
    finally:
        for sha256, content in kept.items():
            store.path_of(sha256).write_bytes(content)
    assert "2 份缺失或损坏" in told.out
    assert missing in told.out
    assert damaged in told.out


def test_show_names_the_pages_of_a_hash_and_gives_its_bytes(desk: Desk) -> None:
    url, sha256 = desk.rows("select final_url, evidence_sha256 from page where role = 'home' order by 1")[0]
    shown = desk.script(*_evidence(desk, "show", sha256)).expect(0)
    assert sha256 in shown.out
    assert url in shown.out


def test_the_export_is_a_warc_that_holds_every_page_of_the_site_as_it_was_seen(desk: Desk, tmp_path: Path) -> None:
    code = _SITES[0]
    target = tmp_path / "evidence.warc.gz"
    desk.script(*_evidence(desk, "export", code, "--output", str(target))).expect(0)
    query = """select page.final_url, page.evidence_sha256 from page join site on site.id = page.site_id
               where site.code = :code and page.evidence_sha256 is not null"""
    wanted = sorted(desk.rows(query, code=code))
    found, requests = [], 0
    with target.open("rb") as file:
        for record in ArchiveIterator(file):
            if record.rec_type == "response":
                body = record.content_stream().read()
                found.append((record.rec_headers.get_header("WARC-Target-URI"), hashlib.sha256(body).hexdigest()))
            requests += record.rec_type == "request"
    assert requests == len(wanted)
    # a WARC names addresses in ASCII
    assert sorted(sha256 for _, sha256 in found) == sorted(sha256 for _, sha256 in wanted)
    assert {url for url, _ in wanted if url.isascii()} <= {url for url, _ in found}


def test_an_unknown_site_or_hash_is_one_sentence(desk: Desk, tmp_path: Path) -> None:
    for words in (("export", "9901999999", "--output", str(tmp_path / "x.warc.gz")), ("show", "0" * 64)):
        ended = desk.script(*_evidence(desk, *words)).expect(2)
        assert len(ended.words.splitlines()) == 1, ended.words
        assert "Traceback" not in ended.words
