"""Where the header stands and what its cells mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from govspider.registry.headers import find_header, header_word
from govspider.registry.tables import RegistryFileError, Row, Sheet
from tests.registry.sheet_files import HEADER, JUST_A_SITE, NATIONAL, only_site, read, read_rows, write_xlsx


def sheet_of(*rows: tuple[str, ...]) -> Sheet:
    return Sheet("", tuple(Row(number, cells) for number, cells in enumerate(rows, 1)))


def test_titles_above_the_header_are_passed_over(tmp_path: Path) -> None:
    title = [("合肥市政府网站基本信息表",), ("监测时间：2026年11月20日",)]
    path = write_xlsx(tmp_path, {"网站": [*title, HEADER, JUST_A_SITE]}, ["A1:D1"])
    assert only_site(read(path)).code == "3401000059"


def test_two_level_headers_are_read_as_one(tmp_path: Path) -> None:
    rows = [
        ("序号", "网站信息", "", "", "单位"),
        ("", "网站标识码", "网站名称", "首页网址", ""),
        ("1", "3401000059", "合肥市教育局网", "http://jyj.hefei.gov.cn/", "合肥市教育局"),
    ]
    site = only_site(read_rows(tmp_path, *rows))
    assert (site.code, site.place.unit) == ("3401000059", "合肥市教育局")


def test_a_two_level_header_with_merged_cells_loses_no_row(tmp_path: Path) -> None:
    rows = [("序号", "网站信息", None), (None, "网站名称", "网址"), (1, "甲局", "a.gov.cn"), (2, "乙局", "b.gov.cn")]
    registry = read(write_xlsx(tmp_path, {"网站": rows}, ["A1:A2", "B1:C1"]))
    assert [site.name for site in registry.sites] == ["甲局", "乙局"]


def test_a_short_first_row_of_data_is_not_taken_for_a_lower_header() -> None:
    header = find_header(sheet_of(("网站名称", "网址"), ("甲局", "")), "site")
    assert header is not None
    assert [row.cells for row in header.data] == [("甲局", "")]


def test_a_header_below_the_tenth_row_is_not_looked_for() -> None:
    assert find_header(sheet_of(*([("x",)] * 10), ("网站名称", "网址")), "site") is None


@pytest.mark.parametrize(
    "text", ["网站标识码", " 网站 标识码 ", "*网站标识码", "网站标识码(10位)", "网站标识码（必填）："]
)
def test_stars_spaces_and_remarks_do_not_hide_a_header_word(text: str) -> None:
    assert header_word(text) == "网站标识码"


def test_the_table_of_the_national_registry_is_understood(tmp_path: Path) -> None:
    site = only_site(read_rows(tmp_path, NATIONAL, ("1", "4401000059", "广州市人社局", "广州人社", "rsj.gz.gov.cn")))
    assert site.place.unit == "广州市人社局"
    assert site.extra == {"主办单位": "广州市人社局"}


def test_superior_unit_means_the_running_unit_where_no_other_column_names_it(tmp_path: Path) -> None:
    row = ("3401000059", "甲网", "a.gov.cn", "合肥市教育局")
    alone = only_site(read_rows(tmp_path, ("网站标识码", "网站名称", "网址", "主管单位"), row))
    assert (alone.place.unit, alone.place.superior) == ("合肥市教育局", None)
    header = ("网站标识码", "网站名称", "网址", "主管单位", "主办单位")
    beside = only_site(read_rows(tmp_path, header, (*row, "合肥市教育宣传中心")))
    assert (beside.place.unit, beside.place.superior) == ("合肥市教育宣传中心", "合肥市教育局")


def test_rows_of_sums_and_remarks_are_no_entries(tmp_path: Path) -> None:
    rows = [HEADER, JUST_A_SITE, ("合计", "1", "", ""), ("备注：以上为正常运行网站", "", "", ""), ("", "", "", "")]
    registry = read_rows(tmp_path, *rows)
    assert len(registry.sites) == 1
    assert not registry.rejects


def test_a_site_whose_name_begins_like_a_remark_is_still_a_site(tmp_path: Path) -> None:
    registry = read_rows(tmp_path, ("网站名称", "网址"), ("注册会计师协会", "http://zx.hefei.gov.cn"))
    assert only_site(registry).name == "注册会计师协会"


def test_other_columns_are_kept_but_not_persons_and_numbers(tmp_path: Path) -> None:
    header = (*HEADER, "序号", "开办时间", "分管领导", "备用联系电话")
    site = only_site(read_rows(tmp_path, header, (*JUST_A_SITE, "1", "2009年", "张某", "13900000000")))
    assert site.extra == {"开办时间": "2009年", "主办单位": "合肥市教育局"}


def test_a_sheet_without_a_header_beside_a_registry_is_passed_over_aloud(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path, {"网站": [HEADER, JUST_A_SITE], "说明": [("本表由各单位填写",)]})
    assert any("“说明”" in note and "已跳过" in note for note in read(path).notes)


def test_the_missing_header_sentence_quotes_the_first_row(tmp_path: Path) -> None:
    with pytest.raises(RegistryFileError, match=r"名字 \| 地址"):
        read_rows(tmp_path, ("名字", "地址"), ("甲局", "a.gov.cn"))
