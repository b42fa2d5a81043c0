"""The reject file: rows that were not accepted, as they stood, with the reason; written beside the registry."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook

from govspider.entries import Reject
from govspider.formula_text import harmless

_MARK = ".退回"
_NOT_IN_TITLES = re.compile(r"[\\/*?:\[\]]")
_LONGEST_TITLE = 31
_OWN_HEADERS = ("工作表", "原行号", "原因")


def reject_path(registry: Path) -> Path:
    """底账.xlsx -> 底账.退回.xlsx; a csv, whatever its ending, gets a csv."""
    ending = ".xlsx" if registry.suffix.lower() in {".xlsx", ".xlsm"} else ".csv"
    return registry.with_name(f"{registry.stem}{_MARK}{ending}")


def write_rejects(path: Path, rejects: Sequence[Reject], headers: Mapping[str, tuple[str, ...]]) -> None:
    """Write every reject, so that it can be corrected and imported again. Raises OSError when it cannot be written.

    Original cells first, under the header of their sheet, then sheet, row number and reason. A workbook keeps the
    sheets apart; in a csv one table follows the other.
    """
    of_sheet = {sheet: [reject for reject in rejects if reject.origin.sheet == sheet] for sheet in headers}
    blocks = {sheet: _block(headers[sheet], members) for sheet, members in of_sheet.items() if members}
    if path.suffix == ".xlsx":
        _write_workbook(path, blocks)
    else:
        _write_csv(path, [row for block in blocks.values() for row in block])


def _block(header: tuple[str, ...], rejects: Sequence[Reject]) -> list[list[str]]:
    width = max(len(header), *(len(reject.origin.cells) for reject in rejects))
    rows = [[*header, *[""] * (width - len(header)), *_OWN_HEADERS]]
    for reject in rejects:
        cells, origin = reject.origin.cells, reject.origin
        rows.append([*cells, *[""] * (width - len(cells)), origin.sheet, str(origin.row), reject.reason])
    return rows


def _write_csv(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # with BOM: Excel and WPS guess wrong without
        csv.writer(file).writerows([harmless(text) for text in row] for row in rows)


def _write_workbook(path: Path, blocks: Mapping[str, Sequence[Sequence[str]]]) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in blocks.items():
        sheet = book.create_sheet(_NOT_IN_TITLES.sub("_", title)[:_LONGEST_TITLE] or "退回")
        for row in rows:
            sheet.append([harmless(text) for text in row])
        for cells in sheet.iter_rows():
            for cell in cells:
                cell.data_type = "s"  # no text is read as anything else
                cell.number_format = "@"
        sheet.freeze_panes = "A2"
    book.save(path)
