"""Fresh held traps of the third set, written before any repair they could show."""

from __future__ import annotations

from tests.accuracy.scene import Scene
from tests.accuracy.traps import AROUND, MARKUP, trap
from tests.accuracy.truth import NOW, TODAY

_DEAD = ("old", "stale")


@trap("updated", AROUND, _DEAD)
def lately_read(scene: Scene) -> None:
    """What this visitor read last, with the time of reading."""
    read = "".join(f'<p><a href="/ls/{n}.html">{scene.write_title("news")}</a><i>{TODAY}</i></p>' for n in range(3))
    scene.put("side", f'<div class="zjll"><h4>最近浏览</h4>{read}</div>')


@trap("updated", AROUND, _DEAD)
def time_of_printing(scene: Scene) -> None:
    scene.put(
        "below",
        f'<div class="dy">打印时间：{NOW:%Y-%m-%d %H:%M} <a href="javascript:window.print()">打印本页</a></div>',
    )


@trap("outdated", MARKUP, ("fresh", "recent"), plain_form=True)
def views_of_rows(scene: Scene) -> None:
    """Rows end in how often they were read."""
    for entry in scene.entries:
        entry.extra = f'<i class="ck">阅读（{2000 + entry.number % 27}）</i>'


@trap("blank", AROUND)
def empty_letter_box(scene: Scene) -> None:
    """What the visitor's own account holds is not what the column holds."""
    scene.put("side", '<div class="wdxx"><h4>我的消息</h4><p>您还没有登录，暂无消息记录</p></div>')


@trap("nothing", MARKUP)
def marks_for_statistics(scene: Scene) -> None:
    """Links carry the marks of a counting service."""
    scene.finishers.append(lambda html: html.replace(' target="_blank"', ' target="_blank" data-stat="c_20180101"'))
