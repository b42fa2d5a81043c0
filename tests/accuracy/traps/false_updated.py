"""Tuned traps that make a dead column look updated."""

from __future__ import annotations

from datetime import timedelta

from tests.accuracy.date_forms import Cell
from tests.accuracy.scene import Entry, Scene, words
from tests.accuracy.traps import AROUND, MARKUP, RECORDS, trap
from tests.accuracy.truth import NOW, TODAY

_DEAD = ("old", "stale")


@trap("updated", AROUND, _DEAD)
def today_in_header(scene: Scene) -> None:
    scene.put("header", f'<div class="date">今天是{TODAY:%Y年%m月%d日} 星期日</div>')


@trap("updated", AROUND, _DEAD)
def generated_metas(scene: Scene) -> None:
    stamp = f"{NOW:%Y-%m-%d %H:%M:%S}"
    scene.put(
        "head", f'<meta name="HtmlGenerateTime" content="{stamp}"><meta name="others" content="页面生成时间 {stamp}">'
    )


@trap("updated", AROUND, _DEAD)
def generated_words(scene: Scene) -> None:
    scene.put("footer", f"<p>页面生成时间：{NOW:%Y-%m-%d %H:%M}　最后更新：{TODAY - timedelta(days=2)}</p>")


@trap("updated", AROUND, _DEAD)
def hot_list_beside(scene: Scene) -> None:
    links = "".join(f'<li><a href="{h}">{t}</a><span>{d}</span></li>' for t, h, d in scene.distractors(6, TODAY))
    scene.put("side", f'<div class="side"><div class="hot"><h3>热点新闻</h3><ul>{links}</ul></div></div>')


@trap("updated", RECORDS, _DEAD)
def days_in_titles(scene: Scene) -> None:
    for entry in scene.entries[::2]:
        entry.title = f"关于{TODAY - timedelta(days=2):%Y年%m月%d日}前报送{entry.title[-12:]}"


@trap("updated", MARKUP, _DEAD)
def days_in_summaries(scene: Scene) -> None:
    for entry in scene.entries:
        text = f"{TODAY - timedelta(days=3):%Y年%m月%d日}，{words()['summaries'][entry.number % 4]}"
        entry.summary = text
        entry.extra = f'<p class="zy">{text}</p>'


@trap("updated", RECORDS, _DEAD, plain_form=True)
def year_typed_wrong(scene: Scene) -> None:
    entry = scene.entries[len(scene.entries) // 2]
    assert entry.day is not None
    entry.url_day, entry.day = entry.day, entry.day.replace(year=2052, day=min(entry.day.day, 28))


@trap("updated", MARKUP, _DEAD)
def counter_like_a_day(scene: Scene) -> None:
    for entry in scene.entries:
        entry.extra = f'<em class="hits">浏览：{20261100 + entry.number % 20}</em>'


@trap("updated", MARKUP, _DEAD)
def deadline_in_the_row(scene: Scene) -> None:
    for entry in scene.entries[:3]:
        entry.extra = f'<span class="jz">截止时间：{TODAY - timedelta(days=1)}</span>'


@trap("updated", AROUND, _DEAD)
def version_in_addresses(scene: Scene) -> None:
    scene.put(
        "head",
        f'<link rel="stylesheet" href="/css/main.css?v={TODAY:%Y%m%d}"><script src="/js/a.js?t=2026-11-21"></script>',
    )


@trap("updated", RECORDS, ("stale",), plain_form=True)
def impossible_day(scene: Scene) -> None:
    first = scene.entries[0]
    assert first.day is not None
    text = scene.random.choice(("2026-02-30", "2026-13-05", "0000-00-00"))
    scene.entries.insert(
        1, Entry(scene.write_title(), None, first.number + 77, cell=Cell(html=text), url_day=first.day)
    )


@trap("updated", AROUND, _DEAD)
def today_in_scripts(scene: Scene) -> None:
    scene.put(
        "header",
        f"""<script>var serverTime="{NOW:%Y-%m-%d %H:%M:%S}";var d=new Date();
document.write("今天是: "+d.getFullYear()+"年"+(d.getMonth()+1)+"月"+d.getDate()+"日");</script>""",
    )
