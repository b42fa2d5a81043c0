"""Hidden links: what accuses, what raises, and what must accuse nobody."""

from __future__ import annotations

import pytest

from govspider.extract.dark.dark_links import find_dark_links, find_dark_notes
from govspider.extract.dark.tampering import find_tampering
from govspider.extract.document.page import Page
from govspider.items import DarkLinkObservation, Strength

SITE = "http://www.example-county.gov.cn/index.html"
NEWS = '<ul><li><a href="/news/1.html">县政府召开常务会议</a></li><li><a href="/news/2.html">春耕备耕</a></li></ul>'
NEUTRAL = '<a href="http://www.stranger-shop.net/">低温恒温槽</a>'
BETTING = '<a href="http://www.stranger-bet.net/">百家乐玩法</a>'


def page_of(body: str, head: str = "<title>某县人民政府</title>", tail: str = "") -> Page:
    html = f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{NEWS}{body}</body></html>{tail}"
    return Page(SITE, html.encode())


def found_in(body: str, **parts: str) -> tuple[DarkLinkObservation, ...]:
    return find_dark_links(page_of(body, **parts))


def split(word: str) -> str:
    """A literal as concealing scripts write it: "t"+"e"+"s"+"i"."""
    return "+".join(f'"{char}"' for char in word)


TECHNIQUES = [
    ("display_none", '<div style="display:none">LINK</div>'),
    ("display_none", '<div style="DISPLAY : None !important">LINK</div>'),
    ("visibility_hidden", '<p style="visibility:hidden">LINK</p>'),
    ("off_screen", '<div style="position:absolute;top:-999px;left:-999px">LINK</div>'),
    ("off_screen", '<div style="position:fixed;left:300000px">LINK</div>'),
    ("off_screen", '<div style="position:absolute;left:expression(1-900);top:expression(3-999);">LINK</div>'),
    ("zero_size", '<div style="display:block;height:0;width:0;overflow:hidden">LINK</div>'),
    ("zero_size", '<div style="1px;height:1px;overflow:hidden;">LINK</div>'),
    ("text_indent", '<div style="text-indent:-469em">LINK</div>'),
    ("margin", '<p style="margin-left:-1464px">LINK</p>'),
    ("clip", '<div style="position:absolute;clip:rect(0 0 0 0)">LINK</div>'),
    ("opacity", '<div style="opacity:0">LINK</div>'),
    ("visibility_hidden", '<p style="visibility:collapse">LINK</p>'),
    ("display_none", '<div style="display:none"><table><tr><td><p>LINK</p></td></tr></table></div>'),
    ("off_screen", '<div style="position:absolute;left:-90em">LINK</div>'),
    ("off_screen", '<div style="position:absolute;top:-900pt">LINK</div>'),
    ("off_screen", '<div style="position:absolute;left:-500%">LINK</div>'),
    ("zero_size", '<div style="max-height:0;overflow:hidden">LINK</div>'),
    ("clip", '<div style="clip-path:inset(100%)">LINK</div>'),
    ("clip", '<div style="transform:scale(0)">LINK</div>'),
    ("opacity", '<div style="filter:alpha(opacity=0)">LINK</div>'),
    ("under", '<div style="position:absolute;z-index:-1">LINK</div>'),
    ("tiny_link", '<p style="font-size:1px;line-height:1px">LINK</p>'),
    ("hidden_attribute", "<div hidden>LINK</div>"),
    ("noscript", "<noscript>LINK</noscript>"),
    ("marquee", "<MARQUEE width=1 height=5 scrollamount=31160>LINK</MARQUEE>"),
    ("style_rule", "<style>.lt300{position:fixed;left:-3000px}</style><div class=lt300>LINK</div>"),
    (
        "style_rule",
        "<script>document.write('<style>#d{position:absolute;left:300000px}</style>')</script><b id=d>LINK</b>",
    ),
    ("script_hidden", "<div id=zz>LINK</div><script>document.getElementById('zz').style.display='none'</script>"),
    (
        "script_hidden",
        "<div id=zz>LINK</div><script>var e=document.getElementById('zz');e.style.display='none'</script>",
    ),
    ("script_hidden", "<div id=zz>LINK</div><script>$('#zz').hide()</script>"),
    (
        "document_write",
        '<script>document.write("<div style=\\"position:absolute;top:-987px\\">")</script>LINK'
        '<script>document.write("</div>")</script>',
    ),
    (
        "document_write",
        "<script>document.write('<marquee scrollAmount=5000 width=1 height=5>')</script>LINK"
        "<script>document.write('</marquee>')</script>",
    ),
]


@pytest.mark.parametrize(("technique", "markup"), TECHNIQUES)
def test_a_hidden_stranger_is_weak_without_a_word_and_strong_with_one(technique: str, markup: str) -> None:
    neutral, betting = found_in(markup.replace("LINK", NEUTRAL)), found_in(markup.replace("LINK", BETTING))
    assert [(link.technique, link.strength) for link in neutral] == [(technique, Strength.WEAK)]
    assert [(link.technique, link.strength) for link in betting] == [(technique, Strength.STRONG)]
    assert any("百家乐" in reason for reason in betting[0].reasons)


@pytest.mark.parametrize(("technique", "markup"), TECHNIQUES)
def test_the_same_markup_around_own_official_and_known_targets_accuses_nobody(technique: str, markup: str) -> None:
    innocent = (
        '<a href="/about.html">机构职能</a><a href="http://zwfw.example-county.gov.cn/">办事大厅</a>'
        '<a href="http://www.gov.cn/">中国政府网</a><a href="http://www.cnzz.com/stat/website.php">站长统计</a>'
        '<a href="http://www.hanweb.com">Produced By 大汉网络</a><a href="http://service.weibo.com/share">微博</a>'
    )
    assert found_in(markup.replace("LINK", innocent)) == (), technique


@pytest.mark.parametrize("markup", ["<div>LINK</div>", '<div style="display:block">LINK</div>', "<p>友情链接 LINK</p>"])
def test_a_visible_link_is_never_a_dark_link_whatever_it_says(markup: str) -> None:
    assert found_in(markup.replace("LINK", BETTING + NEUTRAL)) == ()


def test_a_public_body_as_target_does_not_clear_a_hidden_betting_anchor() -> None:
    [link] = found_in('<div style="display:none"><a href="http://www.other.gov.cn/a/bet365/">bet365</a></div>')
    assert link.strength is Strength.STRONG


def test_hidden_news_of_the_police_about_gambling_accuses_nobody() -> None:
    assert found_in('<div style="display:none"><a href="http://www.mps.gov.cn/1">警方打掉网络赌博团伙</a></div>') == ()


def test_a_share_service_as_target_does_not_clear_a_betting_anchor() -> None:
    [link] = found_in('<div style="display:none"><a href="http://sc.qq.com/fx/u?r=x">百家乐</a></div>')
    assert link.strength is Strength.STRONG


def test_a_concealed_statement_makes_the_link_strong_without_a_word() -> None:
    script = f"<script>document.getElementById({split('tesi')}).style.display='no'+'ne';</script>"
    [link] = found_in(f"<div id=tesi>{NEUTRAL}</div>{script}")
    assert link.technique == "script_hidden"
    assert link.strength is Strength.STRONG
    assert "隐藏语句经字符串拆分掩饰" in link.reasons


def test_a_box_that_a_visitor_closes_or_a_script_shows_again_is_not_hidden() -> None:
    closes = "<script>function shut(){document.getElementById('ad').style.display='none'}</script>"
    toggles = (
        "<script>document.getElementById('ad').style.display='none';"
        "function open1(){document.getElementById('ad').style.display='block'}</script>"
    )
    assert found_in(f"<div id=ad>{NEUTRAL}</div>{closes}") == ()
    assert found_in(f"<div id=ad>{NEUTRAL}</div>{toggles}") == ()


def test_several_hidings_of_one_target_make_it_strong() -> None:
    box = f'<div style="display:none">{NEUTRAL}</div>'
    links = found_in(box + "<p>正文</p>" + box)
    assert [link.strength for link in links] == [Strength.STRONG, Strength.STRONG]
    assert all("同一目标在本页2处隐藏" in link.reasons for link in links)


def test_links_behind_the_document_are_found_in_the_second_root() -> None:
    [weak] = found_in("", tail=NEUTRAL)
    assert (weak.technique, weak.strength) == ("after_html", Strength.WEAK)
    [strong] = found_in("", tail=f'<div style="display:none">{NEUTRAL}</div>')
    assert (strong.technique, strong.strength) == ("display_none", Strength.STRONG)
    assert "位于文档结束标记之后" in strong.reasons


def test_links_in_the_head_and_before_the_document_are_placed_by_the_text() -> None:
    [in_head] = found_in("", head=f"<title>某县</title><div>{BETTING}</div>")
    assert (in_head.technique, in_head.strength) == ("in_head", Strength.STRONG)
    before = Page(SITE, f"<div>{BETTING}</div><html><head></head><body>{NEWS}</body></html>".encode())
    assert [link.technique for link in find_dark_links(before)] == ["before_html"]


def test_statistics_behind_the_document_accuse_nobody() -> None:
    assert (
        found_in(
            "", tail='<a href="http://www.51.la/?123">统计</a><a href="http://www.builder-x.com/">技术支持：某公司</a>'
        )
        == ()
    )


def test_links_that_an_open_title_swallows_are_found_by_their_words() -> None:
    html = f"<html><head><title>某公司??/title></head><body>{BETTING}{BETTING}{NEUTRAL}</body></html>"
    links = find_dark_links(Page(SITE, html.encode()))
    assert [(link.technique, link.anchor) for link in links] == [("unparsed", "百家乐玩法")] * 2


def test_a_colour_like_the_ground_counts_only_with_a_word() -> None:
    def ground(link: str) -> str:
        return f'<table bgcolor="#000000"><tr><td>{link}</td></tr></table>'

    dark = '<a href="http://www.stranger-bet.net/" style="color:#000">全讯网</a>'
    assert [link.technique for link in found_in(ground(dark))] == ["colour"]
    assert found_in(ground(dark.replace("全讯网", "某某商会"))) == ()
    assert found_in(ground(dark.replace("#000", "#fff"))) == ()


@pytest.mark.parametrize(
    "markup",
    [
        '<iframe src="ADDRESS" width=0 height=0></iframe>',
        '<iframe src="ADDRESS" style="width:1px;height:1px"></iframe>',
        '<object data="ADDRESS" width="0" height="0"></object>',
        '<embed src="ADDRESS" width="1" height="1">',
    ],
)
def test_what_loads_a_stranger_into_no_room_is_a_frame(markup: str) -> None:
    [frame] = found_in(markup.replace("ADDRESS", "http://www.stranger-shop.net/a.html"))
    assert (frame.technique, frame.strength) == ("frame", Strength.WEAK)
    assert found_in(markup.replace("ADDRESS", "/count/a.html")) == ()


def test_a_frame_without_a_share_of_its_frameset_is_one_of_no_size() -> None:
    frames = (
        '<frameset rows="*,0"><frame src="/index.html"><frame src="http://www.stranger-shop.net/a.html"></frameset>'
    )
    page = Page(SITE, f"<html><head><title>某县</title></head>{frames}</html>".encode())
    assert [link.technique for link in find_dark_links(page)] == ["frame"]


def test_a_frame_of_no_size_from_a_stranger_is_weak_and_a_counter_is_none() -> None:
    [frame] = found_in('<iframe src="http://www.stranger-shop.net/a.html" width=0 height=0></iframe>')
    assert (frame.technique, frame.strength) == ("frame", Strength.WEAK)
    assert found_in('<iframe src="http://c.stranger-shop.net/visitcount.jsp" width=0 height=0></iframe>') == ()
    assert found_in('<iframe src="http://www.stranger-shop.net/map.html" width=600 height=400></iframe>') == ()


@pytest.mark.parametrize(
    "markup",
    [
        '<div class="submenu" style="display:none">LINKS</div>',
        '<ul class="tab-pane" style="display:none">LINKS</ul>',
        '<div id="con_1">甲</div><div id="con_2" style="display:none">LINKS</div>',
        '<div id="friendlinks" style="display:none">LINKS</div><a onclick="show(\'friendlinks\')">友情链接</a>',
        '<div class="swiper-slide" style="visibility:hidden">LINKS</div>',
        '<ul style="position:absolute;left:-1200px;width:3600px">LINKS</ul>',
        '<select style="display:none"><option value="http://www.stranger-shop.net/">某行业协会</option></select>',
        '<div class="mobile-nav" style="display:none">LINKS</div>',
    ],
)
def test_menus_tabs_slides_and_selects_accuse_nobody(markup: str) -> None:
    links = '<a href="/a">政务</a><a href="/b">服务</a><a href="http://www.local-paper.net/">本地新闻网</a>'
    assert found_in(markup.replace("LINKS", links)) == ()


def test_a_menu_does_not_clear_a_betting_anchor() -> None:
    [link] = found_in(f'<div class="submenu" style="display:none"><a href="/a">政务</a>{BETTING}</div>')
    assert link.strength is Strength.STRONG


def test_centred_boxes_and_indents_of_paragraphs_are_visible() -> None:
    assert found_in(f'<div style="position:absolute;left:50%;margin-left:-1200px">{NEUTRAL}</div>') == ()
    assert found_in(f'<p style="text-indent:-2em">{NEUTRAL}</p>') == ()


def test_one_box_is_one_path_and_each_link_knows_where_it_stands() -> None:
    page = page_of(f'<div style="display:none">{BETTING}{NEUTRAL}</div>')
    first, second = find_dark_links(page)
    assert first.path == second.path
    assert page.xpath(first.path)[0].get("style") == "display:none"
    for link in (first, second):
        assert link.offset is not None
        assert page.text[link.offset :].startswith(link.snippet)
        assert link.anchor in link.snippet


def test_words_disguised_by_separators_entities_and_traditional_characters_are_read() -> None:
    for anchor in ("百·家·乐", "&#30334;&#23478;&#20048;", "澳門賭場", "ｂｅｔ３６５", "百\u200b家乐"):
        [link] = found_in(f'<div style="display:none"><a href="http://www.stranger-bet.net/">{anchor}</a></div>')
        assert link.strength is Strength.STRONG, anchor


def test_a_deep_page_and_a_huge_script_yield_what_can_be_read() -> None:
    deep = page_of('<div style="color:red">' * 100_000 + BETTING + f'<div style="display:none">{BETTING}</div>')
    assert {link.technique for link in find_dark_links(deep)} == {"unparsed"}
    script = "<script>" + "var a='x'+b;" * 120_000 + "</script>"
    assert len(found_in(script + f'<div style="display:none">{BETTING}</div>')) == 1


def test_hostile_text_does_not_make_the_search_slow_or_fail() -> None:
    for part in ("<a " * 50_000, "<!--" * 50_000, "<script>'" + "\\'" * 100_000, "<style>" * 20_000, "&#" * 50_000):
        assert isinstance(found_in(f'{part}<div style="display:none">{BETTING}</div>'), tuple)


def test_more_links_than_the_limit_are_cut() -> None:
    many = "".join(f'<a href="http://s{n}.stranger-bet.net/">百家乐</a>' for n in range(1500))
    assert len(found_in(f'<div style="display:none">{many}</div>')) == 1000


def test_vendor_signatures_and_links_in_comments_are_notes() -> None:
    page = page_of(f'<a href="http://www.hanweb.com" style="display:none">Produced By 大汉网络</a><!-- {BETTING} -->')
    assert find_dark_links(page) == ()
    signature, residue = find_dark_notes(page)
    assert "hanweb.com" in signature
    assert "百家乐" in residue
    assert find_dark_notes(page_of("")) == ()


@pytest.mark.parametrize(
    "css",
    [
        ".q{di/*x*/splay:none}",
        ".q{d\\69splay:none}",
        '.a::before{content:"}"} .q{display:none}',
        "/* } */ .q{display:none}",
        '@charset "utf-8"; @import url(x.css); .q{display:none}',
    ],
)
def test_a_rule_hides_however_its_sheet_is_written(css: str) -> None:
    body = '<div class="q"><a href="http://www.banjia-hf.com/">百家乐开户</a></div>'
    html = f"<html><head><meta charset='utf-8'><style>{css}</style></head><body><p>政务公开</p>{body}</body></html>"
    [found] = find_dark_links(Page("http://www.example-county.gov.cn/", html.encode()))
    assert found.technique == "style_rule"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_bytes_of_a_finding_stand_where_it_says(encoding: str) -> None:
    head = f'<head><meta charset="{encoding}"><title>百家乐_百度知道</title></head>'
    hidden = f'<p>政府公告</p><div style="display:none">{BETTING}</div>'
    body = f"<html>{head}<body>{hidden}</body></html>".encode(encoding)
    page = Page(SITE, body)
    [link], [title] = find_dark_links(page), find_tampering(page)
    for found in (link, title):
        assert found.byte_offset is not None
        assert body[found.byte_offset :].decode(encoding).startswith(page.text[found.offset :])
    assert body[link.byte_offset :].startswith(b"<a href=")
