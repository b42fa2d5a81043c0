"""What `scrapy crawl links` refuses, each with one sentence that quotes what was given."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from scrapy.settings import Settings
from sqlalchemy.engine import Engine

from govspider.commands.link_preparation import prepare_rechecks
from govspider.commands.preparation import BadInputError
from govspider.db import tables as t
from govspider.judging import judge
from tests.observed_city import CHECK_AT, PERIOD, ObservedCity, days_ago

CODE = "3300000001"
URL = "http://s3300000001.example.gov.cn/gone.html"
SETTINGS = Settings({"BROWSER": "off", "CONTACT": "tests on loopback"})


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"findings": ""}, "应为问题编号"),
        ({"findings": "1,x7"}, "'1,x7'"),
        ({"findings": "1", "sites": CODE}, "未知参数 -a sites"),
    ],
)
def test_what_names_no_findings_is_refused_before_anything_is_opened(arguments: dict[str, str], sentence: str) -> None:
    with pytest.raises(BadInputError, match=sentence):
        prepare_rechecks({}, SETTINGS, arguments)


@pytest.fixture
def city(emptied_engine: Engine) -> ObservedCity:
    """A site whose home page links to a page that is gone."""
    made = ObservedCity(emptied_engine)
    made.organisation("甲市", "city")
    made.site(CODE, "甲市")
    look, run = made.look(CODE)
    made.link(made.home(look, CODE, days_ago(1)), look, URL)
    made.answer(run, URL, ("dead", 404), ("dead", 404))
    judge(made.engine, PERIOD, "guoban-2019", CHECK_AT)
    return made


def _environment(city: ObservedCity) -> dict[str, str]:
    return {"DATABASE_URL": city.engine.url.render_as_string(hide_password=False)}


def test_the_address_of_a_finding_is_prepared_with_its_site_locked(city: ObservedCity) -> None:
    given = {"findings": _number(city), "period": PERIOD}
    prepared = prepare_rechecks(_environment(city), SETTINGS, given)
    try:
        assert [(one.url, one.rung) for one in prepared.rechecks] == [(URL, 2)]
        assert [target.code for target in prepared.targets] == [CODE]
        with pytest.raises(BadInputError, match="正由另一次巡检处理"):
            prepare_rechecks(_environment(city), SETTINGS, given)
    finally:
        prepared.locks.release_all()


def test_a_link_that_stands_on_no_page_any_more_is_told(city: ObservedCity) -> None:
    later = datetime(2099, 1, 1, tzinfo=UTC)
    look, _ = city.look(CODE, at=later)
    city.home(look, CODE, days_ago(1))
    with pytest.raises(BadInputError, match="不在周期"):
        prepare_rechecks(_environment(city), SETTINGS, {"findings": _number(city), "period": PERIOD})


def _number(city: ObservedCity) -> str:
    return str(next(row["id"] for row in city.rows(t.finding) if row["kind"] == "link_dead"))
