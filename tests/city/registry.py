"""The city's registry as an office would send it: a workbook with a title row, a sum row and remarks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from tests.city.model import Column, Plan, Site
from tests.city.words import BLUEPRINT

SITE_HEADERS = (
    "序号", "网站标识码", "网站名称", "首页网址", "主办单位", "上级单位", "所属地区", "网站类型", "运行状态",
    "集约化平台", "ICP备案号", "公安备案号", "联系人", "联系电话", "备注",
)  # fmt: skip
COLUMN_HEADERS = ("序号", "网站标识码", "网站名称", "栏目名称", "栏目URL", "栏目类别", "级别", "更新期限")
_TYPES = {"portal": "政府门户网站", "department": "部门网站"}
_LEVELS = {1: "一级", 2: "二级"}
_TEXT_FORMAT = "@"


def write_registry(plan: Plan, path: Path) -> Path:
    """Write the workbook: all sites, and the columns of the sites that registered theirs. Returns the path."""
    book = Workbook()
    sites = book.active
    if not isinstance(sites, Worksheet):
        raise TypeError("a new workbook has no worksheet")
    sites.title = "网站"
    city = BLUEPRINT["city"]["name"]
    rows = [_site_row(number, site) for number, site in enumerate(plan.sites, 1)]
    _fill(sites, f"{city}政府网站基本信息表", SITE_HEADERS, rows)
    sites.append(["合计", len(rows)])
    sites.append(["备注：联系电话为虚构号码。"])
    listed = [(site, column) for site in plan.sites if site.registered for column in site.columns]
    column_rows = [_column_row(number, site, column) for number, (site, column) in enumerate(listed, 1)]
    _fill(book.create_sheet("栏目"), f"{city}政府网站栏目（系统）基本信息表", COLUMN_HEADERS, column_rows)
    book.save(path)
    return path


def _fill(sheet: Worksheet, title: str, headers: Sequence[str], rows: Sequence[Sequence[str | int]]) -> None:
    sheet.append([title])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(headers))
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet.append(list(headers))
    for cell in sheet[2]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append(list(row))
        for cell in sheet[sheet.max_row]:
            cell.number_format = _TEXT_FORMAT
    sheet.freeze_panes = "A3"


def _site_row(number: int, site: Site) -> tuple[str | int, ...]:
    return (
        number, site.code, site.name, site.home_url, site.unit, site.superior, f"{site.city}{site.district}",
        _TYPES[site.type], site.status, site.platform, site.icp, site.police, site.contact, site.phone, "",
    )  # fmt: skip


def _column_row(number: int, site: Site, column: Column) -> tuple[str | int, ...]:
    word = BLUEPRINT["column_names"][column.name][2]
    limit = str(column.update_days) if column.update_days else ""
    return (
        number, site.code, site.name, column.name, f"{site.origin}{column.path}", word, _LEVELS[column.level], limit,
    )  # fmt: skip
