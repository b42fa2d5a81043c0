"""What was read from a page comes back from its bytes alone, and only for the same page read by the same code."""

from __future__ import annotations

import pickle
import zlib
from datetime import UTC, date, datetime

import pytest

from govspider.extract import readings
from govspider.extract.columns.article import observe_article
from govspider.extract.columns.column_look import observe_look
from govspider.extract.dark.dark_links import find_dark_links
from govspider.extract.document.page import Page
from govspider.extract.document.page_sketch import sketch_page
from govspider.extract.facts_only import ForeignReadingError
from govspider.extract.links.links import find_links
from govspider.extract.readings import key_of, packed_reading, recall
from govspider.extract.wording.wording import find_wording

URL = "http://www.x.gov.cn/zwgk/1.htm"
BODY = (
    "<html><head><title>通知</title></head><body><h1>通知</h1><span>发布时间：2026-11-02</span>"
    "<a href='/a.htm'>甲</a><p>正文</p></body></html>"
).encode()
QUESTIONS = (find_links, find_dark_links, observe_article, sketch_page)


def read() -> Page:
    page = Page(URL, BODY, "text/html; charset=utf-8")
    for question in QUESTIONS:
        page.once(question)
    page.once(observe_look, datetime.now(UTC), (), home=False)
    return page


def test_answers_come_back_without_reading_the_page_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first, again = read(), Page(URL, BODY, "text/html; charset=utf-8")
    recall(again, packed_reading(first))
    monkeypatch.setattr(Page, "root", property(lambda _: pytest.fail("the page was parsed again")))
    for question in QUESTIONS:
        assert again.once(question) == first.once(question)
    assert (again.title, again.encoding, again.encoding_source) == ("通知", "utf-8", first.encoding_source)


def test_many_links_come_back_as_they_were() -> None:
    body = "".join(f"<a href='/{number}.htm'>第{number}号</a>" for number in range(5)).encode()
    first, again = Page(URL, body), Page(URL, body)
    found = first.once(find_links)
    recall(again, packed_reading(first))
    assert (len(found), again.recalled, again.once(find_links)) == (5, True, found)


def test_what_depends_on_the_day_of_looking_is_read_anew() -> None:
    again = Page(URL, BODY, "text/html; charset=utf-8")
    recall(again, packed_reading(read()))
    assert not any(key[1] for key in again._answers)


LIST = (
    "<html><head><title>通知公告</title></head><body><ul class='list'>"
    + "".join(
        f"<li><a href='/t{number}.htm'>关于第{number}次会议的通知</a><span>{day}</span></li>"
        for number, day in enumerate(("今天", "昨天", "2026-11-20", "2026-11-19", "2026-11-18"), start=1)
    )
    + "</ul></body></html>"
).encode()
FRAMED = b"<html><body><iframe src='/list.htm' width='100%' height='800'></iframe></body></html>"
FIRST_DAY, LATER_DAY = datetime(2026, 11, 21, 4, tzinfo=UTC), datetime(2026, 11, 23, 4, tzinfo=UTC)


def _page(body: bytes, key: str) -> Page:
    page = Page(URL, body, "text/html; charset=utf-8")
    page.reading_key = key
    return page


def _recalled(page: Page) -> Page:
    again = _page(page.body, page.reading_key or "")
    recall(again, packed_reading(page))
    return again


def test_a_list_is_dated_by_the_day_of_each_look_though_it_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = _page(LIST, "list")
    before = first.once(observe_look, FIRST_DAY, (), home=False)
    anew = _page(LIST, "list").once(observe_look, LATER_DAY, (), home=False)
    again = _recalled(first)
    monkeypatch.setattr(Page, "root", property(lambda _: pytest.fail("the page was parsed again")))
    assert again.once(observe_look, LATER_DAY, (), home=False) == anew
    assert (before.newest, anew.newest) == (date(2026, 11, 21), date(2026, 11, 23))


def test_a_list_in_a_frame_is_known_again_while_the_frame_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    first, frame = _page(FRAMED, "around"), _page(LIST, "frame")
    found = first.once(observe_look, FIRST_DAY, (frame,), home=False)
    again, same = _recalled(first), _page(LIST, "frame")
    other = _page(LIST.replace(b"<li>", b"<p>"), "another")
    with monkeypatch.context() as patch:
        patch.setattr(Page, "root", property(lambda _: pytest.fail("a page was parsed again")))
        assert again.once(observe_look, FIRST_DAY, (same,), home=False) == found
    assert found.newest == date(2026, 11, 21)
    anew = _page(FRAMED, "around").once(observe_look, FIRST_DAY, (other,), home=False)
    assert again.once(observe_look, FIRST_DAY, (other,), home=False) == anew


def test_what_was_asked_with_a_day_of_the_page_itself_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    first, again = Page(URL, BODY), Page(URL, BODY)
    found = first.once(find_wording, date(2026, 11, 2))
    recall(again, packed_reading(first))
    monkeypatch.setattr(Page, "root", property(lambda _: pytest.fail("the page was parsed again")))
    assert again.once(find_wording, date(2026, 11, 2)) == found


def test_only_answers_that_were_asked_for_are_kept_not_what_led_to_them() -> None:
    kept = [(question, asked) for question, asked, _ in read().plain_answers()]
    assert {question for question, _ in kept} >= set(QUESTIONS) - {sketch_page}
    assert not any(question.__name__ in ("_survey", "_seen_texts", "_screened") for question, _ in kept)


def test_another_page_and_other_code_have_other_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = {key_of(Page(URL, BODY)), key_of(Page(URL, BODY + b" ")), key_of(Page(URL + "l", BODY))}
    monkeypatch.setattr(readings, "code_version", lambda: "another")
    keys.add(key_of(Page(URL, BODY)))
    assert len(keys) == 4


@pytest.mark.parametrize(
    "reading",
    [
        b"",
        b"no reading",
        zlib.compress(b"\x80"),
        zlib.compress(pickle.dumps((("", "", ""), {"x": pickle.dumps(print)}))),
        zlib.compress(b"\x80\x04\x8c\x1agovspider.extract.readings\x94\x8c\tio.open__\x94\x93."),
    ],
)
def test_bytes_that_are_no_reading_of_ours_are_refused(reading: bytes) -> None:
    with pytest.raises(ForeignReadingError):
        recall(Page(URL, BODY), reading)


def test_an_answer_that_cannot_be_read_is_read_from_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    first, again = read(), Page(URL, BODY, "text/html; charset=utf-8")
    recall(again, packed_reading(first))
    with monkeypatch.context() as patch:
        patch.setattr(readings, "unpickled", lambda _: pickle.loads(b"no pickle"))
        assert again.once(find_links) == first.once(find_links)
    assert again.once(observe_article) == first.once(observe_article)
