"""Ten more kills at other moments (tests/inspection/test_killed.py has the first ten), and crawls asked to stop."""

from __future__ import annotations

import signal

import pytest

from tests.city.server import serve
from tests.inspection.conftest import NewDesk, Town
from tests.inspection.killing import PERIOD, Undisturbed, look_undisturbed, survives_a_chain
from tests.inspection.kills import HOSTS, SETTINGS, SITES
from tests.inspection.sameness import differences, observations

pytestmark = pytest.mark.city


@pytest.fixture(scope="module")
def undisturbed(town: Town, new_desk: NewDesk) -> Undisturbed:
    return look_undisturbed(town, new_desk)


@pytest.mark.parametrize("chain", [3, 4])
def test_a_crawl_killed_at_five_other_moments_and_gone_on_with_sees_the_same_as_an_undisturbed_one(
    chain: int, undisturbed: Undisturbed, town: Town, new_desk: NewDesk
) -> None:
    survives_a_chain(chain, undisturbed, town, new_desk)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_crawl_that_is_asked_to_stop_ends_incomplete_and_can_be_resumed(
    number: signal.Signals, undisturbed: Undisturbed, town: Town, new_desk: NewDesk
) -> None:
    with serve(town.plan) as city:
        desk = new_desk(city.proxy_url)
        desk.import_registry(town.registry)
        process = desk.start_crawl(SETTINGS, period=PERIOD, sites=",".join(SITES))
        moment = undisturbed.arrivals[HOSTS[0]] // 2
        stopped = desk.stop_when(process, lambda _: city.count(HOSTS[0]) >= moment, number)
        assert stopped is not None
        stopped.expect(3)
        assert "未完成" in stopped.sentences[-1]
        assert "broke off" not in stopped.words  # to be asked to stop is no fault of a site's look
        assert desk.one("select state from run") == "incomplete"
        assert "尚未巡检完成" in desk.one("select detail from run")
        city.forget()
        desk.crawl(SETTINGS, run=str(desk.one("select id from run"))).expect(0)
    assert desk.rows("select state, detail from run") == [("complete", "")]
    assert differences(undisturbed.observations, observations(desk)) == []
