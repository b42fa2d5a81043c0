"""Rows of a columns sheet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from govspider.entries import RegisteredColumn, RegisteredExemption, Registry
from govspider.items import ColumnKind
from tests.registry.sheet_files import HEADER, JUST_A_SITE, read, write_csv, write_xlsx

COLUMNS = ("网站标识码", "网站名称", "栏目名称", "栏目URL", "栏目类别", "级别", "更新期限", "豁免原因", "豁免截止")
CODE = JUST_A_SITE[0]
GOOD = (CODE, "", "工作动态", "http://jyj.hefei.gov.cn/gzdt/", "动态要闻", "一级", "14", "", "")


def read_columns(folder: Path, *rows: tuple[str, ...]) -> Registry:
    return read(write_xlsx(folder, {"网站": [HEADER, JUST_A_SITE], "栏目": [COLUMNS, *rows]}))


def only_column(registry: Registry) -> RegisteredColumn:
    assert len(registry.columns) == 1, registry.rejects
    return registry.columns[0]


def changed(**values: str) -> tuple[str, ...]:
    return tuple(values.get(header, cell) for header, cell in zip(COLUMNS, GOOD, strict=True))


def test_a_columns_sheet_in_the_same_workbook_is_read(tmp_path: Path) -> None:
    column = only_column(read_columns(tmp_path, GOOD))
    assert (column.site_code, column.kind, column.level, column.update_days) == (CODE, ColumnKind.NEWS, 1, 14)


def test_a_columns_sheet_in_a_file_of_its_own_is_read(tmp_path: Path) -> None:
    registry = write_xlsx(tmp_path, {"网站": [HEADER, JUST_A_SITE]})
    columns = write_csv(tmp_path, [COLUMNS, GOOD], "gb18030")
    assert only_column(read(registry, columns)).name == "工作动态"


def test_a_column_finds_its_site_by_name_where_it_has_no_code(tmp_path: Path) -> None:
    column = only_column(read_columns(tmp_path, changed(网站标识码="", 网站名称="合肥市教育局")))
    assert column.site_code == CODE


def test_columns_that_differ_behind_the_hash_only_are_two(tmp_path: Path) -> None:
    urls = ["http://jyj.hefei.gov.cn/gkmlpt/index#1004", "http://jyj.hefei.gov.cn/gkmlpt/index#1009"]
    registry = read_columns(tmp_path, *(changed(栏目URL=url) for url in urls))
    assert [column.url for column in registry.columns] == urls


def test_an_address_from_the_root_belongs_to_the_home_page(tmp_path: Path) -> None:
    assert only_column(read_columns(tmp_path, changed(栏目URL="/tzgg/"))).url == "http://jyj.hefei.gov.cn/tzgg/"


def test_a_kind_no_list_knows_stays_open_and_is_named(tmp_path: Path) -> None:
    registry = read_columns(tmp_path, changed(栏目类别="八卦"))
    assert only_column(registry).kind is None
    assert any("“八卦”1个" in note for note in registry.notes)


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("14天", 14),
        ("两周", 14),
        ("2周内", 14),
        ("每季度", 90),
        ("6个月", 180),
        ("六个月", 180),
        ("半年", 180),
        ("不定期", None),
    ],
)
def test_an_update_period_in_words_becomes_days(tmp_path: Path, written: str, days: int | None) -> None:
    assert only_column(read_columns(tmp_path, changed(更新期限=written))).update_days == days


def test_an_exemption_has_a_reason_and_an_end(tmp_path: Path) -> None:
    column = only_column(read_columns(tmp_path, changed(豁免原因="机构改革", 豁免截止="2026年12月31日")))
    assert column.exemption == RegisteredExemption("机构改革", date(2026, 12, 31), None)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (changed(栏目名称=""), "栏目名称为空"),
        (changed(栏目URL=""), "栏目URL为空"),
        (changed(栏目URL="建设中"), "栏目URL：网址“建设中”不是网址"),
        (changed(级别="顶级"), "级别“顶级”不认识"),
        (changed(更新期限="勤更新"), "更新期限“勤更新”读不懂"),
        (changed(豁免原因="机构改革"), "豁免须同时写明"),
        (changed(网站标识码="", 网站名称="没有的网站"), "不在底账中"),
        (changed(网站标识码=""), "不知道是哪个网站的栏目"),
        (changed(栏目名称="又名"), "重复：与第 2 行相同"),
    ],
)
def test_a_row_that_cannot_be_a_column_says_why(tmp_path: Path, row: tuple[str, ...], reason: str) -> None:
    registry = read_columns(tmp_path, GOOD, row)
    assert only_column(registry).name == "工作动态"
    assert reason in registry.rejects[0].reason
    assert (registry.rejects[0].origin.sheet, registry.rejects[0].origin.row) == ("栏目", 3)
