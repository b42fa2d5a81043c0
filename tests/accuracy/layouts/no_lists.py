"""Pages of columns that are no plain list: portals, articles, forms, shells, challenges, blanks."""

# ruff: noqa: E501 - the lines of a template are those of the page

from __future__ import annotations

from datetime import timedelta

from govspider.items import ColumnState, UnknownReason
from tests.accuracy.layouts import ALONE, DOM, WHOLE, layout
from tests.accuracy.scene import Delivered, Scene, words
from tests.accuracy.truth import TODAY, Truth

_SHELL = frozenset({UnknownReason.NEEDS_BROWSER, UnknownReason.NOT_CHECKED})


@layout(DOM, ("iso", "month_day_chinese", "iso_bracket", "dots"), count=(12, 18), pages=8, kinds=("news", "notice"))
def portal_blocks(scene: Scene) -> Delivered:
    rows = scene.rows()
    names = ("要闻动态", "通知公告", "政策解读")
    groups = (rows[0::3], rows[1::3], rows[2::3])
    blocks = "".join(
        f"""<div class="block"><div class="hd"><h3>{name}</h3><a class="more" href="./c{n}/">更多&gt;&gt;</a></div>
<ul>{"".join(f"<li{r.row_attributes}>{r.badge}{r.anchor()}<span>{r.cell.html}</span>{r.extra}</li>" for r in group)}</ul></div>"""
        for n, (name, group) in enumerate(zip(names, groups, strict=True))
    )
    return Delivered(f'<div class="main-blocks">{blocks}</div>', truth=scene.truth(ColumnState.PORTAL))


@layout(ALONE, ("iso",), pages=4)
def navigation_only(scene: Scene) -> Delivered:
    tiles = "".join(
        f'<li><a href="./{n}/"><img src="/images/ico{n}.png"><p>{name}</p></a></li>'
        for n, name in enumerate(words()["siblings"])
    )
    return Delivered(f'<ul class="tiles">{tiles}</ul>', truth=Truth(ColumnState.PORTAL))


@layout(ALONE, ("iso",), pages=5, kinds=("static",))
def duties_article(scene: Scene) -> Delivered:
    day = TODAY - timedelta(days=scene.random.choice((40, 500, 1500)))
    text = "".join(f"<p>　　（{n}）{paragraph}</p>" for n, paragraph in enumerate(words()["paragraphs"], 1))
    html = f"""<div class="article"><h1>{scene.site_name}{scene.column["name"]}</h1>
<div class="info">发布时间：{day} 来源：{scene.site_name} 字体：[大 中 小]</div>
<div class="TRS_Editor">{text * 2}</div><div class="gn">打印 关闭</div></div>"""
    return Delivered(html, truth=Truth(ColumnState.ARTICLE, article_day=day))


@layout(ALONE, ("iso",), pages=4)
def query_form(scene: Scene) -> Delivered:
    html = """<div class="query"><form action="/xjcx/query.do" method="post"><table>
<tr><td>信件编号：</td><td><input type="text" name="code"></td></tr>
<tr><td>查询密码：</td><td><input type="password" name="pwd"></td></tr>
<tr><td>验证码：</td><td><input type="text" name="yzm" size="4"><img src="/captcha.jpg"></td></tr>
<tr><td colspan="2"><input type="submit" value="查询"> <input type="reset" value="重置"></td></tr></table></form>
<p>说明：请输入提交信件时系统返回的编号和密码查询办理结果。</p></div>"""
    scene.column = {"name": "信件查询", "slug": "xjcx"}
    return Delivered(html, truth=Truth(ColumnState.FORM))


@layout(ALONE, ("iso",), pages=12)
def blank_with_words(scene: Scene) -> Delivered:
    """Each wording in turn, with a dated side list on every second page."""
    number = scene.random.randrange(1000)
    wording = words()["blank_words"]["tuned"][scene.serial % 6]
    box = (
        f'<div class="list"><ul></ul><div class="nodata">{wording}</div></div>',
        f'<ul class="list"><li>{wording}</li></ul>',
    )
    if number % 2:
        links = "".join(f'<li><a href="{h}">{t}</a><span>{d}</span></li>' for t, h, d in scene.distractors(6, TODAY))
        scene.put("side", f'<div class="hot"><h3>热点信息</h3><ul>{links}</ul></div>')
    return Delivered(box[number // 2 % 2], truth=Truth(ColumnState.BLANK, items=0))


@layout(ALONE, ("iso",), pages=4)
def shell_without_data(scene: Scene) -> Delivered:
    variants = (
        '<div id="app"></div><script src="/static/js/chunk-vendors.3f2a.js"></script><script src="/static/js/app.js"></script>',
        """<ul class="list"><li ms-repeat="data.rows"><a ms-href="el.url">{{el.title}}</a><span>{{el.time}}</span></li></ul>
<script src="/js/avalon.js"></script><script src="/js/fjlist.js"></script>""",
        '<ul class="pagelist" id="list"></ul><div class="page"></div><script>$(function(){initList("zcwj",1,15);});</script>',
    )
    return Delivered(variants[scene.serial % 3], truth=Truth(ColumnState.UNKNOWN, reasons=_SHELL))


@layout(WHOLE, ("iso",), pages=3)
def challenge_page(scene: Scene) -> Delivered:
    html = """<!DOCTYPE html><html><head><meta charset="utf-8"><meta id="8kQ1VbtGzXm" content="aB3.kk" r="m">
<script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=51321;$_ts.cd="qEqXrrAlDaEtcGqErqGErsqkqGqEDaZqc";
if($_ts.lcd)$_ts.lcd();</script></head><body></body></html>"""
    return Delivered(html, whole=True, truth=Truth(ColumnState.UNKNOWN, reasons=frozenset({UnknownReason.BLOCKED})))


@layout(WHOLE, ("iso",), pages=3)
def login_page(scene: Scene) -> Delivered:
    html = """<html><head><meta charset="utf-8"><title>用户登录</title></head><body><div class="login-box"><h2>用户登录</h2>
<form action="/login.do" method="post"><p>用户名：<input name="username"></p><p>密　码：<input type="password" name="password"></p>
<p><button type="submit">登 录</button> <a href="/reg.do">注册</a> <a href="/forget.do">忘记密码</a></p></form></div></body></html>"""
    truth = Truth(
        ColumnState.UNKNOWN, reasons=frozenset({UnknownReason.NEEDS_LOGIN}), also=frozenset({ColumnState.FORM})
    )
    return Delivered(html, whole=True, truth=truth)


@layout(WHOLE, ("iso",), pages=4)
def sent_elsewhere(scene: Scene) -> Delivered:
    target = "https://zwfw.corpus-elsewhere.gov.cn/portal/list?deptCode=001"
    ways = (
        f'<meta http-equiv="refresh" content="0;url={target}">',
        f'<script type="text/javascript">window.location.href="{target}";</script>',
        f'<script>location.replace("{target}")</script>',
    )
    html = f'<html><head><meta charset="utf-8"><title>跳转中</title>{ways[scene.serial % 3]}</head><body></body></html>'
    return Delivered(html, whole=True, truth=Truth(ColumnState.EXTERNAL))
