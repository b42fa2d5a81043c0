"""Dark links and tampering on captured real pages: recall and false alarms, with floors."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from govspider.extract.dark.dark_links import find_dark_links
from govspider.extract.dark.tampering import find_tampering
from govspider.extract.document.page import Page
from govspider.items import Strength

_LABELS = Path(__file__).parents[2] / "gold" / "dark.yaml"


@dataclass(frozen=True)
class Answer:
    """What was found on one labelled page."""

    file: str
    polluted: bool
    strong: int
    weak: int

    @property
    def found(self) -> bool:
        return self.strong + self.weak > 0


def labels() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(_LABELS.read_text("utf-8"))
    return loaded


@cache
def answers(folder: Path) -> tuple[Answer, ...]:
    return tuple(answer_of(folder, entry) for entry in labels()["pages"])


def answer_of(folder: Path, entry: dict[str, str]) -> Answer:
    body = (folder / entry["file"]).read_bytes()
    assert hashlib.sha256(body).hexdigest() == entry["sha256"], f"{entry['file']} is not the page that was labelled"
    page = Page(entry["url"], body)
    strengths = [link.strength for link in find_dark_links(page)]
    strengths += [observation.strength for observation in find_tampering(page)]
    strong = strengths.count(Strength.STRONG)
    return Answer(entry["file"], entry["label"] == "polluted", strong, len(strengths) - strong)


def test_polluted_pages_are_found(captured_pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    polluted = [answer for answer in answers(captured_pages) if answer.polluted]
    found = sum(answer.found for answer in polluted)
    strong = sum(answer.strong > 0 for answer in polluted)
    with capsys.disabled():
        print(f"\ndark pages found: {found}/{len(polluted)}, strong: {strong}/{len(polluted)}")
    missed = [answer.file for answer in polluted if not answer.found]
    assert found >= labels()["recall_floor"] * len(polluted), f"missed: {missed}"
    assert strong >= labels()["strong_floor"] * len(polluted)


def test_clean_pages_raise_no_alarm_at_all(captured_pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean = [answer for answer in answers(captured_pages) if not answer.polluted]
    alarms = [answer.file for answer in clean if answer.found]
    with capsys.disabled():
        print(f"\nfalse alarms: {len(alarms)}/{len(clean)}")
    assert len(clean) >= 55, "too few clean pages to say anything"
    assert alarms == []


def test_every_finding_of_a_real_page_can_be_pointed_at(captured_pages: Path) -> None:
    for entry in labels()["pages"]:
        if entry["label"] != "polluted":
            continue
        page = Page(entry["url"], (captured_pages / entry["file"]).read_bytes())
        for link in find_dark_links(page):
            assert link.reasons
            assert link.offset is not None, f"{entry['file']}: {link.url} has no place in the text"
            assert page.text[link.offset :].startswith(link.snippet)
            assert link.technique == "unparsed" or page.xpath(link.path), f"{entry['file']}: {link.path}"
