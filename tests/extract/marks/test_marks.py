"""Footer marks: present, absent, unknown and invalid, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from govspider.extract.document.page import Page
from govspider.extract.marks.marks import observe_marks
from govspider.items import MARKS, MarkObservation, MarkState, UnknownReason

_URL = "http://www.example.gov.cn/index.html"
_CONAC_ID = "0B69694652DE7445E053022819AC2E6C"
_CONAC = f'<a href="http://bszs.conac.cn/sitename?method=show&amp;id={_CONAC_ID}"><img src="/red.png"></a>'
_JIUCUO = '<script id="_jiucuo_" sitecode="4303000006" src="https://zfwzgl.www.gov.cn/exposure/jiucuo.js"></script>'
_FULL = f"""{_CONAC}{_JIUCUO}<p><a href="/map.html">网站地图</a></p>
<p>主办单位：某市人民政府 承办单位：某市数据局 地址：某路1号 电话：0731-58570232</p>
<p>网站标识码：4303000006</p><p>湘ICP备06012711号</p>
<p><a href="http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=43030402000164">
湘公网安备 43030402000164号</a></p>"""


def _page(footer: str, head: str = "", body: str = "<p>正文</p>") -> Page:
    text = f"<html><head>{head}</head><body>{body}<div class='footer'>{footer}</div></body></html>"
    return Page(_URL, text.encode())


def _marks(page: Page, parts: Sequence[Page] = (), missing: Sequence[str] = ()) -> dict[str, MarkObservation]:
    return {seen.mark: seen for seen in observe_marks(page, parts, missing)}


def _mark(mark: str, footer: str, head: str = "") -> MarkObservation:
    return _marks(_page(f"<p>某市人民政府网站 主办单位：某市人民政府办公室</p>{footer}", head))[mark]


def test_all_marks_of_a_full_footer_are_present_in_the_contract_order() -> None:
    seen = observe_marks(_page(_FULL))
    assert tuple(each.mark for each in seen) == MARKS
    assert {each.mark: each.state for each in seen} == dict.fromkeys(MARKS, MarkState.PRESENT)
    assert {each.mark: each.value for each in seen} == {
        "conac": _CONAC_ID,
        "site_code": "4303000006",
        "icp": "湘ICP备06012711号",
        "police": "湘公网安备43030402000164号",
        "jiucuo": "4303000006",
        "sponsor": "某市人民政府",
        "contact": "电话:0731-58570232",
        "sitemap": "http://www.example.gov.cn/map.html",
    }


def test_marks_of_a_static_page_without_them_are_absent() -> None:
    seen = _marks(_page("<p>版权所有：某市人民政府 某年某月建成的网站</p>"))
    states = {
        mark: seen[mark].state for mark in ("conac", "site_code", "icp", "police", "jiucuo", "contact", "sitemap")
    }
    assert set(states.values()) == {MarkState.ABSENT}


def test_a_mark_that_may_stand_in_a_part_not_fetched_is_unknown() -> None:
    seen = _marks(_page("<p>版权所有：某市人民政府</p>"), missing=["http://www.example.gov.cn/foot.js"])
    assert seen["icp"].state is MarkState.UNKNOWN
    assert seen["icp"].reason is not None
    assert seen["icp"].reason.startswith(UnknownReason.NOT_CHECKED)
    assert "http://www.example.gov.cn/foot.js" in seen["icp"].reason


def test_a_footer_script_that_was_not_given_makes_missing_marks_unknown_and_given_makes_them_known() -> None:
    page = Page(_URL, b"<html><body><p>x</p><script src='/js/foot.js'></script></body></html>")
    assert _marks(page)["police"].state is MarkState.UNKNOWN
    script = Page(
        "http://www.example.gov.cn/js/foot.js", "document.write('<p>湘ICP备06012711号</p>')".encode("gb18030")
    )
    seen = _marks(page, [script])
    assert seen["icp"] == MarkObservation(
        "icp", MarkState.PRESENT, "湘ICP备06012711号", None, "script http://www.example.gov.cn/js/foot.js"
    )
    assert seen["police"].state is MarkState.ABSENT


def test_marks_of_a_frame_are_marks_of_the_page() -> None:
    page = Page(_URL, b"<html><body><p>x</p><iframe src='/foot.html'></iframe></body></html>")
    frame = Page("http://www.example.gov.cn/foot.html", f"<html><body>{_FULL}</body></html>".encode())
    seen = _marks(page, [frame])
    assert seen["site_code"].where == "frame http://www.example.gov.cn/foot.html"
    assert seen["jiucuo"].state is MarkState.PRESENT


def test_a_page_drawn_by_scripts_alone_needs_a_browser() -> None:
    seen = _marks(Page(_URL, b"<html><body><div id=app></div><script>start()</script></body></html>"))
    assert seen["icp"].state is MarkState.UNKNOWN
    assert seen["icp"].reason is not None
    assert seen["icp"].reason.startswith(UnknownReason.NEEDS_BROWSER)


def test_markup_that_is_commented_out_is_no_mark() -> None:
    seen = _marks(_page(f"<p>主办单位：某市人民政府办公室</p><!-- {_FULL} -->"))
    assert seen["conac"].state is MarkState.ABSENT
    assert seen["site_code"].state is MarkState.ABSENT


def test_marks_after_the_closing_html_tag_are_seen() -> None:
    page = Page(_URL, f"<html><body><p>x</p></body></html><html><div class='footer'>{_FULL}</div></html>".encode())
    assert _marks(page)["site_code"].value == "4303000006"


@pytest.mark.parametrize(
    ("footer", "value"),
    [
        ("京<span>ICP</span>备<span>19054529</span>号", "京ICP备19054529号"),
        ("闽ICP备07054923", "闽ICP备07054923号"),
        ("鲁ICP备 05038584号", "鲁ICP备05038584号"),
        ("冀ICP备：12012259-2号", "冀ICP备12012259号-2"),
        ("陇ICP备05003927号-4", "陇ICP备05003927号-4"),
        ("陕ICP备2024054100号", "陕ICP备2024054100号"),
        ("备案许可证号：黑ＩＣＰ备０９０１０４０９号", "黑ICP备09010409号"),
        ("粤B2-20090191 京ICP备14042428号", "京ICP备14042428号"),
        ("京ICP备05005746All Rights Reserved", "京ICP备05005746号"),
    ],
)
def test_an_icp_number_is_read_in_every_spelling(footer: str, value: str) -> None:
    seen = _mark("icp", footer)
    assert (seen.state, seen.value) == (MarkState.PRESENT, value)


@pytest.mark.parametrize(
    ("footer", "reason"),
    [
        ("沪ICP备00000000号", "占位"),
        ("冀ICP备:10000000号", "占位"),
        ("粤ICP备020032", "6位"),
        ("湘ICP备09g1846号", "字母"),
        ("ICP备05012345号", "缺少省份简称"),
    ],
)
def test_a_wrong_icp_number_is_invalid_and_says_why(footer: str, reason: str) -> None:
    seen = _mark("icp", footer)
    assert seen.state is MarkState.INVALID
    assert reason in str(seen.reason)


def test_a_telecom_licence_is_no_icp_number() -> None:
    assert _mark("icp", "京ICP证050897号 粤B2-20090191").state is MarkState.ABSENT


@pytest.mark.parametrize(
    ("footer", "value"),
    [
        ("苏公网安备:32010602010331号", "苏公网安备32010602010331号"),
        ("冀公网安备号 13010402001786", "冀公网安备13010402001786号"),
        ("公安机关备案号：43010302000123", "公网安备43010302000123号"),
        ("鲁公网安备 \n 37020202000341号", "鲁公网安备37020202000341号"),
        ('<a href="https://beian.mps.gov.cn/#/query/webSearch?code=34132402000239">图</a>', "公网安备34132402000239号"),
    ],
)
def test_a_police_number_is_read_from_words_and_from_the_fragment_of_a_link(footer: str, value: str) -> None:
    seen = _mark("police", footer)
    assert (seen.state, seen.value) == (MarkState.PRESENT, value)


@pytest.mark.parametrize(
    ("footer", "reason"),
    [
        ("湘公网安备 430ll02000175号", "字母"),
        ("冀公网备案号:1300000000000", "占位"),
        ("京公网安备235487154313号", "占位"),
        ("京公网安备110101020015号", "12位"),
        (
            '<a href="http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=11010102001508">'
            "京公网安备11010102001509号</a>",
            "不一致",
        ),
    ],
)
def test_a_wrong_police_number_is_invalid_and_says_why(footer: str, reason: str) -> None:
    seen = _mark("police", footer)
    assert seen.state is MarkState.INVALID
    assert reason in str(seen.reason)


def test_a_police_link_without_a_code_leaves_the_number_unknown() -> None:
    seen = _mark("police", '<a href="http://www.beian.gov.cn/portal/registerSystemInfo"><img src="ga.png"></a>')
    assert seen.state is MarkState.UNKNOWN


@pytest.mark.parametrize(
    "footer", ["政府网站标识码 3702000025", "网站标识码bm01000001", "网站标识码：</td><td>3702000025"]
)
def test_a_site_code_is_read_with_and_without_a_colon(footer: str) -> None:
    assert _mark("site_code", f"<table><tr><td>{footer}</td></tr></table>").state is MarkState.PRESENT


@pytest.mark.parametrize("code", ["0000000000", "1304000000", "370200002", "37O2000025"])
def test_a_placeholder_or_mistyped_site_code_is_invalid(code: str) -> None:
    seen = _mark("site_code", f"网站标识码：{code}")
    assert seen.state is MarkState.INVALID
    assert code in str(seen.reason)


def test_site_codes_that_disagree_are_invalid_and_both_are_named() -> None:
    seen = _mark("site_code", "网站标识码：4303000006", head='<meta name="SiteIDCode" content="4303000007">')
    assert seen.state is MarkState.INVALID
    assert "4303000006" in str(seen.reason)
    assert "4303000007" in str(seen.reason)
    assert seen.value == "4303000006"


def test_an_empty_meta_code_contradicts_nothing() -> None:
    seen = _mark("site_code", "网站标识码：4303000006", head='<meta name="SiteIDCode" content="">')
    assert (seen.state, seen.reason) == (MarkState.PRESENT, None)


def test_a_code_in_the_meta_tag_alone_is_there_and_said_not_to_stand_in_the_footer() -> None:
    seen = _mark("site_code", "版权所有", head='<meta name="SiteIDCode" content="4303000006">')
    assert (seen.state, seen.value) == (MarkState.PRESENT, "4303000006")
    assert seen.where == f"meta {_URL}"
    assert "页脚没有列出" in str(seen.reason)


def test_a_code_in_the_meta_tag_of_a_page_with_an_unread_footer_says_that_the_footer_was_not_read() -> None:
    page = Page(_URL, b"<head><meta name=SiteIDCode content=4303000006></head><p>x</p><script src=/foot.js></script>")
    seen = _marks(page)["site_code"]
    assert (seen.state, seen.value, seen.where) == (MarkState.PRESENT, "4303000006", f"meta {_URL}")
    assert str(seen.reason).startswith("not_checked")


def test_a_code_in_the_attribute_of_the_central_entry_alone_names_that_place() -> None:
    seen = _mark("site_code", f"版权所有{_JIUCUO}")
    assert (seen.state, seen.value, seen.where) == (MarkState.PRESENT, "4303000006", f"attribute {_URL}")


def test_two_codes_outside_the_footer_that_differ_are_invalid() -> None:
    seen = _mark("site_code", f"版权所有{_JIUCUO}", head='<meta name="SiteIDCode" content="4303000007">')
    assert seen.state is MarkState.INVALID
    assert "4303000006" in str(seen.reason)
    assert "4303000007" in str(seen.reason)


def test_a_central_entry_with_another_code_than_the_footer_is_present_with_a_remark() -> None:
    seen = _mark("jiucuo", f"<p>网站标识码：4303000009</p>{_JIUCUO}")
    assert seen.state is MarkState.PRESENT
    assert "不一致" in str(seen.reason)


def test_a_code_in_an_article_contradicts_nothing() -> None:
    body = "<div><p>附表：某县网站标识码：4303210009 年度工作报表</p>" + "<p>正文很长。</p>" * 200 + "</div>"
    page = _page("<p>主办单位：某市人民政府</p><p>网站标识码：4303000006</p>", body=body)
    seen = _marks(page)["site_code"]
    assert (seen.state, seen.value) == (MarkState.PRESENT, "4303000006")


def test_a_code_seen_only_in_an_article_does_not_make_the_mark_present() -> None:
    body = "<div><p>附表：某县网站标识码：4303210009 年度工作报表</p>" + "<p>正文很长。</p>" * 200 + "</div>"
    seen = _marks(_page("<p>主办单位：某市人民政府 版权所有，某年建成</p>", body=body))["site_code"]
    assert seen.state is MarkState.UNKNOWN


@pytest.mark.parametrize(
    "footer",
    [
        _CONAC,
        f'<span id="_ideConac"><a href="//bszs.conac.cn/sitename?method=show&amp;id={_CONAC_ID}"></a></span>',
        "<script src='http://dcs.conac.cn/js/16/240/0000/60797001/CA162400000607970010002.js'></script>",
        "<script>document.write(unescape(\"%3Cscript src='//dcs.conac.cn/js/16/240/0000/60797001/"
        "CA162400000607970010002.js'%3E%3C/script%3E\"));</script>",
    ],
)
def test_the_conac_badge_is_seen_in_every_embedding(footer: str) -> None:
    assert _mark("conac", footer).state is MarkState.PRESENT


@pytest.mark.parametrize(
    ("footer", "reason"),
    [
        ('<span id="_ideConac"><img src="//dcs.conac.cn/image/red_error.png"></span>', "red_error"),
        (_CONAC + '<img id="imgConac" src="//dcs.conac.cn/image/blue_error.png">', "blue_error"),
        ('<a href="http://bszs.conac.cn/sitename?method=show&amp;id="><img src="red.png"></a>', "32位"),
        ('<a href="#" class="footer_dzjg"><img src="images/footer_dzjg.jpg"></a>', "图片"),
        ('<img src="a.png" alt="党政机关">', "图片"),
    ],
)
def test_what_only_looks_like_the_conac_badge_is_invalid(footer: str, reason: str) -> None:
    seen = _mark("conac", footer)
    assert seen.state is MarkState.INVALID
    assert reason in str(seen.reason)


def test_a_certificate_number_computed_by_a_script_is_unknown_not_missing() -> None:
    script = (
        "<script>document.write('<a href=\"http://bszs.conac.cn/sitename?method=show&id=' + code + '\">x</a>')</script>"
    )
    assert _mark("conac", script).state is MarkState.UNKNOWN


@pytest.mark.parametrize(
    "footer",
    [
        _JIUCUO,
        "<script sitecode=4303000006 src=//pucha.kaipuyun.cn/exposure/jiucuo.js id=_jiucuo_></script>",
        '<a href="http://121.43.68.40/exposure/jiucuo.html?site_code=4303000006&amp;url=x"><img src="jc.png"></a>',
        '<a href="https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=4303000006&amp;url="></a>',
        """<span id="_span_jiucuo"><img onclick="Link('4303000006')" src="jiucuo.png"></span>""",
        """<img src="jc.png" onclick="window.open('https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=4303000006')">""",
    ],
)
def test_the_central_entry_is_seen_in_every_form(footer: str) -> None:
    seen = _mark("jiucuo", footer)
    assert (seen.state, seen.value) == (MarkState.PRESENT, "4303000006")


def test_an_entry_on_an_old_host_is_present_with_a_remark() -> None:
    seen = _mark("jiucuo", '<a href="http://121.43.68.40/exposure/jiucuo.html?site_code=4303000006&amp;url=x">找错</a>')
    assert "121.43.68.40" in str(seen.reason)


@pytest.mark.parametrize(
    ("footer", "reason"),
    [
        ('<a href="/fuwu/jiucuopage.html">网站纠错</a>', "/fuwu/jiucuopage.html"),
        ('<iframe src="/cms/pub/interact/jiucuo.htm" style="width:300px"></iframe>', "/cms/pub/interact/jiucuo.htm"),
        ('<a href="#" class="footer_zhaocuo"><img src="images/footer_zhaocuo.jpg"></a>', "没有链接"),
        ("<div>我要纠错</div>", "我要纠错"),
        ('<script id="_jiucuo_" src="https://zfwzgl.www.gov.cn/exposure/jiucuo.js"></script>', "没有带网站标识码"),
        (
            '<a style="display:none" href="https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=4303000006">'
            '<img src="jc.png"></a>',
            "隐藏",
        ),
        ('<a href="http://www.gov.cn/c125533/jbxxk.htm"><img src="zhaocuo.png"></a>', "介绍页"),
    ],
)
def test_what_is_not_the_central_entry_is_invalid_and_says_what_it_is(footer: str, reason: str) -> None:
    page = _page(f"<p>主办单位：某市人民政府办公室 版权所有</p>{footer}")
    parts = [Page("http://www.example.gov.cn/cms/pub/interact/jiucuo.htm", b"<p>form</p>")]
    seen = _marks(page, parts)["jiucuo"]
    assert seen.state is MarkState.INVALID
    assert reason in str(seen.reason)


def test_an_own_form_beside_an_unread_footer_script_leaves_the_entry_unknown() -> None:
    seen = _mark("jiucuo", '<a href="/jiucuo.html">我要纠错</a><script src="/js/foot.js"></script>')
    assert seen.state is MarkState.UNKNOWN
    assert "/jiucuo.html" in str(seen.reason)


def test_an_entry_in_a_switched_footer_block_is_unknown_not_hidden() -> None:
    block = f"<div style='display:none'>{_JIUCUO}<p>{'主办单位、地址、电话、邮编都写在这里。' * 5}</p></div>"
    assert _mark("jiucuo", block).state is MarkState.UNKNOWN


def test_the_organiser_of_an_event_in_an_article_is_not_the_sponsor() -> None:
    page = _page(
        "<p>版权所有：中华人民共和国某部 网站标识码：bm05000001</p>", body="<p>主办单位：某某思想政治工作司</p>"
    )
    seen = _marks(page)["sponsor"]
    assert (seen.state, seen.value) == (MarkState.UNKNOWN, "中华人民共和国某部")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("主办：绥滨县人民政府 承办：绥滨县人民政府办公室", "绥滨县人民政府"),
        ("<span>主办单位：湘潭市人民政府</span><span>承办单位：湘潭市数据局</span>", "湘潭市人民政府"),
        ("石家庄市人民政府办公室主办", "石家庄市人民政府办公室"),
        ("中共甲区委、甲区人民政府主办、甲区信息办承办", "中共甲区委、甲区人民政府"),
        ("江苏省人民政府办公厅主办<a>苏公网安备:32010602010331号</a>", "江苏省人民政府办公厅"),
    ],
)
def test_a_sponsor_is_read_before_and_after_its_label(line: str, name: str) -> None:
    seen = _marks(_page(f"<p>{line}</p><p>这一行只为让页脚够长，不含任何标识。</p>"))["sponsor"]
    assert (seen.state, seen.value) == (MarkState.PRESENT, name)


def test_words_without_a_link_are_no_site_map_and_no_contact() -> None:
    seen = _marks(_page("<p>网站声明 | 联系我们 | 网站地图 | 版权所有：某市人民政府</p>"))
    assert (seen["sitemap"].state, seen["contact"].state) == (MarkState.INVALID, MarkState.INVALID)


def test_a_site_map_behind_a_picture_is_seen_and_an_empty_link_is_not() -> None:
    assert _mark("sitemap", '<a href="/map"><img alt="某市·网站地图"></a>').state is MarkState.PRESENT
    assert _mark("sitemap", '<a href="#">站点地图</a>').state is MarkState.INVALID
    assert _mark("sitemap", '<a href="javascript:;">站点地图</a>').state is MarkState.UNKNOWN


@pytest.mark.parametrize("body", [b"", b"<!-- nothing -->", b"\xff\xfe\x00", b"<p>" * 3000])
def test_no_page_breaks_the_reading(body: bytes) -> None:
    assert len(observe_marks(Page(_URL, body))) == len(MARKS)
