"""The one request that brings a list, and the answers that come back."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from govspider.extract.columns.column import observe_column
from govspider.extract.columns.list_delivery import find_list_requests
from govspider.extract.document.page import Page
from govspider.items import ColumnState, FollowUp, FollowUpPurpose, UnknownReason
from tests.extract.columns.column_pages import DAYS, NOW, TITLES, column_page, plain_list, rows, seen, unordered

NEWEST = date(2026, 9, 12)
FRESH_SIDE = f'<div class="r">{plain_list(("2026-11-20", "2026-11-19"), "/hot")}</div>'
HANWEB = (
    '<div id="402134"></div><script>$(function(){$("#402134").jpage({perpage:15,totalRecord:756,'
    'proxyUrl:"/module/web/jpage/dataproxy.jsp",params:"col=1&appid=1&webid=14&path=/&columnid=84025'
    '&sourceContentType=1&unitid=402134&webname=某县&permissiontype=0"})})</script>'
)
GKMLPT = "<div id='app'></div><script>window._CONFIG={SID:'758019',TREE:[{id:21022,name:'通知',post_count:5}]}</script>"
GKMLPT_URL = "http://www.example.gov.cn/gkmlpt/index#21022"
UCAP_ID = "0123456789abcdef0123456789abcdef"
UCAP = (
    f'<ul id="body"></ul><script>$.ajax({{url:"/common/search/{UCAP_ID}?_isAgg=false&_isJson=false'
    '&_pageSize=20&_template=index&page=1"})</script>'
)
QUERY_LIST = '<div id="l"></div><script>var websiteCode="jx",codeName="zcwj";$.post("/queryList",{})</script>'


def _requests(body: str, url: str = "http://www.example.gov.cn/tzgg/index.html") -> tuple[FollowUp, ...]:
    return find_list_requests(column_page(body, url))


def _json_page(address: str, value: Any) -> Page:
    return Page(f"http://www.example.gov.cn{address}", json.dumps(value).encode("utf-8"), "application/json")


def _xml_page(inner: str) -> Page:
    address = "http://www.example.gov.cn/module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=45&perpage=15"
    return Page(address, f"<datastore>{inner}</datastore>".encode())


def test_a_page_with_its_own_records_asks_for_nothing() -> None:
    assert _requests(plain_list()) == ()


def test_a_hanweb_list_is_asked_for_with_the_parameters_of_the_page() -> None:
    (request,) = _requests(HANWEB + FRESH_SIDE)
    assert (request.method, request.purpose, request.delivery) == (
        "POST",
        FollowUpPurpose.LIST_DATA,
        "hanweb_dataproxy",
    )
    parts = urlsplit(request.url)
    assert (parts.netloc, parts.path) == ("www.example.gov.cn", "/module/web/jpage/dataproxy.jsp")
    assert dict(parse_qsl(parts.query)) == {"startrecord": "1", "endrecord": "45", "perpage": "15"}
    assert dict(parse_qsl(request.body)) == {
        "col": "1", "appid": "1", "webid": "14", "path": "/", "columnid": "84025", "sourceContentType": "1",
        "unitid": "402134", "webname": "某县", "permissiontype": "0",
    }  # fmt: skip


def test_column_and_unit_may_stand_in_the_address_and_in_the_call() -> None:
    body = '<div id="77"></div><script>$("#77").jpage({proxyUrl:"/module/jpage/dataproxy.jsp",webid:3})</script>'
    (request,) = _requests(body, "http://www.example.gov.cn/col/col84025/index.html")
    fields = dict(parse_qsl(request.body))
    assert (fields["columnid"], fields["unitid"], fields["webid"]) == ("84025", "77", "3")


def test_without_its_column_number_a_hanweb_list_is_not_asked_for() -> None:
    assert _requests('<div id="77"></div><script>$("#77").jpage({perpage:15})</script>') == ()


def test_a_loader_on_another_host_is_never_asked() -> None:
    assert _requests(HANWEB.replace('"/module', '"http://other.example.com/module')) == ()
    assert _requests('<iframe src="http://other.example.com/list.html"></iframe>') == ()


def test_a_gkmlpt_column_is_asked_for_by_its_number_and_site() -> None:
    (request,) = _requests(GKMLPT, GKMLPT_URL)
    assert request.url == "http://www.example.gov.cn/gkmlpt/api/all/21022?page=1&sid=758019"
    assert (request.method, request.delivery) == ("GET", "gkmlpt")


def test_a_ucap_search_is_asked_for_as_the_page_names_it() -> None:
    (request,) = _requests(UCAP)
    assert request.url.startswith(f"http://www.example.gov.cn/common/search/{UCAP_ID}?_isAgg=false")
    assert request.delivery == "ucap_search"


def test_two_different_searches_are_not_guessed_between() -> None:
    assert _requests(UCAP + UCAP.replace("0123", "fedc")) == ()


def test_a_query_list_is_asked_for_with_site_and_channel() -> None:
    (request,) = _requests(QUERY_LIST)
    fields = dict(parse_qsl(request.body))
    assert (request.url, fields["webSiteCode[]"], fields["channelCode[]"]) == (
        "http://www.example.gov.cn/queryList", "jx", "zcwj",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("address", "delivery"),
    [
        ("/was5/web/search?channelid=229105&templet=docs.jsp&page=1", "was_search"),
        ("/igs/front/search/list.html?index=a&type=b&pageNumber=1&pageSize=10", "igs_search"),
    ],
)
def test_a_search_that_the_page_names_in_full_is_asked_for(address: str, delivery: str) -> None:
    (request,) = _requests(f'<div id="l"></div><script>$.get("{address}",show)</script>')
    assert (request.url, request.delivery) == (f"http://www.example.gov.cn{address}", delivery)


def test_frames_of_the_main_part_are_asked_for_and_no_others() -> None:
    body = (
        '<div class="header"><iframe src="/head.html"></iframe></div><iframe src="list.html"></iframe>'
        '<iframe src="/weather/today.html"></iframe><iframe src="about:blank"></iframe>'
    )
    assert [(request.url, request.purpose) for request in _requests(body)] == [
        ("http://www.example.gov.cn/tzgg/list.html", FollowUpPurpose.FRAME)
    ]


def test_a_list_behind_a_request_that_was_not_made_is_not_checked() -> None:
    for body in (HANWEB + FRESH_SIDE, UCAP, QUERY_LIST, '<iframe src="list.html"></iframe>'):
        column = seen(body)
        assert (column.state, column.reason, column.newest) == (ColumnState.UNKNOWN, UnknownReason.NOT_CHECKED, None)


def test_words_of_emptiness_beside_a_frame_are_no_blank() -> None:
    body = '<div class="main"><p>暂无内容</p><iframe src="list.html"></iframe></div>'
    unread = Page("http://www.example.gov.cn/tzgg/list.html", b"<p>?</p>")
    assert seen(body).reason is UnknownReason.NOT_CHECKED
    assert seen(body, unread).state is ColumnState.UNKNOWN
    empty = Page("http://www.example.gov.cn/tzgg/list.html", "<div>暂无内容</div>".encode())
    assert seen(body, empty).state is ColumnState.BLANK


def test_a_list_behind_a_frame_is_read_from_the_frame() -> None:
    frame = Page("http://www.example.gov.cn/tzgg/list.html", plain_list().encode("utf-8"))
    column = seen('<iframe src="list.html"></iframe>', frame)
    assert (column.state, column.newest, column.source) == (ColumnState.LIST, NEWEST, "frame")


@pytest.mark.parametrize(
    "row",
    [
        '<li><a href="{url}">{title}</a><b readlabel="{day}">{day}</b></li>',
        '<tr><td><a href="{url}">{title}</a></td><td>{day}</td></tr>',
    ],
)
def test_a_hanweb_answer_is_the_list_and_not_the_sidebar(row: str) -> None:
    records = "".join(
        f"<record><![CDATA[{row.format(url=f'/art/{number}.html', title=title, day=day)}]]></record>"
        for number, (title, day) in enumerate(zip(TITLES, DAYS, strict=False))
    )
    answer = _xml_page(f"<totalrecord>756</totalrecord><recordset>{records}</recordset>")
    column = seen(HANWEB + FRESH_SIDE, answer)
    assert (column.newest, column.items, column.total) == (NEWEST, len(DAYS), 756)
    assert column.source == "hanweb_dataproxy"
    assert column.list_items[0].date_source == "xml"


def test_a_hanweb_answer_that_counts_nothing_is_a_blank_column() -> None:
    column = seen(HANWEB + FRESH_SIDE, _xml_page("<totalrecord>0</totalrecord><recordset></recordset>"))
    assert (column.state, column.total, column.items) == (ColumnState.BLANK, 0, 0)


def test_a_hanweb_answer_without_records_or_count_is_unknown() -> None:
    column = seen(HANWEB + FRESH_SIDE, _xml_page("<recordset></recordset>"))
    assert (column.state, column.reason) == (ColumnState.UNKNOWN, UnknownReason.NEEDS_BROWSER)


def test_inline_hanweb_records_need_no_request() -> None:
    record = "".join(f"<record><![CDATA[{rows(days=DAYS[:3])}]]></record>")
    body = f'<div id="4"><script type="text/xml"><datastore><recordset>{record}</recordset></datastore></script></div>'
    body += '<script>$("#4").jpage({totalRecord:33})</script>'
    column = seen(body)
    assert (column.newest, column.total, column.source) == (NEWEST, 33, "xml_island")
    assert _requests(body) == ()


def _gkmlpt_answer(articles: list[dict[str, Any]], count: int) -> Page:
    value = {"classify": {"id": 21022, "name": "通知", "post_count": count}, "articles": articles}
    return _json_page("/gkmlpt/api/all/21022?page=1&sid=758019", value)


def test_a_gkmlpt_answer_is_read_with_its_unix_seconds() -> None:
    article = {
        "id": 1,
        "title": TITLES[0],
        "date": 1789142400,
        "url": "http://www.example.gov.cn/gkmlpt/content/1.html",
    }
    column = seen(GKMLPT, _gkmlpt_answer([article], 55), url=GKMLPT_URL)
    assert (column.state, column.newest, column.total) == (ColumnState.LIST, NEWEST, 55)
    assert (column.source, column.list_items[0].date_source) == ("gkmlpt", "json")


def test_a_gkmlpt_answer_is_blank_only_when_its_count_is_zero_too() -> None:
    assert seen(GKMLPT, _gkmlpt_answer([], 0), url=GKMLPT_URL).state is ColumnState.BLANK
    assert seen(GKMLPT, _gkmlpt_answer([], 12), url=GKMLPT_URL).state is ColumnState.UNKNOWN


def test_a_ucap_answer_is_read_as_markup_and_as_json() -> None:
    address = f"/common/search/{UCAP_ID}?page=1"
    markup = rows('<li><div class="title"><a href="{url}">{title}</a></div><div class="date">{day}</div></li>')
    html = Page(f"http://www.example.gov.cn{address}", unordered(markup).encode("utf-8"))
    assert (seen(UCAP, html).newest, seen(UCAP, html).source) == (NEWEST, "ucap_search")
    record = {"title": TITLES[0], "url": "/a/1.html", "publishedTimeStr": "2026-09-12 10:00:00"}
    column = seen(UCAP, _json_page(address, {"data": {"total": 222, "results": [record]}}))
    assert (column.newest, column.total) == (NEWEST, 222)


def test_a_query_list_answer_is_read_through_its_nested_source() -> None:
    source = {"title": TITLES[0], "pubDate": "2026-09-12 10:00", "urls": '{"pc": "/a/1.html"}', "topStatus": 1}
    column = seen(QUERY_LIST, _json_page("/queryList", {"data": {"total": 44, "results": [{"source": source}]}}))
    assert (column.newest, column.newest_url) == (NEWEST, "http://www.example.gov.cn/a/1.html")
    assert column.list_items[0].pinned


def test_broken_escapes_in_data_become_text_that_can_be_stored() -> None:
    body = '{"list": [{"title": "公告\\ud83d\\u0000一", "date": "2026-09-12", "url": "/1\\ud83d"}]}'
    column = observe_column(Page("http://www.example.gov.cn/list.json", body.encode("utf-8")), NOW)
    stored = column.list_items[0].title + str(column.list_items[0].url)
    assert column.newest == NEWEST
    assert stored.encode("utf-8") and "\x00" not in stored


@pytest.mark.parametrize("failed", [{"success": False}, {"code": 500}, {"status": "404"}, {"errcode": -1}])
def test_an_answer_that_failed_is_no_blank_whatever_it_counts(failed: dict[str, Any]) -> None:
    address = f"/common/search/{UCAP_ID}"
    assert seen(UCAP, _json_page(address, {"total": 0, "rows": []})).state is ColumnState.BLANK
    assert seen(UCAP, _json_page(address, {"total": 0, "rows": [], **failed})).state is ColumnState.UNKNOWN


def test_an_answer_may_be_wrapped_in_a_callback() -> None:
    body = 'cb({"total": 1, "list": [{"title": "第一号公告", "date": "2026-09-12", "url": "/1"}]})'
    column = observe_column(Page("http://www.example.gov.cn/list.json", body.encode("utf-8")), NOW)
    assert (column.state, column.newest, column.total) == (ColumnState.LIST, NEWEST, 1)


@pytest.mark.parametrize("body", [b'{"data": []}', b'{"error": "denied"}', b"[]", b'{"total": 0}', b'{"list": [1, 2]}'])
def test_an_answer_without_records_and_count_is_not_blank(body: bytes) -> None:
    column = observe_column(Page("http://www.example.gov.cn/list.json", body), NOW)
    assert (column.state, column.reason) == (ColumnState.UNKNOWN, UnknownReason.DRIFT)


def test_script_arrays_are_read_with_their_count_and_pins() -> None:
    script = (
        'var channelsTagSelf = {"code":"c1","childCount":0,"articleCount":444};'
        "var listData = {articleList: ["
        '{"title":"老通知","pubDate":"2024-01-01 10:00","urls":"{\\"pc\\":\\"/a/1.html\\"}","topStatus":1},'
        '{"title":"新通知","pubDate":"2026-09-12 16:59","urls":"{\\"pc\\":\\"/a/2.html\\"}","topStatus":0}]};'
    )
    column = seen(f'<div id="l"></div><script>{script}</script>')
    assert (column.newest, column.total, column.items, column.source) == (NEWEST, 444, 2, "js_array")
    assert [item.pinned for item in column.list_items] == [True, False]


def test_a_script_array_one_level_down_is_read_once() -> None:
    script = 'var dataList=[{infolist:[{channelid:"1",title:"通知一",daytime:"2026-09-12",url:"/1.html"}]}];'
    column = seen(f"<script>{script}</script>")
    assert (column.newest, column.items) == (NEWEST, 1)


def test_an_empty_script_array_is_blank_only_with_a_zero_count() -> None:
    empty = "var listData = {articleList: []};"
    zero = 'var channelsTagSelf = {"articleCount":0};'
    assert seen(f"<script>{empty}</script>").state is ColumnState.UNKNOWN
    assert seen(f"<script>{zero}{empty}</script>").state is ColumnState.BLANK


SEARCH_FRAME = (
    '<div class="r"><iframe src="/module/xxgk/search.jsp?isAllList=1&currpage=1" height="900"></iframe></div>'
)


def test_a_search_with_a_query_in_a_frame_is_the_list_and_without_one_a_search_box() -> None:
    assert [request.purpose for request in _requests(SEARCH_FRAME)] == [FollowUpPurpose.FRAME]
    assert _requests('<div class="r"><iframe src="/search.html" height="900"></iframe></div>') == ()


def test_a_frame_that_was_not_fetched_leaves_the_column_unknown_whatever_stands_beside_it() -> None:
    beside = f'{SEARCH_FRAME}<div class="k"><h3>调查征集</h3><p>暂无内容</p></div>'
    told = seen(beside)
    assert (told.state, told.reason) == (ColumnState.UNKNOWN, UnknownReason.NOT_CHECKED)


JSON_FILE = '<table id="g"><tbody></tbody></table><script>$.getJSON("./gfxwj.json",function(d){fill(d)});</script>'


def test_a_file_of_records_that_a_script_names_is_asked_for() -> None:
    (request,) = _requests(JSON_FILE)
    assert (request.url, request.delivery) == ("http://www.example.gov.cn/tzgg/gfxwj.json", "json_file")
    records = [{"DOCTITLE": TITLES[n], "DOCRELTIME": day, "DOCPUBURL": f"/{n}.html"} for n, day in enumerate(DAYS)]
    told = seen(JSON_FILE, _json_page("/tzgg/gfxwj.json", {"data": records}))
    assert (told.state, told.newest) == (ColumnState.LIST, NEWEST)


@pytest.mark.parametrize(
    "script",
    [
        '$.getJSON("/a.json",f);$.getJSON("/b.json",f);',
        '$.getJSON("/data/hot.json",f);',
        '$.getJSON("http://other.example.com/a.json",f);',
        'var config = "/a.json";',
    ],
)
def test_files_that_may_be_of_another_block_are_not_asked_for(script: str) -> None:
    assert _requests(f'<ul id="g"></ul><script>{script}</script>') == ()


CALL = (
    '<div id="b"></div><script>$.get("/site/label/8888?labelName=list&catId=6719",'
    'function(h){$("#b").html(h);});</script>'
)


def test_the_one_address_that_a_script_asks_for_is_asked_for_and_its_list_read() -> None:
    (request,) = _requests(CALL)
    assert (request.url, request.method) == (
        "http://www.example.gov.cn/site/label/8888?labelName=list&catId=6719",
        "GET",
    )
    answer = Page(request.url, f"<ul>{rows()}</ul>".encode(), "text/html; charset=utf-8")
    assert seen(CALL, answer).newest == NEWEST


@pytest.mark.parametrize(
    "script",
    [
        '$.get("/a/list",f);$.get("/b/list",f);',
        '$.get("/visit/add?c=1",f);',
        '$.get("/a/list?page="+page,f);',
        '$.post("/a/list",f);',
        '$.get("http://other.example.com/list",f);',
    ],
)
def test_calls_that_may_bring_something_else_are_not_made(script: str) -> None:
    assert _requests(f'<div id="g"></div><script>{script}</script>') == ()


def test_a_page_with_records_of_its_own_makes_no_such_call() -> None:
    assert _requests(f"<ul>{rows()}</ul>" + CALL) == ()


def test_a_total_of_zero_from_an_interface_without_a_name_blanks_nothing() -> None:
    told = seen(JSON_FILE, _json_page("/tzgg/gfxwj.json", {"total": 0, "rows": []}))
    assert told.state is ColumnState.UNKNOWN
