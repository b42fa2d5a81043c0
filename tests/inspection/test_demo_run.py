"""The whole job by one command on the demo city: what `make run` does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from govspider.db.address import database_name, with_database
from govspider.db.upgrade import DEMO_SUFFIX, drop_database
from tests.inspection.conftest import NewDesk, Town
from tests.inspection.crawling import Desk

pytestmark = pytest.mark.city
_FILES = ("合格率.xlsx", "合格率.csv", "合格率.json", "问题清单.xlsx", "问题清单.csv", "truth.json", "crawl.log")
_SCRIPT = "scripts/run_inspection.py"


@pytest.fixture
def empty(new_desk: NewDesk) -> Iterator[Desk]:
    """An office whose DATABASE_URL names an empty database; the demo database made beside it is dropped."""
    desk = new_desk("")
    demo = with_database(desk.database_url, f"{database_name(desk.database_url)}{DEMO_SUFFIX}")
    yield replace(desk, database_url=demo)
    drop_database(demo)


def test_the_demo_city_is_never_mixed_with_real_sites(town: Town, new_desk: NewDesk, tmp_path: Path) -> None:
    real = town.desk(new_desk)
    before = real.one("select count(*) from site")
    refused = real.script(_SCRIPT, "--out", str(tmp_path)).expect(2)
    assert "演示城市" in refused.words
    assert database_name(real.database_url) in refused.words
    assert "Traceback" not in refused.words
    assert real.one("select count(*) from site") == before
    assert real.one("select count(*) from period") == 0


def test_the_demo_run_ends_with_the_tables_and_leaves_its_reports(empty: Desk, tmp_path: Path) -> None:
    done = empty.script(_SCRIPT, "--out", str(tmp_path), "--seed", "11").expect(0)
    assert "全部完成" in done.out
    for words in ("总体", "区县", "市级部门", "网站标识", "临湖区", "云景市教育局"):
        assert words in done.out
    folder = tmp_path / "demo"
    for name in (
        "合格率.xlsx",
        "合格率.csv",
        "合格率.json",
        "问题清单.xlsx",
        "问题清单.csv",
        "truth.json",
        "crawl.log",
    ):
        assert (folder / name).stat().st_size > 0, name
    assert empty.one("select state from run") == "complete"
    whole = json.loads((folder / "truth.json").read_text("utf-8"))["whole"]
    overall = json.loads((folder / "合格率.json").read_text("utf-8"))["overall"]
    counted = (overall["pass"], overall["pass"] + overall["fail"], overall["unknown"], overall["included"])
    assert counted == (whole["numerator"], whole["denominator"], whole["unknown"], whole["included"])
