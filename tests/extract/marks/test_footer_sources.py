"""Requests that complete a page's footer."""

from __future__ import annotations

import pytest

from govspider.extract.document.page import Page
from govspider.extract.marks.footer_sources import find_footer_sources
from govspider.extract.marks.marks import observe_marks
from govspider.items import MARKS, FollowUpPurpose

_FOOTER = "<div class='footer'>主办单位：某市人民政府办公室 版权所有 网站标识码：1303040001</div>"


def _sources(body: str, url: str = "http://www.example.gov.cn/index.html") -> list[tuple[str, str]]:
    page = Page(url, f"<html><head></head><body>{body}</body></html>".encode())
    return [(source.purpose.value, source.url) for source in find_footer_sources(page)]


def test_a_script_named_like_a_footer_is_asked_for() -> None:
    assert _sources(f"<p>x</p><script src='/js/foot.js'></script>{_FOOTER}") == [
        ("footer_script", "http://www.example.gov.cn/js/foot.js")
    ]


def test_a_detail_script_is_not_a_tail_script() -> None:
    assert _sources(f"<script src='/js/detail_fx.js'></script>{_FOOTER}") == []


def test_an_unnamed_script_is_asked_for_only_by_a_page_without_a_footer() -> None:
    script = "<script src='/script/0/1708171610341487.js'></script>"
    assert _sources(f"<p>正文</p>{script}") == [
        ("footer_script", "http://www.example.gov.cn/script/0/1708171610341487.js")
    ]
    assert _sources(f"<p>正文</p>{_FOOTER}{script}") == []


def test_scripts_of_strangers_and_of_the_central_marks_are_never_asked_for() -> None:
    body = (
        "<script src='https://hm.stranger.com/footer.js'></script>"
        "<script src='http://dcs.conac.cn/js/16/240/0000/60797001/CA162400000607970010002.js'></script>"
        "<script id='_jiucuo_' sitecode='1303040001' src='/js/jiucuo_footer.js'></script>"
        "<iframe src='http://i.stranger.com/bottom.html'></iframe>"
    )
    assert _sources(body) == []


def test_a_frame_at_the_end_is_asked_for_and_a_hidden_one_is_not() -> None:
    body = (
        "<p>1</p><p>2</p><p>3</p><p>4</p>"
        "<iframe src='/qt/xbdb/' height='120px'></iframe>"
        "<iframe src='/visit.jsp' style='width:0;display:none'></iframe>"
        "<iframe src='/count.jsp' width='0' height='0'></iframe>"
    )
    assert _sources(body) == [("frame", "http://www.example.gov.cn/qt/xbdb/")]


def test_every_frame_of_a_frame_set_is_asked_for() -> None:
    page = Page(
        "http://www.example.gov.cn/", b"<html><frameset><frame src='top.html'><frame src='main.html'></frameset></html>"
    )
    assert [source.url for source in find_footer_sources(page)] == [
        "http://www.example.gov.cn/top.html",
        "http://www.example.gov.cn/main.html",
    ]


def test_fragments_loaded_by_jquery_are_includes() -> None:
    body = (
        "<script>$('#top').load('/html/head.html'); $('#page_bottom').load('/html/gonggong/index.html');"
        "$.get('/footer.html', function(d){ $('#f').html(d) });</script>"
    )
    assert _sources(body) == [
        ("include", "http://www.example.gov.cn/html/gonggong/index.html"),
        ("include", "http://www.example.gov.cn/footer.html"),
    ]


def test_a_server_side_include_left_in_the_page_is_asked_for() -> None:
    assert _sources('<p>x</p><!--#include virtual="/inc/foot.html" -->') == [
        ("include", "http://www.example.gov.cn/inc/foot.html")
    ]


def test_a_footer_script_written_by_an_inline_script_is_found() -> None:
    body = "<script>document.write('<script src=\"/js/footer.js\"></scr'+'ipt>')</script>"
    assert _sources(body) == [("footer_script", "http://www.example.gov.cn/js/footer.js")]


def test_the_requests_for_one_page_are_few_and_the_named_ones_come_first() -> None:
    scripts = "".join(f"<script src='/a/{number}.js'></script>" for number in range(20))
    sources = _sources(f"<p>x</p>{scripts}<script src='/js/bottom.js'></script>")
    assert len(sources) == 6
    assert sources[0] == (FollowUpPurpose.FOOTER_SCRIPT.value, "http://www.example.gov.cn/js/bottom.js")


def test_the_same_address_is_asked_for_once() -> None:
    twice = "<script src='/foot.js'></script><script src='/foot.js#x'></script><script src='foot.js'></script>"
    assert len(_sources(twice)) == 1


@pytest.mark.parametrize("address", ["http://a：b.gov.cn/foot.js", "http://[foot/foot.js", "//x]y/foot.js"])
def test_an_address_that_is_none_is_not_asked_for_and_spoils_nothing(address: str) -> None:
    fragment = f'<script>$("#footer").load("{address}")</script>'
    body = f"<script src='{address}'></script>{fragment}<script src='/js/foot.js'></script>{_FOOTER}"
    assert _sources(body) == [("footer_script", "http://www.example.gov.cn/js/foot.js")]
    page = Page("http://www.example.gov.cn/", f"<body>{body}</body>".encode(), "text/html; charset=utf-8")
    assert len(observe_marks(page)) == len(MARKS)
