"""A small city of two inspected and judged periods, of which every figure can be counted by hand.

甲市 with its portal (…01), 市教育局 (…02), 东区 (portal …03, 东区卫健局 …04), 西区 (portal …05, …06 retired, …07 never
seen). In 2026Q3 the portal of 东区 fails, for nothing on it is newer than 40 days. In 2026Q4 it is in order but for
its ICP number and a dead link that stood there before, 市教育局 fails for five stale columns (a sixth is exempted),
and the portal of 西区 did not answer.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.engine import Engine

from govspider.db import tables as t
from govspider.db.period_labels import SHANGHAI
from govspider.db.reviews import find_finding, write_review
from govspider.judging import judge
from tests.observed_city import CHECK_AT, PERIOD, ObservedCity

BEFORE = "2026Q3"
BEFORE_AT = datetime(2026, 9, 11, 12, 0, tzinfo=SHANGHAI)
RUBRIC = "guoban-2019"
PORTAL, EDUCATION, EAST, HEALTH, WEST, RETIRED, UNSEEN = (f"330000000{number}" for number in range(1, 8))
GAMBLING = "https://casino.example.com/"
GONE = f"http://s{EAST}.example.gov.cn/gone.html"
STALE = 5


class Office(ObservedCity):
    """The city with what each look saw."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.latest: dict[tuple[str, str], tuple[int, int, int]] = {}
        self.period(BEFORE, BEFORE_AT)
        self._registry()
        self._before()
        self._now()

    def _registry(self) -> None:
        self.organisation("甲市", "city", position=1)
        self.organisation("市教育局", "department", "甲市", position=2)
        self.organisation("东区", "district", "甲市", position=4)
        self.organisation("东区卫健局", "department", "东区")
        self.organisation("西区", "district", "甲市", position=3)
        for code, unit in ((PORTAL, "甲市"), (EAST, "东区"), (WEST, "西区")):
            self.site(code, unit, site_type="portal")
        self.site(EDUCATION, "市教育局")
        self.site(HEALTH, "东区卫健局")
        self.site(RETIRED, "西区", excluded="已下线")
        self.site(UNSEEN, "西区")
        for code in (PORTAL, EAST, WEST, EDUCATION, HEALTH):
            self.column(code, "要闻", "news", level=1)
        for number in range(STALE + 1):
            self.column(EDUCATION, f"动态{number}", "news", level=1)
        units = {PORTAL: "甲市", EAST: "东区", WEST: "西区", EDUCATION: "市教育局", HEALTH: "东区卫健局"}
        for code, unit in units.items():
            self.target(code, unit, period=BEFORE)
        row = {
            "site_id": self.sites[WEST],
            "state": "申请永久下线",
            "valid_from": date(2026, 1, 5),
            "source": "registry",
        }
        self._insert(t.site_status, row)

    def _before(self) -> None:
        for code in (PORTAL, EAST, WEST, EDUCATION, HEALTH):
            look_id = self._in_order(code, BEFORE_AT, BEFORE, age=40 if code == EAST else 1)
            if code == EDUCATION:
                for number in range(STALE + 1):
                    self._list(look_id, code, f"动态{number}", BEFORE_AT.date() - timedelta(days=2))
        self._dead_link(BEFORE)
        judge(self.engine, BEFORE, RUBRIC, BEFORE_AT + timedelta(hours=1))

    def _now(self) -> None:
        for code in (PORTAL, EAST, HEALTH):
            self._in_order(code, CHECK_AT, PERIOD)
        look_id = self._in_order(EDUCATION, CHECK_AT, PERIOD)
        for number in range(STALE + 1):
            self._list(look_id, EDUCATION, f"动态{number}", CHECK_AT.date() - timedelta(days=100 + number))
        west, _ = self.look(WEST)
        self.page(west, WEST, self.home_url(WEST), "home", status=None, unknown_reason="timeout", evidence_sha256=None)
        retired, _ = self.look(RETIRED)
        self.page(retired, RETIRED, self.home_url(RETIRED), "home")
        self._faults_beside()
        judge(self.engine, PERIOD, RUBRIC, CHECK_AT + timedelta(hours=1))
        self._review()
        self._afterwards()

    def _in_order(self, code: str, at: datetime, period: str, age: int = 1) -> int:
        """A look at a site that lacks nothing, but for the age of its home page."""
        look_id, run_id = self.look(code, at=at, period=period)
        page_id = self.home(look_id, code, at.date() - timedelta(days=age))
        self.marks(page_id, look_id, {"icp": "absent"} if code == EAST and period == PERIOD else {})
        self._list(look_id, code, "要闻", at.date() - timedelta(days=age + 2))
        self.latest[code, period] = look_id, run_id, page_id
        return look_id

    def _list(self, look_id: int, code: str, name: str, newest: date) -> None:
        self.listed(look_id, code, self.columns[code, name], newest)

    def _faults_beside(self) -> None:
        """A dead link and a hidden one on the page of 东区, tags of the portal, an exemption, a sudden burst."""
        self._dead_link(PERIOD)
        look_id, _, page_id = self.latest[EAST, PERIOD]
        self.dark_link(page_id, look_id, GAMBLING)
        portal_look, _, portal = self.latest[PORTAL, PERIOD]
        tags = {"tags": {"SiteName": "甲市政府", "SiteIDCode": None}, "lacking": ["SiteIDCode"]}
        self._insert(t.tag_observation, {"page_id": portal, "look_id": portal_look, **tags})
        self.exempt(self.columns[EDUCATION, "动态5"], CHECK_AT.date() + timedelta(days=30))
        health, _, _ = self.latest[HEALTH, PERIOD]
        column_id = self.column(HEALTH, "通知", "notice", level=1)
        page = self.page(health, HEALTH, f"{self.home_url(HEALTH)}tz/", "column", site_column_id=column_id)
        days = [CHECK_AT.date() - timedelta(days=day) for day in (0, 1, 1)]
        self.shown(page, health, dates=days, column_id=column_id)

    def _dead_link(self, period: str) -> None:
        look_id, run_id, page_id = self.latest[EAST, period]
        self.link(page_id, look_id, GONE)
        self.answer(run_id, GONE, ("dead", 404), ("dead", 404))

    def _review(self) -> None:
        found = {row["kind"]: row for row in self.rows(t.finding)}
        with self.engine.begin() as connection:
            finding = find_finding(connection, str(found["dark_link"]["id"]))
            write_review(connection, finding, "dismiss", "李四", "已核实", CHECK_AT + timedelta(hours=2))

    def _afterwards(self) -> None:
        """What judging does not read: lost bytes, one text under two dates, another rubric, two settled scores."""
        columns = {"portal": self.columns[PORTAL, "要闻"], "page": self.latest[EAST, PERIOD][2]}
        with self.engine.begin() as connection:
            for statement in _AFTERWARDS:
                connection.execute(text(statement), {**columns, **self.sites_by_name()})

    def sites_by_name(self) -> dict[str, int]:
        return {"education": self.sites[EDUCATION], "city": self.sites[PORTAL], "east": self.sites[EAST]}


_AFTERWARDS = (
    "update evidence set dropped_at = '2026-11-23' where sha256 = (select evidence_sha256 from page where id = :page)",
    "update article_observation set content_sha256 = 'one text' where site_column_id = :portal",
    """insert into verdict (period_id, rubric, rubric_sha256, site_id, look_id, clause, result, judged_at)
       select period_id, 'another', 'x', site_id, look_id, clause, 'pass', judged_at from verdict
       where clause = 'site' and site_id in (:education, :city)""",
    """update site_score set deduct_low = 95, deduct_high = 95, total_low = 105, total_high = 105, total = 105
       where site_id = :city and period_id = 1""",
    """update site_score set deduct_low = 92, deduct_high = 92, total_low = 92, total_high = 92, total = 92
       where site_id = :east and period_id = 1""",
)
