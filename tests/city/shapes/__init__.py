"""The content systems of the demo city, by the name the blueprint uses."""

from __future__ import annotations

from tests.city.shapes.base import Shape
from tests.city.shapes.gkmlpt import Gkmlpt
from tests.city.shapes.hanweb import HanwebInline, HanwebPost
from tests.city.shapes.static_pages import AspNet, Frames, Longxun, Nfcms, OldHtml, Trs
from tests.city.shapes.ucap import Ucap

SHAPES: dict[str, Shape] = {
    "trs": Trs(),
    "nfcms": Nfcms(),
    "longxun": Longxun(),
    "aspnet": AspNet(),
    "old_html": OldHtml(),
    "frames": Frames(),
    "hanweb_inline": HanwebInline(),
    "hanweb_post": HanwebPost(),
    "ucap": Ucap(),
    "gkmlpt": Gkmlpt(),
}
