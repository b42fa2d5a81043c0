"""A line for each answer and item is made only for those who asked for such lines."""

from __future__ import annotations

import pytest
from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from govspider.commands.log_lines import NeededLines


@pytest.mark.parametrize(("level", "told"), [("DEBUG", True), (10, True), ("INFO", False), ("WARNING", False)])
def test_lines_for_each_answer_and_item_are_made_at_level_debug_only(level: str | int, told: bool) -> None:
    crawler = get_crawler(Spider, {"LOG_LEVEL": level})
    lines, spider = NeededLines.from_crawler(crawler), Spider("x")
    asked = Request("http://www.x.gov.cn/")
    answer = Response(asked.url, request=asked)
    made = [lines.crawled(asked, answer, spider), lines.scraped({"a": 1}, answer, spider)]
    assert [line is not None for line in made] == [told, told]


def test_other_lines_are_made_as_ever() -> None:
    lines = NeededLines.from_crawler(get_crawler(Spider, {"LOG_LEVEL": "INFO"}))
    asked = Request("http://www.x.gov.cn/")
    assert lines.item_error({"a": 1}, ValueError("why"), Response(asked.url, request=asked), Spider("x")) is not None
