"""The joined accuracy sheet: every sheet runs, the last line holds the figures of all."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


def sheet(folder: Path, name: str, *lines: str) -> str:
    """A sheet as an argument; a path of its own is as good as one of the checkout."""
    path = folder / f"{name}.py"
    path.write_text("import sys\n" + "\n".join(lines) + "\n", "utf-8")
    return f"{name}={path}"


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "scripts/accuracy_sheets.py", *words]
    return subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)


def test_the_last_line_holds_the_figures_of_every_sheet(tmp_path: Path) -> None:
    one = sheet(tmp_path, "one", "print('a table')", "print('{\"found\": 1}')")
    two = sheet(tmp_path, "two", "print('{\"found\": 2}')", "print()")
    done = run(one, two)
    assert done.returncode == 0, done.stderr
    assert "a table" in done.stdout
    assert json.loads(done.stdout.splitlines()[-1]) == {"one": {"found": 1}, "two": {"found": 2}}


def test_a_sheet_below_its_floor_fails_the_whole_and_hides_no_other(tmp_path: Path) -> None:
    low = sheet(tmp_path, "low", "print('{}')", "raise SystemExit(1 if '--check' in sys.argv else 0)")
    fine = sheet(tmp_path, "fine", "print('{\"found\": 2}')")
    done = run("--check", low, fine)
    assert done.returncode == 1
    assert json.loads(done.stdout.splitlines()[-1]) == {"low": {}, "fine": {"found": 2}}
    assert run(low, fine).returncode == 0


def test_a_sheet_without_figures_is_named_and_counts_as_incomplete(tmp_path: Path) -> None:
    done = run(sheet(tmp_path, "silent", "print('nothing to tell')"), sheet(tmp_path, "fine", "print('{}')"))
    assert done.returncode == 3
    assert "silent" in done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {"silent": None, "fine": {}}


def test_flags_reach_every_sheet(tmp_path: Path) -> None:
    tells = "import json; print(json.dumps({'flags': sys.argv[1:]}))"
    done = run(sheet(tmp_path, "one", tells), "--no-peers")
    assert json.loads(done.stdout.splitlines()[-1]) == {"one": {"flags": ["--no-peers"]}}


def test_a_sheet_that_is_not_there_is_told_before_anything_runs(tmp_path: Path) -> None:
    done = run(sheet(tmp_path, "one", "print('{}')"), "dark=scripts/nowhere.py")
    assert done.returncode == 2
    assert "scripts/nowhere.py" in done.stderr
    assert done.stdout == ""
