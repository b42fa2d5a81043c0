"""The door to the views as files."""

from __future__ import annotations

import csv
import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from govspider.db.analysis.views import views
from scripts import export
from tests.observed_city import PERIOD, ObservedCity
from tests.optional_parts import do_without

Export = Callable[..., int]


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Export:
    monkeypatch.setenv("DATABASE_URL", database_url)
    return lambda *words: export.main([str(word) for word in words])


@pytest.fixture
def city(engine: object) -> ObservedCity:
    made = ObservedCity(engine)  # type: ignore[arg-type]
    made.organisation("=1+1局", "department")
    made.site("0100000001", "=1+1局")
    made.period("2026Q3")
    made.target("0100000001", "=1+1局", period="2026Q3")
    return made


def test_a_view_is_written_for_excel_with_codes_as_text_and_formulas_harmless(
    city: ObservedCity, run: Export, tmp_path: Path
) -> None:
    file = tmp_path / "scope.csv"
    assert run("site_scope", "--output", file, "--period", PERIOD) == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(file.read_text("utf-8-sig").splitlines())
    assert (row["period"], row["site_code"], row["organisation"]) == (PERIOD, "0100000001", "'=1+1局")


def test_without_a_period_every_period_is_written(city: ObservedCity, run: Export, tmp_path: Path) -> None:
    file = tmp_path / "scope.csv"
    assert run("site_scope", "--output", file) == 0
    assert {row["period"] for row in csv.DictReader(file.read_text("utf-8-sig").splitlines())} == {PERIOD, "2026Q3"}


def test_an_unknown_view_gets_a_sentence_with_those_there_are(
    run: Export, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("pass_rates; drop table site", "--output", tmp_path / "x.csv") == 2
    said = capsys.readouterr().err
    assert all(view.name in said for view in views())
    assert said.count("\n") == 1
    assert not (tmp_path / "x.csv").exists()


def test_an_unknown_period_is_bad_input_not_an_empty_file(
    city: ObservedCity, run: Export, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("site_scope", "--output", tmp_path / "x.csv", "--period", "2031Q1") == 2
    assert "2031Q1" in capsys.readouterr().err
    assert not (tmp_path / "x.csv").exists()


def test_a_view_without_periods_refuses_one(
    city: ObservedCity, run: Export, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("unit_group", "--output", tmp_path / "x.csv", "--period", PERIOD) == 2
    assert "不分周期" in capsys.readouterr().err


def test_a_folder_that_is_missing_gets_a_sentence(
    city: ObservedCity, run: Export, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("site_scope", "--output", tmp_path / "no" / "x.csv") == 2
    assert "无法写入" in capsys.readouterr().err


def test_without_the_package_for_parquet_one_sentence_says_how_to_install_it(
    run: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    assert run("site_scope", "--format", "parquet", "--output", tmp_path / "x.parquet") == 3
    said = capsys.readouterr().err
    assert "pip install '.[parquet]'" in said
    assert said.count("\n") == 1


def test_parquet_keeps_codes_as_text_and_truth_values_as_such(city: ObservedCity, run: Export, tmp_path: Path) -> None:
    if importlib.util.find_spec("pyarrow") is None:
        do_without("parquet", "pyarrow is an optional part: pip install '.[parquet]'", os.environ)
    from pyarrow import parquet

    file = tmp_path / "scope.parquet"
    assert run("site_scope", "--format", "parquet", "--output", file, "--period", PERIOD) == 0
    (row,) = parquet.read_table(file).to_pylist()
    assert (row["site_code"], row["organisation"], row["included"]) == ("0100000001", "=1+1局", True)
