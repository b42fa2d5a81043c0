"""Forms that come back as xlsx: rows by the names of their columns."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from govspider.formula_text import original


class FilledFormError(ValueError):
    """A file that is no such form, in one sentence."""


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One row that is not empty. `number` as the user's program shows it, `cells` all of its texts."""

    number: int
    values: Mapping[str, str]
    cells: tuple[str, ...]


def read_filled_form(path: Path, names: Mapping[str, str], needed: Collection[str]) -> list[FilledRow]:
    """Rows of the first sheet. Parameters: `names` header text by key, `needed` the keys that must be there.

    The apostrophe that makes a text harmless is taken off again. Raises FilledFormError, and OSError where the file
    cannot be read.
    """
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        rows = [[_text(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
        book.close()
    except (InvalidFileException, zipfile.BadZipFile, KeyError, IndexError, ValueError) as error:
        raise FilledFormError(f"{path.name} 不是可以读取的 xlsx 工作簿：{error}") from error
    header = rows[0] if rows else []
    missing = [names[key] for key in needed if names[key] not in header]
    if missing:
        raise FilledFormError(f"{path.name} 的第一行缺少列：{'、'.join(missing)}；请使用 export 导出的表")
    places = {key: header.index(names[key]) for key in needed}
    found = []
    for number, row in enumerate(rows[1:], start=2):
        padded = [*row, *[""] * (len(header) - len(row))]
        if any(padded):
            values = {key: padded[place] for key, place in places.items()}
            found.append(FilledRow(number, values, tuple(padded)))
    return found


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return original(str(value).strip())
