"""Which files can be read, how, and what is said when they cannot."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from govspider.registry.sheets import read_table_file
from govspider.registry.tables import RegistryFileError
from tests.registry.sheet_files import HEADER, JUST_A_SITE, only_site, read, write_csv, write_xlsx

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("gbk", "gb18030"), ("utf-16", "utf-16")],
)
def test_a_csv_is_read_in_the_encoding_it_was_written_in(tmp_path: Path, encoding: str, named: str) -> None:
    registry = read(write_csv(tmp_path, [HEADER, JUST_A_SITE], encoding))
    assert registry.encoding == named
    assert only_site(registry).name == "合肥市教育局"
    assert any(f"编码 {named}" in note for note in registry.notes)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told_by_its_zero_bytes(tmp_path: Path, encoding: str) -> None:
    registry = read(write_csv(tmp_path, [HEADER, JUST_A_SITE], encoding, "\t"))
    assert (registry.encoding, only_site(registry).name) == (encoding, "合肥市教育局")


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_the_delimiter_is_the_sign_that_splits_the_lines(tmp_path: Path, delimiter: str) -> None:
    assert only_site(read(write_csv(tmp_path, [HEADER, JUST_A_SITE], delimiter=delimiter))).code == "3401000059"


def test_a_quoted_line_break_does_not_shift_row_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('网站名称,网址\n"某\n局",a.gov.cn\n乙局,暂无\n', encoding="utf-8")
    registry = read(path)
    assert [reject.origin.row for reject in registry.rejects] == [4]


def test_the_preview_shows_three_rows_and_no_contact(tmp_path: Path) -> None:
    rows = [(*HEADER, "联系电话"), *((*JUST_A_SITE, "0551-63530000") for _ in range(4))]
    notes = read(write_csv(tmp_path, rows)).notes
    shown = [note for note in notes if note.startswith("  第 ")]
    assert len(shown) == 3
    assert not any("63530000" in note for note in notes)


def test_numbers_in_cells_become_digits_and_zeros_are_not_invented(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path, {"网站": [(3401000059, 3401000059.0, 12, datetime(2026, 9, 1), None, 0.5)]})
    (row,) = read_table_file(path).sheets[0].rows
    assert row.cells == ("3401000059", "3401000059", "12", "2026-09-01", "", "0.5")


def test_merged_cells_count_for_every_row_they_cover(tmp_path: Path) -> None:
    rows = [HEADER, ("3401000059", "甲", "a.gov.cn", "市教育局"), ("3401000060", "乙", "b.gov.cn", None)]
    registry = read(write_xlsx(tmp_path, {"网站": rows}, ["D2:D3"]))
    assert [site.place.unit for site in registry.sites] == ["市教育局", "市教育局"]


def test_blank_cells_that_are_not_merged_stay_blank(tmp_path: Path) -> None:
    rows = [HEADER, ("3401000059", "甲局", "a.gov.cn", "市教育局"), ("3401000060", "乙局", "b.gov.cn", None)]
    registry = read(write_xlsx(tmp_path, {"网站": rows}))
    assert [site.place.unit for site in registry.sites] == ["市教育局", "乙局"]


def test_the_bytes_decide_what_a_file_is_not_its_name(tmp_path: Path) -> None:
    book = write_xlsx(tmp_path, {"网站": [HEADER, JUST_A_SITE]})
    renamed = book.rename(tmp_path / "底账.csv")
    assert read(renamed).encoding == "xlsx"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "是空的"),
        (b" \r\n ", "是空的"),
        (OLE + b"\x00" * 64, "另存为 xlsx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "有打开密码"),
        (b"PK\x03\x04 broken", "不完整"),
        (b"<html><table></table></html>", "网页"),
        ("网站名称,网址".encode() + b"\xff\xff\xff", "编码"),
        (b"\xef\xbb\xbf\xd6\xd0\xb9\xfa", "编码"),
        ("名,址\n甲,乙".encode(), "找不到表头"),
        ("网站名称,网址\n".encode(), "表头下没有数据行"),
        ("网站名称,网址\n甲局,暂无\n".encode(), "没有一行可以导入"),
    ],
)
def test_a_file_that_cannot_be_imported_gets_one_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "底账.csv"
    path.write_bytes(content)
    with pytest.raises(RegistryFileError, match=words) as raised:
        read(path)
    assert "底账.csv" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_an_archive_that_is_no_workbook_is_to_be_unpacked(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "安徽.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("安徽.csv", "网站名称,网址")
    with pytest.raises(RegistryFileError, match="请先解压"):
        read(path)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(RegistryFileError, match="找不到文件"):
        read(tmp_path / "没有.csv")
    with pytest.raises(RegistryFileError, match="是文件夹"):
        read(tmp_path)
