"""A crawl that is killed and run again, until it is complete, has seen what an undisturbed one sees."""

from __future__ import annotations

import random
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.city.model import Plan
from tests.city.server import serve
from tests.inspection.conftest import PERIOD, Inspected, NewDesk
from tests.inspection.crawling import Desk
from tests.inspection.sameness import differences, observations

pytestmark = pytest.mark.city
_SEED = 20261122
_KILLS = 3
# small batches, so that there are many moments between two of them
_OFTEN = {"STORE_BATCH": "10", "STORE_SECONDS": "0.05"}
NewCity = Callable[[Plan], Path]


def _stored(desk: Desk) -> int:
    """Rows that the run stored so far: pages and link answers."""
    return int(desk.one("select (select count(*) from page) + (select count(*) from link_answer)"))


def _at_least(rows: int) -> Callable[[Desk], bool]:
    return lambda desk: _stored(desk) >= rows


def test_a_crawl_killed_at_three_moments_and_resumed_sees_the_same_as_an_undisturbed_one(
    inspected: Inspected, new_desk: NewDesk
) -> None:
    whole = _stored(inspected.desk)
    chosen = random.Random(_SEED)
    moments = sorted(chosen.sample(range(20, int(whole * 0.9)), _KILLS))
    print(f"kills after {moments} of {whole} rows")
    with serve(inspected.plan) as city:
        desk = new_desk(city.proxy_url)
        desk.import_registry(inspected.registry)
        for moment in moments:
            killed = desk.stop_when(desk.start_crawl(_OFTEN, period=PERIOD), _at_least(moment), signal.SIGKILL)
            assert killed is not None, f"the crawl was over before {moment} rows"
            assert killed.code == -signal.SIGKILL
            assert desk.one("select state from run") == "running"
            city.forget()  # what a server does once, it does once per visit
        last = desk.crawl(_OFTEN, period=PERIOD).expect(0)
    assert "继续批次" in last.sentences[0]
    assert desk.rows("select state, detail from run") == [("complete", "")]
    assert differences(observations(inspected.desk), observations(desk)) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_crawl_that_is_asked_to_stop_ends_incomplete_and_can_be_resumed(
    number: signal.Signals, inspected: Inspected, new_desk: NewDesk
) -> None:
    with serve(inspected.plan) as city:
        desk = new_desk(city.proxy_url)
        desk.import_registry(inspected.registry)
        moment = _stored(inspected.desk) // 3
        stopped = desk.stop_when(desk.start_crawl(_OFTEN, period=PERIOD), _at_least(moment), number)
        assert stopped is not None
        stopped.expect(3)
        assert "未完成" in stopped.sentences[-1]
        assert desk.one("select state from run") == "incomplete"
        assert "尚未巡检完成" in desk.one("select detail from run")
        city.forget()
        desk.crawl(_OFTEN, period=PERIOD).expect(0)
    assert desk.rows("select state, detail from run") == [("complete", "")]
    assert differences(observations(inspected.desk), observations(desk)) == []
