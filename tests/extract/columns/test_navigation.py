import re
from collections import Counter
from pathlib import Path

import pytest

from govspider.extract.columns.column_addresses import has_column_shape, is_article, same_column
from govspider.extract.columns.navigation import find_columns, find_site_map
from govspider.extract.document.page import Page
from govspider.extract.lexicons import read_lexicon
from govspider.items import ColumnCandidate

HOME = "http://www.x.gov.cn/"

MENU = """<div class="nav"><ul>
<li><a href="/">首页</a></li>
<li><a href="/xwzx/">新闻中心</a><ul><li><a href="/xwzx/bmdt/">部门动态</a></li>
<li><a href="/xwzx/tpxw/">图片新闻</a></li></ul></li>
<li><a href="/zwgk/">政务公开</a><div><a href="/zwgk/tzgg/">通知公告</a></div></li>
<li><a href="http://zwfw.x.gov.cn/">政务服务</a><ul><li><a href="/bsfw/bgxz/">表格下载</a></li></ul></li>
<li><a href="/hdjl/">互动交流</a></li>
</ul></div>"""


def columns(html: str, url: str = HOME) -> tuple[ColumnCandidate, ...]:
    return find_columns(Page(url, f"<html><head><title>某局</title></head><body>{html}</body></html>".encode()))


def told(found: tuple[ColumnCandidate, ...]) -> list[tuple[str, int | None, str]]:
    return [(column.name, column.level, column.parent) for column in found]


def names(found: tuple[ColumnCandidate, ...]) -> list[str]:
    return [column.name for column in found]


EXPECTED = [
    ("新闻中心", 1, ""),
    ("部门动态", 2, "新闻中心"),
    ("图片新闻", 2, "新闻中心"),
    ("政务公开", 1, ""),
    ("通知公告", 2, "政务公开"),
    ("表格下载", 2, "政务服务"),
    ("互动交流", 1, ""),
]


def test_the_main_menu_is_level_one_and_what_drops_down_is_level_two() -> None:
    found = columns(MENU)
    assert told(found) == EXPECTED
    assert {column.source for column in found} == {"navigation"}
    assert found[1].url == "http://www.x.gov.cn/xwzx/bmdt/"


def test_a_menu_that_no_class_calls_so_is_known_by_its_home_link() -> None:
    assert told(columns(MENU.replace(' class="nav"', ""))) == EXPECTED


def test_a_menu_without_a_home_link_is_known_by_its_class() -> None:
    assert told(columns(MENU.replace('<li><a href="/">首页</a></li>', ""))) == EXPECTED


def test_a_menu_written_as_a_table_row_is_read() -> None:
    cells = "".join(
        f'<td><a href="/{slug}/">{name}</a></td>'
        for slug, name in [("", "首 页"), ("jg", "机构职能"), ("zc", "政策文件"), ("gg", "通知公告")]
    )
    assert told(columns(f"<table><tr>{cells}</tr></table>")) == [
        ("机构职能", 1, ""),
        ("政策文件", 1, ""),
        ("通知公告", 1, ""),
    ]


def test_definition_lists_of_a_menu_are_heads_and_what_hangs_below() -> None:
    lists = "".join(
        f'<dl><dt><a href="/{slug}/">{name}</a></dt><dd><a href="/{slug}/a/">{name}一</a></dd></dl>'
        for slug, name in [("xw", "新闻"), ("gk", "公开"), ("hd", "互动")]
    )
    assert told(columns(f'<div id="topNav">{lists}</div>'))[:3] == [
        ("新闻", 1, ""),
        ("新闻一", 2, "新闻"),
        ("公开", 1, ""),
    ]


def test_heads_that_lead_nowhere_still_name_what_hangs_below() -> None:
    items = "".join(
        f'<li><a href="javascript:;">{name}</a><ul><li><a href="/{slug}/">{name}栏目</a></li></ul></li>'
        for slug, name in [("xw", "新闻"), ("gk", "公开"), ("hd", "互动")]
    )
    assert told(columns(f'<nav><ul><li><a href="/">首页</a></li>{items}</ul></nav>')) == [
        ("新闻栏目", 2, "新闻"),
        ("公开栏目", 2, "公开"),
        ("互动栏目", 2, "互动"),
    ]


def test_only_the_first_menu_has_levels() -> None:
    side = "".join(
        f'<li><a href="/side/{slug}/">{name}</a></li>' for slug, name in [("a", "甲类"), ("b", "乙类"), ("c", "丙类")]
    )
    found = columns(MENU + f'<div class="menu"><ul>{side}</ul></div>')
    assert told(found)[len(EXPECTED) :] == [("甲类", None, ""), ("乙类", None, ""), ("丙类", None, "")]


def test_a_list_of_other_sites_is_not_the_main_menu() -> None:
    others = "".join(f'<li><a href="http://www.{slug}.gov.cn/">{slug}省政府网</a></li>' for slug in "abcd")
    assert told(columns(f'<ul class="menu">{others}</ul>' + MENU.replace("首页", "某市"))) == EXPECTED


def test_a_menu_longer_than_any_first_level_gets_no_levels() -> None:
    limit = read_lexicon("navigation")["first_level_limit"]
    items = "".join(f'<li><a href="/c{number}/">栏目{number}</a></li>' for number in range(limit + 1))
    found = columns(f"<nav><ul>{items}</ul></nav>")
    assert len(found) == limit + 1
    assert {column.level for column in found} == {None}


def test_a_row_that_does_not_begin_the_menu_tells_no_first_level() -> None:
    below = "".join(
        f'<dd><a href="/xw/{slug}/">{name}</a></dd>' for slug, name in [("a", "要闻"), ("b", "动态"), ("c", "视频")]
    )
    found = columns(f'<div class="nav"><dl><dt><a href="/xw/">新闻中心</a></dt>{below}</dl></div>')
    assert [level for _, level, _ in told(found)] == [None] * 4


def test_a_breadcrumb_is_no_menu() -> None:
    steps = [("/", "首页"), ("/a/", "新闻"), ("/a/b/", "动态"), ("/a/b/c/", "要闻")]
    trail = " ".join(f'<a href="{href}">{name}</a>' for href, name in steps)
    assert {column.level for column in columns(f"<div>当前位置：{trail}</div>")} == {None}
    assert {column.level for column in columns(f"<div>{trail}</div>")} == {1}


@pytest.mark.parametrize(
    ("href", "name"),
    [
        ("/", "首页"),
        ("/index.html", "某市人民政府"),
        ("/login/", "用户登录"),
        ("/en/", "English"),
        ("/en/", "英文版"),
        ("/wza/", "无障碍浏览"),
        ("/mobile/", "手机版"),
        ("/rss/", "RSS订阅"),
        ("/map/", "网站地图"),
        ("/about/", "关于我们"),
        ("javascript:;", "通知公告"),
        ("#", "通知公告"),
        ("mailto:a@x.gov.cn", "局长信箱"),
        ("http://www.y.gov.cn/tzgg/", "通知公告"),
        ("http://fgj.x.gov.cn/tzgg/", "通知公告"),
        ("/files/2026.pdf", "公开年报"),
        ("/tzgg/t20261009_123.htm", "中秋放假通知"),
        ("/art/2026/10/9/art_1_2.html", "机构职能"),
        ("/content/post_4740944.html", "领导简介"),
        ("/xxgk/202609/d949dc13b90e4dcb8d050a0d0202f362.shtml", "领导简介"),
        ("/Item/91525.aspx", "领导简介"),
        ("/list/", "关于做好2026年国庆节期间安全生产工作的通知"),
        ("/list/", "2026-10-09"),
        ("/list/2/", "下一页"),
        ("/list/", "坚守一线，守护平安"),
    ],
)
def test_what_is_surely_no_column_is_left_out(href: str, name: str) -> None:
    link = f'<li><a href="{href}">{name}</a></li>'
    assert told(columns(MENU.replace("</ul></div>", link + "</ul></div>"))) == EXPECTED


def test_one_column_is_found_once_whatever_its_address_looks_like() -> None:
    more = '<p><a href="https://x.gov.cn/zwgk/tzgg/index.html">通知公告</a> <a href="/zwgk/tzgg">公告</a></p>'
    assert told(columns(MENU + more)) == EXPECTED


def test_a_short_name_at_the_address_of_a_column_is_a_column() -> None:
    blocks = """<h3><a href="/col/col1599528/index.html">政策文件</a></h3>
    <h3><a href="/gkmlpt/index#21022">法定主动公开内容</a></h3>
    <h3><a href="/jyt/c110634/zwgklist.shtml">文件通知</a></h3><h3><a href="/content/column/6792061">工作动态</a></h3>
    <h3><a href="/tzgg.php">公示</a></h3>"""
    assert [
        (column.name, column.url.removeprefix(HOME), column.source, column.level) for column in columns(blocks)
    ] == [
        ("政策文件", "col/col1599528/index.html", "address", None),
        ("法定主动公开内容", "gkmlpt/index#21022", "address", None),
        ("文件通知", "jyt/c110634/zwgklist.shtml", "address", None),
        ("工作动态", "content/column/6792061", "address", None),
    ]


def test_a_more_link_is_named_after_its_block() -> None:
    blocks = """<div><div class="title"><span>通知公告</span><a href="/a.do">更多&gt;&gt;</a></div>
    <ul><li><a href="/t20261009_1.htm">关于开展检查的通知</a></li></ul></div>
    <div><a href="/b.do" title="部门动态">[更多]</a></div>
    <div><h3>政策解读</h3><p><a href="/t20261009_2.htm">一图读懂</a></p><a class="more" href="/c.do">MORE</a></div>"""
    assert [(column.name, column.url, column.source) for column in columns(blocks)] == [
        ("通知公告", "http://www.x.gov.cn/a.do", "home_block"),
        ("部门动态", "http://www.x.gov.cn/b.do", "home_block"),
        ("政策解读", "http://www.x.gov.cn/c.do", "home_block"),
    ]


def test_a_more_link_under_several_tabs_has_no_name_of_its_own() -> None:
    tabs = '<li class="title">通知公告</li><li class="title">公示</li>'
    assert columns(f'<div><ul>{tabs}</ul><a href="/a.do">更多</a></div>') == ()


def test_a_more_link_in_the_footer_is_no_column() -> None:
    assert columns('<div class="footer"><h3>通知公告</h3><a href="/a.do">更多</a></div>') == ()


def test_a_site_map_lists_columns_with_what_they_hang_below() -> None:
    page = """<div class="box"><ul><li><a href="/zwgk/a.do">政务公开</a>
    <ul><li><a href="/b.do">通知公告</a></li></ul></li>
    <li><h4>互动交流</h4><ul><li><a href="/c.do">局长信箱</a></li></ul></li></ul></div>"""
    found = columns(page, "http://www.x.gov.cn/wzdt/")
    assert [(column.name, column.source, column.level, column.parent) for column in found] == [
        ("政务公开", "site_map", None, ""),
        ("通知公告", "site_map", None, "政务公开"),
        ("局长信箱", "site_map", None, "互动交流"),
    ]


def test_the_link_to_the_site_map_is_found_on_the_own_site_only() -> None:
    footer = '<div class="footer"><a href="{}">站点地图</a></div>'
    assert find_site_map(Page(HOME, footer.format("/map.html").encode())) == "http://www.x.gov.cn/map.html"
    assert find_site_map(Page(HOME, footer.format("http://www.y.gov.cn/map").encode())) is None
    assert find_site_map(Page(HOME, footer.format("#").encode())) is None
    assert find_site_map(Page(HOME, b"<p>x</p>")) is None


def test_page_tags_name_the_column_a_page_belongs_to() -> None:
    tag = '<meta name="ColumnName" content="部门动态">'
    trail = '<p>当前位置：<a href="/dt.do">部门动态</a></p>'
    article = Page(HOME + "t20261009_1.htm", f'{tag}<meta name="ArticleTitle" content="x">{trail}'.encode())
    column = Page(HOME + "dt.do", tag.encode())
    lonely_article = Page(HOME + "t20261009_1.htm", f'{tag}<meta name="ArticleTitle" content="x">'.encode())
    expected = (ColumnCandidate("部门动态", "http://www.x.gov.cn/dt.do", None, "page_tags"),)
    assert find_columns(article) == expected
    assert find_columns(column) == expected
    assert find_columns(lonely_article) == ()


def test_columns_stand_in_the_order_of_the_page() -> None:
    found = columns('<h2><a href="/first/">专题专栏</a></h2>' + MENU)
    assert names(found)[:2] == ["专题专栏", "新闻中心"]


@pytest.mark.parametrize(
    "url", ["/info/1011/6375.htm", "/2026-10/09/content_5516473.htm", "/show.php?id=7", "/c/2026-10-09/1.shtml"]
)
def test_articles_are_known_by_their_address(url: str) -> None:
    assert is_article(url)


@pytest.mark.parametrize(
    "url", ["/xwzx/", "/n810219/index.html", "/eportal/ui?pageId=2480148", "/zhgl/index.jhtml", "/a/index_1.htm"]
)
def test_columns_are_known_by_their_address(url: str) -> None:
    assert has_column_shape("http://www.x.gov.cn" + url)
    assert not is_article(url)


def test_two_columns_of_one_script_are_not_the_same() -> None:
    assert same_column(HOME + "list.jsp?id=1") != same_column(HOME + "list.jsp?id=2")
    assert same_column(HOME + "gkmlpt/index#1") != same_column(HOME + "gkmlpt/index#2")


def test_an_empty_page_and_a_hostile_one_have_no_columns() -> None:
    assert columns("") == ()
    assert columns('<div class="nav"><li>' * 20_000) == ()
    assert columns('<a href="/">首页</a>' * 20_000) == ()
    assert columns("".join(f'<a href="/{number}.do">更多</a>' for number in range(20_000))) == ()


def test_only_the_first_links_of_an_endless_page_are_read() -> None:
    bound = read_lexicon("navigation")["anchors_read"]
    assert len(columns("".join(f'<a href="/c{number}/">栏目</a>' for number in range(bound * 4)))) == bound


# figures below were counted by reading the menus of the pages


@pytest.mark.parametrize(
    ("name", "url", "first_level", "second_level"),
    [
        ("article/www.bjhd.gov.cn_008669.html", "http://www.bjhd.gov.cn/a/t20151013_1124254.htm", 5, 13),
        ("article/www.lf.gov.cn_zlzlf.html", "http://www.lf.gov.cn/Item/91525.aspx", 5, 20),
        ("article/www.bjft.gov.cn_hjhbjft.html", "http://www.bjft.gov.cn/", 4, 26),
        ("article/www.moe.gov.cn_wjmoe.html", "http://www.moe.gov.cn/", 5, 0),
        ("list/zrzy.hebei.gov.cn_stdt.html", "https://zrzy.hebei.gov.cn/heb/xinwen/stdt/index.html", 5, 4),
        ("guide/www.bjgjj.gov.cn_003756.html", "http://www.bjgjj.gov.cn/bszn/grdkbszn/", 9, 0),
    ],
)
def test_the_menu_of_a_captured_page_is_read_as_a_reader_reads_it(
    captured_pages: Path, name: str, url: str, first_level: int, second_level: int
) -> None:
    levels = Counter(column.level for column in find_columns(Page(url, (captured_pages / name).read_bytes())))
    assert (levels[1], levels[2]) == (first_level, second_level)


def test_a_captured_drop_down_hangs_below_its_head(captured_pages: Path) -> None:
    body = (captured_pages / "article/www.bjhd.gov.cn_008669.html").read_bytes()
    parents = {column.name: column.parent for column in find_columns(Page("http://www.bjhd.gov.cn/", body))}
    assert (parents["通知公告"], parents["海淀要闻"], parents["新闻"]) == ("公开", "新闻", "")


def test_no_captured_page_breaks_the_reader_and_no_article_is_a_column(captured_pages: Path) -> None:
    files = [path for path in sorted(captured_pages.rglob("*")) if path.suffix in (".html", ".xml", ".js")]
    assert len(files) > 80
    for path in files:
        host = path.name.split("_")[0]
        found = find_columns(Page(f"http://{host}/a/b.html", path.read_bytes()))
        assert len({column.url for column in found}) == len(found)
        assert [column.url for column in found if re.search(r"/t\d{8}_|/art/\d|content_\d", column.url)] == []
