"""Answers of an earlier run stand for a later one with their own time, and only where nothing speaks against them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, insert, text

from govspider.db import tables as t
from govspider.db.reused_answers import copy_answers
from govspider.db.targets import read_reusable, runs_since
from govspider.items import LinkReused
from govspider.judging import DEFAULT_RUBRIC, judge
from govspider.judging.explanation import explain
from govspider.reports.explanation_text import explanation_text
from govspider.reports.pass_rates import pass_rates_json, read_pass_rates
from govspider.reports.rate_sheets import notes_sheet
from tests.observed_city import CHECK_AT, PERIOD, ObservedCity, days_ago

CODE = "3300000001"
NOW = CHECK_AT + timedelta(days=10)


@pytest.fixture
def city(engine: Engine) -> ObservedCity:
    city = ObservedCity(engine)
    city.organisation("云景市", "city")
    city.site(CODE, "云景市")
    return city


def answered(city: ObservedCity, run: int, url: str, at: datetime, *states: str) -> None:
    rows = [
        {"run_id": run, "url": url, "rung": rung, "state": state, "final_url": url, "answered_at": at, "status": 200}
        for rung, state in enumerate(states, start=1)
    ]
    with city.engine.begin() as connection:
        connection.execute(insert(t.link_answer), rows)


def run_at(city: ObservedCity, days_before: int) -> int:
    _, run = city.look(CODE, at=NOW - timedelta(days=days_before))
    return run


def reusable(city: ObservedCity, run: int, days: float) -> set[str]:
    since = NOW - timedelta(days=days)
    return set(read_reusable(city.engine, runs_since(city.engine, run, since), since))


def test_only_addresses_that_always_worked_lately_are_reusable(city: ObservedCity) -> None:
    old, recent, now = run_at(city, 9), run_at(city, 2), run_at(city, 0)
    answered(city, old, "http://old/", NOW - timedelta(days=9), "ok")
    answered(city, recent, "http://good/", NOW - timedelta(days=2), "ok")
    answered(city, recent, "http://shaky/", NOW - timedelta(days=2), "dead", "ok")
    answered(city, recent, "http://dead/", NOW - timedelta(days=2), "dead", "dead")
    answered(city, recent, "http://open/", NOW - timedelta(days=2), "unknown")
    assert reusable(city, now, 3) == {"http://good/"}
    assert reusable(city, now, 30) == {"http://good/", "http://old/"}
    assert reusable(city, now, 1) == set()


def test_an_address_that_a_finding_names_is_asked_again(city: ObservedCity) -> None:
    recent, now = run_at(city, 2), run_at(city, 0)
    answered(city, recent, "http://accused/", NOW - timedelta(days=2), "ok")
    assert reusable(city, now, 3) == {"http://accused/"}
    with city.engine.begin() as connection:
        connection.execute(
            text(
                "insert into finding (site_id, kind, fingerprint, state, url, evidence, first_seen_at, last_seen_at,"
                " last_run_id) select id, 'link_dead', 'x', 'fixed', 'http://accused/', '', now(), now(),"
                " (select max(id) from run) from site"
            )
        )
    assert reusable(city, now, 3) == set()


def test_an_answer_is_taken_over_with_its_own_time_and_the_run_that_asked(city: ObservedCity) -> None:
    runs = [run_at(city, days) for days in (4, 2, 0)]
    asked_at = NOW - timedelta(days=4)
    answered(city, runs[0], "http://a/", asked_at, "ok")
    for later, earlier in ((runs[1], runs[:1]), (runs[2], runs[:2])):
        for _ in range(2):  # a batch may come twice
            with city.engine.begin() as connection:
                copy_answers(connection, [LinkReused(later, "http://a/", tuple(earlier))])
    rows = city.rows(t.link_answer, t.link_answer.c.run_id)
    found = [(row["run_id"], row["answered_at"], row["reused_from"], row["state"]) for row in rows]
    assert found == [(run, asked_at, None if run == runs[0] else runs[0], "ok") for run in runs]
    with city.engine.connect() as connection:
        shown = connection.execute(text("select url, answered_at from analysis.reused_answer")).all()
    assert sorted(map(tuple, shown)) == [("http://a/", asked_at)] * 2


def test_verdicts_on_links_and_their_explanations_tell_earlier_answers_with_their_own_times(city: ObservedCity) -> None:
    earlier = run_at(city, 12)
    asked_at = CHECK_AT - timedelta(days=2)
    for url in ("http://a/", "http://b/", "http://c/"):
        answered(city, earlier, url, asked_at, "ok")
    look, run = city.look(CODE)
    home = city.home(look, CODE, days_ago(1))
    for url in ("http://a/", "http://b/", "http://c/", "http://asked/"):
        city.link(home, look, url)
    city.link(home, look, "http://b/", "inner")
    answered(city, run, "http://asked/", CHECK_AT, "ok")
    with city.engine.begin() as connection:
        copy_answers(connection, [LinkReused(run, url, (earlier,)) for url in ("http://a/", "http://b/", "http://c/")])
        # asked again on request: it rests on its own answer now
        again = {"run_id": run, "url": "http://c/", "rung": 2, "state": "ok", "final_url": "http://c/"}
        connection.execute(insert(t.link_answer), {**again, "answered_at": CHECK_AT, "status": 200})
    judge(city.engine, PERIOD, DEFAULT_RUBRIC, CHECK_AT)
    when = f"{asked_at:%Y-%m-%d %H:%M}"
    explained = explain(city.engine, PERIOD, DEFAULT_RUBRIC, CODE, "W-D4.3a")
    assert explained.reasons == [f"外部链接 2 个沿用此前巡检的答复（{when} 答复正常），本次没有再访问"]
    shown = explanation_text(explained)
    told = [line.strip() for line in shown.splitlines() if "沿用第" in line]
    assert told == [f"http://{name}/（沿用第 {earlier} 次巡检的答复，{when}:00 答复，HTTP 200）" for name in ("a", "b")]
    assert "沿用" not in explanation_text(explain(city.engine, PERIOD, DEFAULT_RUBRIC, CODE, "W-V3"))
    report = read_pass_rates(city.engine, PERIOD, DEFAULT_RUBRIC)
    notes = [words for name, words in notes_sheet(report).rows if name == "沿用的链接答复"]
    assert notes == [
        f"外部链接 3 个网址本期没有访问，沿用此前巡检的答复（{when} 至 {when} 答复正常，逐条见 analysis.reused_answer）"
    ]
    assert pass_rates_json(report)["reused_answers"]["links"] == 3


def test_where_every_link_was_asked_nothing_is_said_of_earlier_answers(city: ObservedCity) -> None:
    look, run = city.look(CODE)
    city.link(city.home(look, CODE, days_ago(1)), look, "http://asked/")
    answered(city, run, "http://asked/", CHECK_AT, "ok")
    judge(city.engine, PERIOD, DEFAULT_RUBRIC, CHECK_AT)
    assert "沿用" not in explanation_text(explain(city.engine, PERIOD, DEFAULT_RUBRIC, CODE, "W-D4.3a"))
    report = read_pass_rates(city.engine, PERIOD, DEFAULT_RUBRIC)
    assert pass_rates_json(report)["reused_answers"] is None
    assert "沿用" not in str(notes_sheet(report).rows)
