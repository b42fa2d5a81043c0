"""The reject file: original rows, reasons, and a form that can be imported again."""

from __future__ import annotations

import csv
from pathlib import Path

from openpyxl import load_workbook

from govspider.registry.reject_file import reject_path, write_rejects
from tests.registry.sheet_files import HEADER, JUST_A_SITE, read, read_rows, write_xlsx

BAD = ("3401000060", "=1+1", "暂无", "水务局")


def test_a_csv_gets_a_csv_with_a_byte_order_mark_beside_it(tmp_path: Path) -> None:
    registry = read_rows(tmp_path, HEADER, JUST_A_SITE, BAD)
    path = reject_path(tmp_path / "底账.csv")
    write_rejects(path, registry.rejects, registry.headers)
    assert path == tmp_path / "底账.退回.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    safe = (BAD[0], "'=1+1", *BAD[2:])
    assert rows == [[*HEADER, "工作表", "原行号", "原因"], [*safe, "", "3", "网址“暂无”不是网址"]]


def test_a_workbook_gets_a_workbook_with_text_cells(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path, {"网站": [HEADER, JUST_A_SITE, ("3401000060", "甲局", "暂无", "=水务局")]})
    registry = read(path)
    # a formula without a stored result reads as blank, so the text is put back as the user typed it
    (reject,) = registry.rejects
    write_rejects(reject_path(path), registry.rejects, registry.headers)
    sheet = load_workbook(tmp_path / "底账.退回.xlsx")["网站"]
    assert [cell.value for cell in sheet[2]][:3] == list(reject.origin.cells[:3])
    assert {cell.data_type for cell in sheet[2] if cell.value} == {"s"}
    assert sheet["A2"].number_format == "@"


def test_a_corrected_reject_file_can_be_imported_again(tmp_path: Path) -> None:
    registry = read_rows(tmp_path, HEADER, JUST_A_SITE, BAD)
    path = tmp_path / "退回.csv"
    write_rejects(path, registry.rejects, registry.headers)
    path.write_text(path.read_text(encoding="utf-8-sig").replace("暂无", "slj.hefei.gov.cn", 1), encoding="utf-8")
    (site,) = read(path).sites
    assert site.name == "=1+1"
    assert site.home_url == "http://slj.hefei.gov.cn/"
    assert site.extra == {"主办单位": "水务局"}
