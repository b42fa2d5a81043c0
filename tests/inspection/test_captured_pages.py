"""Captured real pages, served under their own host names, crawled and read back from the database."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import Workbook

from tests.city.captured import read_captured
from tests.city.replay import replay, replay_registry
from tests.inspection.conftest import NewDesk
from tests.inspection.crawling import Desk

pytestmark = pytest.mark.city
_GOLD = Path(__file__).parents[1] / "gold"
_MARKS = ("site_code", "icp", "police", "conac", "jiucuo")
_FLOOR = 0.95
_MOST_UNKNOWN = 2
_FEWEST_LISTS = 12
_SETTINGS = {"DOWNLOAD_DELAY": "0.001", "LINK_LOOKS": "1", "BROWSER": "off", "DOWNLOAD_TIMEOUT": "20"}


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing of one captured page: what is written by hand, and what the crawl stored. None: not looked at."""

    file: str
    what: str
    wanted: Any
    seen: Any

    @property
    def agrees(self) -> bool:
        return bool(self.wanted == self.seen)


@pytest.fixture(scope="module")
def desk(captured_pages: Path, new_desk: NewDesk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An office that inspected every captured host."""
    folder = tmp_path_factory.mktemp("captured")
    sites, columns = replay_registry(captured_pages, folder / "registry.csv")
    registry = _workbook(sites, columns, folder / "registry.xlsx")
    with replay(captured_pages) as server:
        made = new_desk(server.proxy_url)
        made.import_registry(registry)
        ended = made.crawl(_SETTINGS, period="真一")
        assert ended.code == 0, ended.words[-3000:]
        yield made


def _workbook(sites: Path, columns: Path, target: Path) -> Path:
    """Both tables as sheets of one workbook; hosts without a code get one, so that their columns find them."""
    book = Workbook()
    book.remove(book.worksheets[0])
    hosts: dict[str, str] = {}
    for title, file in (("网站", sites), ("栏目", columns)):
        sheet = book.create_sheet(title)
        with file.open(encoding="utf-8-sig", newline="") as stream:
            header, *rows = list(csv.reader(stream))
        sheet.append(header)
        for row in rows:
            code = row[1] or hosts.setdefault(row[2], f"98{len(hosts):08d}")
            sheet.append([row[0], code, *row[2:]])
    book.save(target)
    return target


def _gold(name: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = yaml.safe_load((_GOLD / name).read_text("utf-8"))["pages"]
    return entries


def _pages_by_hash(desk: Desk, roles: str) -> dict[str, int]:
    """Id of a page of these roles by the hash of its bytes."""
    query = f"""select evidence_sha256, min(id) from page
                where role in ({roles}) and evidence_sha256 is not null group by 1"""
    return dict(desk.rows(query))


def _show(title: str, compared: list[Compared]) -> None:
    print(f"\n{title}: {sum(each.agrees for each in compared)}/{len(compared)}")
    for each in compared:
        if not each.agrees:
            print(f"  {each.file} {each.what}: gold {each.wanted}, stored {each.seen}")


def test_marks_of_crawled_pages_agree_with_the_hand_made_labels(desk: Desk) -> None:
    pages = _pages_by_hash(desk, "'home'")
    compared = []
    for entry in _gold("marks.yaml"):
        if entry["sha256"] in pages:
            query = "select mark, state, value from mark_observation where page_id = :page"
            seen = {mark: (state, value) for mark, state, value in desk.rows(query, page=pages[entry["sha256"]])}
            compared += list(_marks(entry, seen))
    for mark in _MARKS:
        held = [each for each in compared if each.what == mark]
        _show(f"{mark}, in the page or its script", held)
    assert len(compared) >= 60
    for mark in _MARKS:
        held = [each for each in compared if each.what == mark]
        assert sum(each.agrees for each in held) >= _FLOOR * len(held), mark


def _marks(entry: dict[str, Any], seen: dict[str, tuple[str, str | None]]) -> Iterator[Compared]:
    """Marks that stand in the captured bytes."""
    for mark in _MARKS:
        wanted = entry["marks"].get(mark)
        if wanted and (wanted["state"] in ("present", "invalid") or "value" in wanted):
            state, value = seen.get(mark, ("unread", None))
            yield Compared(
                entry["file"],
                mark,
                (wanted["state"], wanted.get("value")),
                (state, value if "value" in wanted else None),
            )


def test_lists_of_crawled_pages_are_right_or_unknown_and_never_accused(desk: Desk, captured_pages: Path) -> None:
    pages = _pages_by_hash(desk, "'column', 'home'")
    registered = {captured.file for captured in read_captured(captured_pages) if captured.kind == "list"}
    entries = [entry for entry in _gold("lists.yaml") if entry["file"] in registered or entry["sha256"] in pages]
    query = "select state, newest from column_observation where page_id = :page"
    compared, accused = [], []
    for entry in entries:
        seen = desk.rows(query, page=pages.get(entry["sha256"], 0))
        state, newest = seen[0] if seen else ("not looked at", None)
        compared.append(Compared(entry["file"], f"newest ({state})", entry["newest"], newest))
        # a portal shows the days of its blocks, which no clause counts
        dated_wrongly = newest not in (None, entry["newest"]) and entry["state"] != "portal"
        if dated_wrongly or (state == "blank" and entry["state"] != "blank"):
            accused.append(compared[-1])
    _show("newest of lists", compared)
    assert len(compared) >= _FEWEST_LISTS
    assert accused == []
    unknown = [each for each in compared if each.wanted is not None and each.seen is None]
    assert len(unknown) <= _MOST_UNKNOWN, unknown
