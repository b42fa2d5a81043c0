"""Footer marks against the captured pages: how often the extractor says what an inspector reads there."""

from __future__ import annotations

import csv
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from govspider.extract.document.page import Page
from govspider.extract.marks.marks import observe_marks
from govspider.items import MarkObservation, MarkState

_GOLD = Path(__file__).parents[2] / "gold" / "marks.yaml"
_REQUIRED_MARKS = ("site_code", "icp", "police", "conac", "jiucuo")
_FLOOR = 0.95


@dataclass(frozen=True)
class _Comparison:
    file: str
    mark: str
    wanted: dict[str, str]
    seen: MarkObservation

    @property
    def agrees(self) -> bool:
        value = self.wanted.get("value")
        return self.seen.state.value == self.wanted["state"] and (value is None or value == self.seen.value)

    @property
    def in_page(self) -> bool:
        """The mark, right or wrong, stands in the captured bytes."""
        return self.wanted["state"] in ("present", "invalid") or "value" in self.wanted

    def __str__(self) -> str:
        seen = f"{self.seen.state.value} {self.seen.value} ({self.seen.reason})"
        return f"{self.file} {self.mark}: gold {self.wanted}, seen {seen}"


@pytest.fixture(scope="module")
def comparisons(captured_pages: Path) -> list[_Comparison]:
    entries = yaml.safe_load(_GOLD.read_text(encoding="utf-8"))["pages"]
    return [comparison for entry in entries for comparison in _compare(entry, captured_pages)]


def _compare(entry: dict[str, Any], folder: Path) -> list[_Comparison]:
    parts = [_read(part, folder) for part in entry.get("parts", ())]
    seen = {observation.mark: observation for observation in observe_marks(_read(entry, folder), parts)}
    return [_Comparison(entry["file"], mark, wanted, seen[mark]) for mark, wanted in entry["marks"].items()]


def _read(entry: dict[str, Any], folder: Path) -> Page:
    body = (folder / entry["file"]).read_bytes()
    assert hashlib.sha256(body).hexdigest() == entry["sha256"], f"{entry['file']} is not the page that was labelled"
    return Page(entry["url"], body)


@pytest.mark.parametrize("mark", _REQUIRED_MARKS)
def test_a_mark_in_the_captured_bytes_is_read_as_an_inspector_reads_it(
    mark: str, comparisons: list[_Comparison]
) -> None:
    held = [each for each in comparisons if each.mark == mark and each.in_page]
    _print_agreement(f"{mark}, in the page or its script", held)
    assert held
    assert sum(each.agrees for each in held) >= _FLOOR * len(held)


@pytest.mark.parametrize("mark", (*_REQUIRED_MARKS, "sponsor", "contact", "sitemap"))
def test_every_decided_mark_agrees_with_the_hand_made_labels(mark: str, comparisons: list[_Comparison]) -> None:
    held = [each for each in comparisons if each.mark == mark]
    _print_agreement(f"{mark}, all pages", held)
    assert sum(each.agrees for each in held) >= _FLOOR * len(held)


@pytest.mark.parametrize(("mark", "column"), [("site_code", "site_code"), ("icp", "icp"), ("police", "police_record")])
def test_the_gold_numbers_are_those_of_the_capture_labels(mark: str, column: str, captured_pages: Path) -> None:
    with (captured_pages / "labels.csv").open(encoding="utf-8-sig", newline="") as file:
        labels = {row["file"]: row[column] for row in csv.DictReader(file)}
    entries = yaml.safe_load(_GOLD.read_text(encoding="utf-8"))["pages"]
    values = {entry["file"]: entry["marks"].get(mark, {}).get("value", "") for entry in entries}
    labelled = {file: value for file, value in values.items() if value and re.search(r"\d{6}", labels[file])}
    assert len(labelled) >= 20
    for file, value in labelled.items():
        digits = re.findall(r"\d{6,}", value)[0]
        assert digits in labels[file], f"{file}: gold {value}, labels.csv {labels[file]}"


def test_no_captured_page_is_accused_of_lacking_a_mark_that_it_has(comparisons: list[_Comparison]) -> None:
    accused = (MarkState.ABSENT, MarkState.INVALID)
    wrong = [str(each) for each in comparisons if each.wanted["state"] == "present" and each.seen.state in accused]
    assert wrong == []


def _print_agreement(title: str, held: list[_Comparison]) -> None:
    agreed = sum(each.agrees for each in held)
    print(f"\n{title}: {agreed}/{len(held)}")
    for each in held:
        if not each.agrees:
            print(f"  {each}")
