"""Fresh held traps, written before the extractor was changed for any of them."""

from __future__ import annotations

from datetime import timedelta

from tests.accuracy.scene import Scene
from tests.accuracy.traps import AROUND, MARKUP, trap
from tests.accuracy.truth import NOW, TODAY

_DEAD = ("old", "stale")
_LIVE = ("fresh", "recent")


@trap("updated", AROUND, _DEAD)
def latest_comments_beside(scene: Scene) -> None:
    """Letters of citizens beside the list are newer than its records."""
    letters = "".join(
        f'<li><a href="/xf/{n}.html">关于小区路灯不亮的来信</a><span>{TODAY - timedelta(days=n)}</span>'
        "<em>已办结</em></li>"
        for n in range(5)
    )
    scene.put("side", f'<div class="xjgk"><h3>来信选登</h3><ul>{letters}</ul></div>')


@trap("updated", AROUND, _DEAD)
def day_in_the_breadcrumb(scene: Scene) -> None:
    scene.put("above", f'<div class="date-line">{NOW.year}年{NOW.month}月{NOW.day}日 星期日 农历十月十四</div>')


@trap("updated", AROUND, _DEAD)
def statistics_until_today(scene: Scene) -> None:
    scene.put("above", f'<p class="tj">截至{TODAY}，本栏目共被浏览 20261 次</p>')


@trap("outdated", MARKUP, _LIVE, plain_form=True)
def states_of_rows(scene: Scene) -> None:
    """Rows say how matters stand before their titles."""
    for entry in scene.entries:
        entry.badge = '<i class="zt">已结束</i>'


@trap("blank", AROUND)
def empty_words_in_options(scene: Scene) -> None:
    scene.put(
        "above", '<div class="cx"><select id="nf"><option>全部年份</option><option>暂无数据</option></select></div>'
    )


@trap("nothing", MARKUP)
def nested_fonts(scene: Scene) -> None:
    """Titles are wrapped in layers of letters' styles."""
    scene.finishers.append(
        lambda html: html.replace('target="_blank"', 'target="_blank" style="color:#333"').replace(
            "</a>", "</a><font></font>"
        )
    )


@trap("nothing", AROUND)
def comments_between(scene: Scene) -> None:
    scene.finishers.append(lambda html: html.replace("</li>", "<!-- 第 --></li>").replace("<td", "<!--x--><td"))
