"""However many looks wait, only the pages met last stay parsed; the others say the same when they are asked again."""

from __future__ import annotations

import pytest

from govspider.extract.document.page import Page
from govspider.extract.document.page_sketch import sketch_page
from govspider.extract.links.links import find_links
from govspider.extract.links.page_jumps import find_jump
from govspider.extract.readings import packed_reading, recall
from govspider.spiders.asked_pages import AskedPages
from govspider.spiders.pages_awake import PagesAwake


def _page(number: int) -> Page:
    body = f"<html><head><title>第{number}页</title></head><body><a href='/{number}'>甲</a></body></html>".encode()
    return Page(f"http://www.x.gov.cn/{number}", body.ljust(1000), "text/html; charset=utf-8")


def _awake(pages: list[Page]) -> list[int]:
    return [number for number, page in enumerate(pages) if "root" in vars(page)]


def _read(awake: PagesAwake, pages: list[Page]) -> None:
    for page in pages:
        awake.meet(page)
        page.once(find_links)


def test_the_pages_met_last_stay_parsed_up_to_so_many_bytes() -> None:
    pages = [_page(number) for number in range(8)]
    _read(PagesAwake(3000), pages)
    assert _awake(pages) == [5, 6, 7]


def test_a_page_that_is_met_again_comes_last_and_is_counted_once() -> None:
    pages = [_page(number) for number in range(3)]
    awake = PagesAwake(3000)
    _read(awake, pages)
    awake.meet(pages[0])
    newer = _page(3)
    _read(awake, [newer])
    assert _awake([*pages, newer]) == [0, 2, 3]


def test_a_page_that_rests_answers_as_before() -> None:
    page = _page(1)
    awake = PagesAwake(1000)
    awake.meet(page)
    before = page.once(find_links)
    awake.meet(_page(2))
    assert "root" not in vars(page)
    assert page.once(find_links) == before


def test_a_page_larger_than_the_room_is_read_all_the_same() -> None:
    page = _page(1)
    PagesAwake(10).meet(page)
    assert page.once(find_links)


def test_where_nothing_came_there_is_nothing_to_meet() -> None:
    AskedPages(awake=PagesAwake(10)).meet(None)


def test_a_page_that_rested_before_it_was_read_whole_has_the_same_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, early = _page(1), _page(1)
    for page in (whole, early):
        sketch_page(page)
        find_jump(page)
        if page is early:
            awake = PagesAwake(1)
            awake.meet(early)
            awake.meet(_page(2))
        page.once(find_links)
    assert {question for question, _, _ in early.plain_answers()} == {q for q, _, _ in whole.plain_answers()}
    again = _page(1)
    recall(again, packed_reading(early))
    monkeypatch.setattr(Page, "root", property(lambda _: pytest.fail("the page was parsed again")))
    assert (sketch_page(again), again.once(find_links)) == (sketch_page(whole), whole.once(find_links))


def test_a_page_known_from_an_earlier_run_is_not_read_again_after_a_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    known = _page(1)
    links = known.once(find_links)
    page = _page(1)
    recall(page, packed_reading(known))
    monkeypatch.setattr(Page, "root", property(lambda _: pytest.fail("the page was parsed again")))
    for _ in range(2):
        page.rest(awhile=True)
        assert page.once(find_links) == links


def test_a_page_that_is_done_with_holds_no_reading() -> None:
    known, page = _page(1), _page(1)
    known.once(find_links)
    recall(page, packed_reading(known))
    page.rest()
    page.once(find_links)
    assert "root" in vars(page), "it was read from its bytes"


def test_a_settled_page_keeps_its_answers_however_many_others_are_met() -> None:
    page = _page(1)
    links = page.once(find_links)
    page.settle()
    assert "root" not in vars(page)
    awake = PagesAwake(1000)
    _read(awake, [page, *(_page(number) for number in range(2, 5))])
    assert page.once(find_links) is links
