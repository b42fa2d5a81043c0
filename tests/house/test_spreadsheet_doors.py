"""Nothing but a few doors writes csv or xlsx, and each of them makes every text harmless."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.house.test_arrows import ROOT, imports_of, module_of, sources

# each is tried with hostile cells in tests/reports/test_hostile_cells.py
DOORS = {
    "govspider.reports.spreadsheet",
    "govspider.reports.view_files",
    "govspider.registry.reject_file",
}
# whoever reads what went out through a door takes the apostrophe off again
READERS = {
    "govspider.registry.delimited",
    "govspider.registry.workbook",
    "govspider.reports.filled_form",
    "govspider.reports.domain_sheet",
    "scripts.reconcile",
}
_WRITERS = {"writer", "DictWriter", "Workbook", "to_csv", "to_excel", "writerow", "writerows", "create_sheet"}
_READERS = {"reader", "DictReader", "load_workbook"}
_OTHER_LIBRARIES = {"xlsxwriter", "pandas", "xlwt", "pyexcel", "odf", "tablib", "polars"}
# a row put together by hand: a comma joins the cells
_BY_HAND = re.compile(r"""["'],["']\.join\(|["']\\t["']\.join\(""")


def calls_of(path: Path) -> set[str]:
    """Names that a module calls: `csv.writer(...)` and `Workbook()` alike by their last part."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func
            found.add(called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", ""))
    return found


def writes_cells(path: Path) -> bool:
    return bool(calls_of(path) & _WRITERS and imports_of(path) & {"csv", "openpyxl"})


@pytest.mark.parametrize("path", sources(), ids=module_of)
def test_tables_for_spreadsheets_leave_through_a_door_that_makes_texts_harmless(path: Path) -> None:
    here = module_of(path)
    assert here in DOORS or not writes_cells(path), (
        f"{here} writes csv or xlsx by itself: use govspider.reports.spreadsheet, which keeps texts of pages from "
        "being run as formulas"
    )
    strange = {name.split(".")[0] for name in imports_of(path)} & _OTHER_LIBRARIES
    assert not strange, f"{here} imports {sorted(strange)}: tables leave through govspider.reports.spreadsheet"
    if here.startswith(("govspider.reports", "govspider.registry")):
        assert not _BY_HAND.search(path.read_text(encoding="utf-8")), f"{here} joins cells of a table by hand"


@pytest.mark.parametrize("door", sorted(DOORS))
def test_a_door_is_one_and_makes_texts_harmless(door: str) -> None:
    path = ROOT / f"{door.replace('.', '/')}.py"
    assert writes_cells(path), f"{door} writes no table any more: take it off the list"
    assert "harmless" in calls_of(path), f"{door} does not call harmless"


@pytest.mark.parametrize("path", sources(), ids=module_of)
def test_tables_are_read_where_the_apostrophe_is_taken_off_again(path: Path) -> None:
    reads = bool(calls_of(path) & _READERS and imports_of(path) & {"csv", "openpyxl"})
    here = module_of(path)
    assert reads == (here in READERS), f"{here}: a reader of csv or xlsx stands in READERS and calls `original`"
    text = path.read_text(encoding="utf-8")
    assert not reads or "original(" in text or "map(original" in text, f"{here} does not take the apostrophe off"
