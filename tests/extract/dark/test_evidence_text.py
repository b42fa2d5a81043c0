"""A page's own text is evidence: it never becomes markup, a formula or a terminal sequence in what we write."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime

import openpyxl
import pytest

from govspider.extract.dark.dark_links import find_dark_links
from govspider.extract.document.page import Page
from govspider.extract.inspection import inspect
from govspider.reports.spreadsheet import Sheet, csv_bytes, xlsx_bytes
from govspider.reports.terminal import plain
from govspider.reports.terminal_text import visible

HOSTILE = [
    "=HYPERLINK(&quot;http://stranger-bet.net&quot;) 百家乐",
    "+cmd|' /C calc'!A0 百家乐",
    "\x1b[31m百家乐\x1b]0;title\x07",
    "\u202e百家乐\u009b31m",
    "@SUM(1)*\u2066百家乐\u2069",
    "\t-2+3\x7f百家乐",
    "&lt;script&gt;alert(1)&lt;/script&gt;百家乐",
]


def page_of(anchor: str) -> Page:
    link = f'<div style="display:none"><a href="http://www.stranger-bet.net/">{anchor}</a></div>'
    return Page("http://www.example-county.gov.cn/", f"<html><head></head><body>{link}</body></html>".encode())


BLANKS = re.compile(r"[\t\r\n]")  # a cell may hold several lines


def is_obeyed(char: str) -> bool:
    """Whether a terminal acts on a character, or a line turns its direction."""
    return ord(char) < 32 or 0x7F <= ord(char) < 0xA0 or "\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069"


@pytest.mark.parametrize("anchor", HOSTILE)
def test_an_anchor_is_harmless_in_every_output(anchor: str) -> None:
    [link] = find_dark_links(page_of(anchor))
    told = [link.anchor, link.snippet, *link.reasons]
    for text in told:
        for shown in (plain(text), visible(text)):
            assert not any(map(is_obeyed, shown))
    sheet = Sheet("暗链", ("证据",), tuple((text,) for text in told))
    cells = [row[0] for row in csv.reader(io.StringIO(csv_bytes(sheet).decode("utf-8-sig")))]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in cells)
    assert not any(is_obeyed(char) for cell in cells for char in BLANKS.sub("", cell))
    [table] = openpyxl.load_workbook(io.BytesIO(xlsx_bytes([sheet]))).worksheets
    assert all(cell.data_type != "f" for row in table.iter_rows() for cell in row)
    assert not any(is_obeyed(char) for row in table.iter_rows(values_only=True) for char in BLANKS.sub("", str(row[0])))


@pytest.mark.parametrize("anchor", HOSTILE)
def test_a_page_as_json_holds_no_raw_control_character(anchor: str) -> None:
    seen = json.dumps(inspect(page_of(anchor), datetime(2026, 11, 22, tzinfo=UTC)), ensure_ascii=True)
    assert seen.isprintable()
    assert json.loads(seen)["dark_links"]
