"""Pages that their server called unchanged: told with both times, and no fault is confirmed or settled by them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text, update

from govspider.db import tables as t
from govspider.judging import DEFAULT_RUBRIC, judge
from govspider.judging.explanation import explain
from govspider.reports.explanation_text import explanation_text
from govspider.reports.pass_rates import pass_rates_json, read_pass_rates
from govspider.reports.rate_sheets import notes_sheet
from tests.observed_city import CHECK_AT, PERIOD, ObservedCity, days_ago

CODE = "3300000001"
BYTES_AT = CHECK_AT - timedelta(days=3)
_WHEN = f"{BYTES_AT:%Y-%m-%d %H:%M}"


class Judged:
    """A site with a home page, one column and an article each."""

    def __init__(self, engine: Engine) -> None:
        self.city = ObservedCity(engine)
        self.city.organisation("云景市", "city")
        self.city.site(CODE, "云景市")
        self.column = self.city.column(CODE, "要闻", "news", level=1)
        self.look, self.run = self.city.look(CODE)

    def unchanged(self, *pages: int) -> None:
        """Say of these pages that their server answered 304; of no page in particular, of all articles."""
        chosen = t.page.c.id.in_(pages) if pages else t.page.c.role == "article"
        with self.city.engine.begin() as connection:
            values = {"bytes_at": BYTES_AT, "not_modified_headers": {"Etag": '"a"'}}
            connection.execute(update(t.page).where(chosen).values(values))

    def findings(self, *columns: str) -> list[tuple[Any, ...]]:
        judge(self.city.engine, PERIOD, DEFAULT_RUBRIC, CHECK_AT)
        with self.city.engine.connect() as connection:
            query = f"select {', '.join(columns)} from finding order by kind, url"
            return [tuple(row) for row in connection.execute(text(query))]


@pytest.fixture
def judged(engine: Engine) -> Judged:
    return Judged(engine)


def test_clauses_explanations_and_rates_tell_both_times(judged: Judged) -> None:
    city = judged.city
    city.home(judged.look, CODE, days_ago(1))
    city.listed(judged.look, CODE, judged.column, days_ago(1))
    judged.unchanged()
    judge(city.engine, PERIOD, DEFAULT_RUBRIC, CHECK_AT)
    note = f"文章页 2 个经服务器答复“未修改”（HTTP 304），内容为 {_WHEN} 收到的"
    assert note in explain(city.engine, PERIOD, DEFAULT_RUBRIC, CODE, "W-D4.3b").reasons
    assert note not in explain(city.engine, PERIOD, DEFAULT_RUBRIC, CODE, "W-D4.3a").reasons
    shown = explanation_text(explain(city.engine, PERIOD, DEFAULT_RUBRIC, CODE, "site"))
    told = [line.strip() for line in shown.splitlines() if "304" in line]
    assert len(told) == 2
    assert all(
        line.endswith(f"（{CHECK_AT:%Y-%m-%d %H:%M:%S} 答复 HTTP 304，内容为 {_WHEN}:00 收到的）") for line in told
    )
    report = read_pass_rates(city.engine, PERIOD, DEFAULT_RUBRIC)
    (words,) = (words for name, words in notes_sheet(report).rows if name == "未修改的网页")
    assert str(words).startswith("文章页 2 个网址经服务器答复“未修改”（HTTP 304）")
    assert _WHEN in str(words)
    assert pass_rates_json(report)["unchanged_pages"] == {
        "pages": 2, "first": BYTES_AT.isoformat(), "last": BYTES_AT.isoformat()
    }  # fmt: skip


def test_where_no_page_was_called_unchanged_nothing_is_said(judged: Judged) -> None:
    judged.city.home(judged.look, CODE, days_ago(1))
    judge(judged.city.engine, PERIOD, DEFAULT_RUBRIC, CHECK_AT)
    assert "304" not in explanation_text(explain(judged.city.engine, PERIOD, DEFAULT_RUBRIC, CODE, "site"))
    report = read_pass_rates(judged.city.engine, PERIOD, DEFAULT_RUBRIC)
    assert pass_rates_json(report)["unchanged_pages"] is None
    assert "304" not in str(notes_sheet(report).rows)


@pytest.mark.parametrize(("unchanged", "state"), [(False, "confirmed"), (True, "suspected")])
def test_an_article_that_was_only_called_unchanged_makes_no_list_stale_for_certain(
    judged: Judged, unchanged: bool, state: str
) -> None:
    judged.city.home(judged.look, CODE, days_ago(1))
    judged.city.listed(judged.look, CODE, judged.column, days_ago(200))
    if unchanged:
        judged.unchanged()
    found = judged.findings("kind", "state", "evidence")
    assert [row[:2] for row in found if row[0] == "column_stale"] == [("column_stale", state)]
    assert any("304" in row[2] for row in found) == unchanged


@pytest.mark.parametrize(
    ("fresh", "state"), [(None, "suspected"), ("page", "confirmed")], ids=["on nothing else", "on a fresh page too"]
)
def test_a_dead_link_on_nothing_but_unchanged_pages_is_suspected(judged: Judged, fresh: str | None, state: str) -> None:
    city = judged.city
    city.home(judged.look, CODE, days_ago(1))
    article = city.article(judged.look, CODE, days_ago(1), days_ago(1), judged.column)
    judged.unchanged(article)
    dead = f"{city.home_url(CODE)}gone.html"
    city.link(article, judged.look, dead, "inner")
    if fresh:
        column = city.listed(judged.look, CODE, judged.column, days_ago(1))
        city.link(column, judged.look, dead, "inner")
    city.answer(judged.run, dead, ("dead", 404), ("dead", 404))
    found = [row for row in judged.findings("kind", "state", "evidence") if row[0] == "link_dead"]
    assert [row[:2] for row in found] == [("link_dead", state)]
    assert ("304" in found[0][2]) == (fresh is None)


@pytest.mark.parametrize("unchanged", [True, False])
def test_a_page_that_was_only_called_unchanged_settles_no_finding(judged: Judged, unchanged: bool) -> None:
    city = judged.city
    city.home(judged.look, CODE, days_ago(1))
    article = city.article(judged.look, CODE, days_ago(1), days_ago(1), judged.column)
    city.wording(article, judged.look, "http://a/")
    assert ("wording", "suspected") in judged.findings("kind", "state")
    later, _ = city.look(CODE, at=CHECK_AT + timedelta(hours=1))
    city.home(later, CODE, days_ago(1))
    with city.engine.connect() as connection:
        url = connection.execute(text("select url from page where id = :id"), {"id": article}).scalar_one()
    again = city.page(later, CODE, url, "article", site_column_id=judged.column)
    if unchanged:
        judged.unchanged(again)
    states = [state for kind, state in judged.findings("kind", "state") if kind == "wording"]
    assert states == ["suspected" if unchanged else "fixed"]
