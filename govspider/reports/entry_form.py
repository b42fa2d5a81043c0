"""The form for clauses that persons decide (人工录入表): written as xlsx, filled in, read back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from govspider.judging.entering import VETO_WORDS, EnteredLine, FormLine
from govspider.reports.filled_form import FilledFormError, read_filled_form
from govspider.reports.spreadsheet import Sheet, xlsx_bytes
from govspider.reports.words import words

_KEYS = ("site_code", "site", "clause", "name", "text", "level", "most", "result", "note", "entered_by")
_NEEDED = ("site_code", "clause", "result", "note", "entered_by")


EntryFormError = FilledFormError


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
    rows = read_filled_form(path, words("entry_form"), _NEEDED)
    return [EnteredLine(row=row.number, cells=row.cells, **row.values) for row in rows]
