"""The Makefile's sentences for machines that cannot install govspider; nothing is installed here."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
MAKE = shutil.which("make")
needs_make = pytest.mark.skipif(MAKE is None, reason="make is not installed")


def make(*words: str) -> subprocess.CompletedProcess[str]:
    command = [str(MAKE), "--no-print-directory", "-C", str(CHECKOUT), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def program(path: Path, script: str) -> Path:
    path.write_text(f"#!/bin/sh\n{script}\n", "ascii")
    path.chmod(0o755)
    return path


@needs_make
def test_a_missing_python_is_named(tmp_path: Path) -> None:
    done = make("install", "PYTHON=python3.99", f"VENV={tmp_path / 'venv'}")
    assert done.returncode != 0
    assert "There is no python3.99 here: install Python 3.11 or newer" in done.stderr


@needs_make
def test_an_old_python_is_named_with_its_version(tmp_path: Path) -> None:
    old = program(tmp_path / "python-old", 'case "$2" in *print*) echo 3.9.2;; *) exit 1;; esac')
    done = make("install", f"PYTHON={old}", f"VENV={tmp_path / 'venv'}")
    assert done.returncode != 0
    assert f"govspider needs Python 3.11 or newer, but {old} is 3.9.2" in done.stderr
    assert not (tmp_path / "venv").exists()


@needs_make
def test_a_python_without_venv_gets_the_name_of_the_package(tmp_path: Path) -> None:
    bare = program(tmp_path / "python-bare", 'case "$2" in venv) exit 1;; esac')
    done = make("install", f"PYTHON={bare}", f"VENV={tmp_path / 'venv'}")
    assert done.returncode != 0
    assert "apt install python3-venv" in done.stderr


@needs_make
def test_what_is_installed_is_not_installed_again(tmp_path: Path) -> None:
    (tmp_path / ".installed").touch()
    assert make("install", "PYTHON=python3.99", f"VENV={tmp_path}").returncode == 0


@needs_make
def test_make_alone_lists_the_doors() -> None:
    listed = make().stdout
    for door in ("install", "run", "test", "db-shell"):
        assert f"make {door}" in listed


@needs_make
def test_run_passes_the_registry_on(tmp_path: Path) -> None:
    (tmp_path / ".installed").touch()
    printed = make("-n", "run", "REGISTRY=my sites.xlsx", f"VENV={tmp_path}").stdout
    assert "scripts/run_inspection.py --registry 'my sites.xlsx'" in printed


@needs_make
def test_the_suite_runs_although_the_style_is_wrong_and_the_answer_is_failure(tmp_path: Path) -> None:
    (tmp_path / ".installed").touch()
    (tmp_path / "bin").mkdir()
    program(tmp_path / "bin" / "ruff", "exit 1")
    program(tmp_path / "bin" / "python", "echo ran $2")
    done = make("test", f"VENV={tmp_path}")
    assert done.returncode != 0
    assert "ran pytest" in done.stdout
    assert "s: lint" in done.stdout
