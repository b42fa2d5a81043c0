"""Held out: other things that make a live column look dead or blank, and other broken bytes."""

from __future__ import annotations

import re
from datetime import timedelta

from tests.accuracy.date_forms import Cell
from tests.accuracy.scene import Entry, Scene
from tests.accuracy.traps import AROUND, MARKUP, RECORDS, trap
from tests.accuracy.truth import TODAY

_LIVE = ("fresh", "recent")


@trap("outdated", RECORDS, _LIVE, plain_form=True)
def oldest_first(scene: Scene) -> None:
    scene.entries.reverse()


@trap("outdated", MARKUP, _LIVE, plain_form=True)
def newest_in_another_form(scene: Scene) -> None:
    form = scene.random.choice(("chinese", "slashes", "iso_bracket", "minutes", "relative"))
    scene.entries[0].form = form


@trap("outdated", MARKUP, _LIVE, plain_form=True)
def newest_is_a_file(scene: Scene) -> None:
    scene.entries[0].href = f"/upload/file/{TODAY:%Y}/{'a1b2c3d4'}.xlsx"


@trap("outdated", MARKUP, _LIVE, plain_form=True)
def some_rows_undated(scene: Scene) -> None:
    """Empty date places and words for days here and there do not date the list, and do not undate it."""
    for number, text in ((1, ""), (3, "本日"), (4, "-")):
        if number < len(scene.entries) - 1:
            scene.entries[number].cell = Cell(html=text)
            scene.entries[number].counts = False
            scene.entries[number].href = f"/x/{number}.html"


@trap("outdated", MARKUP, _LIVE, plain_form=True)
def pinned_all_around(scene: Scene) -> None:
    """More pinned records than others, marked by an image name or a class only."""
    mark = scene.random.choice(
        ('<img src="/images/icon_top.png">', '<span class="stick"></span>', "<font color=red>★置顶★</font>")
    )
    scene.entries[5:] = []
    scene.entries[:0] = [
        Entry(scene.write_title(), TODAY - timedelta(days=400 + 31 * n), 700 + n, badge=mark, pinned=True)
        for n in range(7)
    ]


@trap("outdated", RECORDS, _LIVE)
def marked_as_new(scene: Scene) -> None:
    for entry in scene.entries[:2]:
        entry.badge = '<img src="/images/new.gif" alt="new">'


@trap("blank", AROUND)
def hidden_empty_words(scene: Scene) -> None:
    scene.put("below", '<div class="empty" style="display:none">暂无数据</div>')


@trap("blank", AROUND)
def empty_words_beside(scene: Scene) -> None:
    scene.put("side", '<div class="k"><h3>调查征集</h3><p>暂无内容</p></div>')
    scene.put("footer", '<a href="/en/">English（建设中，敬请期待）</a>')


@trap("blank", AROUND)
def words_of_widgets(scene: Scene) -> None:
    scene.put("head", "<script>var i18n={empty:'暂无数据',error:'加载失败',more:'没有更多了'};</script>")


@trap("nothing", AROUND)
def gbk_undeclared(scene: Scene) -> None:
    scene.encoding, scene.declared = "gb18030", None


@trap("nothing", AROUND)
def gbk_declared_as_utf8(scene: Scene) -> None:
    scene.encoding, scene.declared = "gbk", "utf-8"


@trap("nothing", AROUND)
def charset_in_the_header_only(scene: Scene) -> None:
    scene.encoding, scene.declared, scene.content_type = "gbk", None, "text/html; charset=GBK"


@trap("nothing", MARKUP)
def shouting_tags(scene: Scene) -> None:
    """Upper-case names and attribute values without quotes."""

    def shout(html: str) -> str:
        html = re.sub(r"<(/?)([a-z]+[1-6]?)(?=[\s>])", lambda m: f"<{m[1]}{m[2].upper()}", html)
        return re.sub(r'class="([\w-]+)"', r"CLASS=\1", html)

    scene.finishers.append(shout)


@trap("nothing", AROUND)
def second_body_and_stray_ends(scene: Scene) -> None:
    scene.put("above", "</span></p></font>")
    scene.finishers.append(lambda html: html.replace("</body>", "</div></div></body><body></table></body>", 1))


@trap("nothing", AROUND)
def control_characters(scene: Scene) -> None:
    scene.finishers.append(lambda html: html.replace("</span>", "\x00</span>", 3).replace("</a>", "\x0b</a>", 3))


@trap("nothing", MARKUP, ("fresh", "months"))
def cut_in_the_middle(scene: Scene) -> None:
    """The connection ended inside the last record: the others stand; their number is not known."""
    last = scene.entries[-1]
    scene.items_known = False
    scene.finishers.append(lambda html: html[: html.rindex(last.title) + 4] if last.title in html else html)
