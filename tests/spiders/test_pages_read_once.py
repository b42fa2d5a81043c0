"""However many lists an article stands in and whatever its links are asked, its page is parsed once."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any, cast

import pytest
from scrapy.settings import Settings

from govspider.extract.document import page as page_module
from govspider.extract.links.link_answer import Failure
from govspider.items import LookFinished, PageRole, PageSeen, SiteTarget
from govspider.spiders.fetching import Answer, Fetcher
from govspider.spiders.host_patience import HostPatience
from govspider.spiders.link_book import LinkBook
from govspider.spiders.look import SiteLook
from govspider.spiders.look_limits import read_limits
from tests.spiders.link_world import failed, replied

HOST = "www.x-demo.gov.cn"
ROOT = f"http://{HOST}/"
OUTSIDE = "http://www.friend-demo.cn/"
_ARTICLES = [f"{ROOT}t2026110{number}_1.html" for number in (1, 2)]
_ITEMS = "".join(
    f"<li><a href='{url}'>关于第{number}次会议的通知</a><span>2026-11-0{number}</span></li>"
    for number, url in enumerate(_ARTICLES, start=1)
)
_HEAD = "<html><head><meta charset='utf-8'><title>云景市人民政府</title></head><body>"
_NAVIGATION = (
    f"<ul class='nav'><li><a href='{ROOT}tzgg/'>通知公告</a></li><li><a href='{ROOT}zwdt/'>政务动态</a></li></ul>"
)
_LIST = f"{_HEAD}{_NAVIGATION}<ul class='list'>{_ITEMS}</ul></body></html>"
_ARTICLE = (
    f"{_HEAD}{_NAVIGATION}<h1>关于会议的通知</h1><span>发布时间：2026-11-01</span><p>各单位：现将会议有关事项通知如下。</p>"
    f"<p><a href='{OUTSIDE}'>外部网站</a></p></body></html>"
)


class Web:
    """One site with a home page and two columns that list the same articles."""

    known_pages = pages_awake = reader = None

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()

    async def page(self, url: str, follow_up: Any = None) -> Answer:
        self.asked[url] += 1
        return replied(url, body=_ARTICLE if url in _ARTICLES else _LIST)

    async def link(self, url: str, rung: int, *, whole: bool = False) -> Answer:
        return replied(url, 404) if url.startswith(ROOT) else failed(url, Failure.TIMEOUT)


def _look(web: Web) -> tuple[list[PageSeen], LookFinished]:
    seen: list[PageSeen] = []

    async def hand_over(item: Any, _: int) -> None:
        if isinstance(item, PageSeen):
            seen.append(item)

    settings = Settings()
    settings.setmodule("govspider.settings")
    settings.set("LINK_SECOND_LOOK_SECONDS", 0)
    fetcher = cast(Fetcher, web)
    look = SiteLook(
        SiteTarget(1, "3300000001", "云景市", ROOT, frozenset({HOST}), None, ()),
        look_id=1,
        run_id=1,
        fetcher=fetcher,
        links=LinkBook(1, fetcher, (), patience=HostPatience(5, 100)),
        hand_over=hand_over,
        limits=read_limits(settings),
    )
    asyncio.run(look.walk())
    return seen, look.end(complete=True)


def test_a_look_parses_each_page_once(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[int] = []
    parse = page_module._parse

    def noting(data: bytes) -> Any:
        parsed.append(len(data))
        return parse(data)

    monkeypatch.setattr(page_module, "_parse", noting)
    web = Web()
    seen, _ = _look(web)
    articles = [item for item in seen if item.role is PageRole.ARTICLE]
    assert len(articles) > len(_ARTICLES)
    assert all(count == 1 for count in web.asked.values())
    assert len(parsed) == len(web.asked)


def test_an_article_in_two_lists_counts_once_for_where_a_site_leads() -> None:
    _, end = _look(Web())
    assert [(found.domain, found.links) for found in end.outbound] == [("friend-demo.cn", len(_ARTICLES))]
