import re
from pathlib import Path

import pytest

from govspider.extract.document.page import Page
from govspider.extract.lexicons import read_lexicon
from govspider.extract.links.links import GET_FORM, POST_FORM, find_links, links_were_cut
from govspider.items import Link

HOME = "http://www.x.gov.cn/"


def links(html: str, url: str = HOME) -> tuple[Link, ...]:
    return find_links(Page(url, f"<html><body>{html}</body></html>".encode()))


def urls(html: str) -> list[str]:
    return [link.url for link in links(html)]


def test_links_are_read_from_every_element_that_fetches_or_navigates() -> None:
    found = links(
        """<a href="/a.htm">甲</a><map><area href="/area.htm" title="图"></map><img src="/i.png" alt="乙">
        <img src="/blank.gif" data-original="/lazy.png"><iframe src="/frame.htm"></iframe><script src="/s.js"></script>
        <link rel="stylesheet" href="/s.css"><link rel="shortcut icon" href="/favicon.ico">
        <link rel="canonical" href="/canonical.htm"><meta http-equiv="Refresh" content="3; URL='/next.htm'">
        <embed src="/e.swf"><object data="/o.pdf"></object><video src="/v.mp4" poster="/p.png"></video>
        <table background="/t.png"><tr><td background="/td.png"></td></tr></table><input type="image" src="/go.png">
        <div style="background:url('/style.png')"></div>
        <style>@import "/imported.css"; @font-face{src:url(/f.woff)} .a{background:url( "/css.png" )}</style>"""
    )
    assert [(link.url.removeprefix(HOME), link.kind, link.element) for link in found] == [
        ("a.htm", "page", "a@href"),
        ("area.htm", "page", "area@href"),
        ("i.png", "image", "img@src"),
        ("blank.gif", "image", "img@src"),
        ("lazy.png", "image", "img@data-original"),
        ("frame.htm", "page", "iframe@src"),
        ("s.js", "script", "script@src"),
        ("s.css", "style", "link@href"),
        ("favicon.ico", "image", "link@href"),
        ("next.htm", "page", "meta@content"),
        ("e.swf", "attachment", "embed@src"),
        ("o.pdf", "attachment", "object@data"),
        ("v.mp4", "attachment", "video@src"),
        ("p.png", "image", "video@poster"),
        ("t.png", "image", "table@background"),
        ("td.png", "image", "td@background"),
        ("go.png", "image", "input@src"),
        ("style.png", "image", "div@style"),
        ("imported.css", "style", "style@text"),
        ("f.woff", "style", "style@text"),
        ("css.png", "image", "style@text"),
    ]


def test_a_get_form_is_a_link_and_a_post_form_is_marked_as_not_to_be_requested() -> None:
    found = links('<form action="/search"></form><form method="POST" action="/submit"></form><form action=""></form>')
    assert [(link.url, link.kind, link.element) for link in found] == [
        ("http://www.x.gov.cn/search", "page", GET_FORM),
        ("http://www.x.gov.cn/submit", "page", POST_FORM),
    ]


def test_an_option_is_a_link_only_when_its_value_is_a_whole_address() -> None:
    found = links(
        '<select><option value="0">友情链接</option><option value="http://www.y.gov.cn/">乙</option>'
        '<option value="/zwgk/">栏目</option></select>'
    )
    assert [(link.url, link.kind, link.text, link.element) for link in found] == [
        ("http://www.y.gov.cn/", "external", "乙", "option@value")
    ]


@pytest.mark.parametrize(
    "markup",
    [
        """<a href="javascript:window.open('/open.htm','_blank')">甲</a>""",
        """<div onclick="location.href='/open.htm'">甲</div>""",
        """<div onclick="window.location = &quot;/open.htm&quot;; return false">甲</div>""",
        """<script>function go(){ top.location.replace('\\/open.htm'); }</script>""",
        """<script><!--\nwindow.location.href="/open.htm"\n//--></script>""",
    ],
)
def test_an_address_that_a_script_names_in_one_literal_is_a_link(markup: str) -> None:
    assert urls(markup) == ["http://www.x.gov.cn/open.htm"]


@pytest.mark.parametrize(
    "script",
    [
        "location.href='/detail?id=' + id;",
        "// location.href='/old.htm';",
        "/* window.open('/old.htm'); */",
        "if (location.href == '/here.htm') {}",
        "mylocation = '/x.htm';",
        "request.open('GET', '/ajax.do');",
        "var s = \"location.href='/quoted.htm'\";",
        "location.href = '' ;",
    ],
)
def test_an_address_that_a_script_puts_together_or_comments_out_is_not_a_link(script: str) -> None:
    assert urls(f"<script>{script}</script>") == []


def test_a_script_that_is_data_is_not_read() -> None:
    assert urls("""<script type="text/template">location.href='/x.htm';</script>""") == []


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="javascript:void(0)">a</a>',
        '<a href="JavaScript:;">a</a>',
        '<a href="mailto:a@x.gov.cn">a</a>',
        '<a href="tel:12345">a</a>',
        '<img src="data:image/png;base64,AAAA">',
        '<iframe src="about:blank"></iframe>',
        '<a href="#top">a</a>',
        '<a href="">a</a>',
        '<a name="anchor">a</a>',
        '<a href="http://[x">a</a>',
        '<a href="{{item.url}}">a</a>',
        '<a href="/detail/${id}">a</a>',
        "<!-- <a href='/old.htm'>a</a> -->",
        '<!--[if lt IE 9]><script src="/html5.js"></script><![endif]-->',
        "<noscript><img src='/count.gif'></noscript>",
        "<template><a href='/t.htm'>a</a></template>",
        "<textarea><a href='/t.htm'>a</a></textarea>",
        "<style>/* .a{background:url(/old.png)} */</style>",
    ],
)
def test_what_no_visitor_can_follow_is_not_a_link(markup: str) -> None:
    assert urls(markup) == []


def test_links_after_the_end_of_the_document_are_found() -> None:
    page = Page(
        HOME, b"<html><body><a href=/in>x</a></body></html><div><a href=/after>y</a></div><html><a href=/z>z</a>"
    )
    assert [link.url for link in find_links(page)] == [HOME + "in", HOME + "after", HOME + "z"]


def test_the_address_is_kept_verbatim_beside_the_one_that_is_asked_for() -> None:
    page = Page(HOME, '<meta charset="gbk"><a href=" /搜索/list.htm?q=通知#top">x</a>'.encode("gbk"))
    (link,) = find_links(page)
    assert link.raw == " /搜索/list.htm?q=通知#top"
    assert link.url == "http://www.x.gov.cn/%E6%90%9C%E7%B4%A2/list.htm?q=%CD%A8%D6%AA"


def test_entities_are_read_once_and_names_without_semicolon_stay_parameters() -> None:
    assert urls('<a href="/a?x=1&amp;amp;y=2&copy=3&region=4&#38;z=5">a</a>') == [
        "http://www.x.gov.cn/a?x=1&amp;y=2&copy=3&region=4&z=5"
    ]


def test_links_are_resolved_against_the_base_of_the_page() -> None:
    page = Page(HOME, b'<head><base href="/deep/er/"></head><a href="a.htm">x</a>')
    assert [link.url for link in find_links(page)] == ["http://www.x.gov.cn/deep/er/a.htm"]


@pytest.mark.parametrize(
    ("href", "kind"),
    [
        ("/zwgk/", "page"),
        ("http://x.gov.cn/zwgk/", "page"),
        ("http://fgj.x.gov.cn/", "page"),
        ("http://www.y.gov.cn/", "external"),
        ("http://www.y.gov.cn/file.doc", "external"),
        ("http://www.y.gov.cn/pic.JPG", "image"),
        ("/P020261009.PDF", "attachment"),
        ("/module/download/downfile.jsp?classid=0&filename=2026.docx", "attachment"),
        ("/download.htm?id=7", "page"),
    ],
)
def test_the_kind_of_an_anchor_follows_its_address(href: str, kind: str) -> None:
    assert [link.kind for link in links(f'<a href="{href}">x</a>')] == [kind]


def test_the_place_is_the_block_a_link_stands_in() -> None:
    found = links(
        """<div class="header"><a href="/1">logo</a><ul id="nav"><li><a href="/2">政务公开</a></li></ul></div>
        <div class="main"><div class="head"><a href="/3">更多</a></div></div><p><a href="/4">x</a></p>
        <div class="footer_w"><div class="nav"><a href="/5">网站地图</a></div></div>"""
    )
    assert [link.place for link in found] == ["header", "navigation", "main", "unplaced", "footer"]


def test_the_path_names_the_nearest_steps() -> None:
    (link,) = links('<div id="box"><ul class="list big more"><li><a href="/1">x</a></li></ul></div>')
    assert link.path == "html > body > div#box > ul.list.big > li > a"


def test_the_text_of_an_image_link_is_its_title_or_alternative_text() -> None:
    assert [link.text for link in links('<a href="/1"><img alt="专题  专栏"></a><a href="/2" title="通知"> </a>')] == [
        "专题 专栏",
        "通知",
    ]


def test_one_address_with_two_texts_is_two_links_and_with_one_text_is_one() -> None:
    assert len(links('<a href="/1">甲</a><a href="/1">乙</a><a href="/1">甲</a>')) == 2


def test_a_page_of_very_many_links_is_cut_and_says_so() -> None:
    limit = read_lexicon("links")["link_limit"]
    many = Page(HOME, b"".join(b'<a href="/%d">t</a>' % number for number in range(limit + 5_000)))
    just_enough = Page(HOME, b"".join(b'<a href="/%d">t</a>' % number for number in range(limit)))
    assert (len(find_links(many)), links_were_cut(many)) == (limit, True)
    assert (len(find_links(just_enough)), links_were_cut(just_enough)) == (limit, False)


def test_an_endless_address_is_left_out_and_counts_as_cut() -> None:
    page = Page(HOME, b'<a href="/%s">x</a><a href="/b">y</a>' % (b"a" * 100_000))
    assert ([link.url for link in find_links(page)], links_were_cut(page)) == ([HOME + "b"], True)


@pytest.mark.parametrize(
    "piece", ["url(", 'url("', "/*", "<!--", '"\\"', "location", "location='", "@import ", "window.", "self.location ="]
)
def test_a_hostile_script_or_style_of_one_piece_repeated_yields_no_link(piece: str) -> None:
    body = f"<script>location;window.open;{piece * 40_000}</script><style>{piece * 40_000}</style>"
    assert find_links(Page(HOME, body.encode())) == ()


def test_a_deep_page_does_not_break_the_reader() -> None:
    assert find_links(Page(HOME, b'<div><a href="/x">' * 200))[0].url == HOME + "x"
    beyond = Page(HOME, b'<div><a href="/x">' * 50_000)
    assert (find_links(beyond), bool(beyond.too_heavy)) == ((), True)


def test_an_empty_page_has_no_links() -> None:
    assert find_links(Page(HOME, b"")) == ()


# figures below were counted by reading the pages


@pytest.mark.parametrize(
    ("name", "foreign_hosts_after_the_end"),
    [("deyao.com.cn_000529.html", {"www.sdjnnews.com", "www.54zyz.org"}), ("www.51bufan.com_001448.html", set())],
)
def test_anchors_after_the_end_of_a_polluted_page_are_all_found(
    captured_pages: Path, name: str, foreign_hosts_after_the_end: set[str]
) -> None:
    body = (captured_pages / "dark" / name).read_bytes()
    after = body[body.lower().index(b"</html>") :]
    in_source = set(re.findall(rb"<a [^>]*href=[\"']?(http[^\"'> ]+)", after))
    found = find_links(Page(HOME, body))
    assert len(in_source) >= 10
    assert {address.decode().rstrip("/") for address in in_source} <= {link.raw.rstrip("/") for link in found}
    assert foreign_hosts_after_the_end <= {link.url.split("/")[2] for link in found}


@pytest.mark.parametrize(
    ("name", "pages", "images", "others"),
    [("list/wyc.gzjt.gov.cn_004125.html", 13, 3, 2), ("encoding/cleaneval_zh_57.html", 34, 3, 0)],
)
def test_the_links_of_a_captured_page_are_counted_as_a_reader_counts_them(
    captured_pages: Path, name: str, pages: int, images: int, others: int
) -> None:
    found = find_links(Page("http://wyc.gzjt.gov.cn/hygs/", (captured_pages / name).read_bytes()))
    kinds = [link.kind for link in found]
    assert (kinds.count("page"), kinds.count("image"), len(kinds)) == (pages, images, pages + images + others)


def test_no_captured_page_breaks_the_reader(captured_pages: Path) -> None:
    files = [path for path in sorted(captured_pages.rglob("*")) if path.suffix in (".html", ".xml", ".js")]
    assert len(files) > 80
    for path in files:
        for link in find_links(Page("http://www.x.gov.cn/a/b.html", path.read_bytes())):
            assert re.fullmatch(r"https?://[!-~]+", link.url)
