"""A copy of what an egg is built from, so that building leaves nothing in the tree."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGES = ("govspider", "pipelines")
_FILES = ("scrapy.cfg", "setup.py", "pyproject.toml", "README.md", "LICENSE")
_COMMITTED_ADDRESS = "http://127.0.0.1:6800"


def copy_checkout(folder: Path, scrapyd_url: str = _COMMITTED_ADDRESS) -> Path:
    """Copy into `folder`; the deploy target `local` becomes `scrapyd_url`, everything else stays as committed."""
    folder.mkdir()
    for package in PACKAGES:
        shutil.copytree(CHECKOUT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in _FILES:
        if (CHECKOUT / name).is_file():
            shutil.copy(CHECKOUT / name, folder)
    config = folder / "scrapy.cfg"
    text = config.read_text("utf-8")
    assert _COMMITTED_ADDRESS in text
    config.write_text(text.replace(_COMMITTED_ADDRESS, scrapyd_url), "utf-8")
    return folder


def scrapyd_deploy(folder: Path, *words: str, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the real scrapyd-deploy in a copy, like a person would."""
    program = Path(sys.executable).with_name("scrapyd-deploy")
    plain = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [program, *words], cwd=folder, env={**plain, **environment}, capture_output=True, text=True, check=False
    )


def data_files(folder: Path) -> set[str]:
    """Files of the packages that are no Python, as an egg would name them."""
    return {
        path.relative_to(folder).as_posix()
        for package in PACKAGES
        for path in (folder / package).rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"}
    }


def python_files(folder: Path) -> set[str]:
    """Python sources of the packages, as an egg would name them."""
    return {path.relative_to(folder).as_posix() for package in PACKAGES for path in (folder / package).rglob("*.py")}
