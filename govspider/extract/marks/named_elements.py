"""Links, pictures and buttons of a page with what names them, read once for all who look for marks among them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml.html import HtmlElement

from govspider.extract.document.page import Page
from govspider.extract.marks.mark_patterns import rule
from govspider.extract.marks.normal_text import squeeze
from govspider.extract.marks.shown_lines import stands_in_footer

BADGES = ("img", "a", "input", "iframe", "button")
"""Tags of elements that may be a badge."""
_NAMES = ("src", "href", "alt", "title", "class", "id", "onclick", "value")
# no document holds it, and no pattern of the lexicon asks where a text ends
_BETWEEN = "\x00"


def badges(page: Page) -> tuple[tuple[str, str], ...]:
    """Where each element of `BADGES` leads, and everything that names it: address, words, class and id."""
    return page.once(_badges)


def _badges(page: Page) -> tuple[tuple[str, str], ...]:
    limit = rule("jiucuo")["own_form_text_limit"]
    return tuple(_badge(element, limit) for element in page.elements(*BADGES))


def _badge(element: HtmlElement, limit: int) -> tuple[str, str]:
    attributes = dict(element.items())
    names = " ".join(filter(None, map(attributes.get, _NAMES)))
    text = text_of(element) if element.tag in ("a", "button") else ""
    address = attributes.get("href") or attributes.get("src") or ""
    return address.strip(), squeeze(f"{names} {text if len(text) <= limit else ''}")


def link_words(page: Page) -> tuple[str, ...]:
    """What each link says: its text, else its title, else the words of a picture in it."""
    return page.once(_link_words)


def _link_words(page: Page) -> tuple[str, ...]:
    return tuple(map(_words, page.elements("a")))


def _words(element: HtmlElement) -> str:
    shown = squeeze(text_of(element))
    if shown:
        return shown
    named = [element.get("title"), *element.xpath(".//img/@alt"), *element.xpath(".//img/@title")]
    return squeeze(str(next((name for name in named if name), "")))


def stand_ins(page: Page) -> tuple[tuple[str, bool], ...]:
    """Words of pictures and links that stand in for text, and whether they stand in an element named as a footer."""
    return page.once(_stand_ins)


def _stand_ins(page: Page) -> tuple[tuple[str, bool], ...]:
    found = page.xpath("//*[self::img[@alt or @title] or self::a[@title]]")
    said = ((element, squeeze(f"{element.get('alt') or ''} {element.get('title') or ''}")) for element in found)
    return tuple((words, stands_in_footer(element)) for element, words in said if words)


def text_of(element: HtmlElement) -> str:
    """All text in an element; asked of one that holds no other it costs nothing."""
    return str(element.text_content()) if len(element) else element.text or ""


def any_holds(texts: Iterable[str], wanted: re.Pattern[str]) -> bool:
    """Whether a pattern of the lexicon is found in one of some texts, told by one search."""
    return wanted.search(_BETWEEN.join(texts)) is not None
