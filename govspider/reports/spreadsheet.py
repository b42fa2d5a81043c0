"""Tables as csv and xlsx files that Excel and WPS open safely.

Text that a spreadsheet would run as a formula is made harmless, codes stay text, and csv carries a
byte order mark because neither program guesses UTF-8.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from govspider.formula_text import harmless

Cell = str | int | Decimal | None

_LONGEST_CELL = 32767  # characters that one xlsx cell may hold
_WIDEST_COLUMN = 60
_A4 = 9  # paper size number of the xlsx format


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. Strings become text cells, numbers stay numbers, None becomes an empty cell."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def _safe(value: Cell) -> Cell:
    return harmless(value) if isinstance(value, str) else value


def csv_bytes(sheet: Sheet) -> bytes:
    """A csv file: UTF-8 with byte order mark, CRLF, every text harmless."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([_safe(value) for value in row] for row in (sheet.header, *sheet.rows))
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(sheets: Iterable[Sheet]) -> bytes:
    """An xlsx file: frozen header with filter, text format, A4 landscape with the header on every page."""
    workbook = Workbook()
    first = workbook.active
    if first is not None:
        workbook.remove(first)
    for sheet in sheets:
        _fill(workbook.create_sheet(sheet.title), sheet)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _fill(page: Worksheet, sheet: Sheet) -> None:
    for row_number, row in enumerate([sheet.header, *sheet.rows], start=1):
        for column_number, value in enumerate(row, start=1):
            _write(page, row_number, column_number, value)
    for cell in page[1]:
        cell.font = Font(bold=True)
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = _A4
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for number in range(1, len(sheet.header) + 1):
        values = [sheet.header[number - 1], *(row[number - 1] for row in sheet.rows)]
        page.column_dimensions[get_column_letter(number)].width = min(_WIDEST_COLUMN, max(map(_width, values)) + 2)


def _write(page: Worksheet, row: int, column: int, value: Cell) -> None:
    cell = page.cell(row, column)
    if isinstance(value, str):
        text = harmless(value)[:_LONGEST_CELL]
        cell.value = text
        cell.data_type = "s"
        cell.number_format = "@"
        cell.alignment = Alignment(wrap_text=_width(text) > _WIDEST_COLUMN, vertical="top")
    else:
        cell.value = value


def _width(value: Cell) -> int:
    """Width on the screen: a Chinese character is two wide."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in str(value)) if value is not None else 0
