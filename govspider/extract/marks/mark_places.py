"""Where a footer mark may stand: the page, what its scripts write, its frames and its footer scripts.

A `Place` is one stretch of markup with its visible text cut into lines. It knows which lines
lie in the footer and which are hidden by their own style, and it has no comments: markup that
is commented out is not on the page.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from lxml.html import HtmlElement

from govspider.extract.document.page import Page
from govspider.extract.document.script_text import written_html
from govspider.extract.marks.mark_patterns import rule
from govspider.extract.marks.shown_lines import ShownLines, is_hidden, shown_lines, stands_in_footer
from govspider.items import MarkState

_SCRIPT_TYPES = re.compile(r"^\s*(?:$|module|(?:text|application)/(?:x-)?(?:java|ecma)script)", re.IGNORECASE)
_MARKUP_START = re.compile(r"\s*<(?!!--)[a-z!/]", re.IGNORECASE)
_WRITING = re.compile(r"\b(?:write(?:ln)?|innerHTML|outerHTML|html|append|insertAdjacentHTML)\b")
# a script may write a script that writes; deeper than this nobody goes on purpose
_WRITING_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Sighting:
    """One place where a mark, or something posing as it, was seen.

    `weak` says that the sighting alone proves nothing bad: the mark itself may still stand in
    a part of the page that was not read. `from_link` says that a number was read from an address.
    """

    state: MarkState
    value: str | None
    reason: str | None
    where: str
    footer: bool = True
    weak: bool = False
    from_link: bool = False


class Place:
    """One stretch of markup in which marks are looked for.

    Parameters: `page` the markup; `kind` text, script or frame; `address` where it came from;
    `all_footer` True when the whole of it was fetched as a footer.
    """

    def __init__(self, page: Page, kind: str, address: str, all_footer: bool) -> None:
        self.page = page
        self.kind = kind
        self.address = address
        self.all_footer = all_footer

    def where(self, kind: str) -> str:
        """`attribute http://…`: how and at which address something was seen; a part's own kind comes first."""
        return f"{kind if self.kind == 'text' else self.kind} {self.address}"

    @cached_property
    def _lines(self) -> ShownLines:
        return shown_lines(self.page)

    @cached_property
    def text(self) -> str:
        """Visible text, NFKC, one line per block, inner white space single."""
        return "\n".join(self._lines.texts)

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line begins in `text`, and where one more would."""
        return [0, *accumulate(len(line) + 1 for line in self._lines.texts)]

    @cached_property
    def _named_footer(self) -> bool:
        minimum: int = rule("place")["footer_text_minimum"]
        lines = self._lines
        return sum(len(text) for text, footer in zip(lines.texts, lines.footer, strict=True) if footer) >= minimum

    def _line_at(self, offset: int) -> int | None:
        """Number of the line that an offset of `text` falls in."""
        if not self._lines.texts:
            return None
        return bisect_right(self._starts, offset, hi=len(self._lines.texts)) - 1

    def is_hidden_at(self, offset: int) -> bool:
        """True where the line that an offset of `text` falls in is hidden by its own style."""
        number = self._line_at(offset)
        return number is not None and self._lines.hidden[number]

    def in_footer(self, offset: int) -> bool:
        """True for an offset in an element named as a footer, else in the tail of a page that has no such element."""
        if self.all_footer:
            return True
        if self._named_footer:
            number = self._line_at(offset)
            return number is not None and self._lines.footer[number]
        return offset >= len(self.text) - int(rule("place")["tail_characters"])

    @cached_property
    def footer_text(self) -> str:
        """Lines of the footer, joined; '' when the place shows none."""
        starts = zip(self._lines.texts, self._starts, strict=False)
        return "\n".join(line for line, start in starts if self.in_footer(start))

    def element_in_footer(self, element: HtmlElement) -> bool:
        """True when the element, or one it stands in, is named as a footer, or the whole place is one."""
        return self.all_footer or stands_in_footer(element)


def places_of(page: Page, parts: Sequence[Page] = ()) -> tuple[Place, ...]:
    """All places of a page in reading order: the page, what its scripts write, then each part likewise."""
    return page.once(_places_of, *parts)


def _places_of(page: Page, *parts: Page) -> tuple[Place, ...]:
    found = [Place(page, "text", page.url, all_footer=False)]
    found.extend(_written(page, page.url, all_footer=False))
    for part in parts:
        markup, kind = (_as_page(part.url, _read_script(part.text)), "script") if is_script(part) else (part, "frame")
        found.append(Place(markup, kind, part.url, all_footer=True))
        found.extend(_written(markup, part.url, all_footer=True))
    return tuple(found)


def is_script(page: Page) -> bool:
    """True when the bytes are a script, not markup: footer scripts are fetched without a browser."""
    if "javascript" in (page.content_type or "").lower():
        return True
    return not _MARKUP_START.match(page.text) and bool(_WRITING.search(page.text))


def inline_scripts(page: Page) -> tuple[str, ...]:
    """Sources of the page's own scripts; data blocks and templates are none."""
    return page.once(_inline_scripts)


def _inline_scripts(page: Page) -> tuple[str, ...]:
    own = (element for element in page.elements("script") if element.get("src") is None)
    return tuple(str(element.text_content()) for element in own if _SCRIPT_TYPES.match(element.get("type") or ""))


def hiding_element(element: HtmlElement) -> HtmlElement | None:
    """The outermost of the element and its ancestors whose own style or attribute hides it, None when visible."""
    found = None
    for candidate in (element, *element.iterancestors()):
        if is_hidden(candidate.attrib):
            found = candidate
    return found


def _written(page: Page, address: str, all_footer: bool, depth: int = _WRITING_DEPTH) -> list[Place]:
    markup = "\n".join(filter(None, (_read_script(source) for source in inline_scripts(page))))
    if not markup or depth == 0:
        return []
    written = _as_page(page.url, markup)
    return [Place(written, "script", address, all_footer), *_written(written, address, all_footer, depth - 1)]


def _read_script(source: str) -> str:
    limit: int = rule("place")["script_limit"]
    return written_html(source[:limit]) if _WRITING.search(source) else ""


def _as_page(url: str, markup: str) -> Page:
    # the byte order mark keeps a charset named inside the written markup from being believed
    return Page(url, codecs.BOM_UTF8 + f"<body>{markup}</body>".encode(errors="replace"))
