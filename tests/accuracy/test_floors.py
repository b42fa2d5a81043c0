"""The figures of `make accuracy` never fall: a change that lowers one, or changes the corpus, must say so."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.accuracy.floors import FLOORS, below, floors_of, read_floors
from tests.accuracy.generator import corpus
from tests.accuracy.truth import PARTS, digest

_CHECKOUT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def checked() -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "scripts/accuracy.py", "--check"]
    return subprocess.run(
        command, cwd=_CHECKOUT, env=dict(os.environ), capture_output=True, text=True, encoding="utf-8", check=False
    )


def summary_of(checked: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(checked.stdout.splitlines()[-1])
    return told


def test_no_figure_is_below_its_floor(checked: subprocess.CompletedProcess[str]) -> None:
    told = checked.stdout.partition("\nfloors: ")[2] or checked.stderr
    assert checked.returncode == 0, told


def test_the_last_line_carries_the_figures(checked: subprocess.CompletedProcess[str]) -> None:
    told = summary_of(checked)
    assert told["pages"] == len(corpus())
    assert sum(told[part]["pages"] for part in PARTS) == told["pages"]
    assert told["corpus_sha256"] == digest(corpus())


def test_the_sheet_does_not_show_the_misses_of_the_parts_that_are_only_counted(
    checked: subprocess.CompletedProcess[str],
) -> None:
    held = [page.name for page in corpus() if page.held]
    assert [name for name in held if name in checked.stdout] == []


def test_the_floors_are_bound_to_this_corpus() -> None:
    assert read_floors()["corpus_sha256"] == digest(corpus())


def test_every_part_has_its_floors() -> None:
    assert set(read_floors()) == {"corpus_sha256", *PARTS, "captured"}


def measured() -> dict[str, Any]:
    floors = read_floors()
    return copy.deepcopy(floors) | {"captured": None}


def test_a_figure_below_its_floor_is_named() -> None:
    worse = measured()
    worse["held"]["exact"] -= 1
    assert [fault.partition(" of ")[0] for fault in below(worse, read_floors())] == [
        f"held: exact is {worse['held']['exact']}"
    ]


def test_one_more_false_accusation_is_named() -> None:
    worse = measured()
    worse["tuned"]["false_stale"] += 1
    assert "tuned: false_stale is" in below(worse, read_floors())[0]


def test_a_better_figure_is_no_fault() -> None:
    better = measured()
    better["held"]["exact"] += 1
    assert below(better, read_floors()) == []


def test_another_corpus_is_refused_until_its_floors_are_measured() -> None:
    changed = measured() | {"corpus_sha256": "0" * 64}
    assert "--write-floors" in below(changed, read_floors())[0]


def test_floors_of_captured_pages_stay_where_the_pages_are_not_at_hand() -> None:
    former = read_floors()
    assert floors_of(measured(), former)["captured"] == former["captured"]


def test_the_floors_file_is_what_the_program_writes() -> None:
    text = FLOORS.read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), indent=2) + "\n"
