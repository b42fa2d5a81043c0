"""The search for garbage in circles is made rare while a crawl runs, and only then."""

from __future__ import annotations

import gc

import pytest
from scrapy.exceptions import NotConfigured
from scrapy.utils.test import get_crawler

from govspider.throttle.rare_collections import RareCollections


def collections(thresholds: object) -> RareCollections:
    return RareCollections.from_crawler(get_crawler(settings_dict={"COLLECTOR_THRESHOLDS": thresholds}))


def test_the_collector_is_as_before_when_the_crawl_ends() -> None:
    before = gc.get_threshold(), gc.get_freeze_count()
    rare = collections((12_345, 6, 7))
    rare.begin()
    during = gc.get_threshold(), gc.get_freeze_count()
    rare.end()
    assert during[0] == (12_345, 6, 7)
    assert during[1] > before[1]
    assert (gc.get_threshold(), gc.get_freeze_count()) == before


def test_thresholds_come_as_text_too() -> None:
    rare = collections("900,8,7")
    rare.begin()
    during = gc.get_threshold()
    rare.end()
    assert during == (900, 8, 7)


def test_no_thresholds_leave_the_collector_alone() -> None:
    with pytest.raises(NotConfigured):
        collections(())


def test_a_wrong_number_of_thresholds_is_told() -> None:
    with pytest.raises(ValueError, match="three numbers, not \\['700'\\]"):
        collections("700")
