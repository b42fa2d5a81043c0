"""The city's registry: a workbook as offices write it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.city.model import Plan
from tests.city.plan import make_plan
from tests.city.registry import COLUMN_HEADERS, SITE_HEADERS, write_registry


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(7, datetime(2026, 11, 22, 1, 0, tzinfo=UTC))


def cells(path: Path, sheet: str) -> list[list[object]]:
    return [list(row) for row in load_workbook(path)[sheet].iter_rows(values_only=True)]


def test_the_headers_stand_below_a_merged_title(plan: Plan, tmp_path: Path) -> None:
    path = write_registry(plan, tmp_path / "registry.xlsx")
    rows = cells(path, "网站")
    assert rows[0][0] == "云景市政府网站基本信息表"
    assert tuple(rows[1]) == SITE_HEADERS
    assert [str(merged)[:3] for merged in load_workbook(path)["网站"].merged_cells.ranges] == ["A1:"]


def test_site_codes_are_text(plan: Plan, tmp_path: Path) -> None:
    rows = cells(write_registry(plan, tmp_path / "registry.xlsx"), "网站")
    assert [row[1] for row in rows[2 : 2 + len(plan.sites)]] == [site.code for site in plan.sites]


def test_a_sum_row_and_a_remark_follow_the_sites(plan: Plan, tmp_path: Path) -> None:
    rows = cells(write_registry(plan, tmp_path / "registry.xlsx"), "网站")
    assert rows[-2][:2] == ["合计", len(plan.sites)]
    assert str(rows[-1][0]).startswith("备注")


def test_about_half_of_the_sites_register_their_columns(plan: Plan, tmp_path: Path) -> None:
    rows = cells(write_registry(plan, tmp_path / "registry.xlsx"), "栏目")
    assert tuple(rows[1]) == COLUMN_HEADERS
    registered = {row[1] for row in rows[2:]}
    assert registered == {site.code for site in plan.sites if site.registered}
    assert 0.3 <= len(registered) / len(plan.sites) <= 0.7


def test_a_moved_site_registers_its_columns_at_the_new_host(plan: Plan, tmp_path: Path) -> None:
    rows = cells(write_registry(plan, tmp_path / "registry.xlsx"), "栏目")
    urls = [str(row[4]) for row in rows[2:] if row[1] == "9901030001"]
    assert urls
    assert all(url.startswith("http://www.wanglingqu-demo.gov.cn/") for url in urls)
