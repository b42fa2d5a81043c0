"""A city whose looks are written straight into the database: what judging and reports are tested on.

Nothing is crawled; each method enters one fact. Days are days in Asia/Shanghai.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Table, insert, select, update
from sqlalchemy.engine import Engine

from govspider.db import tables as t
from govspider.db.period_labels import SHANGHAI
from govspider.db.published_items import count_published_items
from govspider.items import MARKS

CHECK_AT = datetime(2026, 11, 22, 12, 0, tzinfo=SHANGHAI)
CHECK_DAY = CHECK_AT.date()
PERIOD = "2026Q4"


def days_ago(days: int, day: date = CHECK_DAY) -> date:
    return day - timedelta(days=days)


class ObservedCity:
    """Organisations, sites, one period, its runs, and what the looks saw."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.organisations: dict[str, int] = {}
        self.sites: dict[str, int] = {}
        self.periods: dict[str, int] = {}
        self.columns: dict[tuple[str, str], int] = {}
        self._pages = 0
        self.period()

    # ── registry ────────────────────────────────────────────────────────────────────────────

    def organisation(self, name: str, kind: str, parent: str | None = None, position: int | None = None) -> int:
        parent_id = self.organisations[parent] if parent else None
        row = {"name": name, "kind": kind, "parent_id": parent_id, "position": position}
        self.organisations[name] = self._insert(t.organisation, row)
        return self.organisations[name]

    def site(
        self,
        code: str,
        organisation: str,
        *,
        site_type: str = "department",
        excluded: str | None = None,
        period: str = PERIOD,
        temporary: bool = False,
    ) -> int:
        """A site that is a target of the period, with its host."""
        row = {
            "code": code,
            "code_is_temporary": temporary,
            "name": f"{organisation}网站",
            "site_type": site_type,
            "organisation_id": self.organisations[organisation],
            "home_url": self.home_url(code),
            "first_seen_at": CHECK_AT,
        }
        self.sites[code] = self._insert(t.site, row)
        host = {"site_id": self.sites[code], "host": self.host(code), "source": "registry", "first_seen_at": CHECK_AT}
        self._insert(t.site_host, host)
        self.target(code, organisation, excluded=excluded, period=period)
        return self.sites[code]

    def target(self, code: str, organisation: str, *, excluded: str | None = None, period: str = PERIOD) -> None:
        row = {
            "period_id": self.periods[period],
            "site_id": self.sites[code],
            "included": excluded is None,
            "exclude_reason": excluded,
            "state_at_check": excluded or "正常运行",
            "organisation_id": self.organisations[organisation],
        }
        self._insert(t.target, row)

    def host(self, code: str) -> str:
        return f"s{code}.example.gov.cn"

    def home_url(self, code: str) -> str:
        return f"http://{self.host(code)}/"

    def column(self, code: str, name: str, kind: str, **values: Any) -> int:
        row = {
            "site_id": self.sites[code],
            "name": name,
            "url": f"{self.home_url(code)}{len(self.columns)}/",
            "kind": kind,
            "kind_source": "registry",
            "kind_confidence": 1.0,
            "source": "registry",
            "first_seen_at": CHECK_AT,
            **values,
        }
        self.columns[code, name] = self._insert(t.site_column, row)
        return self.columns[code, name]

    def exempt(self, column_id: int, until: date) -> None:
        row = {
            "site_column_id": column_id,
            "reason": "无人事任免",
            "author": "张三",
            "valid_from": days_ago(400),
            "expires_on": until,
        }
        self._insert(t.column_exemption, row)

    # ── periods, runs and looks ─────────────────────────────────────────────────────────────

    def period(self, label: str = PERIOD, check_at: datetime = CHECK_AT) -> int:
        row = {
            "label": label,
            "data_from": check_at.date().replace(day=1),
            "data_to": check_at.date(),
            "check_at": check_at,
            "frozen_at": check_at,
        }
        self.periods[label] = self._insert(t.period, row)
        return self.periods[label]

    def look(
        self, code: str, *, at: datetime = CHECK_AT, state: str = "complete", period: str = PERIOD
    ) -> tuple[int, int]:
        """A look of its own run; gives (look, run)."""
        run = {
            "period_id": self.periods[period],
            "scope": "full",
            "state": "complete",
            "started_at": at,
            "finished_at": at,
            "user_agent": "govspider",
        }
        run_id = self._insert(t.run, run)
        row = {"run_id": run_id, "site_id": self.sites[code], "state": state, "started_at": at, "finished_at": at}
        return self._insert(t.look, row), run_id

    # ── what was seen ───────────────────────────────────────────────────────────────────────

    def page(self, look_id: int, code: str, url: str, role: str, **values: Any) -> int:
        self._pages += 1
        sha256 = hashlib.sha256(f"{look_id} {url} {self._pages}".encode()).hexdigest()
        self._insert(t.evidence, {"sha256": sha256, "size": 1, "first_seen_at": CHECK_AT})
        row = {
            "look_id": look_id,
            "site_id": self.sites[code],
            "role": role,
            "url": url,
            "final_url": url,
            "status": 200,
            "fetched_at": self._looked_at(look_id),
            "evidence_sha256": sha256,
            **values,
        }
        return self._insert(t.page, row)

    def shown(
        self,
        page_id: int,
        look_id: int,
        *,
        dates: Iterable[date] = (),
        state: str = "list",
        column_id: int | None = None,
        **values: Any,
    ) -> int:
        """A column observation with its dated items; the day of the page decides which lie in the future."""
        looked_on = self._looked_at(look_id).astimezone(SHANGHAI).date()
        given = list(dates)
        past = [day for day in given if day <= looked_on]
        row = {
            "page_id": page_id,
            "look_id": look_id,
            "site_column_id": column_id,
            "state": state,
            "newest": max(past) if past else None,
            "items": len(given),
            **values,
        }
        observation = self._insert(t.column_observation, row)
        for position, day in enumerate(given, start=1):
            item = {
                "column_observation_id": observation,
                "position": position,
                "title": f"第{position}条",
                "url": f"http://example.gov.cn/{observation}/{position}.html",
                "published": day,
                "date_source": "own_tag",
                "in_future": day > looked_on,
            }
            self._insert(t.list_item, item)
        self._count_items(look_id)
        return observation

    def _count_items(self, look_id: int) -> None:
        """As the end of a look does it."""
        with self.engine.begin() as connection:
            count_published_items(connection, look_id)

    def home(self, look_id: int, code: str, newest: date | None, **values: Any) -> int:
        """A home page with one dated record and an article that agrees."""
        page_id = self.page(look_id, code, self.home_url(code), "home", **values)
        if newest is None:
            self.shown(page_id, look_id, state="unknown", unknown_reason="undated")
        else:
            self.shown(page_id, look_id, dates=[newest])
            self.article(look_id, code, newest, newest)
        return page_id

    def article(
        self, look_id: int, code: str, listed: date | None, published: date | None, column_id: int | None = None
    ) -> int:
        url = f"{self.home_url(code)}a/{self._pages}.html"
        page_id = self.page(look_id, code, url, "article", site_column_id=column_id)
        row = {
            "page_id": page_id,
            "look_id": look_id,
            "site_column_id": column_id,
            "title": "一篇文章",
            "published": published,
            "date_source": "visible" if published else "none",
            "list_date": listed,
        }
        self._insert(t.article_observation, row)
        return page_id

    def listed(self, look_id: int, code: str, column_id: int, newest: date, *, witnessed: bool = True) -> int:
        """A column page with one dated record, and (unless told) an article that agrees."""
        page_id = self.page(look_id, code, self._column_url(column_id), "column", site_column_id=column_id)
        self.shown(page_id, look_id, dates=[newest], column_id=column_id)
        if witnessed:
            self.article(look_id, code, newest, newest, column_id)
        return page_id

    def blank(self, look_id: int, code: str, column_id: int, *, fetches: int = 2) -> None:
        for role in ("column", "recheck")[:fetches]:
            page_id = self.page(look_id, code, self._column_url(column_id), role, site_column_id=column_id)
            self.shown(page_id, look_id, state="blank", column_id=column_id, evidence_text="暂无内容")

    def marks(self, page_id: int, look_id: int, states: Mapping[str, str]) -> None:
        """Every mark present, but for those named."""
        for mark in MARKS:
            row = {"page_id": page_id, "look_id": look_id, "mark": mark, "state": states.get(mark, "present")}
            self._insert(t.mark_observation, row)

    def link(self, page_id: int, look_id: int, url: str, scope: str = "home") -> None:
        row = {
            "page_id": page_id,
            "look_id": look_id,
            "url": url,
            "raw": url,
            "kind": "page",
            "scope": scope,
            "anchor": "一个链接",
            "place": "main",
        }
        self._insert(t.link, row)

    def answer(self, run_id: int, url: str, *answers: tuple[str, int | None]) -> None:
        """Answers of a link at rung 1, 2: (state, status)."""
        for rung, (state, status) in enumerate(answers, start=1):
            row = {
                "run_id": run_id,
                "url": url,
                "rung": rung,
                "state": state,
                "status": status,
                "final_url": url,
                "answered_at": CHECK_AT,
            }
            self._insert(t.link_answer, row)

    def dark_link(self, page_id: int, look_id: int, url: str, **values: Any) -> None:
        row = {
            "page_id": page_id,
            "look_id": look_id,
            "url": url,
            "anchor": "博彩",
            "technique": "display_none",
            "strength": "strong",
            "reasons": ["词库命中"],
            "domain": url.split("/")[2],
            **values,
        }
        self._insert(t.dark_link_observation, row)

    def wording(self, page_id: int, look_id: int, url: str, **values: Any) -> None:
        row = {
            "page_id": page_id,
            "look_id": look_id,
            "wrong_text": "扫黑险恶",
            "suggestion": "扫黑除恶",
            "rule": "pair/扫黑险恶",
            "severity": "严重",
            "category": "政治表述写错",
            "reason": "政治表述写错",
            "sentence": "全市开展扫黑险恶专项斗争。",
            "place": "正文",
            "target_url": url,
            "path": "html > body > p",
            **values,
        }
        self._insert(t.wording_observation, row)

    # ── reading back ────────────────────────────────────────────────────────────────────────

    def rows(self, table: Table, *order: Any) -> list[dict[str, Any]]:
        with self.engine.connect() as connection:
            return [dict(row._mapping) for row in connection.execute(select(table).order_by(*order))]

    def result(self, code: str, clause: str = "site") -> str:
        verdicts = [
            row["result"]
            for row in self.rows(t.verdict)
            if row["site_id"] == self.sites[code] and row["clause"] == clause
        ]
        assert len(verdicts) == 1, f"{len(verdicts)} verdicts of {code} under {clause}"
        return str(verdicts[0])

    def findings(self, code: str) -> dict[str, str]:
        """Kind → state of the site's findings; one of each kind."""
        rows = [row for row in self.rows(t.finding) if row["site_id"] == self.sites[code]]
        assert len({row["kind"] for row in rows}) == len(rows)
        return {row["kind"]: row["state"] for row in rows}

    def _looked_at(self, look_id: int) -> datetime:
        with self.engine.connect() as connection:
            at: datetime = connection.execute(select(t.look.c.started_at).where(t.look.c.id == look_id)).scalar_one()
        return at

    def _column_url(self, column_id: int) -> str:
        with self.engine.connect() as connection:
            query = select(t.site_column.c.url).where(t.site_column.c.id == column_id)
            return str(connection.execute(query).scalar_one())

    def set(self, table: Table, row_id: int, **values: Any) -> None:
        with self.engine.begin() as connection:
            connection.execute(update(table).where(table.c.id == row_id).values(values))

    def _insert(self, table: Table, row: Mapping[str, Any]) -> int:
        with self.engine.begin() as connection:
            found = connection.execute(insert(table).values(dict(row))).inserted_primary_key
        return 0 if found is None or table is t.evidence else int(found[0])
