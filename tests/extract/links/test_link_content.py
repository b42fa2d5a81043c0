"""What answers 200 and is not what was linked: soft 404s, empty pages, wrong files, strangers, pages that send on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from govspider.extract.document.page import Page
from govspider.extract.document.page_sketch import sketch_page
from govspider.extract.links.link_answer import LinkJudgement
from govspider.extract.links.link_content import (
    AskedLink,
    Content,
    judge_content,
    judge_missing,
    page_of,
    wants_made_up,
)
from govspider.extract.links.page_jumps import find_jump
from govspider.extract.links.soft_404 import MadeUpAnswer, made_up_addresses
from govspider.items import LinkFault, LinkState, UnknownReason

SITE = "http://www.example.gov.cn"
HTML = {"Content-Type": "text/html; charset=utf-8"}
MENU = "<div>首页 要闻 通知公告 政策文件 办事服务 互动交流</div>" * 30
FOOT = "<div>主办单位：某某市人民政府办公室 网站标识码 3300000001</div>"


def document(title: str, main: str, *, template: bool = True) -> str:
    around = (MENU, FOOT) if template else ("", "")
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{around[0]}{main}{around[1]}</body></html>"


def content(text: str, *, at: str = f"{SITE}/a/1.html", headers: dict[str, str] | None = None) -> Content:
    given = HTML if headers is None else headers
    body = text.encode()
    return Content(at, given, body, 200, page_of(at, given, body, 200))


def alone(text: str, *, url: str = f"{SITE}/a/1.html", **link: object) -> LinkJudgement | None:
    return judge_content(AskedLink(url, **link), content(text, at=url))  # type: ignore[arg-type]


def made_up(text: str, at: str | None = None) -> list[MadeUpAnswer]:
    urls = made_up_addresses(f"{SITE}/a/1.html", ("q7x", "w3k"))
    return [
        MadeUpAnswer(url, at or url, 200, sketch_page(Page(at or url, text.replace("ADDRESS", url).encode(), None)))
        for url in urls
    ]


def missing(text: str, answers: list[MadeUpAnswer], *, url: str = f"{SITE}/a/1.html", at: str = "") -> LinkFault | None:
    judged = judge_missing(AskedLink(url), content(text, at=at or url), answers)
    return None if judged is None else judged.fault


# ── what the page says of itself ──────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "title", ["404", "404 Not Found", "页面不存在", "Page Not Found - 某某市人民政府", "对不起，您访问的页面不存在！",
              "404错误页面", "HTTP Error 404", "出错了", "信息不存在或已被删除"],
)  # fmt: skip
def test_a_short_page_with_the_title_of_an_error_page_is_missing(title: str) -> None:
    judged = alone(document(title, "<p>请返回首页</p>", template=False))
    assert judged is not None
    assert (judged.state, judged.fault) == (LinkState.DEAD, LinkFault.SOFT_404)


@pytest.mark.parametrize(
    "words", ["您访问的页面不存在或已删除，5秒后返回首页", "该信息已被删除", "文章不存在！",
              "The page you requested was not found", "抱歉，您要访问的内容已失效"],
)  # fmt: skip
def test_a_page_that_says_nothing_but_the_words_is_missing(words: str) -> None:
    judged = alone(document("某某市人民政府", f"<p>{words}</p>", template=False))
    assert judged is not None
    assert judged.fault is LinkFault.SOFT_404


@pytest.mark.parametrize(
    ("title", "main"),
    [
        ("关于整改“页面不存在”问题的通报", "<p>" + "经查，部分链接打开后提示页面不存在，现通报如下。" * 20 + "</p>"),
        ("404路公交车线路调整公告", "<p>" + "自即日起404路公交车调整线路。" * 20 + "</p>"),
        ("政务公开", "<p>本栏目暂无内容</p>" + "要闻动态" * 200),
        ("网站错误信息公示办法", "<p>" + "对存在错误的信息予以更正。" * 30 + "</p>"),
    ],
)
def test_an_article_that_speaks_of_missing_pages_is_none(title: str, main: str) -> None:
    assert alone(document(title, main)) is None


# ── what the host says of addresses that cannot exist ─────────────────────────────────────

ERROR = document("某某市人民政府", "<p>非常抱歉，没有您要的</p><i>2026-11-22 12:30</i> ADDRESS")


def test_a_page_that_equals_the_answer_to_made_up_addresses_is_missing() -> None:
    assert missing(ERROR.replace("ADDRESS", f"{SITE}/a/1.html").replace("12:30", "9:05"), made_up(ERROR)) is (
        LinkFault.SOFT_404
    )


def test_a_short_article_in_the_template_of_the_error_page_is_no_error_page() -> None:
    article = document("某某市人民政府", "<p>关于国庆节放假安排：十月一日至七日放假调休共七天</p>")
    assert missing(article, made_up(ERROR)) is None


def test_pages_of_a_site_that_knows_missing_ones_stand() -> None:
    hard = [MadeUpAnswer(url, url, 404) for url in made_up_addresses(f"{SITE}/a/1.html", ("q7x", "w3k"))]
    assert missing(ERROR, hard) is None


def test_a_missing_page_that_leads_home_as_all_missing_pages_do_is_dead() -> None:
    home = document("某某市人民政府", "要闻" * 300)
    answers = made_up(home, at=f"{SITE}/")
    assert missing(home, answers, at=f"{SITE}/") is LinkFault.HOME_REDIRECT
    assert missing(home, answers, url=f"{SITE}/index.html", at=f"{SITE}/") is None
    assert missing(home, answers, url=f"{SITE}/", at=f"{SITE}/") is None


def test_where_everybody_is_sent_to_the_login_nothing_is_missing() -> None:
    login = document("统一身份认证", '<form><input type="PassWord" name="p"></form>')
    answers = made_up(login, at=f"{SITE}/sso/login")
    assert missing(login, answers, at=f"{SITE}/sso/login") is None


SHELL = (
    '<html><head><title>政务服务</title><script src="/app.js"></script></head><body><div id="app"></div></body></html>'
)


def test_a_page_that_only_a_browser_fills_is_unknown_unless_the_host_knows_missing_pages() -> None:
    judged = judge_missing(AskedLink(f"{SITE}/a/1.html"), content(SHELL), made_up(SHELL))
    assert judged is not None
    assert (judged.state, judged.reason) == (LinkState.UNKNOWN, UnknownReason.NEEDS_BROWSER)
    assert judge_missing(AskedLink(f"{SITE}/a/1.html"), content(SHELL), [MadeUpAnswer("x", "x", 404)]) is None


def test_other_sites_are_asked_for_made_up_pages_only_when_something_is_odd() -> None:
    link, plain = AskedLink("http://www.other.example/a/1.html"), content(document("新闻", "正文" * 200))
    assert not wants_made_up(link, plain)
    assert wants_made_up(replace(link, own_site=True), plain)
    assert not wants_made_up(replace(link, own_site=True, form=True), plain)
    assert wants_made_up(link, content(document("新闻", "正文" * 200), at="http://www.other.example/"))


@pytest.mark.parametrize(
    ("asked", "dead"),
    [
        ("/zt/2019/", True),
        ("/art_1.html", True),
        ("/portal/", False),
        ("/zh/index.html", False),
        ("/user/logout", False),
    ],
)
def test_a_document_that_leads_to_the_home_page_is_dead_where_missing_pages_are_known(asked: str, dead: bool) -> None:
    home = document("某某市人民政府", "要闻" * 300)
    hard = [MadeUpAnswer(f"{SITE}/x", f"{SITE}/x", 404)]
    assert (missing(home, hard, url=f"{SITE}{asked}", at=f"{SITE}/") is LinkFault.HOME_REDIRECT) is dead


def test_made_up_addresses_stand_beside_the_page_and_at_the_root() -> None:
    assert made_up_addresses(f"{SITE}/zwgk/2026/t1.html?id=1", ("q7x", "w3k")) == (
        f"{SITE}/zwgk/2026/q7x.html",
        f"{SITE}/w3k.html",
    )
    assert made_up_addresses(f"{SITE}/zwgk/", ("q", "w")) == (f"{SITE}/q/", f"{SITE}/w/")


# ── nothing, and something else ───────────────────────────────────────────────────────────


def test_an_answer_without_anything_is_empty_but_a_page_of_pictures_is_not() -> None:
    for text in ("", "   \n", "<html><body> </body></html>"):
        judged = alone(text)
        assert judged is not None
        assert judged.fault is LinkFault.EMPTY
    assert alone('<html><body><img src="map.jpg"></body></html>') is None
    assert judge_content(AskedLink(SITE, embedded=True), content("<html><body></body></html>", at=SITE)) is None
    assert alone('<html><frameset><frame src="a.html"></frameset></html>') is None
    assert alone("", kind="script", embedded=True) is None


def test_a_picture_whose_answer_was_cut_after_the_headers_is_not_empty() -> None:
    link = AskedLink(f"{SITE}/a.png", "image", embedded=True)
    assert judge_content(link, Content(link.url, {"Content-Type": "image/png", "Content-Length": "900"})) is None
    empty = judge_content(link, Content(link.url, {"Content-Type": "image/png", "Content-Length": "0"}))
    assert empty is not None
    assert empty.fault is LinkFault.EMPTY


@pytest.mark.parametrize(("url", "kind"), [(f"{SITE}/a.jpg", "image"), (f"{SITE}/a.css", "style")])
def test_a_picture_or_style_that_comes_as_a_web_page_is_wrong_only_where_the_page_shows_it(url: str, kind: str) -> None:
    judged = alone(document("某某市", "要闻" * 500), url=url, kind=kind, embedded=True)
    assert judged is not None
    assert judged.fault is LinkFault.WRONG_FILE
    assert alone(document("某某市", "要闻" * 500), url=url, kind=kind) is None
    assert alone("<html><body></body></html>", url=f"{SITE}/count.php", kind=kind, embedded=True) is None


@pytest.mark.parametrize(
    ("name", "start"),
    [("a.pdf", b"%PDF-1.4"), ("a.pdf", b"\n\n%PDF-1.7"),
     ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), ("a.docx", b"PK\x03\x04"),
     ("a.doc", b"PK\x03\x04"), ("a.doc", b"{\\rtf1"), ("a.xls", "姓名\t单位\n".encode("gbk")),
     ("a.zip", b"Rar!\x1a\x07\x00"),
     ("a.xls", b'<html xmlns:o="urn:schemas-microsoft-com:office:office"><table>'), ("a.ofd", b"PK\x03\x04"),
     ("a.mp4", b"anything"), ("a.txt", b"anything")],
)  # fmt: skip
def test_a_file_that_its_readers_open_is_right(name: str, start: bytes) -> None:
    url = f"{SITE}/{name}"
    assert judge_content(AskedLink(url, "attachment"), Content(url, {}, start + b"x" * 50)) is None


@pytest.mark.parametrize(
    ("name", "body", "headers"),
    [("a.pdf", b'{"code":404}', {}), ("a.pdf", b"<html><body>error</body></html>", {"Content-Type": "application/pdf"}),
     ("a.docx", b'{"msg":"no"}', {}), ("a.zip", b"<!DOCTYPE html><html></html>", {"Content-Type": "application/zip"}),
     ("a.pdf", b"", {}), ("a.pdf", b"\x89PNG\r\n", {})],
)  # fmt: skip
def test_a_file_that_no_reader_opens_is_wrong(name: str, body: bytes, headers: dict[str, str]) -> None:
    url = f"{SITE}/{name}"
    judged = judge_content(AskedLink(url, "attachment"), Content(url, headers, body))
    assert judged is not None
    assert judged.fault in (LinkFault.WRONG_FILE, LinkFault.EMPTY)


def test_a_web_page_at_the_address_of_a_document_is_wrong_unless_it_shows_it_or_asks_for_a_login() -> None:
    url = f"{SITE}/a.pdf"

    def judged(main: str, title: str = "某某市") -> tuple[LinkState, UnknownReason | None] | None:
        found = judge_content(AskedLink(url, "attachment"), content(document(title, main, template=False), at=url))
        return None if found is None else (found.state, found.reason)

    assert judged("<p>文件已丢失</p>") == (LinkState.DEAD, None)
    assert judged("<p>x</p>" * 500, "404 Not Found") == (LinkState.DEAD, None)
    assert judged('<embed src="/real.pdf">') is None
    assert judged('<input type="password">') == (LinkState.UNKNOWN, UnknownReason.NEEDS_LOGIN)
    assert judged("<p>要闻动态</p>" * 500) == (LinkState.UNKNOWN, UnknownReason.CONTRADICTORY)


@pytest.mark.parametrize(
    ("title", "main"),
    [("abc.com - This domain is for sale", "<p>Buy now</p>"), ("该域名正在出售", "<p>联系卖家</p>"),
     ("old.example", '<p>Related Searches</p><script src="http://www.sedoparking.com/x.js"></script>')],
)  # fmt: skip
def test_a_domain_for_sale_is_parked(title: str, main: str) -> None:
    judged = alone(document(title, main, template=False), url="http://old.example/")
    assert judged is not None
    assert judged.fault is LinkFault.PARKED


def test_a_page_of_gambling_is_planted_and_a_warning_against_it_is_not() -> None:
    url = "http://old.example/"
    bad = alone(document("澳门威尼斯人娱乐城-百家乐官方网站", "<p>百家乐 时时彩 娱乐城</p>", template=False), url=url)
    assert bad is not None
    assert bad.fault is LinkFault.PLANTED
    for title in ("公安机关打击网络百家乐赌博团伙", "关于警惕六合彩诈骗的提醒", "某某市体育彩票管理中心"):
        assert alone(document(title, "<p>" + "百家乐赌博案件告破。" * 30 + "</p>"), url=url) is None
    sale = alone(document("关于规范域名转让管理的通知", "<p>" + "域名转让应当依法备案。" * 60 + "</p>"), url=url)
    assert sale is None


# ── pages that send on ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ('<meta http-equiv="Refresh" content="0; URL=/gone.html">', f"{SITE}/gone.html"),
        ("<meta http-equiv=refresh content='3;url=b.html'><p>正在跳转</p>", f"{SITE}/a/b.html"),
        ('<script>window.location.href="/gone.html";</script>', f"{SITE}/gone.html"),
        ("<script>setTimeout(function(){location.replace('/gone.html')},500)</script>", f"{SITE}/gone.html"),
        ('<meta http-equiv="refresh" content="60;url=/other.html">', None),
        (f'<meta http-equiv="refresh" content="5;url={SITE}/a/1.html">', None),
        ('<script>if(/Android/.test(navigator.userAgent)){location.href="/m/";}</script>', None),
        ("<script>function back(){location.href='/'}</script>", None),
        ('<script>location.href="/gone.html";</script>' + "<p>正文</p>" * 200, None),
    ],
)
def test_a_page_sends_on_only_where_every_visitor_is_sent(text: str, target: str | None) -> None:
    page = Page(f"{SITE}/a/1.html", f"<html><head>{text}</head><body></body></html>".encode(), None)
    assert find_jump(page) == target
