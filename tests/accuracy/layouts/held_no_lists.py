"""Held out: articles, forms, blanks and failures that look unlike the tuned ones."""

# ruff: noqa: E501 - the lines of a template are those of the page

from __future__ import annotations

from datetime import timedelta

from govspider.items import ColumnState, UnknownReason
from tests.accuracy.layouts import ALONE, WHOLE, layout
from tests.accuracy.scene import Delivered, Scene, words
from tests.accuracy.truth import TODAY, Truth


@layout(ALONE, ("iso",), pages=5, kinds=("static",))
def leaders_article(scene: Scene) -> Delivered:
    people = "".join(
        f"""<table><tr><td rowspan="2"><img src="/ld/{n}.jpg"></td><td>姓名：{name}　职务：{post}</td></tr>
<tr><td>工作分工：{words()["paragraphs"][n]}</td></tr></table>"""
        for n, (name, post) in enumerate((("周某某", "局党组书记、局长"), ("李某某", "副局长"), ("陈某某", "总工程师")))
    )
    return Delivered(f'<div class="ldzc">{people}</div>', truth=Truth(ColumnState.ARTICLE))


@layout(ALONE, ("iso",), pages=4, kinds=("static",))
def long_text_in_cells(scene: Scene) -> Delivered:
    day = TODAY - timedelta(days=scene.random.choice((90, 800)))
    text = "<br><br>".join(f"　　{paragraph}" for paragraph in words()["paragraphs"] * 2)
    html = f"""<table width="94%"><tr><td align="center"><b>{scene.column["name"]}</b></td></tr>
<tr><td align="center">日期：{day:%Y年%m月%d日}　点击数：3021</td></tr><tr><td style="line-height:26px">{text}</td></tr></table>"""
    return Delivered(html, truth=Truth(ColumnState.ARTICLE, article_day=day))


@layout(ALONE, ("iso",), pages=4)
def application_form(scene: Scene) -> Delivered:
    fields = ("姓名", "工作单位", "证件名称", "证件号码", "联系电话", "电子邮箱", "所需信息的内容描述")
    rows = "".join(
        f'<div class="row"><label><i>*</i>{name}</label><div><input class="ipt" name="f{n}"></div></div>'
        for n, name in enumerate(fields)
    )
    html = f"""<div class="ysqgk"><h2>依申请公开</h2><form id="frm" onsubmit="return check()">{rows}
<textarea name="nr" rows="6"></textarea><a class="btn" href="javascript:tj()">提交申请</a></form></div>"""
    scene.column = {"name": "依申请公开", "slug": "ysqgk"}
    return Delivered(html, truth=Truth(ColumnState.FORM))


@layout(ALONE, ("iso",), pages=12)
def blank_in_other_places(scene: Scene) -> Delivered:
    wording = words()["blank_words"]["held"][scene.serial % 6]
    boxes = (
        f"""<table class="lb"><tr><th>索引号</th><th>名称</th><th>发布日期</th></tr>
<tr><td colspan="3" align="center">{wording}</td></tr></table>""",
        f'<div class="empty"><img src="/images/empty.png"><p><font color="red">{wording}</font></p></div>',
        f"<dl><dt>{scene.column['name']}</dt><dd>{wording}</dd></dl>",
    )
    number = scene.random.randrange(1000)
    if number % 2:
        links = "".join(f"<p><a href={h}>{t}</a> [{d}]</p>" for t, h, d in scene.distractors(8, TODAY))
        scene.put("below", f'<div class="tj"><h5>推荐阅读</h5>{links}</div>')
    return Delivered(boxes[number // 2 % 3], truth=Truth(ColumnState.BLANK, items=0))


@layout(WHOLE, ("iso",), pages=4)
def failures_that_answer_200(scene: Scene) -> Delivered:
    texts = (
        "抱歉，您访问的页面不存在或已被删除！<span>5</span>秒后自动返回首页",
        "系统升级维护中，暂停服务，请稍后再试。",
        "服务器繁忙，请求超时（504 Gateway Time-out）",
        "数据库连接失败，请联系管理员",
    )
    text = texts[scene.serial % 4]
    html = (
        f"<html><head><meta charset=utf-8><title>提示信息</title></head><body><div class=msg>{text}</div></body></html>"
    )
    return Delivered(html, whole=True, truth=Truth(ColumnState.UNKNOWN, reasons=frozenset(UnknownReason)))


@layout(WHOLE, ("iso",), pages=3)
def cookie_challenge(scene: Scene) -> Delivered:
    html = """<script>document.cookie=('_')+('_')+('j')+('s')+('l')+('_clearance_s=1763769600.123|-1|')+('Wd%2F')
+';Max-age=3600;path=/';location.href=location.pathname+location.search</script>"""
    return Delivered(html, whole=True, truth=Truth(ColumnState.UNKNOWN, reasons=frozenset({UnknownReason.BLOCKED})))


@layout(ALONE, ("iso",), pages=3)
def sent_elsewhere_in_a_frame(scene: Scene) -> Delivered:
    """The whole column is a frame of another site: nothing of this site can be read here."""
    html = '<div class="w"><iframe src="https://ggzy.corpus-elsewhere.gov.cn/jyxx/" width="1200" height="900"></iframe></div>'
    reasons = frozenset({UnknownReason.NEEDS_BROWSER, UnknownReason.NOT_CHECKED})
    truth = Truth(ColumnState.EXTERNAL, reasons=reasons, also=frozenset({ColumnState.UNKNOWN}))
    return Delivered(html, truth=truth)


@layout(ALONE, ("iso",), pages=4)
def navigation_tree(scene: Scene) -> Delivered:
    branches = "".join(
        f'<li><span class="folder">{name}</span><ul>'
        + "".join(f'<li><a href="./{n}{m}/">{name}{leaf}</a></li>' for m, leaf in enumerate(("制度", "目录", "计划")))
        + "</ul></li>"
        for n, name in enumerate(words()["siblings"][:6])
    )
    return Delivered(f'<ul id="tree" class="filetree">{branches}</ul>', truth=Truth(ColumnState.PORTAL))


@layout(ALONE, ("iso",), pages=3)
def rows_without_titles(scene: Scene) -> Delivered:
    """Empty records say neither that there is a list nor that there is none."""
    rows = "".join('<li><a href="#" target="_blank"></a><span></span></li>' for _ in range(15))
    truth = Truth(ColumnState.UNKNOWN, reasons=frozenset(UnknownReason))
    return Delivered(f'<ul class="list" id="rows">{rows}</ul>', truth=truth)
