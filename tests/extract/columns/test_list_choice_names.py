"""Columns whose own name is a word that usually heads a side block."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from govspider.extract.columns.column import observe_column
from govspider.extract.document.page import Page
from govspider.items import ColumnState

_NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
_URL = "http://www.example.gov.cn/tpxw/index.html"


def _page(above: str) -> Page:
    items = "".join(
        f'<li><span>[2026-11-{day:02d}]</span><a href="/tpxw/{day}.htm">市直机关召开第{day}次安全生产工作会议</a></li>'
        for day in range(18, 8, -1)
    )
    body = f'<html><body><div class="wrap">{above}<div class="main"><ul>{items}</ul></div></div></body></html>'
    return Page(_URL, body.encode(), "text/html; charset=utf-8")


@pytest.mark.parametrize("name", ["图片新闻", "最新信息", "最新发布"])
def test_a_column_named_like_a_side_block_in_the_breadcrumb_is_still_the_list(name: str) -> None:
    trail = f'<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/tpxw/">{name}</a></div>'
    seen = observe_column(_page(trail), _NOW, ())
    assert (seen.state, seen.newest, seen.items) == (ColumnState.LIST, date(2026, 11, 18), 10)


@pytest.mark.parametrize("name", ["图片新闻", "热点新闻"])
def test_a_list_under_a_heading_of_side_blocks_is_not_the_list(name: str) -> None:
    trail = f'<div class="position">当前位置：<a href="/">首页</a> &gt; 工作动态</div><h3>{name}</h3>'
    assert observe_column(_page(trail), _NOW, ()).newest is None
