"""The inline scripts of a page with the place where they stand in its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from govspider.extract.document.hiding import hiding_rules
from govspider.extract.document.obfuscation import FoldedScript, fold_script
from govspider.extract.document.page import Page
from govspider.extract.document.skeleton import places_of_mark, skeleton

_OPEN = re.compile(r"<script\b([^>]{0,500})>", re.IGNORECASE)
_SOURCE = re.compile(r"""\bsrc\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
_DATA_TYPE = re.compile(
    r"""\btype\s*=\s*["']?(?:text/(?:x-|template|html)|application/(?:ld\+)?json|text/xml)""", re.IGNORECASE
)
# what any match holds
_DATA_SIGNS = ("/x-", "template", "html", "json", "xml")


@dataclass(frozen=True)
class InlineScript:
    """One `<script>` block: where it starts and ends in the page's text, its source, its src if it has one."""

    start: int
    end: int
    source: str
    src: str

    @cached_property
    def folded(self) -> FoldedScript:
        return fold_script(self.source)


def scripts_of(page: Page) -> tuple[InlineScript, ...]:
    """Scripts of a page, found in its raw text (an odd parse loses none).

    Of one script and of all together only as many characters are read as hiding.yaml allows;
    what lies behind is left out.
    """
    return page.once(_scripts)


def _scripts(page: Page) -> tuple[InlineScript, ...]:
    limits = hiding_rules().limits
    text, bones, left = page.text, skeleton(page), limits["script_total"]
    found: list[InlineScript] = []
    end = 0
    for place in places_of_mark(page, b"<script"):
        opening = _OPEN.match(text, place) if place >= end else None
        if opening is None:
            continue
        closing = bones.find(b"</script", opening.end())
        attributes = opening.group(1)
        if _is_data(attributes):
            continue
        end = closing if closing >= 0 else len(text)
        source = text[opening.end() : min(end, opening.end() + limits["script_text"])]
        src = _SOURCE.search(attributes) if "=" in attributes else None
        found.append(InlineScript(place, end, source, src.group(1).strip("\"'") if src else ""))
        left -= len(source)
        if left <= 0 or closing < 0:
            break
    return tuple(found)


def _is_data(attributes: str) -> bool:
    """True for a block that holds a template or data; most script tags name no such type at all."""
    lowered = attributes.lower()
    named = any(sign in lowered for sign in _DATA_SIGNS) if "type" in lowered else False
    return named and _DATA_TYPE.search(attributes) is not None
