"""Tables of other vendors' text checks: columns by their names, rows that cannot be read with their reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from govspider.items import WordingSeverity
from govspider.registry.tables import RegistryFileError
from govspider.registry.vendor_rows import VendorTable, read_vendor_table

HEADER = "网址,错别字,正确词,级别,上下文,状态,审核人,发现日期\n"


def read(folder: Path, *lines: str, header: str = HEADER) -> VendorTable:
    path = folder / "a.csv"
    path.write_text(header + "\n".join(lines) + "\n", encoding="utf-8")
    return read_vendor_table(path)


def test_a_row_becomes_a_report_whatever_the_columns_are_called(tmp_path: Path) -> None:
    table = read(tmp_path, "http://A.gov.cn/1.html,攻府,政府,严重,人民攻府,属实,赵六,2026/11/3")
    (report,) = table.reports
    assert (report.url, report.wrong_text, report.suggestion) == ("http://a.gov.cn/1.html", "攻府", "政府")
    assert (report.severity, report.state, report.reviewer) == (WordingSeverity.GRAVE, "confirmed", "赵六")
    assert report.reported_on == date(2026, 11, 3)


def test_a_row_without_severity_and_state_is_a_suspected_hint(tmp_path: Path) -> None:
    (report,) = read(tmp_path, "a.gov.cn/1.html,攻府,,,,,,").reports
    assert (report.severity, report.state) == (WordingSeverity.HINT, "suspected")
    assert report.url == "http://a.gov.cn/1.html"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("http://a.gov.cn/,,政府,严重,,,,", "错误表述是空的"),
        ("javascript:alert(1),攻府,,严重,,,,", "问题网址"),
        ("http://a.gov.cn/,攻府,,特级,,,,", "“特级”不认识"),
        ("http://a.gov.cn/,攻府,,严重,,也许,,", "“也许”不认识"),
        ("http://a.gov.cn/,攻府,,严重,,,,昨天", "“昨天”不是日期"),
        (f"http://a.gov.cn/,{'长' * 201},,严重,,,,", "201 个字"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected_with_its_reason_and_the_others_are_kept(
    tmp_path: Path, line: str, reason: str
) -> None:
    table = read(tmp_path, line, "http://a.gov.cn/2.html,攻府,,严重,,,,")
    assert len(table.reports) == 1
    (reject,) = table.rejects
    assert reason in reject.reason
    assert reject.origin.row == 2


def test_the_same_wording_on_the_same_page_is_taken_once(tmp_path: Path) -> None:
    table = read(tmp_path, *["http://a.gov.cn/2.html,攻府,,严重,,,,"] * 3)
    assert (len(table.reports), table.repeated) == (1, 2)


def test_a_table_without_addresses_or_wordings_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(RegistryFileError, match="错误表述"):
        read(tmp_path, "1,2", header="甲,乙\n")
