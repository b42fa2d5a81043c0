"""What attackers leave behind: hidden links and a poisoned title. All targets are in the reserved .example domain."""

from __future__ import annotations

from zlib import crc32

from tests.city.model import Site
from tests.city.words import WORDS

_AFTER_DOCUMENT = frozenset({"after_html"})


def dark_url(site: Site, technique: str) -> str:
    """Target of the planted link of this technique."""
    return f"http://{technique.replace('_', '-')}-{crc32(site.code.encode()) % 9000}.example/"


def dark_anchor(technique: str) -> str:
    """Text of the planted link: a word of the trade, or nothing suspicious for `neutral_hidden`."""
    if technique == "neutral_hidden":
        return str(WORDS["neutral_anchor"])
    anchors = WORDS["dark_anchors"]
    return str(anchors[sorted(_WRITERS).index(technique) % len(anchors)])


def before_footer(site: Site) -> str:
    """Planted markup that stands inside the page."""
    return "".join(_planted(site, technique) for technique in site.dark if technique not in _AFTER_DOCUMENT)


def after_document(site: Site) -> str:
    """Planted markup that stands after `</html>`."""
    return "".join(_planted(site, technique) for technique in site.dark if technique in _AFTER_DOCUMENT)


def _planted(site: Site, technique: str) -> str:
    link = f'<a href="{dark_url(site, technique)}">{dark_anchor(technique)}</a>'
    return _WRITERS[technique].replace("LINK", link)


_WRITERS = {
    "display_none": '<div style="display:none"><strong>友情链接 LINK</strong></div>',
    "neutral_hidden": '<div style="display:none">LINK</div>',
    "off_screen": '<div style="position:absolute; top:-999px;left:-999px;">LINK</div>',
    "script_hides": (
        '<div id="tesi">LINK<script>document.getElementById("t"+"e"+"s"+"i").style.display=\'none\';</script></div>'
    ),
    "written_box": (
        '<script>document.write("<div style=\\"position: absolute; top: -987px;left: -987px;\\">")</script>'
        'LINK<script>document.write("</div>")</script>'
    ),
    "after_html": '\n<div style="text-indent:-9999px;">LINK</div>',
    "zero_box": '<div style="display:block;height:0;width:0;overflow:hidden;">LINK</div>',
    "marquee": "<marquee width=1 height=5 scrollamount=3000 scrolldelay=20000>LINK</marquee>",
}


def poisoned_head(site: Site, title: str) -> str:
    """A title that only search engines see: entity-encoded, and a script that restores the true one for people."""
    poison = "".join(f"&#x{ord(char):x};" for char in str(WORDS["poisoned_title"]))
    restore = f'if(navigator.userAgent.toLocaleLowerCase().indexOf("baidu") == -1){{document.title ="{title}"}}'
    return (
        f'<title>{poison}</title>\n<meta name="keywords" content="{poison}">\n'
        f'<meta name="description" content="{poison}">\n<script>{restore}</script>'
    )
