"""The whole tree is clean under the linter and the type checker that pyproject.toml configures."""

from __future__ import annotations

import subprocess
import sys

from tests.house.test_arrows import ROOT


def _run(*words: str) -> None:
    done = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(words)}:\n{done.stdout[-6000:]}{done.stderr[-2000:]}"


def test_the_tree_is_clean_under_ruff() -> None:
    _run("ruff", "check", ".")


def test_the_tree_is_formatted_by_ruff() -> None:
    _run("ruff", "format", "--check", ".")


def test_the_tree_is_clean_under_mypy() -> None:
    _run("mypy")
