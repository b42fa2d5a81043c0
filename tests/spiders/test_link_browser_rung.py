"""The last rung: which links a browser is asked about, how often, and what becomes of its answer."""

from __future__ import annotations

from govspider.items import KnownAnswer, LinkAnswered, LinkFault, LinkState, UnknownReason
from tests.spiders.link_world import OWN_HOST, World, always, page, replied

_APP = (
    "<html><head><title>某某平台</title></head><body><div id='app'></div><script src='/app.js'></script></body></html>"
)
_TEXT = "本市今日召开专题会议，研究部署下一阶段的重点工作，要求各单位认真抓好落实。"
_ITEM = "http://app.other-demo.com/item/1.html"


def world(view: str, elsewhere: str = "", known: KnownAnswer | None = None, address: str = _ITEM) -> World:
    """One app whose every address answers the same shell; `elsewhere` is what it shows at all others."""
    earlier = {} if known is None else {address: known}

    def shown(url: str) -> str:
        return page("某某平台", view if url == address else elsewhere)

    return World(always(lambda url: replied(url, body=_APP)), views=shown, known=earlier)


def rungs(seen: World, url: str = _ITEM) -> list[tuple[int, LinkState, bool]]:
    answers = [item for item in seen.given if isinstance(item, LinkAnswered) and item.url == url]
    return [(item.rung, item.state, item.browser) for item in answers]


def test_a_page_that_a_browser_shows_is_there_and_the_rung_says_who_showed_it() -> None:
    seen = world(_TEXT, "您访问的页面不存在")
    seen.climb([_ITEM])
    assert rungs(seen) == [(1, LinkState.UNKNOWN, False), (2, LinkState.OK, True)]


def test_words_of_an_error_are_looked_at_twice() -> None:
    seen = world("您访问的页面不存在")
    seen.climb([_ITEM])
    assert rungs(seen)[1:] == [(2, LinkState.DEAD, True), (3, LinkState.DEAD, True)]
    assert seen.last()[_ITEM].fault is LinkFault.SOFT_404


def test_an_outside_app_that_shows_the_same_everywhere_is_not_accused() -> None:
    seen = world(_TEXT, _TEXT)
    seen.climb([_ITEM])
    assert seen.last()[_ITEM].reason is UnknownReason.CONTRADICTORY


def test_an_app_of_the_site_itself_that_shows_the_same_everywhere_is_suspected() -> None:
    own = f"http://{OWN_HOST}/app/item/1.html"
    seen = world(_TEXT, _TEXT, address=own)
    seen.climb([own])
    assert seen.last()[own].fault is LinkFault.SOFT_404


def test_a_view_that_shows_nothing_leaves_the_link_as_it_was() -> None:
    seen = world("")
    seen.climb([_ITEM])
    assert rungs(seen) == [(1, LinkState.UNKNOWN, False), (2, LinkState.UNKNOWN, False)]


def test_no_more_links_are_shown_than_the_budget_allows_and_the_look_says_so() -> None:
    urls = [_ITEM.replace("1.html", f"{number}.html") for number in range(5)]
    seen = World(always(lambda url: replied(url, body=_APP)), views=lambda url: page("某某平台", f"{_TEXT}{url}"))
    seen.climb(urls)
    assert sorted({*seen.viewed} & {*urls}) == urls[:3]
    assert seen.left_open == ["2 links were not shown in a browser: more than BROWSER_LINKS_PER_SITE"]


def test_without_a_browser_the_link_stays_unknown() -> None:
    seen = World(always(lambda url: replied(url, body=_APP)))
    seen.climb([_ITEM])
    assert rungs(seen) == [(1, LinkState.UNKNOWN, False)]
    assert seen.last()[_ITEM].reason is UnknownReason.NEEDS_BROWSER


def test_a_resumed_crawl_does_not_show_again_what_was_shown() -> None:
    known = KnownAnswer(LinkState.UNKNOWN, UnknownReason.NEEDS_BROWSER, rung=2, dead=0, shown=1)
    seen = world(_TEXT, known=known)
    seen.climb([_ITEM])
    assert seen.viewed == []


def test_a_wall_is_never_shown() -> None:
    seen = World(always(lambda url: replied(url, 403, _APP)), views=lambda url: page("", _TEXT))
    seen.climb([_ITEM])
    assert seen.viewed == []
    assert seen.last()[_ITEM].reason is UnknownReason.BLOCKED
