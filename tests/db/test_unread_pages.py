"""Pages searched only up to a bound come back from the database as unknown, and no clause about them passes."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from govspider.checks.catalogue import CHECKS
from govspider.db.observations import read_latest_looks, read_sites
from govspider.db.store import write_items
from govspider.extract.document.page import Page
from govspider.items import PageRole, PageSeen, UnknownReason
from govspider.judging import judge
from govspider.judging.explanation import explain
from govspider.reports.explanation_text import explanation_text
from govspider.rubrics.model import load_rubric
from govspider.seen import SeenSite
from pipelines.extract_dark_links import ExtractDarkLinksPipeline
from pipelines.extract_wording import ExtractWordingPipeline
from tests.observed_city import CHECK_AT, CHECK_DAY, PERIOD, ObservedCity

RUBRIC, CODE = "guoban-2019", "3300000001"
HIDDEN = ("W-V1.3", "W-V1.4")
WORDING = "W-V1.1"
LONG_TEXT = "<p>" + "</p><p>".join(f"第{number}号文件" + "甲" * 2000 for number in range(210)) + "</p>"
LONG_SCRIPT = "<script>" + "var a=1;" * 60_000 + "</script>"


class _Seen:
    """One page of one site, stored as a crawl stores it, and judged."""

    def __init__(self, engine: Engine) -> None:
        self.city = ObservedCity(engine)
        self.city.organisation("甲市", "city")
        self.city.site(CODE, "甲市")
        self.look_id, self.run_id = self.city.look(CODE)
        self.url = self.city.home_url(CODE)

    def page(self, body: str, reason: UnknownReason | None = None, detail: str = "") -> SeenSite:
        page = Page(self.url, f"<html><head><title>甲市</title></head><body>{body}</body></html>".encode())
        seen = PageSeen(
            self.look_id, self.run_id, self.city.sites[CODE], PageRole.HOME, self.url, self.url, CHECK_AT, page, 200
        )
        seen.reason, seen.detail = reason, detail
        for pipeline in (ExtractDarkLinksPipeline(), ExtractWordingPipeline()):
            pipeline.process_item(seen)
        write_items(self.city.engine, [seen])
        with self.city.engine.connect() as connection:
            looks = read_latest_looks(connection, self.city.periods[PERIOD])
            (site,) = read_sites(connection, looks, CHECK_DAY)
        return site


def results(site: SeenSite) -> dict[str, str]:
    """What the clauses about hidden links, tampering and grave wording say of a site."""
    rules = {rule.id: rule for rule in load_rubric(RUBRIC).rules}
    return {
        clause: CHECKS[str(rules[clause].check)].judge(site, CHECK_DAY, rules[clause].bind()).result.value
        for clause in (*HIDDEN, WORDING)
    }


@pytest.fixture
def seen(emptied_engine: Engine) -> _Seen:
    return _Seen(emptied_engine)


def test_a_page_that_is_read_to_its_end_leaves_nothing_unknown(seen: _Seen) -> None:
    site = seen.page("<p>正文</p>")
    assert (site.dark_unread, site.wording_unread) == ((), ())
    assert results(site) == {"W-V1.3": "pass", "W-V1.4": "pass", WORDING: "pass"}


def test_more_script_than_is_read_makes_what_may_be_hidden_unknown_and_leaves_the_wording_alone(seen: _Seen) -> None:
    site = seen.page(LONG_SCRIPT)
    (unread,) = site.dark_unread
    assert (unread.source_url, unread.reason, site.wording_unread) == (seen.url, UnknownReason.BUDGET, ())
    assert "脚本" in unread.detail
    assert results(site) == {"W-V1.3": "unknown", "W-V1.4": "unknown", WORDING: "pass"}


def test_more_text_than_is_read_makes_the_wording_unknown(seen: _Seen) -> None:
    site = seen.page(LONG_TEXT)
    (unread,) = site.wording_unread
    assert (unread.reason, site.dark_unread) == (UnknownReason.BUDGET, ())
    assert "400000字" in unread.detail
    assert results(site)[WORDING] == "unknown"


def test_a_page_that_is_too_large_to_read_is_unknown_for_all_of_them(seen: _Seen) -> None:
    site = seen.page("", UnknownReason.TOO_BIG, "70000 tags, more than 60000 are not read")
    assert [one.reason for one in (*site.dark_unread, *site.wording_unread)] == [UnknownReason.TOO_BIG] * 2
    assert set(results(site).values()) == {"unknown"}


def test_an_explanation_shows_the_page_that_was_not_read_to_its_end(seen: _Seen) -> None:
    seen.page(LONG_TEXT + LONG_SCRIPT)
    judge(seen.city.engine, PERIOD, RUBRIC, CHECK_AT)
    for clause, told in ((WORDING, "400000字"), ("W-V1.3", "页内脚本超过"), ("W-V1.4", "页内脚本超过")):
        shown = explanation_text(explain(seen.city.engine, PERIOD, RUBRIC, CODE, clause))
        assert f"页面 {seen.url} 未检查完" in shown
        assert told in shown
