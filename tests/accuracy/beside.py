"""Lists of another column, longer than the column's own, around it: many makes, places and sizes from a seed."""

# ruff: noqa: E501 - the lines of a template are those of the page

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random

from tests.accuracy.date_forms import FORMS
from tests.accuracy.generator import print_scene, scene_of, split
from tests.accuracy.layouts import DOM, LAYOUTS, Layout
from tests.accuracy.scene import AGES, Delivered, Scene
from tests.accuracy.skins import TUNED_SKINS, Skin
from tests.accuracy.truth import TODAY, TUNED, CorpusPage

_PLACES = ("side", "left", "below", "above")
_SIZES = (7, 10, 15, 25, 40)
_OWN_SIZES = ((2, 3), (3, 6), (4, 12), (6, 20))
_HEADINGS = ("", "<h3>政务动态</h3>", "<h3>信息公开</h3>", '<div class="t">部门信息</div>', "<b>{place}要闻</b>")
_BOXES = ("<div>{}</div>", '<div class="box">{}</div>', '<div style="width:300px">{}</div>', "<section>{}</section>")
_DAYS = ("%Y-%m-%d", "[%Y-%m-%d]", "%Y年%m月%d日", "%Y.%m.%d", "%m-%d")
_ROWS: tuple[tuple[str, str], ...] = (
    ("<ul>{}</ul>", '<li><a href="{1}">{0}</a><span>{2}</span></li>'),
    ('<ul class="list">{}</ul>', '<li><span>{2}</span><a href="{1}">{0}</a></li>'),
    ("<dl>{}</dl>", '<dt><a href="{1}">{0}</a></dt><dd>{2}</dd>'),
    ("{}", '<dl><dt><a href="{1}">{0}</a></dt><dd>{2}</dd></dl>'),
    ("{}", '<div class="i"><a href="{1}">{0}</a><em>{2}</em></div>'),
    ("<table>{}</table>", '<tr><td><a href="{1}">{0}</a></td><td>{2}</td></tr>'),
    ("{}", '<p><a href="{1}">{0}</a> {2}</p>'),
)
_NOT_ASKED = frozenset({"portal_blocks"})
"""A dated block beside the blocks of a portal is one of them."""
_FULL_ONLY = frozenset({"day_headings", "dates_only_on_articles"})
"""Three headings or links in a row are the least that can be told from a menu."""
_TERMS = (
    "<dt{0}>{1}{2}</dt><dd>{3}{4}</dd>",
    "<dd{0}>{1}{2}</dd><dd>{3}{4}</dd>",
    "<dd{0}>{1}{2}<span>{3}</span>{4}</dd>",
    "<dt{0}>{1}{2}</dt><dd><p>{3}</p>{4}</dd>\n",
    "<dt{0}>{1}{2}<span>{3}</span></dt>",
    "<dt>{3}</dt><dd{0}>{2}</dd>",
)


def _two_parts(scene: Scene, main: str) -> str:
    """A page of two parts whose names say nothing, and whose column's name stands over its list."""
    return f"""<html><head><meta charset="utf-8"><title>{scene.column["name"]}-{scene.site_name}</title></head><body>
<div id="m"><div id="l">{scene.slot("left")}{scene.slot("side")}</div><div id="r"><div class="t">{scene.column["name"]}</div>
{scene.slot("above")}{main}{scene.slot("below")}</div></div></body></html>"""


def _without_name(scene: Scene, main: str) -> str:
    """A page that repeats its column's name nowhere."""
    return f"""<html><head><meta charset="utf-8"><title>{scene.site_name}</title></head><body><div class="w"><div class="a">
{scene.slot("above")}{main}{scene.slot("below")}</div><div class="b">{scene.slot("left")}{scene.slot("side")}</div></div></body></html>"""


_SKINS: tuple[Skin, ...] = (*TUNED_SKINS, _two_parts, _without_name)


def pages_beside(count: int, seed: int = 1) -> Iterator[CorpusPage]:
    """So many pages: half of them own lists of terms, half of any tuned layout of a list in markup."""
    names = [name for name in split()["layouts"][TUNED] if name not in _NOT_ASKED]
    layouts = [LAYOUTS[name] for name in names if LAYOUTS[name].delivery == DOM]
    for number in range(count):
        random = Random(f"beside/{seed}/{number}")
        layout = _of_terms(random.choice(_TERMS)) if number % 2 else random.choice(layouts)
        if layout.count[0] > 2 and layout.name not in _FULL_ONLY:
            layout = replace(layout, count=random.choice(_OWN_SIZES))
        yield _page(random, layout, number)


def _of_terms(row: str) -> Layout:
    def build(scene: Scene) -> str:
        written = [
            row.format(one.row_attributes, one.badge, one.anchor(), one.cell.html or "&nbsp;", one.extra)
            for one in scene.rows()
        ]
        return f'<dl class="tzgg">{"".join(written)}</dl>'

    return _layout_like(LAYOUTS["definition_list"], build)


def _layout_like(layout: Layout, build: Callable[[Scene], str]) -> Layout:
    return replace(layout, name="terms", build=lambda scene: Delivered(build(scene)))


def _page(random: Random, layout: Layout, number: int) -> CorpusPage:
    form = random.choice(layout.forms)
    ages = ("recent",) if form in FORMS and FORMS[form].recent else tuple(AGES)
    scene = scene_of(random, layout, form, number % 12, ages)
    for _ in range(random.choice((1, 1, 2))):
        scene.put(random.choice(_PLACES), _another_list(random, scene))
    return print_scene(scene, layout, None, f"beside-{layout.name}-{form}-{number}", (random.choice(_SKINS),))


def _another_list(random: Random, scene: Scene) -> str:
    """A block of another column in a box of its own, alive or dead whatever the column is."""
    newest = TODAY - timedelta(days=random.choice((0, 2, 30, 200, 400)))
    step, pattern = random.choice((0, 1, 5)), random.choice(_DAYS)
    folder = random.choice(("/qt/", "/zwgk/qt/", "http://www.other.gov.cn/a/"))
    whole, row = random.choice(_ROWS)
    rows = [
        row.format(scene.write_title(), f"{folder}{900 + n}.html", f"{newest - timedelta(days=step * n):{pattern}}")
        for n in range(random.choice(_SIZES))
    ]
    heading = random.choice(_HEADINGS).format(place=scene.place)
    return random.choice(_BOXES).format(heading + whole.format("".join(rows)))
