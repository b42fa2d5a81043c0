"""Clean pages as content systems of public bodies write them: 20 to 100 KB of menus, lists, widgets and scripts."""

from __future__ import annotations

import random
from functools import cache

from tests.dark_corpus.drafts import Draft
from tests.dark_corpus.hard_negatives import HARD_NEGATIVES, Surroundings

_PLACES = (
    "清河",
    "临泽",
    "安平",
    "金沙",
    "永利",
    "长宁",
    "太阳山",
    "凯里",
    "开云寨",
    "乐安",
    "博爱",
    "南宫",
    "必和",
    "万宁",
)
_KINDS = (
    "县人民政府",
    "市人民政府",
    "区人民政府",
    "市公安局",
    "县卫生健康局",
    "市体育局",
    "县民政局",
    "市中级人民法院",
)
_ACTS = ("召开", "部署", "推进", "开展", "举行", "印发", "公布", "组织", "调研", "落实", "启动", "完成", "学习", "检查")
_MATTERS = (
    "春季农业生产",
    "安全生产大检查",
    "优化营商环境",
    "城乡居民医保缴费",
    "森林防火",
    "义务教育招生",
    "老旧小区改造",
    "暴雨黄色预警应对",
    "乡村振兴项目",
    "食品安全专项整治",
    "打击网络赌博宣传",
    "禁毒知识进校园",
    "福利彩票公益金使用",
    "不孕不育免费筛查",
    "人工影响天气",
    "娱乐场所消防检查",
    "扫黄打非专项行动",
    "皇冠山景区建设",
    "代开发票查处",
    "成人高考报名",
    "银行卡涉诈风险提示",
    "传奇故事征文",
    "体育彩票开奖公告",
    "澳门投资推介会",
    "按摩店卫生监督",
)
_FORMS = ("工作", "会议", "情况", "方案", "通知", "公告", "专题会", "培训班", "活动", "项目")
_SENTENCES = (
    "会议指出，要坚持以人民为中心的发展思想，把各项任务落到实处。",
    "各乡镇、各部门要加强协调配合，形成工作合力，确保按期完成。",
    "据介绍，该项目总投资三千二百万元，建成后将惠及周边五个村。",
    "县领导一行先后来到项目现场，详细了解建设进度和存在的困难。",
    "下一步，将继续加大宣传力度，引导群众自觉抵制网络赌博和电信诈骗。",
    "请符合条件的申请人于本月底前到政务服务中心二楼窗口提交材料。",
    "警方提醒广大市民，不要相信所谓代办贷款、刷单返利等骗局。",
    "活动现场设置了咨询台，发放宣传资料六百余份，接受群众咨询二百余人次。",
    "要压实属地责任，健全长效机制，切实防范化解各类风险隐患。",
    "截至目前，全县已完成播种面积十二万亩，占计划的百分之九十三。",
)  # fmt: skip
_SIZES = (18, 24, 30, 40, 60, 85)  # lists of ten records in a page


def clean_draft(seed: int, hard: int = 6) -> Draft:
    """A clean page; `hard` hard negatives stand in it, chosen by the seed so that every one comes up in turn."""
    rng = random.Random(f"clean-{seed}")
    host = f"www.{_latin(rng)}.gov.cn"
    name = rng.choice(_PLACES) + rng.choice(_KINDS)
    around = Surroundings(rng, host, name)
    names = sorted(HARD_NEGATIVES)
    chosen = [names[(seed * hard + step) % len(names)] for step in range(hard)]
    parts = [HARD_NEGATIVES[chosen_name](around) for chosen_name in chosen]
    lists = [_list(rng, number) for number in range(rng.choice(_SIZES) // 2)]
    blocks = [
        _top(rng, name),
        *_shuffled(rng, [*lists, *(part.body for part in parts if part.body)]),
        _bottom(rng, name),
    ]
    title = headline(rng) + f"-{name}" if seed % 3 else f"{name}门户网站"
    titles = [part.title for part in parts if part.title]
    return Draft(
        host=host,
        path=f"/col/col{rng.randrange(1000, 9999)}/index.html" if seed % 2 else "/",
        title=titles[0] if titles else title,
        metas=_metas(name) + "".join(part.metas for part in parts),
        head=_head(rng) + "".join(part.head for part in parts),
        blocks=tuple(blocks),
        prose=tuple("".join(rng.choices(_SENTENCES, k=rng.randint(2, 5))) for _ in range(rng.randint(4, 12))),
    )


def headline(rng: random.Random) -> str:
    """A headline as public bodies write them, words of crime, care and weather included."""
    return f"{rng.choice(_PLACES)}{rng.choice(_ACTS)}{rng.choice(_MATTERS)}{rng.choice(_FORMS)}"


def _latin(rng: random.Random) -> str:
    return "".join(rng.choices("abcdefghilmnopqstxyz", k=rng.randint(3, 8)))


def _shuffled(rng: random.Random, blocks: list[str]) -> list[str]:
    rng.shuffle(blocks)
    return blocks


def _list(rng: random.Random, number: int) -> str:
    items = "".join(
        f'<li><a href="/art/2026/{rng.randint(1, 11)}/{rng.randint(1, 28)}/art_{rng.randrange(10**6)}.html" '
        f'target="_blank" title="{text}">{text}</a><span class="date">2026-11-{rng.randint(1, 21):02}</span></li>\n'
        for text in (headline(rng) for _ in range(10))
    )
    return f'<div class="box_{number}"><h3>{rng.choice(_MATTERS)}</h3><ul class="news_list">\n{items}</ul></div>'


def _top(rng: random.Random, name: str) -> str:
    menu = "".join(
        f'<li class="nav_li"><a href="/{key}/">{word}</a><div class="sub_nav" style="display:none">'
        f'<a href="/{key}/a.html">{headline(rng)[:6]}</a><a href="/{key}/b.html">更多</a></div></li>'
        for key, word in (("zwgk", "政务公开"), ("zmhd", "政民互动"), ("bsfw", "办事服务"), ("xwzx", "新闻中心"))
    )
    return f'<div class="header"><h1>{name}</h1><ul class="nav">{menu}</ul></div>'


def _bottom(rng: random.Random, name: str) -> str:
    return (
        '<div class="footer"><a href="http://bszs.conac.cn/sitename?method=show&id=1"><img src="/images/red.png"></a>'
        f"<p>主办：{name} 网站标识码：{rng.randrange(10**9, 10**10)}</p>"
        f'<p><a href="https://beian.miit.gov.cn/">冀ICP备{rng.randrange(10**7, 10**8)}号-1</a></p></div>'
        '<script type="text/javascript" src="/script/jquery.min.js"></script>'
        "<script>$(function(){$('.nav_li').hover(function(){$(this).find('.sub_nav').show()},"
        "function(){$(this).find('.sub_nav').hide()});});</script>"
    )


def _metas(name: str) -> str:
    return f'<meta name="SiteName" content="{name}"><meta name="keywords" content="{name},政府网站,政务公开">'


@cache
def _sheet(length: int) -> str:
    """An ordinary style sheet: hidden menus, clipped skip links, image replacement."""
    rules = [
        ".sub_nav{display:none;position:absolute}", ".logo{text-indent:-9999px;overflow:hidden}",
        ".sr-only{position:absolute;clip:rect(0,0,0,0);width:1px;height:1px;overflow:hidden}",
        ".tab_con{display:none}", ".tab_con.on{display:block}", "a{color:#333}", "body{margin:0;background:#fff}",
    ]  # fmt: skip
    rules += [
        f".c{number}{{width:{number}px;float:left;line-height:24px;color:#{number:03}}}" for number in range(length)
    ]
    return "\n".join(rules)


def _head(rng: random.Random) -> str:
    return f'<link rel="stylesheet" href="/css/style.css">\n<style>{_sheet(rng.choice((10, 40, 120)))}</style>'
