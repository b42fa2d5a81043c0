"""The files of the views: read with their comments, put in order, refused when one is not written like the others."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from govspider.db.analysis.views import View, ViewFileError, _ordered, _read_view, views

WORDS = {"period": "Label (监测周期)", "odd.period": "Another meaning (周期)"}


def written(folder: Path, name: str, content: str) -> Path:
    file = folder / name
    file.write_text(content, "utf-8")
    return file


def view(name: str, *reads: str) -> View:
    return View(name, "", {}, f"create view analysis.{name} (n) as select " + " ".join(f"analysis.{r}" for r in reads))


def test_a_view_stands_after_those_it_reads() -> None:
    ordered = _ordered([view("c", "b"), view("b", "a"), view("a")])
    assert [found.name for found in ordered] == ["a", "b", "c"]


def test_views_that_read_each_other_are_refused_by_name() -> None:
    with pytest.raises(ViewFileError, match=r"circle.*: a, b"):
        _ordered([view("a", "b"), view("b", "a"), view("c")])


def test_the_comment_of_a_file_is_that_of_its_view(tmp_path: Path) -> None:
    file = written(
        tmp_path, "rate.sql", "-- One line\n-- and another.\ncreate view analysis.rate (period) as\nselect 1;\n"
    )
    found = _read_view(file, WORDS)
    assert found.comment == "One line and another."
    assert found.columns == {"period": "Label (监测周期)"}
    assert found.sql.endswith("select 1")


def test_a_view_may_mean_something_else_by_a_column(tmp_path: Path) -> None:
    file = written(tmp_path, "odd.sql", "-- Odd.\ncreate view analysis.odd (period) as\nselect 1\n")
    assert _read_view(file, WORDS).columns == {"period": "Another meaning (周期)"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("create view analysis.rate (period) as\nselect 1", "rate.sql: expected comment lines"),
        ("-- Words.\ncreate view analysis.other (period) as\nselect 1", "rate.sql: expected comment lines"),
        ("-- Words.\ncreate view analysis.rate (period, extra) as\nselect 1, 2", "does not say what extra means"),
    ],
)
def test_a_file_that_is_written_differently_is_refused(tmp_path: Path, content: str, sentence: str) -> None:
    with pytest.raises(ViewFileError, match=sentence):
        _read_view(written(tmp_path, "rate.sql", content), WORDS)


def test_every_meaning_in_the_list_of_columns_is_used() -> None:
    names = {name for found in views() for name in found.columns}
    special = {f"{found.name}.{name}" for found in views() for name in found.columns}
    folder = Path(__file__).resolve().parents[2] / "govspider/db/analysis"
    words = yaml.safe_load((folder / "columns.yaml").read_text("utf-8"))
    assert set(words) <= names | special
