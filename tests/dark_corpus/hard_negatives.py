"""What honest pages show that looks like an attack. Nothing of it may accuse, neither strongly nor weakly."""

# ruff: noqa: E501 - a piece of markup reads best on one line
from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Surroundings:
    """The page that a hard negative stands in."""

    rng: random.Random
    host: str
    name: str


@dataclass(frozen=True)
class Part:
    """Markup of one hard negative, by place."""

    body: str = ""
    head: str = ""
    metas: str = ""
    title: str = ""


HardNegative = Callable[[Surroundings], Part]

_AGENCIES = (
    ("http://www.gov.cn/", "中国政府网"), ("http://www.moe.gov.cn/", "教育部"), ("http://www.nhc.gov.cn/", "国家卫生健康委"),
    ("http://www.hebei.gov.cn/", "河北省人民政府"), ("http://www.pku.edu.cn/", "北京大学"), ("http://www.mps.gov.cn/", "公安部"),
)  # fmt: skip
_COMPANIES = (
    ("http://www.local-paper-net.com/", "清河新闻网"), ("http://www.qhxrmyy.com/", "清河县人民医院"),
    ("http://www.qinghe-tour.cn/", "清河旅游网"), ("http://www.hebgt-group.com/", "河北国投集团"),
)  # fmt: skip


def links(pairs: tuple[tuple[str, str], ...], glue: str = "") -> str:
    return glue.join(f'<a href="{url}" target="_blank">{name}</a>' for url, name in pairs)


def _body(markup: str) -> HardNegative:
    return lambda around: Part(body=markup.replace("HOST", around.host).replace("NAME", around.name))


def _head(markup: str) -> HardNegative:
    return lambda around: Part(head=markup.replace("HOST", around.host).replace("NAME", around.name))


def _options(pairs: tuple[tuple[str, str], ...]) -> str:
    return "".join(f'<option value="{url}">{name}</option>' for url, name in pairs)


def _tabs(around: Surroundings) -> Part:
    boxes = "".join(
        f'<div id="con_one_{number}" style="display:{"block" if number == 1 else "none"}">'
        f'<a href="/tab/{number}.html">栏目{number}</a>{links(_COMPANIES[:1])}</div>'
        for number in range(1, 4)
    )
    script = "<script>function setTab(n,c){for(i=1;i<=3;i++){document.getElementById('con_'+n+'_'+i).style.display=i==c?'block':'none'}}</script>"
    return Part(body=f'<div class="tabs">{boxes}</div>{script}')


def _slider(around: Surroundings) -> Part:
    slides = "".join(
        f'<li style="width:1200px"><a href="/banner/{n}.html"><img src="/b{n}.jpg"></a></li>' for n in range(4)
    )
    return Part(body=f'<div class="slider"><ul style="position:absolute;left:-1200px;width:4800px">{slides}</ul></div>')


def _hidden_agencies(around: Surroundings) -> Part:
    return Part(body=f'<ul id="links_box" style="display:none">{links(_AGENCIES)}</ul>')


def _own_name_agencies(around: Surroundings) -> Part:
    """Public bodies under .com and .net names of their own, hidden until the heading is clicked."""
    pairs = (
        ("http://www.qhxrmyy.com/", "清河县人民医院"), ("http://www.qhcgj.com/", "清河县城市管理局"),
        ("http://www.qhzfgjj.net/", "住房公积金管理中心"), ("http://www.qhsyjcy.com/", "清河县人民检察院"),
        ("http://www.qhgsl.org/", "清河县工商业联合会"),
    )  # fmt: skip
    return Part(body=f'<div style="display:none">{links(pairs)}</div>')


def _packed_plugin(around: Surroundings) -> Part:
    packed = (
        "<script>eval(function(p,a,c,k,e,r){e=String;while(c--)p=p.replace(c,k[c]);return p}"
        "('$(\\'.0\\').1({2:3,4:\"/5/6.7\"})',8,8,'slide|cycle|speed|500|next|js|arrow|png'.split('|'),0,{}))</script>"
    )
    return Part(body=packed)


def _escaped_plugin(around: Surroundings) -> Part:
    names = "".join(f"\\x{ord(char):02x}" for char in "addEventListener")
    script = (
        f'<script>var _0x1a=["{names}","load"];window[_0x1a[0]](_0x1a[1],function(){{$(".list").show()}});</script>'
    )
    return Part(body=script)


def _mobile_redirect(around: Surroundings) -> Part:
    script = (
        "<script>if(/Android|iPhone|ucweb|baiduboxapp/i.test(navigator.userAgent)){location.href="
        f'"http://{around.host.replace("www.", "m.")}/"}}</script>'
    )
    return Part(head=script)


def _share(around: Surroundings) -> Part:
    return Part(
        body='<div class="bshare-custom" style="display:none"><a href="http://www.bshare.cn/share">分享</a>'
        '<a href="http://service.weibo.com/share/share.php">微博</a><a href="http://www.jiathis.com/share">更多</a></div>'
        '<script type="text/javascript" charset="utf-8" src="http://static.bshare.cn/b/buttonLite.js"></script>'
    )


def _statistics(around: Surroundings) -> Part:
    number = around.rng.randrange(10**8, 10**9)
    return Part(
        body=f'<div style="display:none"><script src="http://s4.cnzz.com/stat.php?id={number}"></script>'
        f'<a href="http://www.cnzz.com/stat/website.php?web_id={number}" title="站长统计">站长统计</a>'
        f'<a href="http://www.51.la/?{number}"><img src="http://img.users.51.la/{number}.asp"></a></div>'
        "<script>var _hmt=_hmt||[];(function(){var hm=document.createElement('script');"
        "hm.src='https://hm.baidu.com/hm.js?abc';var s=document.getElementsByTagName('script')[0];"
        "s.parentNode.insertBefore(hm,s)})();</script>"
    )


def _news_of_crime(around: Surroundings) -> Part:
    texts = (
        "男子开设百家乐赌场获刑三年", "警方破获特大六合彩赌博案", "关于防范裸聊敲诈的提示", "法院审理一起非法经营代孕机构案",
        "查处代开发票团伙 涉案金额过亿", "组织考试作弊替考案宣判", "网络赌博“百家乐”骗局揭秘", "老虎机赌博窝点被捣毁",
    )  # fmt: skip
    rows = "".join(f'<li><a href="/art/{n}.html">{text}</a></li>' for n, text in enumerate(texts))
    return Part(body=f"<ul>{rows}</ul>")


def _crime_elsewhere(around: Surroundings) -> Part:
    return Part(
        body='<div class="tab_con" style="display:none"><a href="http://www.chinacourt.org/a/1">男子开赌场百家乐获刑</a>'
        '<a href="http://www.mps.gov.cn/2">警方打掉网络赌博团伙</a></div>'
    )


def _mandatory_badges(around: Surroundings) -> Part:
    return Part(
        body='<span id="_ideConac"><a href="http://bszs.conac.cn/sitename?method=show&id=084"><img src="http://dcs.conac.cn/image/red.png"></a></span>'
        "<script>document.write(unescape(\"%3Cspan id='_ideConac' %3E%3C/span%3E%3Cscript src='http://dcs.conac.cn/js/1.js' type='text/javascript'%3E%3C/script%3E\"));</script>"
        '<span id="_span_jiucuo"><img onclick="Link(\'1306830001\')" src="http://pucha.kaipuyun.cn/exposure/images/jiucuo.png"></span>'
        '<script id="_jiucuo_" sitecode="1306830001" src="http://pucha.kaipuyun.cn/exposure/jiucuo.js"></script>'
    )


def _traditional_version(around: Surroundings) -> Part:
    return Part(
        body=f'<div class="lang"><a href="http://big5.{around.host}/">繁體版</a><a href="/en/">English</a>'
        "<a href=\"javascript:zh_tran('t')\">繁體</a></div>"
    )


def _repeated_name(around: Surroundings) -> Part:
    sentences = (
        "金沙体育公园位于县城东部。", "周末的金沙体育公园里人头攒动。", "市民们在金沙体育公园锻炼身体。",
        "记者从金沙体育公园建设指挥部获悉。", "投资两亿元的金沙体育公园如期开放。", "为把金沙体育公园建成样板工程，",
    )  # fmt: skip
    return Part(body=f"<p>{''.join(around.rng.choices(sentences, k=8))}</p>")


def _ad_slot(around: Surroundings) -> Part:
    return Part(
        body='<script>document.write("<span id=\\"ad_1\\" style=\\"display:none\\">");</script><img src="/ad.gif">'
        '<script>document.write("</span>")</script>'
    )


def _select(around: Surroundings) -> Part:
    pairs = _AGENCIES + _COMPANIES
    return Part(
        body=f'<select onchange="window.open(this.value)"><option>友情链接</option>{_options(pairs)}</select>'
        f'<div class="select_box"><span>网站群</span><ul style="display:none">{links(pairs)}</ul></div>'
    )


def _welfare_title(around: Surroundings) -> Part:
    return Part(title=around.rng.choice((
        "中国福利彩票双色球第2026123期开奖公告", "金沙县人民政府官方网站", "关于严厉打击网络赌博百家乐、六合彩的通告",
        "男子参与赌球投注被判刑 法官：网络赌博害人害己", "永利街道办事处官方网站", "暴雨黄色预警信号",
    )))  # fmt: skip


def _keywords(around: Surroundings) -> Part:
    return Part(
        metas='<meta name="description" content="打击赌博百家乐六合彩赌球专项行动，举报电话110"><meta name="keywords" content="禁赌,反诈,禁毒">'
    )


HARD_NEGATIVES: dict[str, HardNegative] = {
    "hanweb_signature": _body(
        '<a href="http://www.hanweb.com" style="display:none">Produced By 大汉网络 大汉版通发布系统</a>'
    ),
    "huilan_signature": _body('<div style="display:none"><a href="http://www.huilan.com">中科汇联</a></div>'),
    "unknown_builder": _body(
        '<div class="support" style="display:none"><a href="http://www.qhwlkj.com">技术支持：清河网络科技</a></div>'
    ),
    "statistics": _statistics,
    "tabs": _tabs,
    "slider": _slider,
    "skip_link": _body(
        '<a href="#content" style="position:absolute;left:-9999px">跳到正文</a><a class="sr-only" href="#main">跳过导航</a>'
    ),
    "image_replacement": _body('<h2 style="text-indent:-9999px;overflow:hidden"><a href="/">NAME</a></h2>'),
    "friend_select": _select,
    "hidden_agencies": _hidden_agencies,
    "agencies_under_own_names": _own_name_agencies,
    "share": _share,
    "accessibility_bar": _body(
        '<div id="wza_toolbar" style="display:none"><a href="http://www.zgwzafw.com/help">无障碍说明</a><a href="javascript:;">退出</a></div>'
    ),
    "popup": _body(
        '<div id="float_pop" style="visibility:hidden;position:absolute;top:-800px"><a href="http://www.vote-platform.net/t/1">民意调查</a></div><script>setTimeout(function(){document.getElementById("float_pop").style.visibility="visible"},500)</script>'
    ),
    "counter_frame": _body(
        '<iframe src="http://counter.qhwlkj.com/visitcount.jsp?id=3" width="0" height="0"></iframe>'
    ),
    "own_frame": _body(
        '<iframe src="/session/keep.jsp" style="display:none"></iframe><iframe src="http://HOST/x" width=0 height=0></iframe>'
    ),
    "ad_slot": _ad_slot,
    "instant_message": _body(
        '<div class="kf_float" style="display:none"><a href="http://www53.53kf.com/webCompany.php">在线咨询</a><a href="http://wpa.qq.com/msgrd?v=3">QQ</a></div>'
    ),
    "news_of_crime": _news_of_crime,
    "crime_elsewhere": _crime_elsewhere,
    "mandatory_badges": _mandatory_badges,
    "welfare_title": _welfare_title,
    "keywords_of_prevention": _keywords,
    "noscript_hint": _body(
        '<noscript>请启用 JavaScript <a href="https://www.microsoft.com/zh-cn/">下载浏览器</a></noscript>'
    ),
    "noscript_counter": _body(
        '<noscript><img src="https://pixel.counter-qh.com/p.gif"><iframe src="https://www.googletagmanager.com/ns.html" height="0" width="0"></iframe></noscript>'
    ),
    "gaps_removed": _body(f'<div style="font-size:0">{links(_COMPANIES)}</div>'),
    "white_on_picture": _body(
        '<div style="background:url(/b.jpg)"><a style="color:#fff" href="http://www.qinghe-tour.cn/">旅游</a></div>'
    ),
    "mobile_redirect": _mobile_redirect,
    "packed_plugin": _packed_plugin,
    "escaped_plugin": _escaped_plugin,
    "referrer_noted": _body(
        '<script>var from=document.referrer;if(from.indexOf("baidu.com")>0){highlight(from)}</script>'
    ),
    "title_scrolls": _head(
        "<script>document.title=document.title+' 欢迎您';if(navigator.userAgent.indexOf('MSIE')>0){document.title='NAME'}</script>"
    ),
    "traditional_version": _traditional_version,
    "visible_companies": _body(f'<div class="friend">友情链接：{links(_COMPANIES)}</div>'),
    "companies_in_tab": _body(
        f'<div class="tab_con" style="display:none">{links(_COMPANIES)}<a href="/more">更多</a></div>'
    ),
    "repeated_name": _repeated_name,
    "system_by_address": _body('<div style="display:none"><a href="http://218.12.40.7:8080/oa">办公系统</a></div>'),
    "old_comment": _body('<!-- <a href="http://www.qhold-site.com/">旧版首页</a> -->'),
    "map_frame": _body('<iframe src="https://map.baidu.com/poi" style="width:100%;height:400px;border:0"></iframe>'),
    "video": _body(
        '<video src="http://vod.HOST/1.mp4" style="width:100%"></video><embed src="/flash/a.swf" width="0" height="0">'
    ),
    "hotel_and_place": _body(
        '<ul><li><a href="/1.html">皇冠假日酒店入选旅游饭店</a></li><li><a href="/2.html">太阳城社区核酸点公告</a></li><li><a href="/3.html">威尼斯双年展参展作品征集</a></li></ul>'
    ),
    "hidden_form": _body(
        '<form action="/search" style="display:none"><input type="hidden" name="t" value="百家乐"></form>'
    ),
    "tool_download": _body('<p style="display:none"><a href="http://www.adobe.com/go/getflash">安装 Flash</a></p>'),
    "dialog": _body(
        '<div role="dialog" class="layui-layer" style="display:none"><a href="http://www.exam-qh.net/bm">报名入口</a></div>'
    ),
}
