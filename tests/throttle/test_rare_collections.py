"""The search for garbage in circles is made rare while a crawl runs, and only then."""

from __future__ import annotations

import gc

import pytest
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.test import get_crawler

from govspider.throttle.rare_collections import LOADED, RareCollections


def collections(thresholds: object, crawler: Crawler | None = None) -> RareCollections:
    return RareCollections.from_crawler(crawler or get_crawler(settings_dict={"COLLECTOR_THRESHOLDS": thresholds}))


def test_what_a_spider_has_loaded_by_the_time_it_says_so_is_set_aside_too() -> None:
    crawler = get_crawler(settings_dict={"COLLECTOR_THRESHOLDS": (12_345, 6, 7)})
    rare = collections((), crawler)
    rare.begin()
    lists = [[number] for number in range(1000)]
    before = gc.get_freeze_count()
    crawler.signals.send_catch_log(LOADED)
    aside = gc.get_freeze_count() - before
    rare.end()
    assert aside >= len(lists)


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
