"""The newest record of a list that stands large above it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.columns.column_pages import DAYS, TITLES, plain_list, seen

_BOX = '<div class="top"><{tag}><a href="{url}">{title}</a></{tag}><p>县领导出席。</p><p>{day}</p></div>{between}'
NEWEST_DAY = date(2026, 9, 12)
_NEWER = "2026-11-20"


def _headline(tag: str = "h2", url: str = "/tzgg/99.html", day: str = _NEWER, between: str = "") -> str:
    return "<div>" + _BOX.format(tag=tag, url=url, day=day, title=TITLES[5], between=between) + plain_list() + "</div>"


@pytest.mark.parametrize("url", ["/tzgg/99.html", "http://www.other.gov.cn/2026/a.html"])
def test_a_headline_right_above_a_list_is_its_first_item(url: str) -> None:
    column = seen(_headline(url=url))
    assert (column.newest, column.items) == (date(2026, 11, 20), len(DAYS) + 1)


@pytest.mark.parametrize(
    "body",
    [_headline(tag="b"), _headline(url="/zt/2026/9.html"), _headline(between="<p>最新通知公告请见下方列表</p>")],
    ids=["no heading", "an address of another make", "words between"],
)
def test_a_notice_above_a_list_is_none_of_its_items(body: str) -> None:
    assert seen(body).newest in (NEWEST_DAY, None)


def test_an_old_headline_is_an_item_too() -> None:
    column = seen(_headline(day="2026-01-20"))
    assert (column.newest, column.items) == (NEWEST_DAY, len(DAYS) + 1)
