"""Files that Excel and WPS open without harm."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from govspider.reports.spreadsheet import Sheet, csv_bytes, xlsx_bytes

SHEET = Sheet(
    "清单", ["标识码", "名称", "合格率"], [("0100000001", "=cmd|' /C calc'!A0", Decimal("92.14")), ("2", "乙", None)]
)


def test_numbers_below_zero_stay_numbers() -> None:
    content = csv_bytes(Sheet("清单", ["差"], [(-5,), (Decimal("-0.5"),), (None,)]))
    assert content.decode("utf-8-sig").splitlines() == ["差", "-5", "-0.5", '""']


def test_csv_has_a_byte_order_mark_and_reads_back() -> None:
    content = csv_bytes(SHEET)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows == [
        ["标识码", "名称", "合格率"],
        ["0100000001", "'=cmd|' /C calc'!A0", "92.14"],
        ["2", "乙", ""],
    ]


def test_csv_survives_text_that_no_encoding_holds() -> None:
    assert "?" in csv_bytes(Sheet("清单", ["名称"], [("\ud800",)])).decode("utf-8-sig")


def test_xlsx_keeps_codes_as_text_and_rates_as_numbers() -> None:
    page = load_workbook(io.BytesIO(xlsx_bytes([SHEET])))["清单"]
    assert (page["A2"].value, page["A2"].number_format, page["A2"].data_type) == ("0100000001", "@", "s")
    assert page["B2"].value == "'=cmd|' /C calc'!A0"
    assert (page["B2"].data_type, page["C2"].data_type) == ("s", "n")
    assert page["C2"].value == pytest.approx(92.14)
    assert page["C3"].value is None


def test_xlsx_freezes_the_header_and_prints_it_on_every_page() -> None:
    page = load_workbook(io.BytesIO(xlsx_bytes([SHEET])))["清单"]
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:C3"
    assert page.print_title_rows == "$1:$1"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)


def test_xlsx_drops_control_characters_and_cuts_endless_text() -> None:
    page = load_workbook(io.BytesIO(xlsx_bytes([Sheet("清单", ["名称"], [("甲\x00乙",), ("长" * 40000,)])])))["清单"]
    assert page["A2"].value == "甲乙"
    assert len(page["A3"].value) == 32767
