"""Page 2 of lists that an interface brings."""

from __future__ import annotations

import json
from datetime import date

import pytest

from govspider.extract.columns.column_look import observe_look
from govspider.extract.columns.next_request import find_next_request
from govspider.extract.columns.second_page import wants_second_page
from govspider.extract.document.page import Page
from tests.extract.columns.column_pages import NOW, TITLES, column_page, plain_list

HANWEB = """<div id="402134"></div><script>$("#402134").jpage({proxyUrl:"/module/web/jpage/dataproxy.jsp",
params:"col=1&webid=14&path=/&columnid=84025&unitid=402134"})</script>"""
QUERY_LIST = '<div id="l"></div><script>var websiteCode="jx",codeName="zcwj";$.post("/queryList",{})</script>'
IGS = (
    """<ul id="b"></ul><script>$.ajax({url:"/igs/front/search/list.html?index=c&pageNumber=1&pageSize=10"});</script>"""
)
UCAP = f'<ul id="b"></ul><script>$.get("/common/search/{"0" * 32}?_pageSize=20&page=1")</script>'
JSON_FILE = '<ul id="g"></ul><script>$.getJSON("./list.json",fill);</script>'


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (HANWEB, "startrecord=46&endrecord=90&perpage=15"),
        (IGS, "index=c&pageNumber=2&pageSize=10"),
        (UCAP, "_pageSize=20&page=2"),
    ],
)
def test_the_address_counts_one_page_further(body: str, wanted: str) -> None:
    request = find_next_request(column_page(body))
    assert request is not None
    assert request.url.partition("?")[2] == wanted


def test_the_body_counts_one_page_further_and_says_otherwise_the_same() -> None:
    request = find_next_request(column_page(QUERY_LIST))
    assert request is not None
    assert request.body.startswith("current=2&pageSize=15&")
    assert request.method == "POST"


@pytest.mark.parametrize("body", [JSON_FILE, plain_list(), UCAP.replace("page=1", "page=3")])
def test_what_has_no_counter_at_its_first_page_has_no_second_one(body: str) -> None:
    assert find_next_request(column_page(body)) is None


def test_a_list_of_pages_goes_on_where_its_pager_says() -> None:
    page = column_page(f'{plain_list()}<div class="page"><a href="index_1.html">下一页</a></div>')
    request = find_next_request(page)
    assert request is not None
    assert (request.url, request.method) == ("http://www.example.gov.cn/tzgg/index_1.html", "GET")


def _answer(*days: str) -> Page:
    rows = [{"title": TITLES[n], "url": f"/tzgg/{n}.html", "pubDate": day} for n, day in enumerate(days)]
    address = "http://www.example.gov.cn/igs/front/search/list.html?index=c&pageNumber=1&pageSize=10"
    return Page(address, json.dumps({"page": {"total": 90, "content": rows}}).encode(), "application/json")


def test_the_newest_day_of_both_answers_counts() -> None:
    first = _answer("2026-03-01", "2026-08-02", "2026-01-05", "2026-06-01")
    page = column_page(IGS)
    assert wants_second_page(observe_look(page, NOW, (first,)))
    both = observe_look(page, NOW, (first,), second=_answer("2026-11-20", "2026-02-01", "2026-10-01"))
    assert both.newest == date(2026, 11, 20)
