"""Imports of a registry: what is stored, and what a second import says has changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, Table, func, select

from govspider.db import tables as t
from govspider.db.period_labels import SHANGHAI
from govspider.db.registry import ImportOutcome, store_registry
from govspider.registry.reading import read_registry
from tests.registry.sheet_files import HEADER, NATIONAL, write_csv, write_xlsx

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=SHANGHAI)
COLUMNS = ("网站标识码", "栏目名称", "栏目URL", "栏目类别", "级别", "豁免原因", "豁免截止")
PORTAL = ("3401000001", "合肥市人民政府", "http://www.hefei.gov.cn/", "合肥市人民政府办公室")
SCHOOLS = ("3401000059", "合肥市教育局", "http://jyj.hefei.gov.cn/", "合肥市教育局")
DISTRICT = ("3401040001", "合肥市蜀山区人民政府", "http://www.shushan.gov.cn/", "合肥市蜀山区人民政府办公室")
Rows = Sequence[Sequence[str]]


class Office:
    """Imports registries as an office does, one after the other."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        self._folder = folder
        self.days = 0

    def bring(self, *rows: Sequence[str], columns: Rows = (), complete: bool = False) -> ImportOutcome:
        """Import these rows (header first), one day after the last import."""
        sheets: dict[str, Sequence[Sequence[object]]] = {"网站": rows}
        if columns:
            sheets["栏目"] = [COLUMNS, *columns]
        now = NOW + timedelta(days=self.days)
        self.days += 1
        registry = read_registry(write_xlsx(self._folder, sheets), now.date())
        with self.engine.begin() as connection:
            return store_registry(connection, registry, as_of=now.date(), now=now, complete=complete)

    def rows(self, table: Table, *names: str) -> list[tuple[Any, ...]]:
        query = select(*(table.c[name] for name in names)).order_by(*table.primary_key.columns)
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(query)]

    def ways(self) -> dict[str, list[str]]:
        """Site code -> names of its organisation and all above it."""
        tree = {row[0]: row[1:] for row in self.rows(t.organisation, "id", "name", "parent_id")}
        found: dict[str, list[str]] = {}
        for code, unit in self.rows(t.site, "code", "organisation_id"):
            found[code], step = [], unit
            while step is not None:
                name, above = tree[step]
                found[code].append(name)
                step = above
        return found


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    return Office(engine, tmp_path)


def changes(outcome: ImportOutcome, subject: str = "site") -> list[tuple[str, str, str | None]]:
    return [(item.change, item.key, item.field) for item in outcome.changes if item.subject == subject]


def test_a_first_import_stores_sites_in_their_tree(office: Office) -> None:
    outcome = office.bring(HEADER, PORTAL, SCHOOLS, DISTRICT)
    assert (outcome.sites, outcome.count("added", "site"), outcome.rejects) == (3, 3, [])
    assert office.ways() == {
        "3401000001": ["合肥市", "安徽省"],
        "3401000059": ["合肥市教育局", "合肥市", "安徽省"],
        "3401040001": ["蜀山区", "合肥市", "安徽省"],
    }
    kinds = {name: (kind, code) for name, kind, code in office.rows(t.organisation, "name", "kind", "region_code")}
    assert kinds == {
        "安徽省": ("province", "340000"),
        "合肥市": ("city", "340100"),
        "合肥市教育局": ("department", None),
        "蜀山区": ("district", "340104"),
    }


def test_hosts_are_the_registered_one_its_twin_and_those_of_columns(office: Office) -> None:
    column = (SCHOOLS[0], "通知公告", "http://tz.hefei.gov.cn/tzgg/", "通知公告", "", "", "")
    office.bring(HEADER, SCHOOLS, columns=[column])
    assert set(office.rows(t.site_host, "host", "source")) == {
        ("jyj.hefei.gov.cn", "registry"),
        ("www.jyj.hefei.gov.cn", "twin"),
        ("tz.hefei.gov.cn", "column"),
    }


def test_a_moved_site_loses_its_old_hosts_and_says_so(office: Office) -> None:
    office.bring(HEADER, SCHOOLS)
    outcome = office.bring(HEADER, (*SCHOOLS[:2], "http://edu.hefei.gov.cn/", SCHOOLS[3]))
    assert changes(outcome) == [("changed", SCHOOLS[0], "网址")]
    assert {host for (host,) in office.rows(t.site_host, "host")} == {"edu.hefei.gov.cn", "www.edu.hefei.gov.cn"}


def test_the_same_registry_again_changes_nothing(office: Office) -> None:
    header = (*HEADER, "运行状态", "联系人", "电话", "上级单位")
    rows = [(*PORTAL, "正常", "甲", "1", ""), (*SCHOOLS, "", "乙", "2", "合肥市人民政府")]
    column = (SCHOOLS[0], "通知公告", "/tzgg/", "通知公告", "一级", "机构改革", "2027-01-01")
    office.bring(header, *rows, columns=[column], complete=True)
    counts = {table.name: office.rows(table, "id") for table in (t.site, t.organisation, t.site_column, t.site_host)}
    again = office.bring(header, *rows, columns=[column], complete=True)
    assert again.changes == []
    assert counts == {
        table.name: office.rows(table, "id") for table in (t.site, t.organisation, t.site_column, t.site_host)
    }
    assert len(office.rows(t.registry_import, "id")) == 2


def test_a_changed_state_closes_the_one_before_at_the_import(office: Office) -> None:
    header = (*HEADER, "运行状态", "批准文号")
    office.bring(header, (*SCHOOLS, "正常", ""))
    outcome = office.bring(header, (*SCHOOLS, "例行维护", "1号"))
    assert changes(outcome) == [("changed", SCHOOLS[0], "运行状态")]
    assert office.rows(t.site_status, "state", "valid_from", "valid_to", "document_no") == [
        ("正常运行", date(2026, 11, 22), date(2026, 11, 23), None),
        ("例行维护", date(2026, 11, 23), None, "1号"),
    ]


def test_a_registry_without_states_says_normal_of_new_sites_only(office: Office) -> None:
    office.bring((*HEADER, "运行状态"), (*SCHOOLS, "关停"))
    office.bring(HEADER, SCHOOLS, PORTAL)
    assert sorted(office.rows(t.site_status, "state", "source")) == [("已下线", "registry"), ("正常运行", "default")]


def test_what_the_sheet_has_no_column_for_stays(office: Office) -> None:
    header = (*HEADER, "集约化平台", "ICP备案号", "联系人")
    office.bring(header, (*SCHOOLS, "市平台", "皖ICP备1号", "甲"))
    assert changes(office.bring(HEADER, SCHOOLS)) == []
    assert changes(office.bring(header, (*SCHOOLS, "", "皖ICP备1号", ""))) == [("changed", SCHOOLS[0], "集约化平台")]
    assert office.rows(t.site, "platform", "icp_number") == [(None, "皖ICP备1号")]


def test_contacts_change_without_their_values_being_written_down(office: Office) -> None:
    header = (*HEADER, "联系人", "电话")
    office.bring(header, (*SCHOOLS, "李某", "13900000001"))
    office.bring(header, (*SCHOOLS, "王某", "13900000002"))
    assert office.rows(t.site_contact, "person", "phone") == [("王某", "13900000002")]
    written = str(office.rows(t.registry_change, "subject", "subject_key", "change", "field", "old_value", "new_value"))
    assert ("contact", SCHOOLS[0], "changed") in [
        row[:3] for row in office.rows(t.registry_change, "subject", "subject_key", "change")
    ]
    assert not any(secret in written for secret in ("李某", "王某", "13900000001", "13900000002"))


def test_sites_are_gone_only_from_a_complete_registry(office: Office) -> None:
    office.bring(HEADER, PORTAL, SCHOOLS)
    assert changes(office.bring(HEADER, PORTAL)) == []
    assert changes(office.bring(HEADER, PORTAL, complete=True)) == [("gone", SCHOOLS[0], None)]
    assert changes(office.bring(HEADER, PORTAL, complete=True)) == []
    assert changes(office.bring(HEADER, PORTAL, SCHOOLS)) == [("returned", SCHOOLS[0], None)]
    assert office.rows(t.site, "gone_at") == [(None,), (None,)]


def test_sites_of_other_regions_are_not_gone(office: Office) -> None:
    office.bring(HEADER, PORTAL, SCHOOLS, DISTRICT)
    assert changes(office.bring(HEADER, SCHOOLS, complete=True)) == [("gone", PORTAL[0], None)]


def test_a_rejected_row_keeps_its_site_from_being_gone(office: Office) -> None:
    other = ("3401000060", "合肥市水务局", "http://slj.hefei.gov.cn/", "合肥市水务局")
    office.bring(HEADER, PORTAL, SCHOOLS, other)
    wrong_code = ("3.4E+09", *SCHOOLS[1:])
    wrong_address = (*other[:2], "暂无", other[3])
    assert changes(office.bring(HEADER, PORTAL, wrong_code, wrong_address, complete=True)) == []


def test_a_site_that_got_its_code_is_the_same_site(office: Office) -> None:
    office.bring(HEADER, ("", *SCHOOLS[1:]))
    ((site_id, temporary),) = office.rows(t.site, "id", "code_is_temporary")
    outcome = office.bring(HEADER, SCHOOLS)
    assert ("changed", SCHOOLS[0], "网站标识码") in changes(outcome)
    assert temporary
    assert office.rows(t.site, "id", "code", "code_is_temporary") == [(site_id, SCHOOLS[0], False)]


def test_a_file_that_leaves_a_known_code_out_makes_no_second_site(office: Office) -> None:
    office.bring(HEADER, SCHOOLS)
    assert changes(office.bring(HEADER, ("", *SCHOOLS[1:]))) == []
    assert office.rows(t.site, "code") == [(SCHOOLS[0],)]


def test_a_placed_unit_is_not_moved_by_a_file_without_superiors(office: Office) -> None:
    header = (*HEADER, "所属地区")
    office.bring(header, (*SCHOOLS, "合肥市蜀山区"))
    before = office.ways()
    office.bring(NATIONAL, ("1", SCHOOLS[0], SCHOOLS[3], SCHOOLS[1], SCHOOLS[2]))
    assert before == office.ways() == {SCHOOLS[0]: ["合肥市教育局", "蜀山区", "合肥市", "安徽省"]}


def test_a_new_superior_moves_a_unit_and_its_sites(office: Office) -> None:
    header = (*HEADER, "上级单位")
    row = ("3401000070", "招考网", "http://zk.hefei.gov.cn/", "合肥市招生考试院")
    office.bring(header, (*row, "合肥市人民政府"))
    outcome = office.bring(header, (*row, "合肥市教育局"))
    assert office.ways() == {row[0]: ["合肥市招生考试院", "合肥市教育局", "合肥市", "安徽省"]}
    assert ("changed", "合肥市招生考试院", "上级单位") in changes(outcome, "organisation")


def test_superiors_that_would_close_a_circle_over_two_imports_are_rejected(office: Office) -> None:
    header = (*HEADER, "上级单位")
    office.bring(header, ("3401000001", "甲", "a.gov.cn", "甲局", "乙局"))
    outcome = office.bring(
        header, ("3401000002", "乙", "b.gov.cn", "乙局", "甲局"), ("3401000003", "丙", "c.gov.cn", "丙局", "")
    )
    assert [reject.reason for reject in outcome.rejects] == ["上级单位“甲局”在库中是“乙局”的下级"]
    assert outcome.sites == 1


def test_a_region_known_by_its_code_gets_its_name_later(office: Office) -> None:
    row = ("3401040002", "教育局", "http://jyj.shushan.gov.cn/", "蜀山区教育局")
    office.bring(HEADER, row)
    assert office.ways()[row[0]] == ["蜀山区教育局", "区划340104", "区划340100", "安徽省"]
    office.bring(HEADER, DISTRICT)
    assert office.ways()[row[0]] == ["蜀山区教育局", "蜀山区", "合肥市", "安徽省"]


def test_bureaus_of_one_name_in_two_districts_are_two_units(office: Office) -> None:
    first = ("3401040002", "教育局", "http://a.gov.cn/", "教育局")
    second = ("3401030002", "教育局", "http://b.gov.cn/", "教育局")
    office.bring(HEADER, first, second)
    assert [way[1] for way in office.ways().values()] == ["区划340104", "区划340103"]


def test_sites_nothing_places_and_sites_of_ministries_have_their_own_tops(office: Office) -> None:
    office.bring(
        HEADER, ("", "某协会", "http://x.org.cn/", "某协会"), ("bm14000002", "财政部", "http://mof.gov.cn/", "财政部")
    )
    assert sorted(office.ways().values()) == [["某协会", "未分区"], ["财政部", "国务院部门"]]


def test_columns_come_change_go_and_return(office: Office) -> None:
    news = (SCHOOLS[0], "工作动态", "http://jyj.hefei.gov.cn/gzdt/", "动态要闻", "一级", "", "")
    notices = (SCHOOLS[0], "通知公告", "http://jyj.hefei.gov.cn/tzgg/", "", "", "", "")
    first = office.bring(HEADER, SCHOOLS, columns=[news, notices])
    assert [change for change, _, _ in changes(first, "column")] == ["added", "added"]
    names = ("name", "kind", "kind_source", "kind_confidence", "level", "source")
    assert office.rows(t.site_column, *names) == [
        ("工作动态", "news", "registry", 1.0, 1, "registry"),
        ("通知公告", "other", "guess", 0.0, None, "registry"),
    ]
    kind = office.bring(HEADER, SCHOOLS, columns=[news, (*notices[:3], "通知公告", "", "", "")])
    key = f"{SCHOOLS[0]} {notices[2]}"
    assert changes(kind, "column") == [("changed", key, "栏目类别")]
    assert changes(office.bring(HEADER, SCHOOLS, columns=[news]), "column") == []
    gone = office.bring(HEADER, SCHOOLS, columns=[news], complete=True)
    assert changes(gone, "column") == [("gone", key, None)]
    back = office.bring(HEADER, SCHOOLS, columns=[news, notices])
    assert changes(back, "column") == [("returned", key, None)]


def test_a_column_of_an_unknown_site_is_rejected(office: Office) -> None:
    column = ("3401000099", "工作动态", "http://x.gov.cn/", "动态要闻", "", "", "")
    outcome = office.bring(HEADER, SCHOOLS, columns=[column])
    assert [reject.reason for reject in outcome.rejects] == ["网站标识码“3401000099”不在底账中：请先导入该网站"]
    assert office.rows(t.registry_import, "accepted", "rejected") == [(1, 1)]


def test_an_exemption_names_its_file_and_its_end(office: Office) -> None:
    column = (SCHOOLS[0], "人事信息", "/rsxx/", "其他", "", "本年无任免", "2026-12-31")
    office.bring(HEADER, SCHOOLS, columns=[column])
    extended = office.bring(HEADER, SCHOOLS, columns=[(*column[:6], "2027-06-30")])
    assert [item[2] for item in changes(extended, "column")] == ["豁免"]
    assert office.rows(t.column_exemption, "reason", "author", "valid_from", "expires_on") == [
        ("本年无任免", "底账 底账.xlsx", date(2026, 11, 22), date(2026, 12, 31)),
        ("本年无任免", "底账 底账.xlsx", date(2026, 11, 23), date(2027, 6, 30)),
    ]


def test_a_thousand_sites_are_stored_in_few_statements(engine: Engine, tmp_path: Path) -> None:
    from sqlalchemy import event

    rows = [(f"340100{n:04d}", f"第{n}局", f"http://s{n}.gov.cn/", f"第{n}局") for n in range(1000)]
    registry = read_registry(write_csv(tmp_path, [HEADER, *rows]), NOW.date())
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *seen: statements.append(seen[2]))
    with engine.begin() as connection:
        store_registry(connection, registry, as_of=NOW.date(), now=NOW, complete=True)
        stored = connection.execute(select(func.count()).select_from(t.site)).scalar_one()
    # one statement per new unit; everything else in batches
    assert stored == 1000
    assert len(statements) < 1100
