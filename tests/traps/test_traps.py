"""The product on a hundred traps: every fault found, nobody accused falsely, every state right."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from govspider import settings
from govspider.browser.chromium import find_chromium
from tests.fresh_databases import fresh_database
from tests.optional_parts import do_without
from tests.traps import names
from tests.traps.floors import read_floors
from tests.traps.product import Office
from tests.traps.scoring import Score, score_product
from tests.traps.server import Traps, read_truth, running

_FOOTER = "/t/footer_gone.html"
_LAST_RUN = "(select max(id) from run)"


@pytest.fixture(scope="module")
def office(server_url: str, _template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The traps, inspected once."""
    with fresh_database(server_url, _template) as url, running(date.today()) as traps:
        made = Office(url, tmp_path_factory.mktemp("traps"), traps)
        made.import_registry()
        made.inspect()
        yield made


@pytest.fixture(scope="module")
def score(office: Office) -> Score:
    traps = office.traps
    return score_product(traps.resolved(), traps.site(), office.answers(), office.problems())


def test_no_trap_is_called_other_than_the_truth_has_it(score: Score) -> None:
    assert dict(score.wrong) == {}


def test_every_fault_is_found_and_nobody_is_accused_falsely(score: Score) -> None:
    floors = read_floors()
    assert (score.missed, score.alarms) == ((), ())
    assert score.found >= floors["found"]
    assert score.traps >= floors["traps"]


def test_no_trap_is_asked_more_often_than_the_ladder_is_high(office: Office) -> None:
    rungs = office.rows("select max(rung) as highest, count(*) filter (where rung = 1) as first from link_answer")
    assert rungs[0]["highest"] <= 5  # three looks, and two in a browser where the first speaks against the link
    made_up = office.rows("select host, count(*) as asked from link_probe group by host")
    assert made_up
    assert {row["asked"] for row in made_up} <= {1, 2}


def test_a_browser_comes_last_within_its_budget_and_its_rungs_are_kept_like_all_others(office: Office) -> None:
    if find_chromium(os.environ) is None:
        do_without("browser", "no Chromium on this machine: make browser", os.environ)
    shown = office.rows("select url, rung, status, final_url, answered_at from link_answer where browser")
    app = [row for row in shown if "app.trap-thirty.com" in row["url"]]
    assert len({row["url"] for row in app}) >= 4
    assert len({row["url"] for row in shown}) <= settings.BROWSER_LINKS_PER_SITE
    assert all(row["rung"] > 1 and row["status"] and row["final_url"] and row["answered_at"] for row in shown)


def test_a_wall_is_never_handed_to_a_browser(office: Office) -> None:
    rows = office.rows("select url from link_answer where browser and (unknown_reason = 'blocked' or status > 404)")
    assert rows == []
    # the wall that a script led to was met by the crawl; run in a browser, its script would have asked once more
    assert len([asked for asked in office.traps.asked if asked.path == "/wall.html"]) <= 1


def test_the_same_identity_asks_every_time(office: Office) -> None:
    agents = {asked.headers.get("user-agent", "") for asked in office.traps.asked}
    assert len(agents) == 1
    assert "govspider" in agents.pop()


def test_forms_that_take_post_and_comments_are_never_asked(office: Office) -> None:
    asked = {request.path for request in office.traps.asked}
    assert "/t/ok.html" in asked
    assert not {"/t/post", "/t/lost_comment.html"} & asked
    assert {request.method for request in office.traps.asked} == {"GET"}


def test_a_dead_link_of_the_shared_footer_is_one_finding_with_its_pages(office: Office) -> None:
    found = [
        row for row in office.problems() if row["url"] == office.traps.address(f"http://{names.SITE}{{http}}{_FOOTER}")
    ]
    assert len(found) == 1
    assert "等 5 个页面" in found[0]["evidence"]


def test_a_host_that_does_not_answer_holds_up_nobody_else(office: Office) -> None:
    query = """
        select max(answered_at) filter (where unknown_reason = 'timeout') as silent,
               max(answered_at) filter (where url like :others) as others
        from link_answer where rung = 1"""
    [row] = office.rows(query, others="http://www.trap-demo.gov.cn%")
    assert row["others"] < row["silent"]


def test_a_domain_that_changed_hands_is_suspected_at_the_next_look(office: Office, lapse: Callable[[], None]) -> None:
    lapse()
    office.inspect("陷阱2")
    url = office.traps.address("http://lapsed.trap-sixteen.com{http}/")
    [row] = [row for row in office.problems("陷阱2") if row["url"] == url]
    assert (row["kind"], row["state"]) == ("link_hijacked", "suspected")
    assert "Cheap watches" in row["evidence"]


def test_a_recheck_asks_for_the_one_address_and_finds_it_mended_or_broken_again(office: Office) -> None:
    url = office.traps.address(f"http://{names.SITE}{{http}}/t/gone.html")
    before, looks = office.state_of(url), office.rows("select count(*) as looks from look")
    assert before == "confirmed"
    office.traps.repaired.add("/t/gone.html")
    office.traps.asked.clear()
    assert "已整改" in office.recheck(url)
    assert _asked_of(office.traps, names.SITE) <= {"/robots.txt", "/t/gone.html", "made up"}
    assert {asked.name for asked in office.traps.asked} == {names.SITE}
    office.traps.repaired.clear()
    assert "复发" in office.recheck(url)
    assert office.state_of(url) == "regressed"
    assert office.rows("select count(*) as looks from look") == looks
    rungs = office.rows("select rung, state from link_answer where url = :url and run_id = " + _LAST_RUN, url=url)
    assert [row["state"] for row in sorted(rungs, key=lambda row: row["rung"])][-3:] == ["ok", "dead", "dead"]


def test_judging_anew_after_a_recheck_moves_nothing(office: Office) -> None:
    url = office.traps.address(f"http://{names.SITE}{{http}}/t/gone.html")
    for _ in range(2):
        office.run("scripts/judge.py", "--period", "陷阱2")
        assert office.state_of(url) == "regressed"


def test_the_link_findings_of_a_site_are_asked_again_on_request_and_nothing_else(office: Office) -> None:
    office.traps.asked.clear()
    said = office.run("scripts/recheck.py", "--site", "3300000003", "--links", *office.settings())
    assert "个链接问题" in said
    assert office.traps.asked
    assert {asked.name for asked in office.traps.asked} == {names.HOME_SITE}
    assert "/zwdt/" not in {asked.path for asked in office.traps.asked}


def _asked_of(traps: Traps, name: str) -> set[str]:
    """Paths that a host was asked for; addresses that were made up are called so."""
    paths = (asked.path for asked in traps.asked if asked.name == name)
    return {"made up" if re.search(r"/[0-9a-f]{16}(?:\.[a-z]+)?/?$", path) else path for path in paths}


def test_an_exception_with_its_end_takes_a_link_out_of_the_list_and_not_out_of_memory(office: Office) -> None:
    url = office.traps.address(f"http://{names.SITE}{{http}}/t/gone_410.html")
    given = ("--reason", "对方改版中", "--author", "张三", "--until", "2099-01-01")
    with pytest.raises(AssertionError, match="不超过一年"):
        office.run("scripts/link_exception.py", "add", url, *given)
    until = f"{date.today() + timedelta(days=30)}"
    office.run("scripts/link_exception.py", "add", url, *given[:-1], until)
    # a period that was looked at earlier moves no finding that was seen since
    period = office.rows("select label from period join run on period.id = period_id order by run.id")[-1]["label"]
    office.run("scripts/judge.py", "--period", period)
    assert url not in {row["url"] for row in office.problems(period)}
    assert office.state_of(url) == "exempted"
    assert "张三" in office.run("scripts/link_exception.py", "list")


@pytest.fixture
def lapse(office: Office) -> Callable[[], None]:
    return lambda: setattr(office.traps, "lapsed", True)


def test_the_truth_names_every_trap_once() -> None:
    ids = [trap["id"] for trap in read_truth()]
    assert len(ids) == len(set(ids))
    assert len({trap["url"] for trap in read_truth()}) == len(ids)


def test_numbers_of_hosts_are_told_back_as_names() -> None:
    traps = Traps(date(2026, 11, 22), ports={"http": 8080})
    numbered = traps.address("http://out.trap-one.com{http}/", by_number=True)
    assert numbered == f"http://{names.address_of('out.trap-one.com')}:8080/"
    assert Path(__file__).with_name("truth.yaml").exists()
