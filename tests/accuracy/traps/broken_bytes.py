"""Tuned traps in the bytes: encodings, markup that browsers forgive, sheer size."""

from __future__ import annotations

import re

from tests.accuracy.scene import Scene
from tests.accuracy.traps import AROUND, MARKUP, trap


@trap("nothing", AROUND)
def gbk_declared(scene: Scene) -> None:
    scene.encoding, scene.declared = "gbk", "gb2312"


@trap("nothing", MARKUP)
def unclosed_items(scene: Scene) -> None:
    scene.finishers.append(lambda html: re.sub(r"</li>|</p>|</dd>|</dt>|</td>|</tr>", "", html))


@trap("nothing", AROUND)
def two_roots(scene: Scene) -> None:
    head = "<html><head><title>模板</title></head><body><div class='ad'></div></body></html>\n"
    scene.finishers.append(lambda html: head + html)


@trap("nothing", AROUND)
def marks_of_order_in_the_body(scene: Scene) -> None:
    scene.finishers.append(lambda html: html.replace("<body", "\ufeff<body", 1).replace("</a>", "</a>\ufeff", 4))


@trap("nothing", AROUND)
def conditional_comments(scene: Scene) -> None:
    scene.put("head", '<!--[if lt IE 9]><script src="/js/html5shiv.js"></script><![endif]-->')
    scene.put("above", '<!--[if IE 6]><p class="up">请升级浏览器 2012-01-01</p><![endif]-->')


@trap("nothing", AROUND)
def heavy_page(scene: Scene) -> None:
    """About 100 KB: a style sheet, a menu of three hundred links and scripts, as portals ship them."""
    rules = "\n".join(
        f".c{n} .tit a{{color:#{n:03d}9;line-height:{n % 40}px;background:url(/i/{n}.png)}}" for n in range(560)
    )
    menus = "".join(
        f'<li><a href="/m{m}/">栏目{m}</a><ul>'
        + "".join(f'<li><a href="/m{m}/s{n}/" title="二级栏目{m}-{n}">二级栏目{m}-{n}</a></li>' for n in range(24))
        + "</ul></li>"
        for m in range(12)
    )
    code = "\n".join(
        f"function f{n}(a,b){{if(a){{return $('#x{n}').html(b);}}else{{return '{n}';}}}}" for n in range(460)
    )
    scene.put("head", f"<style>{rules}</style>")
    scene.put("header", f'<div class="bignav"><ul>{menus}</ul></div>')
    scene.put("footer", f"<script>{code}</script>")
