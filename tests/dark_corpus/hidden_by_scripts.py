"""Techniques that hide links by scripts (H3, H4)."""

# ruff: noqa: E501 - a piece of markup reads best on one line
from __future__ import annotations

from tests.dark_corpus.drafts import Planted
from tests.dark_corpus.scene import Scene


def script_by_id(scene: Scene) -> Planted:
    inside, targets = scene.links()
    name = scene.name()
    style, value = scene.rng.choice(
        (
            ("display", "none"),
            ("visibility", "hidden"),
            ("left", "-3000px"),
            ("cssText", "position:absolute;top:-999px"),
        )
    )
    script = f'<script>document.getElementById("{name}").style.{style}="{value}";</script>'
    return Planted(f'<div id="{name}">{inside}</div>{script}', targets=targets)


def script_by_id_split(scene: Scene) -> Planted:
    """The id, the property or the value in crumbs; the id often looks like a widget's."""
    inside, targets = scene.links()
    name = scene.rng.choice((scene.name(), "linkID", "tesi", "f0tt"))
    call = scene.rng.choice((
        f"document.getElementById({scene.split(name)}).style.display='none'",
        f'document["getElementById"]("{name}")["style"]["display"]={scene.split("none")}',
        f"document.getElementById({scene.split(name)})[{scene.split('style')}][{scene.split('display')}]='none'",
        f"eval({scene.split(f'document.getElementById(`{name}`).style.display=`none`').replace('`', chr(92) + chr(39))})",
    ))  # fmt: skip
    return Planted(
        f'<div id="{name}"><strong>友情链接：{inside}</strong></div><script>{call};</script>', targets=targets
    )


def script_variable(scene: Scene) -> Planted:
    inside, targets = scene.links()
    name, held = scene.name(), scene.rng.choice("abox")
    call = scene.rng.choice((
        f"var {held}=document.getElementById('{name}');{held}.style.display='none';",
        f"var {held} = document.getElementById('{name}').style;{held}.display='none';",
        f"document.getElementById('{name}').setAttribute('style','display:none');",
        f"with(document.getElementById('{name}').style){{display='none'}}",
        f"document.all.{name}.style.display='none';",
        f"document.querySelector('#{name}').style.display='none';",
    ))  # fmt: skip
    return Planted(f'<div id="{name}">{inside}</div>\n<script type="text/javascript">{call}</script>', targets=targets)


def script_jquery(scene: Scene) -> Planted:
    inside, targets = scene.links()
    name = scene.name()
    call = scene.rng.choice(
        (
            f"$('#{name}').hide();",
            f"jQuery('#{name}').css('display','none');",
            f"$(function(){{$('#{name}').hide()}});",
            f"$('.{name}').hide();",
        )
    )
    return Planted(f'<div id="{name}" class="{name}">{inside}</div><script>{call}</script>', targets=targets)


def write_wrapper(scene: Scene) -> Planted:
    inside, targets = scene.links()
    style = scene.rng.choice(
        ("position: absolute; top: -987px;left: -987px;", "display:none", "height:0;overflow:hidden")
    )
    quote = scene.rng.choice(('<div style=\\"STYLE\\">', "<div style=STYLE>".replace("STYLE", "'STYLE'")))
    opened = quote.replace("STYLE", style)
    first = f'document.write("{opened}")' if not scene.odd else f'document["write"]("<di"+"v {opened[5:]}")'
    return Planted(f'<script>{first}</script> {inside} <script>document.write("</div>")</script>', targets=targets)


def write_marquee(scene: Scene) -> Planted:
    inside, targets = scene.links()
    first = "document.write('<marquee scrollAmount=5000 width=1 height=5>')"
    return Planted(f"<script>{first}</script>{inside}<script>document.write('</marquee>')</script>", targets=targets)


def style_written(scene: Scene) -> Planted:
    inside, targets = scene.links()
    name = scene.name()
    rule = scene.rng.choice((f"#{name}{{position:absolute;left:300000px}}", f"#{name}{{display:none}}"))
    call = (
        f"document.write('<style>{rule}</style>')"
        if not scene.odd
        else f"document.write('<st'+'yle>{rule}</st'+'yle>')"
    )
    return Planted(f'<script>{call}</script><div id="{name}">{inside}</div>', targets=targets)
