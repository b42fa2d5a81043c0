"""What an inspection left in the database and said in its lists, site by site, to be held against a truth."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tests.inspection.crawling import Desk

Problem = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """The last observation of a column, a second fetch included."""

    kind: str
    level: int | None
    state: str
    reason: str | None
    newest: Any
    items: int | None


class Outcome:
    """The outcome of one period of a desk, as its scripts and its tables tell it."""

    def __init__(self, desk: Desk, period: str) -> None:
        self._desk = desk
        self._period = period

    @cached_property
    def problems(self) -> list[Problem]:
        """Rows of scripts/problems.py."""
        done = self._desk.script("scripts/problems.py", "--period", self._period).expect(0)
        rows: list[Problem] = json.loads(done.out)
        return rows

    @cached_property
    def rates(self) -> dict[str, Any]:
        """The object of scripts/pass_rates.py."""
        done = self._desk.script("scripts/pass_rates.py", "--period", self._period, "--format", "json").expect(0)
        found: dict[str, Any] = json.loads(done.out)
        return found

    def of_kind(self, *kinds: str, state: str = "") -> dict[str, set[str]]:
        """Faulty targets by site code, of problems of these kinds (and this state)."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for row in self.problems:
            if row["kind"] in kinds and state in ("", row["state"]):
                found[row["site_code"]].add(row["url"])
        return found

    @cached_property
    def verdicts(self) -> dict[str, dict[str, str]]:
        """Result by site code and clause; the site as a whole under 'site'."""
        query = """select site.code, verdict.clause, verdict.result from verdict join site on site.id = verdict.site_id
                   join period on period.id = verdict.period_id where period.label = :label"""
        found: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for code, clause, result in self._desk.rows(query, label=self._period):
            found[code][clause] = result
        return found

    @cached_property
    def columns(self) -> dict[str, dict[str, ColumnSeen]]:
        """Columns that were looked at, by site code and address."""
        query = """select distinct on (site.code, site_column.url) site.code, site_column.url, site_column.kind,
                          site_column.level, seen.state, coalesce(page.unknown_reason, seen.unknown_reason),
                          seen.newest, seen.items
                   from page join site on site.id = page.site_id
                   join site_column on site_column.id = page.site_column_id
                   left join column_observation as seen on seen.page_id = page.id
                   where page.role in ('column', 'recheck') order by 1, 2, page.id desc"""
        found: defaultdict[str, dict[str, ColumnSeen]] = defaultdict(dict)
        for code, url, *rest in self._desk.rows(query):
            found[code][url] = ColumnSeen(*rest)
        return found

    @cached_property
    def homes(self) -> dict[str, tuple[str | None, Any]]:
        """Reason why the home page was not seen, and the newest day it shows, by site code."""
        query = """select site.code, page.unknown_reason, seen.newest from page join site on site.id = page.site_id
                   left join column_observation as seen on seen.page_id = page.id where page.role = 'home'"""
        return {code: (reason, newest) for code, reason, newest in self._desk.rows(query)}

    @cached_property
    def marks(self) -> dict[str, dict[str, str]]:
        """State of each mark by site code."""
        query = """select site.code, seen.mark, seen.state from mark_observation as seen
                   join page on page.id = seen.page_id join site on site.id = page.site_id"""
        found: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for code, mark, state in self._desk.rows(query):
            found[code][mark] = state
        return found

    @cached_property
    def dark_links(self) -> dict[str, dict[str, str]]:
        """Strength of the dark links by site code and target."""
        query = """select distinct site.code, dark.url, dark.strength from dark_link_observation as dark
                   join page on page.id = dark.page_id join site on site.id = page.site_id"""
        found: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for code, url, strength in self._desk.rows(query):
            found[code][url] = strength
        return found
