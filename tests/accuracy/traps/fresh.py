"""Fresh held traps, written after the extractor was last tuned."""

from __future__ import annotations

from tests.accuracy.scene import Scene
from tests.accuracy.traps import AROUND, MARKUP, trap
from tests.accuracy.truth import NOW, TODAY

_DEAD = ("old", "stale")
_LIVE = ("fresh", "recent")


@trap("updated", AROUND, _DEAD)
def last_modified_meta(scene: Scene) -> None:
    scene.put(
        "head",
        f'<meta http-equiv="Last-Modified" content="{NOW:%a, %d %b %Y %H:%M:%S} GMT">'
        f'<meta name="lastmodifieddate" content="{TODAY}">',
    )


@trap("updated", AROUND, _DEAD)
def server_clock_field(scene: Scene) -> None:
    """The server hands its own time to scripts."""
    scene.put("above", f'<input type="hidden" id="sysdate" value="{NOW:%Y-%m-%d %H:%M:%S}">')
    scene.put("head", f'<script>var nowTime="{NOW:%Y/%m/%d %H:%M:%S}";var ver="{TODAY:%Y%m%d}";</script>')


@trap("updated", AROUND, _DEAD)
def recommended_above(scene: Scene) -> None:
    """A short block of recommendations in the main region, above the list."""
    links = "".join(f'<li><a href="{h}">{t}</a><span>{d}</span></li>' for t, h, d in scene.distractors(3, TODAY))
    scene.put("above", f'<div class="tjyd"><h4>热门推荐</h4><ul>{links}</ul></div>')


@trap("updated", MARKUP, _DEAD, plain_form=True)
def pictures_with_days(scene: Scene) -> None:
    """Pictures of the rows lie in folders of today."""
    for entry in scene.entries:
        entry.extra = f'<img src="/upload/{TODAY:%Y/%m/%d}/{entry.number}.png" width="1" height="1">'


@trap("outdated", MARKUP, _LIVE, plain_form=True)
def newest_row_is_marked(scene: Scene) -> None:
    """The newest row is of another class and its link is bold."""
    scene.entries[0].badge = '<font color="#ff0000">[最新]</font>'


@trap("blank", AROUND)
def template_of_emptiness(scene: Scene) -> None:
    scene.put("below", '<script type="text/html" id="emptyTpl"><div class="no-data">暂无相关信息</div></script>')
    scene.put("below", '<template id="none"><p>没有找到相关内容</p></template>')


@trap("nothing", MARKUP)
def text_as_references(scene: Scene) -> None:
    """Every letter beyond ASCII is written as a numeric reference."""
    scene.finishers.append(lambda html: html.encode("ascii", "xmlcharrefreplace").decode("ascii"))
