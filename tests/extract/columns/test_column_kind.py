"""What a column is for, told from its name and what stands around it."""

from __future__ import annotations

import pytest

from govspider.extract.columns.column_kind import guess_column_kind
from govspider.extract.lexicons import read_lexicon
from govspider.items import ColumnKind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("工作动态", ColumnKind.NEWS),
        ("省厅动态", ColumnKind.NEWS),
        ("河北要闻", ColumnKind.NEWS),
        ("通知公告", ColumnKind.NOTICE),
        ("招标公告", ColumnKind.NOTICE),
        ("审计公告", ColumnKind.NOTICE),
        ("文件通知", ColumnKind.NOTICE),
        ("行政处罚结果公示", ColumnKind.NOTICE),
        ("政策文件", ColumnKind.POLICY),
        ("市政府规范性文件", ColumnKind.POLICY),
        ("政府公报", ColumnKind.POLICY),
        ("政策解读", ColumnKind.INTERPRETATION),
        ("部门政策解读", ColumnKind.INTERPRETATION),
        ("一图读懂", ColumnKind.INTERPRETATION),
        ("统计公报", ColumnKind.YEARLY),
        ("本县统计公报", ColumnKind.YEARLY),
        ("数据发布", ColumnKind.YEARLY),
        ("人事任免", ColumnKind.YEARLY),
        ("走进武安", ColumnKind.STATIC),
        ("领导之窗", ColumnKind.STATIC),
        ("内设机构", ColumnKind.STATIC),
        ("新闻发布会", ColumnKind.INTERACTION),
        ("县长信箱", ColumnKind.INTERACTION),
        ("办事指南", ColumnKind.SERVICE),
        ("政务公开", ColumnKind.NAVIGATION),
        ("专题回顾", ColumnKind.ARCHIVE),
        ("【通知公告】", ColumnKind.NOTICE),
        ("工作动态 >>", ColumnKind.NEWS),
        ("某某", ColumnKind.OTHER),
        ("", ColumnKind.OTHER),
    ],
)
def test_a_name_tells_the_kind(name: str, kind: ColumnKind) -> None:
    assert guess_column_kind(name).kind is kind


@pytest.mark.parametrize("name", ["2008", "2019年", "2024年度", "2010-2015", "2015年以前", "2023年通知公告"])
def test_a_year_is_an_archive_of_its_parent(name: str) -> None:
    assert guess_column_kind(name, parent="通知公告").kind is ColumnKind.ARCHIVE


def test_a_name_that_says_nothing_takes_the_kind_of_its_parent() -> None:
    assert guess_column_kind("其他", parent="政策文件").kind is ColumnKind.POLICY
    assert guess_column_kind("省级", breadcrumb="当前位置：首页 > 政策解读 > 省级").kind is ColumnKind.INTERPRETATION
    assert guess_column_kind("其他").kind is ColumnKind.OTHER


def test_page_tag_address_and_breadcrumb_help_where_the_name_does_not() -> None:
    assert guess_column_kind("矿业权市场", column_type="政府采购").kind is ColumnKind.NOTICE
    assert guess_column_kind("矿业权市场", url="http://www.example.gov.cn/zwgk/gzdt/index.html").kind is ColumnKind.NEWS
    assert guess_column_kind("", breadcrumb="首页 > 政务公开 > 规划计划").kind is ColumnKind.YEARLY


def test_a_name_outweighs_page_tag_and_address() -> None:
    guess = guess_column_kind("政策解读", url="http://www.example.gov.cn/tzgg/", column_type="通知公告")
    assert guess.kind is ColumnKind.INTERPRETATION


def test_a_guess_says_how_sure_it_is_and_why() -> None:
    exact, ending, unknown = (guess_column_kind(name) for name in ("通知公告", "某某局通知公告", "某某"))
    assert exact.confidence > ending.confidence > unknown.confidence == 0
    assert "通知公告" in exact.why and "某某" in unknown.why


def test_every_name_of_the_lexicon_is_told_as_it_stands_there() -> None:
    names = read_lexicon("column_names")["names"]
    wrong = [name for kind, found in names.items() for name in found if guess_column_kind(name).kind != kind]
    assert wrong == []
    assert sum(len(found) for found in names.values()) >= 235
