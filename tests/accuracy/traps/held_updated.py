"""Held out: other things that make a dead column look updated."""

from __future__ import annotations

from datetime import timedelta

from tests.accuracy.scene import Scene
from tests.accuracy.traps import AROUND, MARKUP, RECORDS, trap
from tests.accuracy.truth import NOW, TODAY

_DEAD = ("old", "stale")


@trap("updated", AROUND, _DEAD)
def weather_and_calendar(scene: Scene) -> None:
    days = "".join(f"<td><a href='#{n}'>{n}</a></td>" for n in range(1, 31))
    scene.put("header", f"<span>{TODAY.month}月{TODAY.day}日 周日 多云 5℃~13℃</span>")
    scene.put("side", f'<table class="cal"><caption>2026年11月</caption><tr>{days}</tr></table>')


@trap("updated", AROUND, _DEAD)
def copyright_and_badges(scene: Scene) -> None:
    scene.put(
        "footer",
        '版权所有 © 2006-2026 <a href="http://bszs.conac.cn/sitename?method=show&id=2026111800A"><img src="/b.png"></a>'
        '<a href="http://121.43.68.40/exposure/jiucuo.html?t=20261119">找错</a> 备案时间：2026-11-18',
    )


@trap("updated", RECORDS, _DEAD)
def related_below_in_the_same_dress(scene: Scene) -> None:
    """A block of recommendations in the main region, under the list, with a heading of its own."""
    links = "".join(f'<li><a href="{h}">{t}</a><span>{d}</span></li>' for t, h, d in scene.distractors(5, TODAY))
    scene.put("below", f'<div class="xg"><h4>相关推荐</h4><ul class="list">{links}</ul></div>')


@trap("updated", AROUND, _DEAD)
def long_list_beside(scene: Scene) -> None:
    """The side list has more records than the column."""
    del scene.entries[4:]
    links = "".join(f'<dd><a href="{h}">{t}</a><i>{d}</i></dd>' for t, h, d in scene.distractors(14, TODAY))
    scene.put("side", f'<div class="yb"><dl><dt>最新发布</dt>{links}</dl></div>')


@trap("updated", AROUND, _DEAD)
def publish_meta_on_a_list(scene: Scene) -> None:
    scene.put(
        "head", f'<meta name="PubDate" content="{NOW:%Y-%m-%d %H:%M}"><meta name="publishdate" content="{TODAY}">'
    )


@trap("updated", AROUND, _DEAD)
def running_notices(scene: Scene) -> None:
    links = "".join(f'<a href="{h}">{t}（{d}）</a> ' for t, h, d in scene.distractors(5, TODAY))
    scene.put("header", f'<marquee scrollamount="3">{links}</marquee>')


@trap("updated", AROUND, _DEAD)
def menu_with_latest(scene: Scene) -> None:
    links = "".join(f'<li><a href="{h}">{t}</a><em>{d}</em></li>' for t, h, d in scene.distractors(4, TODAY))
    scene.put("header", f'<div class="nav"><ul><li><a href="/n/">要闻</a><ul class="sub">{links}</ul></li></ul></div>')


@trap("updated", AROUND, _DEAD)
def floating_notice(scene: Scene) -> None:
    day = TODAY - timedelta(days=1)
    scene.put(
        "footer",
        f'<div id="pop" style="position:fixed"><a href="/tz/1.html">系统切换公告</a><p>{day:%Y年%m月%d日}</p></div>',
    )


@trap("updated", RECORDS, _DEAD, plain_form=True)
def announced_meeting(scene: Scene) -> None:
    """A record dated after the day of looking: never the newest."""
    entry = scene.entries[0]
    entry.url_day, entry.day = entry.day, TODAY + timedelta(days=9)


@trap("updated", MARKUP, _DEAD)
def valid_until(scene: Scene) -> None:
    for entry in scene.entries[:4]:
        entry.extra = f"<label>有效期：2024-01-01 至 {TODAY - timedelta(days=4)}</label>"


@trap("updated", RECORDS, _DEAD, plain_form=True)
def saved_again(scene: Scene) -> None:
    """Addresses carry the day of a later import; the list shows the publish days."""
    scene.address = "trs"
    for entry in scene.entries:
        entry.url_day = TODAY - timedelta(days=5)
    scene.may_contradict = True


@trap("updated", MARKUP, _DEAD)
def commented_example(scene: Scene) -> None:
    """A template row that a developer left in a comment is not of the list."""
    scene.put(
        "above",
        f'<!-- <li><a href="./t1.htm">示例标题示例标题示例</a><span>{TODAY - timedelta(days=2)}</span></li> -->',
    )


@trap("updated", RECORDS, _DEAD)
def numbers_like_days(scene: Scene) -> None:
    for entry in scene.entries[::3]:
        entry.title = f"{entry.title}（项目编号：{TODAY:%Y%m%d}-{entry.number % 9}）"
    scene.put("footer", "<p>值班电话：0571-20261120　传真：2026-1121</p>")


@trap("updated", MARKUP, _DEAD)
def data_of_a_side_block(scene: Scene) -> None:
    """A script array fills a block of hot news; the column's own list is in the page."""
    records = ",".join(f"{{title:'{t}',url:'{h}',pubDate:'{d}'}}" for t, h, d in scene.distractors(6, TODAY))
    scene.put(
        "side", f'<div class="rd"><h3>热点排行</h3><ul id="hot"></ul></div><script>var hotList=[{records}];</script>'
    )
