"""Lists against the captured pages: exact, or honestly unknown; never a wrong day and never a false blank."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from govspider.extract.columns.article import observe_article
from govspider.extract.columns.column import observe_column
from govspider.extract.columns.list_delivery import find_list_requests
from govspider.extract.document.page import Page
from govspider.items import ColumnObservation, ColumnState

_GOLD = Path(__file__).parents[2] / "gold" / "lists.yaml"
_NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
_UNKNOWN_ALLOWED = 2
_NO_PAGES = ("footer_js",)


@dataclass(frozen=True)
class _Comparison:
    wanted: dict[str, Any]
    seen: ColumnObservation

    def __str__(self) -> str:
        seen = self.seen
        told = f"{seen.state.value} newest {seen.newest} items {seen.items} total {seen.total} ({seen.reason})"
        return f"{self.wanted['file']}: gold {self.wanted}, seen {told}"

    @property
    def is_given_up(self) -> bool:
        """The page shows a day and the extractor does not tell one."""
        return self.wanted["newest"] is not None and self.seen.newest is None and self.seen.reason is not None


@pytest.fixture(scope="module")
def comparisons(captured_pages: Path) -> list[_Comparison]:
    entries = yaml.safe_load(_GOLD.read_text(encoding="utf-8"))["pages"]
    return [_Comparison(entry, _look(entry, captured_pages)) for entry in entries]


def _look(entry: dict[str, Any], folder: Path, *, home: bool = False) -> ColumnObservation:
    body = (folder / entry["file"]).read_bytes()
    assert hashlib.sha256(body).hexdigest() == entry["sha256"], f"{entry['file']} is not the page that was labelled"
    return observe_column(Page(entry["url"], body), _NOW, home=home)


def test_no_captured_list_gets_a_wrong_newest_day(comparisons: list[_Comparison]) -> None:
    wrong = [str(pair) for pair in comparisons if pair.seen.newest not in (None, pair.wanted["newest"])]
    assert wrong == []


def test_no_captured_list_is_called_blank(comparisons: list[_Comparison]) -> None:
    assert [str(pair) for pair in comparisons if pair.seen.state is ColumnState.BLANK] == []


def test_hardly_any_captured_list_is_given_up(comparisons: list[_Comparison]) -> None:
    given_up = [str(pair) for pair in comparisons if pair.is_given_up]
    assert len(given_up) <= _UNKNOWN_ALLOWED, given_up


def test_captured_lists_are_told_apart_and_counted(comparisons: list[_Comparison]) -> None:
    wrong = [
        str(pair)
        for pair in comparisons
        if not pair.is_given_up
        and (pair.seen.state.value, pair.seen.items, pair.seen.total)
        != (pair.wanted["state"], pair.wanted["items"], pair.wanted.get("total"))
    ]
    assert wrong == []


def test_no_captured_home_page_gets_a_wrong_newest_day(captured_pages: Path) -> None:
    entries = yaml.safe_load(_GOLD.read_text(encoding="utf-8"))["homes"]
    pairs = [_Comparison(entry, _look(entry, captured_pages, home=True)) for entry in entries]
    assert [str(pair) for pair in pairs if pair.seen.newest not in (None, pair.wanted["newest"])] == []
    assert sum(1 for pair in pairs if pair.seen.newest) >= len([entry for entry in entries if entry["newest"]]) - 1


def test_every_labelled_list_page_is_in_the_gold_file(captured_pages: Path) -> None:
    rows = _labels(captured_pages)
    kinds = ("list", "interaction", "guide", "xml_json")
    labelled = {row["file"] for row in rows if row["kind"] in kinds}
    gold = {entry["file"] for entry in yaml.safe_load(_GOLD.read_text(encoding="utf-8"))["pages"]}
    assert gold == labelled


def test_every_captured_page_can_be_looked_at_as_a_column_a_home_page_and_an_article(captured_pages: Path) -> None:
    for row in _labels(captured_pages):
        host = row["host"] or "www.example.gov.cn"
        page = Page(f"http://{host}/a/b/index.html", (captured_pages / row["file"]).read_bytes())
        for home in (False, True):
            column = observe_column(page, _NOW, home=home)
            assert column.reason is not None or column.state is not ColumnState.UNKNOWN, row["file"]
            assert column.newest is None or column.newest <= date(2026, 11, 22), row["file"]
            assert column.newest is None or column.list_items, row["file"]
        find_list_requests(page)
        observe_article(page)


@pytest.mark.parametrize("kind", ["article", "error", "service", "home"])
def test_pages_of_other_kinds_are_never_called_blank(captured_pages: Path, kind: str) -> None:
    for row in _labels(captured_pages):
        if row["kind"] == kind:
            page = Page(f"http://{row['host']}/a/", (captured_pages / row["file"]).read_bytes())
            assert observe_column(page, _NOW).state is not ColumnState.BLANK, row["file"]


def test_no_captured_article_is_taken_for_a_dated_list(captured_pages: Path) -> None:
    for row in _labels(captured_pages):
        if row["kind"] == "article":
            page = Page(f"http://{row['host']}/a/", (captured_pages / row["file"]).read_bytes())
            assert observe_column(page, _NOW).newest is None, row["file"]


def _labels(folder: Path) -> list[dict[str, str]]:
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [row for row in rows if row["kind"] not in _NO_PAGES]
