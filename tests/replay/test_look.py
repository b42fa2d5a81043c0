"""A verdict comes out of the kept bytes again, without a network; and the replay notices when it does not."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from govspider.db import tables as t
from govspider.db.observations import LatestLook, read_latest_looks
from govspider.db.periods import find_period
from govspider.db.store import write_items
from govspider.evidence.store import EvidenceStore
from govspider.extract.document.page import Page
from govspider.items import ColumnKind, ColumnTarget, PageRole, PageSeen
from govspider.judging import judge
from govspider.judging.explanation import UnknownSiteError, explain
from govspider.replay.look import Replay, replay_look
from govspider.reports.explanation_text import explanation_text
from govspider.rubrics.model import RubricError, load_rubric
from pipelines.extract_columns import ExtractColumnsPipeline
from pipelines.extract_marks import ExtractMarksPipeline
from pipelines.extract_tags import ExtractTagsPipeline
from tests.observed_city import CHECK_AT, PERIOD, ObservedCity, days_ago

RUBRIC = "guoban-2019"
CODE = "3300000001"


def list_page(title: str, days: int) -> bytes:
    rows = "".join(
        f'<li><a href="/t/{days + number}.html">关于{title}工作情况的第{number}号通报</a>'
        f"<span>{days_ago(days + number)}</span></li>"
        for number in range(8)
    )
    return (
        f"<html><head><meta charset='utf-8'><title>{title}</title></head><body><ul>{rows}</ul></body></html>".encode()
    )


@pytest.fixture
def store(tmp_path: Path) -> EvidenceStore:
    return EvidenceStore(tmp_path)


@pytest.fixture
def city(emptied_engine: Engine, store: EvidenceStore) -> ObservedCity:
    """A site whose home page stands still, stored as a crawl stores it: bytes kept, observations extracted."""
    made = ObservedCity(emptied_engine)
    made.organisation("甲市", "city")
    made.site(CODE, "甲市")
    look_id, run_id = made.look(CODE)
    news = ColumnTarget("要闻", f"{made.home_url(CODE)}yw/", ColumnKind.NEWS, "registry", 1.0, "", 1, "registry")
    for url, days, column in ((made.home_url(CODE), 40, None), (news.url, 50, news)):
        page = Page(url, list_page("督查", days), "text/html; charset=utf-8")
        seen = PageSeen(
            look_id=look_id,
            run_id=run_id,
            site_id=made.sites[CODE],
            role=PageRole.COLUMN if column else PageRole.HOME,
            url=url,
            final_url=url,
            fetched_at=CHECK_AT,
            page=page,
            status=200,
            column=column,
            response_headers={"Content-Type": "text/html; charset=utf-8"},
            evidence_sha256=store.keep(page.body),
        )
        for pipeline in (ExtractColumnsPipeline(), ExtractMarksPipeline(), ExtractTagsPipeline()):
            pipeline.process_item(seen)
        write_items(made.engine, [seen])
    judge(made.engine, PERIOD, RUBRIC, CHECK_AT + timedelta(hours=1))
    return made


def look_of(city: ObservedCity) -> LatestLook:
    with city.engine.connect() as connection:
        return read_latest_looks(connection, city.periods[PERIOD])[0]


def replayed(city: ObservedCity, store: EvidenceStore) -> Replay:
    return replay_look(city.engine, store, find_period(city.engine, PERIOD), load_rubric(RUBRIC), look_of(city))


def test_a_replay_reads_the_same_out_of_the_kept_bytes_and_stores_nothing(
    city: ObservedCity, store: EvidenceStore
) -> None:
    before = [city.rows(table, table.c.id) for table in (t.column_observation, t.list_item, t.mark_observation)]
    found = replayed(city, store)
    assert (found.pages, found.missing) == (2, [])
    assert {"W-V3", "W-V4.1"} <= set(found.after)
    assert [clause for clause in found.after if not found.same(clause)] == []
    assert found.before["W-V3"].faults, "the replay has something to agree about"
    after = [city.rows(table, table.c.id) for table in (t.column_observation, t.list_item, t.mark_observation)]
    assert after == before


def test_a_replay_notices_an_observation_that_the_bytes_do_not_show(city: ObservedCity, store: EvidenceStore) -> None:
    with city.engine.begin() as connection:
        newer = {"day": days_ago(1)}
        connection.execute(text("update column_observation set newest = :day where site_column_id is null"), newer)
    found = replayed(city, store)
    assert not found.same("W-V3")
    assert found.before["W-V3"].faults == ()
    assert len(found.after["W-V3"].faults) == 1


def test_a_replay_names_the_bytes_that_are_gone_or_damaged(city: ObservedCity, store: EvidenceStore) -> None:
    home = next(row for row in city.rows(t.page) if row["role"] == "home")
    store.path_of(home["evidence_sha256"]).write_bytes(b"damaged")
    found = replayed(city, store)
    assert found.missing == [city.home_url(CODE)]
    assert not found.same("W-V3")


def test_an_explanation_holds_the_chain_from_the_clause_to_the_bytes(city: ObservedCity) -> None:
    found = explain(city.engine, PERIOD, RUBRIC, CODE, "W-V3")
    shown = explanation_text(found)
    home = next(row for row in city.rows(t.page) if row["role"] == "home")
    assert found.result == found.stored == "unknown"
    for piece in ("监测2周首页无信息更新", "window: {days: 14}", str(days_ago(40)), home["evidence_sha256"], "字节"):
        assert piece in shown
    assert found.would_change == [
        "疑似 1 项、无法判定 0 项中再确认 1 项，则不合格",
        "其中 1 项查实没有问题，则合格（门槛 1 项，已确认 0 项）",
    ]


def test_a_clause_that_nobody_entered_is_explained_as_open(city: ObservedCity) -> None:
    found = explain(city.engine, PERIOD, RUBRIC, f"{'甲市'}网站", "W-V1.2")
    assert (found.result, found.stored) == ("open", None)
    assert "未录入" in explanation_text(found)


def test_the_site_as_a_whole_names_the_clauses_that_decide(city: ObservedCity) -> None:
    found = explain(city.engine, PERIOD, RUBRIC, CODE, "site")
    assert found.would_change == ["以下各条查清后才有结论：W-V3"]


def test_an_unknown_site_or_clause_is_refused_with_those_there_are(city: ObservedCity) -> None:
    with pytest.raises(UnknownSiteError, match=CODE):
        explain(city.engine, PERIOD, RUBRIC, "乙市", "W-V3")
    with pytest.raises(RubricError, match="W-V9"):
        explain(city.engine, PERIOD, RUBRIC, CODE, "W-V9")


def test_an_explanation_says_when_the_stored_verdict_is_out_of_date(city: ObservedCity) -> None:
    with city.engine.begin() as connection:
        connection.execute(text("update verdict set result = 'pass' where clause = 'W-V3'"))
    assert "已经过时" in explanation_text(explain(city.engine, PERIOD, RUBRIC, CODE, "W-V3"))
