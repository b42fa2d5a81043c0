"""Type of a site and its place in the tree, from names and from the digits of codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from govspider.entries import Region, Registry
from govspider.registry.places import site_type_of
from govspider.registry.regions import merge_regions, regions_of_code, regions_of_name
from tests.registry.sheet_files import HEADER, NATIONAL, only_site, read_rows


def kinds_and_names(regions: tuple[Region, ...]) -> list[tuple[str, str | None]]:
    return [(region.kind, region.name) for region in regions]


def way(registry: Registry) -> list[str | None]:
    return [region.name or region.code for region in only_site(registry).place.regions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("安徽省合肥市蜀山区", [("province", "安徽省"), ("city", "合肥市"), ("district", "蜀山区")]),
        ("合肥市/蜀山区", [("city", "合肥市"), ("district", "蜀山区")]),
        ("安徽省 合肥市 巢湖市", [("province", "安徽省"), ("city", "合肥市"), ("district", "巢湖市")]),
        ("北京市东城区", [("province", "北京市"), ("district", "东城区")]),
        (
            "内蒙古自治区呼和浩特市新城区",
            [("province", "内蒙古自治区"), ("city", "呼和浩特市"), ("district", "新城区")],
        ),
        ("恩施土家族苗族自治州来凤县", [("city", "恩施土家族苗族自治州"), ("district", "来凤县")]),
        ("乐山市市中区", [("city", "乐山市"), ("district", "市中区")]),
        ("津市市", [("city", "津市市")]),
        ("蜀山区井岗镇", [("district", "蜀山区"), ("township", "井岗镇")]),
        ("蜀山区", [("district", "蜀山区")]),
        ("合肥市教育局", []),
        ("", []),
    ],
)
def test_a_text_is_split_into_the_regions_it_names(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds_and_names(regions_of_name(text)) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("340000", [("province", "340000")]),
        ("340100", [("province", "340000"), ("city", "340100")]),
        ("340104", [("province", "340000"), ("city", "340100"), ("district", "340104")]),
        ("110101", [("province", "110000"), ("district", "110101")]),
        ("429004", [("province", "420000"), ("district", "429004")]),
        ("440392", [("province", "440000"), ("city", "440300"), ("district", "440392")]),
        ("340104001", [("province", "340000"), ("city", "340100"), ("district", "340104"), ("township", "340104001")]),
        ("340104000000", [("province", "340000"), ("city", "340100"), ("district", "340104")]),
        ("bm14000002", [("department", "bm")]),
        ("990100", []),
    ],
)
def test_the_digits_of_a_code_name_the_regions_above_a_site(code: str, expected: list[tuple[str, str]]) -> None:
    assert [(region.kind, region.code) for region in regions_of_code(code)] == expected


@pytest.mark.parametrize(
    ("named", "code", "expected"),
    [
        ("合肥市", "340104", [("340000", "安徽省"), ("340100", "合肥市"), ("340104", None)]),
        ("蜀山区", "340104", [("340000", "安徽省"), ("340100", None), ("340104", "蜀山区")]),
        ("合肥市蜀山区", "340100", [("340000", "安徽省"), ("340100", "合肥市"), (None, "蜀山区")]),
        ("巢湖市", "340181", [("340000", "安徽省"), ("340100", None), ("340181", "巢湖市")]),
        ("江苏省南京市", "340100", [("320000", "江苏省"), (None, "南京市")]),
    ],
)
def test_names_and_codes_of_one_level_belong_together(
    named: str, code: str, expected: list[tuple[str | None, str | None]]
) -> None:
    merged = merge_regions(regions_of_name(named), regions_of_code(code))
    assert [(region.code, region.name) for region in merged] == expected


@pytest.mark.parametrize(
    ("name", "sponsor", "site_type"),
    [
        ("合肥市人民政府", "合肥市人民政府办公室", "portal"),
        ("合肥市蜀山区人民政府门户网站", "", "portal"),
        ("蜀山区政府网", "", "portal"),
        ("中国上海", "上海市人民政府办公厅", "portal"),
        ("中国气象局", "中国气象局", "department"),
        ("北京市人民政府外事办公室", "北京市人民政府外事办公室", "department"),
        ("合肥市教育局门户网站", "合肥市教育局", "department"),
        ("合肥营商环境专题网站", "合肥市发展改革委", "special"),
    ],
)
def test_without_a_word_for_it_the_type_follows_the_names(name: str, sponsor: str, site_type: str) -> None:
    assert site_type_of("", name, sponsor) == site_type


def test_the_registry_s_own_word_for_the_type_comes_before_the_names() -> None:
    assert site_type_of("部门网站", "合肥市人民政府", "") == "department"
    assert site_type_of("奇怪网站", "合肥市人民政府", "") is None


def test_a_portal_hangs_at_its_region_and_gives_it_its_name(tmp_path: Path) -> None:
    registry = read_rows(
        tmp_path,
        NATIONAL,
        ("1", "3401040001", "蜀山区人民政府办公室", "合肥市蜀山区人民政府", "www.shushan.gov.cn"),
        ("2", "3401040002", "蜀山区教育局", "蜀山区教育局", "jyj.shushan.gov.cn"),
    )
    portal, bureau = registry.sites
    assert (portal.place.unit, portal.extra["主办单位"]) == (None, "蜀山区人民政府办公室")
    assert (bureau.place.unit, bureau.place.source) == ("蜀山区教育局", "region_code")
    assert [region.name for region in bureau.place.regions] == ["安徽省", "合肥市", "蜀山区"]


def test_the_superior_the_registry_gives_places_a_site(tmp_path: Path) -> None:
    header = (*HEADER, "上级单位")
    registry = read_rows(tmp_path, header, ("", "教育局", "a.gov.cn", "蜀山区教育局", "合肥市蜀山区人民政府"))
    assert way(registry) == ["合肥市", "蜀山区"]
    assert only_site(registry).place.source == "registry"


def test_a_superior_unit_of_the_same_region_stands_between(tmp_path: Path) -> None:
    header = (*HEADER, "上级单位", "所属地区")
    row = ("3401000070", "招考网", "a.gov.cn", "合肥市招生考试院", "合肥市教育局", "合肥市")
    place = only_site(read_rows(tmp_path, header, row)).place
    assert (place.unit, place.superior) == ("合肥市招生考试院", "合肥市教育局")


def test_a_superior_of_the_upper_region_is_a_line_and_not_the_tree(tmp_path: Path) -> None:
    header = (*HEADER, "上级单位", "所属地区")
    row = ("3401040070", "教育局", "a.gov.cn", "蜀山区教育局", "合肥市教育局", "合肥市蜀山区")
    place = only_site(read_rows(tmp_path, header, row)).place
    assert (place.superior, place.regions[-1].name) == (None, "蜀山区")


def test_a_site_nothing_places_is_unassigned_and_counted(tmp_path: Path) -> None:
    registry = read_rows(tmp_path, HEADER, ("", "某协会", "a.gov.cn", "某协会"))
    assert only_site(registry).place.regions == ()
    assert "1 个网站没有上级、地区和区划代码：归入“未分区”" in registry.notes


def test_units_above_each_other_are_rejected(tmp_path: Path) -> None:
    header = (*HEADER, "上级单位")
    registry = read_rows(
        tmp_path,
        header,
        ("3401000001", "甲", "a.gov.cn", "甲局", "乙局"),
        ("3401000002", "乙", "b.gov.cn", "乙局", "甲局"),
        ("3401000003", "丙", "c.gov.cn", "丙局", "甲局"),
    )
    assert [reject.origin.row for reject in registry.rejects] == [2, 3]
    assert only_site(registry).code == "3401000003"


def test_a_wrong_division_code_is_a_reject(tmp_path: Path) -> None:
    header = (*HEADER, "区划代码")
    ok = ("3401000001", "甲", "a.gov.cn", "甲局", "340104")
    registry = read_rows(tmp_path, header, ok, ("", "乙", "b.gov.cn", "乙局", "34"))
    assert "区划代码“34”格式不对" in registry.rejects[0].reason
    assert way(registry)[-1] == "340104"
