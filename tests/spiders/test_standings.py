"""A million addresses that answered are remembered in the room of their hashes, and none is forgotten."""

from __future__ import annotations

import tracemalloc

from govspider.extract.links.link_answer import LinkJudgement
from govspider.items import LinkState, UnknownReason
from govspider.spiders.standings import SETTLED, AddressSet, Standing, Standings

DEAD = Standing(LinkJudgement(LinkState.DEAD, None, "404"), 1, 1, False, False, 0)
LATE = Standing(LinkJudgement(LinkState.UNKNOWN, UnknownReason.TIMEOUT, "访问超时"), 1, 0, True, False, 0)
ODD = Standing(LinkJudgement(LinkState.UNKNOWN, UnknownReason.NOT_CHECKED, ""), 2, 0, False, True, 1)
FINE = Standing(LinkJudgement(LinkState.OK, None, "正常（200）"), 2, 0, False, False, 0)


def addresses(count: int) -> list[str]:
    return [f"http://www.site{number % 300}.gov.cn/zwgk/{number}.html" for number in range(count)]


def test_what_may_still_change_is_kept_whole() -> None:
    book = Standings([("a", DEAD), ("b", LATE), ("c", ODD), ("d", FINE)])
    assert [book[url] for url in "abc"] == [DEAD, LATE, ODD]
    assert book["d"] is SETTLED
    assert book.get("e") is None
    assert len(book) == 4


def test_an_address_that_works_at_the_second_look_is_settled() -> None:
    book = Standings([("a", DEAD)])
    book["a"] = FINE
    assert book["a"] is SETTLED
    assert len(book) == 1


def test_every_address_is_found_and_no_other() -> None:
    known, held = addresses(40_000)[:20_000], AddressSet()
    for url in known:
        held.add(url)
        held.add(url)
    assert len(held) == 20_000
    assert all(url in held for url in known)
    assert not any(url in held for url in addresses(40_000)[20_000:])


def test_an_address_that_answered_takes_less_than_forty_bytes() -> None:
    urls = addresses(100_000)
    tracemalloc.start()
    try:
        book = Standings()
        for url in urls:
            book[url] = FINE
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held / len(urls) < 40


def test_an_address_that_is_dead_in_the_words_of_many_takes_less_than_two_hundred_bytes() -> None:
    urls = addresses(20_000)
    tracemalloc.start()
    try:
        book = Standings()
        for url in urls:
            book[url] = Standing(LinkJudgement(LinkState.DEAD, None, f"{'页面不存在'}（404）"), 1, 1, False, False, 0)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held / len(urls) < 200
    assert book[urls[0]] is book[urls[-1]]
