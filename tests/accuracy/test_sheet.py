"""The sheet and its sources: peers, captured pages, and what is hidden of the held part."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from govspider.items import ColumnState
from tests.accuracy import captured, peers
from tests.accuracy.captured import CapturedPagesError, captured_pages
from tests.accuracy.peers import LIBRARIES, PeerError, libraries_seen, regex_maximum
from tests.accuracy.scoring import Score, Seen, score
from tests.accuracy.sheet import misses, parts_of, peer_table, summary
from tests.accuracy.truth import FRESH, HELD, PARTS, TUNED, CorpusPage, Truth

_DAY = date(2026, 11, 20)


def page(body: str = "", name: str = "a-page", part: str = TUNED) -> CorpusPage:
    url = "http://www.corpus1.gov.cn/zwgk/tzgg/index.html"
    return CorpusPage(name, "layout", "iso", "plain", part, url, body.encode(), None, Truth(ColumnState.LIST, _DAY, 2))


def scored(name: str, newest: date, part: str = TUNED) -> Score:
    return score(page(name=name, part=part), Seen(newest, ColumnState.LIST, 2))


def test_the_regex_maximum_takes_the_newest_possible_day_up_to_today() -> None:
    seen = regex_maximum(page("2026-02-30 2019年3月1日 2026/11/19 2052-01-01"))
    assert seen.newest == date(2026, 11, 19)


def test_the_regex_maximum_of_a_page_without_days_is_none() -> None:
    assert regex_maximum(page("暂无内容")).newest is None


def test_libraries_that_are_not_installed_are_said_to_be_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(peers, "PYTHON", tmp_path / "python")
    told = libraries_seen([page()])
    assert told == dict.fromkeys(LIBRARIES)
    assert "htmldate_fast        not installed (make compare-install)" in peer_table(dict.fromkeys(LIBRARIES))


def test_a_broken_environment_of_the_peers_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\necho 'no module here' >&2\nexit 1\n", encoding="ascii")
    python.chmod(0o755)
    monkeypatch.setattr(peers, "PYTHON", python)
    with pytest.raises(PeerError, match="answered for 0 of 1 pages: no module here"):
        libraries_seen([page()])


def test_answers_of_a_library_are_matched_to_their_pages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text(
        """#!/bin/sh
echo '{"htmldate_fast": {"newest": "2026-11-20", "ms": 1}}'
echo '{"htmldate_fast": {"newest": null, "ms": 2}}'
""",
        encoding="ascii",
    )
    python.chmod(0o755)
    monkeypatch.setattr(peers, "PYTHON", python)
    told = libraries_seen([page(), page()])
    assert told["gerapy"] is None
    assert [seen.newest for seen in told["htmldate_fast"] or ()] == [_DAY, None]


def test_a_miss_is_named_with_what_was_wanted_and_said() -> None:
    told = misses("tuned", [scored("wrong-one", date(2020, 1, 1)), scored("right-one", _DAY)])
    assert "FALSE STALE 14d,6mo,1y" in told
    assert "wanted list 2026-11-20 items 2; said list 2020-01-01 items 2" in told
    assert "right-one" not in told


def test_parts_are_told_apart_and_captured_pages_only_where_they_are() -> None:
    scores = [scored("t", _DAY), scored("h", _DAY, HELD), scored("f", _DAY, FRESH)]
    assert set(parts_of(scores, None)) == {TUNED, HELD, FRESH}
    figures = summary(parts_of(scores, None), "digest")
    assert (figures["pages"], *(figures[part]["pages"] for part in PARTS)) == (3, 1, 1, 1)
    assert figures["captured"] is None


def test_without_the_variable_there_are_no_captured_pages() -> None:
    assert captured_pages({}) is None


def test_a_missing_folder_of_captured_pages_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CapturedPagesError, match="which is no folder"):
        captured_pages({"GOVSPIDER_PAGES": str(tmp_path / "nowhere")})


def test_a_captured_page_that_was_changed_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    labels = tmp_path / "lists.yaml"
    wanted = hashlib.sha256(b"as labelled").hexdigest()
    entry = f"{{file: a.html, sha256: {wanted}, url: 'http://a.gov.cn/', state: list, newest: 2026-01-01, items: 1}}"
    labels.write_text(f"pages: [{entry}]\nhomes: []\n", encoding="utf-8")
    (tmp_path / "a.html").write_bytes(b"changed")
    monkeypatch.setattr(captured, "_LABELS", labels)
    with pytest.raises(CapturedPagesError, match="not the page that was labelled"):
        captured_pages({"GOVSPIDER_PAGES": str(tmp_path)})
