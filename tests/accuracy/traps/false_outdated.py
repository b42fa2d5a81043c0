"""Tuned traps that make a live column look dead."""

from __future__ import annotations

from datetime import timedelta

from tests.accuracy.scene import Entry, Scene
from tests.accuracy.traps import AROUND, MARKUP, RECORDS, trap
from tests.accuracy.truth import TODAY

_LIVE = ("fresh", "recent")


@trap("outdated", MARKUP, _LIVE, plain_form=True)
def pinned_first(scene: Scene) -> None:
    mark = scene.random.choice(
        ('<b class="top">[置顶]</b>', '<i class="zd">顶</i>', '<img src="/images/zd.gif" alt="置顶">')
    )
    scene.entries[:0] = _old_ones(scene, 2, mark)


@trap("outdated", RECORDS, _LIVE, plain_form=True)
def pinned_without_a_mark(scene: Scene) -> None:
    scene.entries[:0] = _old_ones(scene, 3, "")


def _old_ones(scene: Scene, count: int, mark: str) -> list[Entry]:
    return [
        Entry(scene.write_title(), TODAY - timedelta(days=500 + 90 * n), 800 + n, badge=mark, pinned=True)
        for n in range(count)
    ]


@trap("outdated", RECORDS, _LIVE, plain_form=True)
def shuffled_rows(scene: Scene) -> None:
    scene.random.shuffle(scene.entries)


@trap("outdated", RECORDS, _LIVE, plain_form=True)
def newest_is_elsewhere(scene: Scene) -> None:
    scene.entries[0].href = "https://mp.weixin.qq.com/s/8fVzC2mQw7aZ"


@trap("outdated", AROUND, _LIVE)
def history_beside(scene: Scene) -> None:
    old = TODAY - timedelta(days=2300)
    links = "".join(f'<li><a href="{h}">{t}</a><span>{d}</span></li>' for t, h, d in scene.distractors(9, old))
    scene.put("left", f'<div class="history"><h3>历史回顾</h3><ul>{links}</ul></div>')


@trap("blank", AROUND)
def nothing_found_in_a_script(scene: Scene) -> None:
    scene.put("above", '<form class="search"><input name="q" placeholder="请输入关键字"><button>检索</button></form>')
    scene.put(
        "below",
        "<script>function none(){$('#tip').html('<p>没有找到相关内容，暂无数据</p>');}</script><div id='tip'></div>",
    )


@trap("blank", RECORDS)
def nothing_in_a_title(scene: Scene) -> None:
    scene.entries[-1].title = "关于个别路段暂无公交服务问题的答复"
