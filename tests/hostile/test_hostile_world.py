"""Eighty hostile sites beside healthy ones in one crawl: it ends, it stays small, and the healthy ones are unharmed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.hostile.case import Case
from tests.hostile.names import REBINDING
from tests.hostile.office import HEALTHY, DirectDesk, Inspection, code_of, inspect
from tests.hostile.world import CASES, World
from tests.inspection.sameness import differences, observations

pytestmark = pytest.mark.city
_MOST_MEGABYTES = 1000
_FEWEST_CASES = 40
NewDirectDesk = Callable[[str], DirectDesk]


@pytest.fixture(scope="module")
def alone(world: World, new_direct_desk: NewDirectDesk) -> Inspection:
    """The healthy sites, with nobody beside them."""
    made = inspect(new_direct_desk("alone"), world, ())
    made.ended.expect(0)
    return made


@pytest.fixture(scope="module")
def beside(alone: Inspection, world: World, new_direct_desk: NewDirectDesk) -> Inspection:
    """The healthy sites, with all hostile ones beside them."""
    world.asked.clear()
    return inspect(new_direct_desk("beside"), world, CASES)


def _home(inspection: Inspection, number: int) -> tuple[str, str | None, str | None]:
    """(state of the look, reason of the home page, its title) of the hostile site of this number."""
    query = """select look.state, page.unknown_reason, page.title from look
               join site on site.id = look.site_id join page on page.look_id = look.id and page.role = 'home'
               where site.code = :code"""
    ((state, reason, title),) = inspection.desk.rows(query, code=code_of(number))
    return state, reason, title


def test_there_are_enough_of_them_and_each_has_a_name_of_its_own() -> None:
    assert len({case.host for case in CASES}) == len(CASES) >= _FEWEST_CASES


def test_the_crawl_ends_complete(beside: Inspection) -> None:
    beside.ended.expect(0)
    assert beside.desk.rows("select state, detail from run") == [("complete", "")]
    assert beside.desk.one("select count(*) from look where state = 'complete'") == len(HEALTHY) + len(CASES)
    assert not beside.desk.dead_letters.exists()


@pytest.mark.parametrize(("number", "case"), list(enumerate(CASES)), ids=[case.name for case in CASES])
def test_every_hostile_site_is_unknown_for_a_reason_or_read_as_it_is(
    number: int, case: Case, beside: Inspection
) -> None:
    state, reason, title = _home(beside, number)
    assert state == "complete"
    assert reason in case.home
    if reason is None and case.title:
        assert title == case.title


def test_healthy_sites_look_as_if_they_were_alone(alone: Inspection, beside: Inspection) -> None:
    assert differences(observations(alone.desk, HEALTHY), observations(beside.desk, HEALTHY)) == []


def test_memory_stays_bounded(alone: Inspection, beside: Inspection) -> None:
    print(f"peak memory: {alone.peak} MB alone, {beside.peak} MB beside {len(CASES)} hostile sites")
    assert 0 < beside.peak < _MOST_MEGABYTES


def test_nobody_is_led_to_an_address_that_may_not_be_contacted(world: World, beside: Inspection) -> None:
    assert beside.ended.code == 0
    assert world.intruders == []


def test_a_name_that_changes_its_mind_is_looked_up_once(world: World, beside: Inspection) -> None:
    assert beside.ended.code == 0
    assert sum(host == REBINDING for host, _, _ in world.asked) > 1


def test_the_health_line_says_that_most_could_not_be_seen(alone: Inspection, beside: Inspection) -> None:
    assert not any("警报" in sentence for sentence in alone.ended.sentences)
    assert any("警报" in sentence and "未能查看" in sentence for sentence in beside.ended.sentences)
    assert int(beside.desk.one("select counters->>'govspider/health/alarms' from run")) == 1


def test_verdicts_accuse_none_of_them_without_evidence(beside: Inspection) -> None:
    """Who could not be seen is not said to fail; lists are written in spite of every odd title."""
    desk = beside.desk
    desk.script("scripts/judge.py", "--period", "险一").expect(0)
    query = """select site.code from verdict join site on site.id = verdict.site_id
               where verdict.clause = 'site' and verdict.result = 'fail'"""
    failed = {code for (code,) in desk.rows(query)} - set(HEALTHY)
    unseen = {code_of(n) for n, _ in enumerate(CASES) if _home(beside, n)[1] is not None}
    assert failed & unseen == set()
    desk.script("scripts/problems.py", "--period", "险一", "--format", "json").expect(0)
