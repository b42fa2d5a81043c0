"""The visible text of a stretch of markup, cut into lines: what is a footer's, what is hidden by its own style."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement

from govspider.extract.document.page import Page
from govspider.extract.marks.mark_patterns import pattern
from govspider.extract.marks.normal_text import INVISIBLE, normal

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
_EVENTS = ("start", "end", "comment", "pi")
# what an element does to the text in it
_UNREAD, _FOOTER, _HIDDEN = 1, 2, 4
# what is told of a line: that it shows something, some of it in a footer, some of it not hidden
_SHOWN, _IN_FOOTER, _IN_SIGHT = 8, _FOOTER, 16
_BLANKS = "".join(char for char in map(chr, range(0x10000)) if char.isspace() or INVISIBLE.match(char))
# between texts and, twice, between lines while they are read as one text; no document holds it
_BETWEEN = "\x00"


@dataclass(frozen=True, slots=True)
class ShownLines:
    """Lines that show something, NFKC, white space single; for each whether a footer holds it and whether it is hidden.

    A line is hidden when all of it is, and a footer's when some of it is.
    """

    texts: list[str]
    footer: list[bool]
    hidden: list[bool]


def shown_lines(page: Page) -> ShownLines:
    """The lines of a page, one per block."""
    pieces, told = _pieces(page)
    whole = normal(_BETWEEN.join(pieces))
    # blanks may be left behind the last line
    lines = whole.split(2 * _BETWEEN)[: len(told)]
    if INVISIBLE.search(whole):
        lines = [INVISIBLE.sub("", line) for line in lines]
    return ShownLines(
        [" ".join(line.replace(_BETWEEN, "").split()) for line in lines],
        [bool(one & _IN_FOOTER) for one in told],
        [not one & _IN_SIGHT for one in told],
    )


def _pieces(page: Page) -> tuple[list[str], list[int]]:
    """Texts in document order with an empty one behind each line, and what is told of each line."""
    pieces: list[str] = []
    told: list[int] = []
    line = 0
    for root in page.xpath("/*"):
        doing, around = 0, list[int]()
        for event, node in etree.iterwalk(root, events=_EVENTS):
            text = node.tail
            if event == "start":
                around.append(doing)
                doing |= _doing(node.tag, node.items())
                text, ends = node.text, node.tag not in _INLINE_TAGS
            elif event == "end":
                doing, ends = around.pop(), node.tag not in _INLINE_TAGS
            else:
                ends = False
            if ends and line:
                pieces.append("")
                told.append(line)
                line = 0
            if text and not doing & _UNREAD:
                pieces.append(text)
                if text.strip(_BLANKS):
                    line |= _SHOWN | (doing & _FOOTER) | (0 if doing & _HIDDEN else _IN_SIGHT)
    return pieces, [*told, line] if line else told


def _doing(tag: str, items: list[tuple[str, str]]) -> int:
    """What an element with these attributes does to the text in it."""
    doing = _UNREAD if tag in _UNREAD_TAGS else 0
    attributes = dict(items) if items else {}
    return doing | (_FOOTER if is_footer(tag, attributes) else 0) | (_HIDDEN if is_hidden(attributes) else 0)


def is_footer(tag: str, attributes: Mapping[str, str]) -> bool:
    """True for an element that is named as a footer."""
    if tag == "footer":
        return True
    if not attributes or tag in ("body", "html"):
        return False
    words = " ".join(filter(None, (attributes.get("class"), attributes.get("id"), attributes.get("role"))))
    return bool(words) and _names_footer(words)


def stands_in_footer(element: HtmlElement) -> bool:
    """True when the element, or one it stands in, is named as a footer."""
    return any(is_footer(each.tag, dict(each.items())) for each in (element, *element.iterancestors()))


@lru_cache(maxsize=2048)
def _names_footer(words: str) -> bool:
    return pattern("place", "footer_attribute").search(words) is not None


def is_hidden(attributes: Mapping[str, str]) -> bool:
    """True for an element that its own style or attribute hides."""
    style = attributes.get("style")
    hidden_by_style = style is not None and pattern("place", "hidden_style").search(style) is not None
    return hidden_by_style or "hidden" in attributes
