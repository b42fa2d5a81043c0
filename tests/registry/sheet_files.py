"""Registry files as people write them, made for a test."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from govspider.entries import RegisteredSite, Registry
from govspider.registry.reading import read_registry

DAY = date(2026, 11, 22)
HEADER = ("网站标识码", "网站名称", "首页网址", "主办单位")
NATIONAL = ("序号", "网站标识码", "网站主管单位", "网站名称", "网址")
JUST_A_SITE = ("3401000059", "合肥市教育局", "http://jyj.hefei.gov.cn/", "合肥市教育局")


def write_csv(folder: Path, rows: Sequence[Sequence[str]], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    path = folder / "底账.csv"
    path.write_bytes("\r\n".join(delimiter.join(row) for row in rows).encode(encoding))
    return path


def write_xlsx(folder: Path, sheets: dict[str, Sequence[Sequence[object]]], merged: Sequence[str] = ()) -> Path:
    """Workbook with these sheets; `merged` are areas of the first one."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    for area in merged:
        book.worksheets[0].merge_cells(area)
    path = folder / "底账.xlsx"
    book.save(path)
    return path


def read(path: Path, columns: Path | None = None) -> Registry:
    return read_registry(path, DAY, columns)


def read_rows(folder: Path, *rows: Sequence[str]) -> Registry:
    """Registry of a csv with these rows, the header first."""
    return read(write_csv(folder, rows))


def only_site(registry: Registry) -> RegisteredSite:
    assert len(registry.sites) == 1, registry.rejects
    return registry.sites[0]
