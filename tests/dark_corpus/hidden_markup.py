"""Techniques that hide links by markup and styles (H1, H2, H5 to H14)."""

from __future__ import annotations

from tests.dark_corpus.drafts import Planted
from tests.dark_corpus.scene import Scene


def _boxed(scene: Scene, *declarations: str) -> Planted:
    inside, targets = scene.links()
    return Planted(scene.box(inside, *declarations), targets=targets)


def display_none(scene: Scene) -> Planted:
    return _boxed(scene, "display:none")


def display_none_inherited(scene: Scene) -> Planted:
    """The box is far up: the links themselves look ordinary."""
    inside, targets = scene.links()
    rows = f"<table><tr><td><ul><li><strong>友情链接：{inside}</strong></li></ul></td></tr></table>"
    outer = scene.style("display:none")
    return Planted(f'<div{outer}><div style="display:block"><div class="in">{rows}</div></div></div>', targets=targets)


def display_none_on_link(scene: Scene) -> Planted:
    pairs = scene.pairs()
    return Planted(f"<p>{scene.anchors(pairs, scene.style('display:none'))}</p>", targets=scene.targets(pairs))


def display_none_obscured(scene: Scene) -> Planted:
    """The declaration is written so that a search for display:none does not see it."""
    inside, targets = scene.links()
    style = scene.rng.choice(
        ("display:/**/none", "dis&#112;lay:n&#111;ne", "display:\nnone", "d\\69splay:none", "display:n\\6fne")
    )
    return Planted(f'<div style="{style}">{inside}</div>', targets=targets)


def off_screen(scene: Scene) -> Planted:
    away = scene.rng.choice((987, 999, 1987, 3000, 7758, 9999))
    position = scene.rng.choice(("absolute", "fixed"))
    return _boxed(scene, f"position:{position}", f"top:-{away}px", f"left:-{away}px")


def off_screen_units(scene: Scene) -> Planted:
    away = -scene.rng.choice((1600, 3200, 9600))
    side = scene.rng.choice(("left", "top"))
    return _boxed(
        scene,
        "position:absolute",
        f"{side}:{scene.rng.choice((f'{away // 16}em', f'{away * 3 // 4}pt', f'{away // 16}rem', f'{away // 10}vw'))}",
    )


def off_screen_expression(scene: Scene) -> Planted:
    one, other = scene.rng.randint(1, 9), scene.rng.randint(800, 1500)
    return _boxed(scene, "position:absolute", f"left:expression({one}-{other})", f"top:expression(3-{other})")


def off_screen_right(scene: Scene) -> Planted:
    side = scene.rng.choice(("left:300000px", "top:100000px", "left:99999px"))
    return _boxed(scene, "position:absolute", side)


def margin_left(scene: Scene) -> Planted:
    pairs = scene.pairs()
    style = scene.style(f"margin-left:-{scene.rng.choice((1464, 2000, 376077))}px")
    return Planted(scene.anchors(pairs, style), targets=scene.targets(pairs))


def zero_box(scene: Scene) -> Planted:
    size = scene.rng.choice(("0", "0px", "1px"))
    return _boxed(scene, "display:block", f"height:{size}", f"width:{size}", "overflow:hidden")


def zero_box_malformed(scene: Scene) -> Planted:
    inside, targets = scene.links()
    style = scene.rng.choice(
        (
            "1px;height:1px;overflow:hidden;",
            "height:1px;overflow:hidden;;width",
            ":1px;height:0;overflow : hidden",
            "{height:0px;overflow:hidden}",
        )
    )
    return Planted(f'<div style="{style}">{inside}</div>', targets=targets)


def marquee(scene: Scene) -> Planted:
    inside, targets = scene.links()
    tag = "MARQUEE" if scene.odd else "marquee"
    size = scene.rng.choice(("width=1 height=5", "height=1 width=5", 'width="2" height="2"'))
    return Planted(f"<{tag} {size} scrollamount={scene.rng.choice((3000, 31160))}>{inside}</{tag}>", targets=targets)


def text_indent(scene: Scene) -> Planted:
    return _boxed(scene, f"text-indent:{scene.length(-scene.rng.choice((9999, 7504)))}")


def text_indent_in_head(scene: Scene) -> Planted:
    inside, targets = scene.links()
    return Planted(head=f"<div{scene.style('text-indent:-9999px')}>合作网站：{inside}</div>", targets=targets)


def tiny_white(scene: Scene) -> Planted:
    pairs = scene.pairs()
    style = scene.style("color:#ffffff", f"font-size:{scene.rng.choice(('1px', '0', '0px'))}", "line-height:1px")
    return Planted(f"<p>{scene.anchors(pairs, style)}</p>", targets=scene.targets(pairs))


def same_colour(scene: Scene) -> Planted:
    pairs = scene.pairs()
    ground, ink = scene.rng.choice(
        (("#ffffff", "#fff"), ("#000000", "black"), ("white", "#fefefe"), ("#eeeeee", "rgb(238, 238, 238)"))
    )
    inside = scene.anchors(pairs, f' style="color:{ink}"')
    return Planted(f'<table bgcolor="{ground}"><tr><td>{inside}</td></tr></table>', targets=scene.targets(pairs))


def visibility_hidden(scene: Scene) -> Planted:
    return _boxed(scene, scene.rng.choice(("visibility:hidden", "visibility:collapse")))


def opacity_zero(scene: Scene) -> Planted:
    return _boxed(
        scene, scene.rng.choice(("opacity:0", "opacity:0.0", "opacity:.01", "opacity:0%", "filter:alpha(opacity=0)"))
    )


def z_index_under(scene: Scene) -> Planted:
    """Pushed behind the page."""
    return _boxed(scene, "position:absolute", f"z-index:-{scene.rng.choice((1, 99, 1000))}", "top:0", "left:0")


def clip_rect(scene: Scene) -> Planted:
    return _boxed(
        scene,
        "position:absolute",
        scene.rng.choice(("clip:rect(0 0 0 0)", "clip:rect(0px, 0px, 0px, 0px)", "clip:rect(1px,1px,1px,1px)")),
    )


def clip_path(scene: Scene) -> Planted:
    return _boxed(scene, scene.rng.choice(("clip-path:inset(100%)", "clip-path:inset(50%)", "clip-path:circle(0)")))


def scale_zero(scene: Scene) -> Planted:
    return _boxed(
        scene,
        scene.rng.choice(
            ("transform:scale(0)", "transform:scale(0,0)", "transform:scale(0.001)", "transform:translateX(-9999px)")
        ),
    )


def max_height_zero(scene: Scene) -> Planted:
    return _boxed(scene, scene.rng.choice(("max-height:0", "max-height:0px", "max-width:0")), "overflow:hidden")


def frame_over_links(scene: Scene) -> Planted:
    """A frame over the whole window; the links lie under it (H11)."""
    inside, _ = scene.links()
    frame = scene.page_address()
    style = "position:fixed;top:0;left:0;width:100%;height:100%"
    markup = f'<iframe src="{frame}" style="{style};z-index:999" frameborder="0"></iframe><div>{inside}</div>'
    return Planted(markup, targets=() if scene.legit else (frame,))


def zero_frame(scene: Scene) -> Planted:
    address = scene.page_address()
    size = scene.rng.choice(
        (
            'width="0" height="0"',
            "width=1 height=1",
            'style="width:0;height:0;border:0"',
            'style="display:none"',
            "height=0 width=0 frameborder=0",
        )
    )
    return Planted(f'<iframe src="{address}" {size}></iframe>', targets=() if scene.legit else (address,))


def frameset_zero(scene: Scene) -> Planted:
    address = scene.page_address()
    rows = scene.rng.choice(('rows="444,0"', 'rows="*,0"', 'cols="100%,0"'))
    frames = f'<frameset {rows} border="0"><frame src="/main.html"><frame src="{address}"></frameset>'
    return Planted(
        head=frames if scene.placement == "head" else "",
        body="" if scene.placement == "head" else frames,
        targets=() if scene.legit else (address,),
    )


def object_zero(scene: Scene) -> Planted:
    address = scene.page_address()
    tag = scene.rng.choice(
        (
            f'<object data="{address}" type="text/html" width="0" height="0"></object>',
            f'<embed src="{address}" width="0" height="0">',
        )
    )
    return Planted(tag, targets=() if scene.legit else (address,))


def hidden_attribute(scene: Scene) -> Planted:
    inside, targets = scene.links()
    attribute = scene.rng.choice(("hidden", 'hidden="hidden"', "HIDDEN=''", "hidden=true"))
    return Planted(f"<div {attribute}>{inside}</div>", targets=targets)


def noscript(scene: Scene) -> Planted:
    inside, targets = scene.links()
    return Planted(f"<noscript><div>{inside}</div></noscript>", targets=targets)


def style_class(scene: Scene) -> Planted:
    inside, targets = scene.links()
    name = scene.name()
    rule = scene.rng.choice(
        (
            "display:none",
            "position:fixed;left:-3000px;top:-3000px",
            "height:0;overflow:hidden",
            "text-indent:-9999px",
            "visibility:hidden",
        )
    )
    selector = scene.rng.choice((f".{name}", f"div.{name}", f"#{name}"))
    attribute = "id" if selector.startswith("#") else "class"
    style = f"<style>{selector} {{ {rule} }}</style>"
    return Planted(f'<div {attribute}="{name}">{inside}</div>', head=style, targets=targets)


def style_descendant(scene: Scene) -> Planted:
    """The rule names the box by what stands around the links."""
    inside, targets = scene.links()
    name = scene.name()
    selector = scene.rng.choice((f"#{name} a", f".{name} > p > a", f"div.{name} p a", f".{name} *"))
    attribute = "id" if selector.startswith("#") else "class"
    rule = scene.rng.choice(("display:none!important", "position:absolute;left:-9999em", "visibility:hidden"))
    return Planted(
        f'<style type="text/css">{selector}{{{rule}}}</style><div {attribute}="{name}"><p>{inside}</p></div>',
        targets=targets,
    )


def inside_table(scene: Scene) -> Planted:
    """Between rows, where no content belongs: the parser moves it out of the table."""
    inside, targets = scene.links()
    box = f"<div{scene.style('position:absolute', 'left:-2982px')}>{inside}</div>"
    return Planted(f"<table><tr><td>表一</td></tr>{box}<tr><td>表二</td></tr></table>", targets=targets)


def after_html(scene: Scene) -> Planted:
    inside, targets = scene.links()
    return Planted(
        after=scene.rng.choice((f"<div>{inside}</div>", inside, f"<p>友情链接{inside}</p>")), targets=targets
    )


def before_html(scene: Scene) -> Planted:
    inside, targets = scene.links()
    return Planted(before=f"<div{scene.style('overflow:hidden', 'height:1px')}>{inside}</div>\n", targets=targets)


def in_head(scene: Scene) -> Planted:
    inside, targets = scene.links()
    return Planted(head=f"<div{scene.style('display:none')}>{inside}</div>", targets=targets)
