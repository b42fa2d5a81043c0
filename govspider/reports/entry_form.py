"""The form for clauses that persons decide (人工录入表): written as xlsx, filled in, read back."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from govspider.judging.entering import VETO_WORDS, EnteredLine, FormLine
from govspider.reports.spreadsheet import Sheet, xlsx_bytes
from govspider.reports.words import words

_KEYS = ("site_code", "site", "clause", "name", "text", "level", "most", "result", "note", "entered_by")
_NEEDED = ("site_code", "clause", "result", "note", "entered_by")


class EntryFormError(ValueError):
    """A file that is no such form, in one sentence."""


def form_xlsx(lines: Sequence[FormLine], *, only_open: bool) -> bytes:
    """The form as a workbook, with a page that says how to fill it in."""
    names = words("entry_form")
    shown = [line for line in lines if not only_open or not line.result]
    sheet = Sheet(names["title"], [names[key] for key in _KEYS], [_row(line, names) for line in shown])
    how = [(names["how_veto"], "、".join(VETO_WORDS)), (names["how_points"], names["how_points_text"])]
    return xlsx_bytes([sheet, Sheet(names["how"], [names["item"], names["meaning"]], how)])


def _row(line: FormLine, names: dict[str, str]) -> tuple[str, ...]:
    rule = line.rule
    most = "" if line.most is None else f"{line.most:f}"
    return (
        line.site_code,
        line.site_name,
        rule.id,
        rule.name,
        rule.clause,
        names[rule.level],
        most,
        line.result,
        line.note,
        line.entered_by,
    )


def form_header() -> tuple[str, ...]:
    """Header of the form, for the file of rejected lines."""
    names = words("entry_form")
    return tuple(names[key] for key in _KEYS)


def read_form(path: Path) -> list[EnteredLine]:
    """Lines of a form that came back. Raises EntryFormError, and OSError where the file cannot be read."""
    names = words("entry_form")
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        rows = [[_text(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
        book.close()
    except (InvalidFileException, zipfile.BadZipFile, KeyError, IndexError, ValueError) as error:
        raise EntryFormError(f"{path.name} 不是可以读取的 xlsx 工作簿：{error}") from error
    header = rows[0] if rows else []
    missing = [names[key] for key in _NEEDED if names[key] not in header]
    if missing:
        raise EntryFormError(f"{path.name} 的第一行缺少列：{'、'.join(missing)}；请使用 export 导出的表")
    places = {key: header.index(names[key]) for key in _NEEDED}
    lines = []
    for number, row in enumerate(rows[1:], start=2):
        padded = [*row, *[""] * (len(header) - len(row))]
        if any(padded):
            values = {key: padded[place].removeprefix("'") for key, place in places.items()}
            lines.append(EnteredLine(row=number, cells=tuple(padded), **values))
    return lines


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
