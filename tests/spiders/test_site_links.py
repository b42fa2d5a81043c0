"""How the links of a site are asked: a broken host costs little, delays nobody, and is taken for no more than it is."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import cast

import pytest

from govspider.extract.links.link_answer import Failure
from govspider.extract.links.link_parts import LinkPart
from govspider.items import HostProbed, LinkAnswered, LinkFault, LinkReused, LinkState, UnknownReason
from govspider.spiders.fetching import Answer, Fetcher
from govspider.spiders.host_patience import HostPatience
from govspider.spiders.link_book import Asker, LinkBook, Room
from govspider.spiders.site_links import LadderLimits, SiteLinks
from govspider.spiders.standings import AddressSet, Reusable
from tests.spiders.link_world import OWN_HOST, World, always, failed, link_to, page, replied

_LONG = "本市今日召开专题会议，研究部署下一阶段的重点工作，要求各单位认真抓好落实。"


def test_twenty_thousand_links_to_a_server_that_fails_are_asked_a_hundred_times_each_look() -> None:
    urls = [f"http://bad.other-demo.com/{number}.html" for number in range(20_000)]
    world = World(always(lambda url: replied(url, 502)))
    world.climb(urls)
    assert Counter(world.asked) == dict.fromkeys(urls[:100], 2)
    last = world.last()
    dead = [url for url in urls if last[url].state is LinkState.DEAD]
    assert dead == urls[:100]
    assert {last[url].fault for url in dead} == {LinkFault.SERVER_ERROR}
    assert {last[url].reason for url in urls[100:]} == {UnknownReason.BUDGET}


def test_one_good_answer_in_between_and_the_server_is_asked_on() -> None:
    urls = [f"http://bad.other-demo.com/{number}.html" for number in range(30)]
    world = World(always(lambda url: replied(url, 404 if url.endswith("/9.html") else 500)))
    world.climb(urls, faults=10)
    assert set(world.asked) == set(urls[:20])


def test_a_name_that_does_not_exist_is_looked_up_once_each_look_and_all_its_links_are_dead() -> None:
    urls = [f"http://gone.other-demo.com/{number}.html" for number in range(500)]
    world = World(always(lambda url: failed(url, Failure.DNS_NOT_FOUND)))
    world.climb(urls)
    assert world.asked == [urls[0], urls[0]]
    assert {(item.state, item.fault) for item in world.last().values()} == {(LinkState.DEAD, LinkFault.NO_NAME)}
    assert {item.rung for item in world.last().values()} == {2}


@pytest.mark.parametrize("failure", [Failure.TIMEOUT, Failure.DNS_TEMPORARY, Failure.TLS, Failure.PRIVATE_ADDRESS])
def test_a_host_that_cannot_be_reached_is_given_up_after_a_few_tries(failure: Failure) -> None:
    urls = [f"http://away.other-demo.com/{number}.html" for number in range(50)]
    world = World(always(lambda url: failed(url, failure)))
    world.climb(urls, tries=5)
    assert set(world.asked) == set(urls[:5])
    assert {item.state for item in world.last().values()} == {LinkState.UNKNOWN}


def test_a_silent_host_is_given_up_and_what_looked_dead_before_still_gets_its_second_look() -> None:
    host = "http://half.other-demo.com"
    urls = [f"{host}/gone.html", *(f"{host}/{number}.html" for number in range(20))]

    def answer(url: str) -> Answer:
        return replied(url, 404) if url.endswith("gone.html") else failed(url, Failure.TIMEOUT)

    world = World(always(answer))
    world.climb(urls, tries=5)
    assert world.asked == [*urls[:6], urls[0]]
    assert world.last()[urls[0]].state is LinkState.DEAD


def test_a_host_that_waits_for_all_others_to_be_asked_gets_its_wish() -> None:
    """Order of events, not time: were the others held up, nobody would ever answer."""
    patient = "http://slow.other-demo.com/a.html"
    others = [f"http://host{host}.other-demo.com/{number}.html" for host in range(5) for number in range(10)]
    done = asyncio.Event()

    async def answer(url: str) -> Answer:
        if url == patient:
            await done.wait()
        elif {*world.asked} >= {*others}:
            done.set()
        return replied(url, body=page("一篇报道", _LONG))

    world = World(answer)

    async def climb() -> None:
        async with asyncio.timeout(30):
            await world.climbing([patient, *others], outside=0, patience=HostPatience(5, 100))

    asyncio.run(climb())
    answers = [item.url for item in world.given if isinstance(item, LinkAnswered)]
    assert world.asked[0] == patient
    assert answers[-1] == patient
    assert {item.state for item in world.last().values()} == {LinkState.OK}


# ── pages of others that are missing and say so in no words ─────────────────────────────────────

_LINK = "http://www.other-demo.com/news/2020/a.html"
_ERROR_PAGE = page("某某公司", "非常遗憾，我们没有您要的东西，请看看别的栏目")


def _host(home: str, everything: str, *, status: int = 200) -> World:
    def answer(url: str) -> Answer:
        if url == _LINK:
            return replied(url, body=everything if status == 200 else page("报道", _LONG))
        return replied(url, body=home) if url.endswith(".com/") else replied(url, status, everything)

    return World(always(answer))


def test_an_outside_page_like_that_of_made_up_addresses_is_suspected() -> None:
    world = _host(page("某某公司首页", _LONG), _ERROR_PAGE)
    world.climb([_LINK])
    last = world.last()[_LINK]
    assert (last.state, last.fault) == (LinkState.DEAD, LinkFault.SOFT_404)
    probed = [item.url for item in world.given if isinstance(item, HostProbed)]
    assert len(probed) == 2
    assert Counter(world.asked)["http://www.other-demo.com/"] == 1


def test_an_outside_host_that_shows_its_home_page_everywhere_is_not_accused() -> None:
    world = _host(_ERROR_PAGE, _ERROR_PAGE)
    world.climb([_LINK])
    last = world.last()[_LINK]
    assert (last.state, last.reason) == (LinkState.UNKNOWN, UnknownReason.CONTRADICTORY)


def test_an_outside_host_that_knows_its_missing_pages_is_asked_for_one() -> None:
    world = _host(page("某某公司首页", _LONG), "", status=404)
    world.climb([_LINK, _LINK.replace("a.html", "b.html")])
    assert len([item for item in world.given if isinstance(item, HostProbed)]) == 1
    assert world.last()[_LINK].state is LinkState.OK


@pytest.mark.parametrize(("room", "probed"), [(0, 0), (2, 2), (9, 5)])
def test_no_more_outside_hosts_are_asked_for_missing_pages_than_there_is_room_for(room: int, probed: int) -> None:
    urls = [f"http://host{number}.other-demo.com/news/{page}.html" for number in range(5) for page in "ab"]
    world = World(always(lambda url: replied(url, 200 if url in urls else 404, page("报道", f"{_LONG}{url}"))))
    world.climb(urls, outside=room)
    assert len({item.host for item in world.given if isinstance(item, HostProbed)}) == probed


def test_pages_of_the_inspected_site_take_no_room() -> None:
    own = f"http://{OWN_HOST}/xwzx/2020/a.html"
    world = World(always(lambda url: replied(url, 200 if url == own else 404, page("报道", _LONG))))
    world.climb([own], outside=0)
    assert len([item for item in world.given if isinstance(item, HostProbed)]) == 1


def test_an_outside_link_that_worked_in_an_earlier_run_is_taken_over_and_nothing_else() -> None:
    known, other, own = "http://a.other-demo.com/1", "http://a.other-demo.com/2", f"http://{OWN_HOST}/3"
    world = World(
        always(lambda url: replied(url, 200, page("甲", _LONG))), reusable=Reusable((7,), AddressSet([known, own]))
    )
    world.climb([known, other, own])
    assert known not in world.asked
    assert {other, own} <= set(world.asked)
    assert [item for item in world.given if isinstance(item, LinkReused)] == [LinkReused(1, known, (7,))]
    assert set(world.last()) == {other, own}


def test_a_block_is_entered_once_for_a_site_and_another_with_the_same_links_changes_nothing() -> None:
    book = LinkBook(1, cast(Fetcher, None), (), patience=HostPatience(5, 5))
    asker = Asker(World(always(replied)).hand_over, frozenset({OWN_HOST}), Room(1))
    links = SiteLinks(book, asker, LadderLimits(hosts_at_once=1, seconds_between=0, looks=1, most=10))
    menu = [link_to(f"http://{OWN_HOST}/{number}/") for number in range(3)]
    for digest in ("menu", "menu", "", "menu of another folder"):
        links.add(LinkPart(menu, digest))
    # a digest tells its links, so whoever comes with another set under it is not looked at
    links.add(LinkPart([link_to("http://x-demo.com/")], "menu"))
    assert (len(links), links.hosts) == (3, {OWN_HOST})
    links.add(LinkPart([link_to("http://x-demo.com/")]))
    assert (len(links), links.hosts) == (4, {OWN_HOST, "x-demo.com"})
