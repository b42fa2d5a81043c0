"""Reading xlsx workbooks: every cell as text, merged cells filled."""

from __future__ import annotations

import zipfile
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from govspider.formula_text import original
from govspider.registry.cells import cell_text
from govspider.registry.tables import RegistryFileError, Row, Sheet


def read_workbook(name: str, content: bytes) -> tuple[Sheet, ...]:
    """Sheets of an xlsx, hidden ones too. Raises RegistryFileError when the bytes are another kind of archive."""
    _require_workbook(name, content)
    try:
        book = load_workbook(BytesIO(content), data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, SyntaxError, OSError) as error:
        raise RegistryFileError(
            f"文件“{name}”已损坏，读不出工作表（{error}）：请在 Excel 或 WPS 中打开并另存为 xlsx。"
        ) from error
    return tuple(_sheet(sheet) for sheet in book.worksheets)


def _require_workbook(name: str, content: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = set(archive.namelist())
    except zipfile.BadZipFile as error:
        raise RegistryFileError(f"文件“{name}”不完整，可能没有下载完：请重新取得该文件。") from error
    if "xl/workbook.xml" not in members:
        raise RegistryFileError(f"文件“{name}”是压缩包而不是 xlsx：请先解压，再导入其中的 csv 或 xlsx。")


def _sheet(sheet: Worksheet) -> Sheet:
    grid = [[original(cell_text(value)) for value in row] for row in sheet.iter_rows(values_only=True)]
    for area in sheet.merged_cells.ranges:
        top, left = area.min_row - 1, area.min_col - 1
        for row in grid[top : area.max_row]:
            row[left : area.max_col] = [grid[top][left]] * (min(area.max_col, len(row)) - left)
    rows = (Row(number, tuple(cells)) for number, cells in enumerate(grid, 1))
    return Sheet(sheet.title, tuple(row for row in rows if any(cell.strip() for cell in row.cells)))
