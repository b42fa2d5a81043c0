"""Where a footer mark may stand: the page, what its scripts write, its frames and its footer scripts.

A `Place` is one stretch of markup with its visible text cut into lines. It knows which lines
lie in the footer and which are hidden by their own style, and it has no comments: markup that
is commented out is not on the page.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from lxml import etree
from lxml.html import HtmlElement

from govspider.extract.document.page import Page
from govspider.extract.document.script_text import written_html
from govspider.extract.marks.mark_patterns import pattern, rule
from govspider.items import MarkState

_UNREAD_TAGS = frozenset({"script", "style", "template", "title", "noscript", "textarea"})
_INLINE_TAGS = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
        "var",
        "wbr",
        "time",
    ]
)
_SCRIPT_TYPES = re.compile(r"^\s*(?:$|module|(?:text|application)/(?:x-)?(?:java|ecma)script)", re.IGNORECASE)
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
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


@dataclass(frozen=True, slots=True)
class Line:
    """One line of visible text: its start in the place's text, whether the footer holds it, whether it is hidden."""

    start: int
    footer: bool
    hidden: bool


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
    def _read(self) -> tuple[str, tuple[Line, ...]]:
        pieces = list(_pieces(self.page))
        lines: list[Line] = []
        text: list[str] = []
        start = 0
        for line, footer, hidden in _lines(pieces):
            lines.append(Line(start, self.all_footer or footer, hidden))
            text.append(line)
            start += len(line) + 1
        return "\n".join(text), tuple(lines)

    @property
    def text(self) -> str:
        """Visible text, NFKC, one line per block, inner white space single."""
        return self._read[0]

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self._read[1]]

    @cached_property
    def _named_footer(self) -> bool:
        minimum: int = rule("place")["footer_text_minimum"]
        return sum(len(line) for line, flags in self._with_flags() if flags.footer) >= minimum

    def _with_flags(self) -> Iterator[tuple[str, Line]]:
        return zip(self.text.split("\n"), self._read[1], strict=False)

    def line_at(self, offset: int) -> Line:
        """The line an offset of `text` falls in."""
        if not self._starts:
            return Line(0, self.all_footer, False)
        return self._read[1][bisect_right(self._starts, offset) - 1]

    def in_footer(self, offset: int) -> bool:
        """True for an offset in an element named as a footer, else in the tail of a page that has no such element."""
        if self._named_footer or self.all_footer:
            return self.line_at(offset).footer
        return offset >= len(self.text) - int(rule("place")["tail_characters"])

    @cached_property
    def footer_text(self) -> str:
        """Lines of the footer, joined; '' when the place shows none."""
        return "\n".join(line for line, flags in self._with_flags() if self.in_footer(flags.start))

    def element_in_footer(self, element: HtmlElement) -> bool:
        """True when the element, or one it stands in, is named as a footer, or the whole place is one."""
        return self.all_footer or any(_is_footer(each) for each in (element, *element.iterancestors()))


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


def inline_scripts(page: Page) -> Iterator[str]:
    """Sources of the page's own scripts; data blocks and templates are none."""
    for element in page.xpath("//script[not(@src)]"):
        if _SCRIPT_TYPES.match(element.get("type") or ""):
            yield str(element.text_content())


def squeeze(text: str) -> str:
    """NFKC without invisible characters, white space single."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).split())


def hiding_element(element: HtmlElement) -> HtmlElement | None:
    """The outermost of the element and its ancestors whose own style or attribute hides it, None when visible."""
    found = None
    for candidate in (element, *element.iterancestors()):
        if _is_hidden(candidate):
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


def _is_footer(element: HtmlElement) -> bool:
    if element.tag == "footer":
        return True
    if not element.attrib:
        return False
    words = " ".join(filter(None, (element.get("class"), element.get("id"), element.get("role"))))
    return bool(words) and element.tag not in ("body", "html") and _names_footer(words)


@lru_cache(maxsize=2048)
def _names_footer(words: str) -> bool:
    return pattern("place", "footer_attribute").search(words) is not None


def _is_hidden(element: HtmlElement) -> bool:
    style = element.get("style")
    hidden_by_style = style is not None and pattern("place", "hidden_style").search(style) is not None
    return hidden_by_style or element.get("hidden") is not None


_Piece = tuple[str, bool, bool]
_BREAK: _Piece = ("\n", False, False)
_BESIDE = ("comment", "pi")


def _pieces(page: Page) -> Iterator[_Piece]:
    """Text nodes with the flags of the elements around them; a lone line break where a block begins or ends."""
    for root in page.xpath("/*"):
        state = [(False, False, False)]
        for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            text = node.tail
            if event == "start":
                unread, footer, hidden = state[-1]
                state.append(
                    (unread or node.tag in _UNREAD_TAGS, footer or _is_footer(node), hidden or _is_hidden(node))
                )
                text = node.text
            elif event == "end":
                state.pop()
            if event not in _BESIDE and node.tag not in _INLINE_TAGS:
                yield _BREAK
            unread, footer, hidden = state[-1]
            if text and not unread:
                yield _single_blanks(text), footer, hidden


def _single_blanks(text: str) -> str:
    """Text in its normal form without invisible characters, each run of blanks one blank."""
    if text.isspace():  # between most elements
        return " "
    return re.sub(r"\s+", " ", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))


def _lines(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    gathered: list[_Piece] = []
    for piece in (*pieces, ("\n", False, False)):
        if piece[0] != "\n":
            gathered.append(piece)
            continue
        kept, gathered = gathered, []
        shown = [part for part in kept if part[0].strip()]
        if shown:
            text = re.sub(r" +", " ", "".join(part[0] for part in kept)).strip()
            yield text, any(part[1] for part in shown), all(part[2] for part in shown)
