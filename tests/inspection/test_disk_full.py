"""A disk without room for dead letters: it is told, and the site of the lost row is looked at again."""

from __future__ import annotations

import json

import pytest

from govspider import settings
from tests.inspection.conftest import NewDesk, Town

pytestmark = pytest.mark.city
_SITE = "9901000008"
_PERIOD = "满一"
_SPOILT = {
    "ITEM_PIPELINES": json.dumps({**settings.ITEM_PIPELINES, "tests.inspection.faulty_pipelines.SpoilPage": 800})
}


def test_a_device_that_is_always_full_leaves_the_look_incomplete_and_is_told(town: Town, new_desk: NewDesk) -> None:
    desk = town.desk(new_desk)
    desk.dead_letters.symlink_to("/dev/full")
    ended = desk.crawl(_SPOILT, period=_PERIOD, sites=_SITE).expect(3)
    assert "No space left on device" in ended.words
    assert desk.one("select state from look") == "incomplete"
