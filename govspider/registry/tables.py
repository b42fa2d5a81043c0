"""Rows of text as read from a file, and the error that says why a file cannot be read."""

from __future__ import annotations

from dataclasses import dataclass


class RegistryFileError(ValueError):
    """A file that cannot be imported: one sentence with the file, the place and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """Texts of one row; `number` is the row or line number that a spreadsheet program or editor shows."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The non-empty rows of one sheet; a csv is one sheet without a name."""

    name: str
    rows: tuple[Row, ...]
