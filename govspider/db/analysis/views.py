"""The views as files: which there are, in which order they can be made, and the statements that make them.

A view's file begins with what it answers, in comment lines; that becomes the comment of the view. The
columns are listed in the statement, and columns.yaml says what each name means, the same in every view.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

SCHEMA = "analysis"
_HEADING = re.compile(r"((?:--[^\n]*\n)+)(create view analysis\.(\w+) \(([^)]*)\) as\n.*)", re.DOTALL)
_REFERENCE = re.compile(r"\banalysis\.(\w+)")


class ViewFileError(ValueError):
    """A file of the views is not written as all of them are; the sentence says which and why."""


@dataclass(frozen=True, slots=True)
class View:
    """One view. `columns` are name → what it means, in the order of the view; `sql` is the statement that makes it."""

    name: str
    comment: str
    columns: Mapping[str, str]
    sql: str

    @property
    def rests_on(self) -> frozenset[str]:
        """Names of the views it reads."""
        return frozenset(_REFERENCE.findall(self.sql)) - {self.name}


@cache
def views() -> tuple[View, ...]:
    """Every view, each after those it reads. Raises ViewFileError."""
    folder = files(__package__)
    words: dict[str, str] = yaml.safe_load(folder.joinpath("columns.yaml").read_text("utf-8"))
    found = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)
    return tuple(_ordered(_read_view(file, words) for file in found))


def views_sql() -> str:
    """Statements that make every view in an existing schema, with the comments of views and columns."""
    return "\n".join(line for view in views() for line in (f"{view.sql};", *_comments(view))) + "\n"


def views_digest() -> str:
    """What tells one state of the view files from another."""
    return hashlib.sha256(views_sql().encode()).hexdigest()[:16]


def _read_view(file: Any, words: Mapping[str, str]) -> View:
    parts = _HEADING.fullmatch(file.read_text("utf-8").strip().rstrip(";"))
    if parts is None or f"{parts[3]}.sql" != file.name:
        raise ViewFileError(
            f"{file.name}: expected comment lines, then `create view analysis.{file.name[:-4]} (columns) as`"
        )
    names = [name.strip() for name in parts[4].split(",")]
    meanings = {name: words.get(f"{parts[3]}.{name}", words.get(name, "")) for name in names}
    unknown = [name for name, meaning in meanings.items() if not meaning]
    if unknown:
        raise ViewFileError(f"{file.name}: columns.yaml does not say what {', '.join(unknown)} means")
    comment = " ".join(line.removeprefix("--").strip() for line in parts[1].splitlines())
    return View(parts[3], comment, meanings, parts[2])


def _ordered(found: Iterable[View]) -> list[View]:
    waiting = list(found)
    done: dict[str, View] = {}
    while waiting:
        ready = [view for view in waiting if view.rests_on <= done.keys()]
        if not ready:
            names = ", ".join(sorted(view.name for view in waiting))
            raise ViewFileError(f"These views read each other in a circle, or one that does not exist: {names}")
        done.update((view.name, view) for view in ready)
        waiting = [view for view in waiting if view.name not in done]
    return list(done.values())


def _comments(view: View) -> Iterable[str]:
    yield f"comment on view {SCHEMA}.{view.name} is {_quoted(view.comment)};"
    for name, meaning in view.columns.items():
        yield f"comment on column {SCHEMA}.{view.name}.{name} is {_quoted(meaning)};"


def _quoted(words: str) -> str:
    escaped = words.replace("'", "''")
    return f"'{escaped}'"
