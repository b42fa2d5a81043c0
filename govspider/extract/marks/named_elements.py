"""Links, pictures and buttons of a page with what names them, read once for all who look for marks among them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class NamedElements:
    """What names the links, pictures and buttons of a page, in document order.

    `badges` for each element of `BADGES` where it leads, and everything that names it: address, words, class and id;
    `links` what each `<a>` says: its text, else its title, else the words of a picture in it;
    `stand_ins` words of pictures and links that stand in for text, and whether they stand in a footer named as such.
    """

    badges: tuple[tuple[str, str], ...]
    links: tuple[str, ...]
    stand_ins: tuple[tuple[str, bool], ...]


def named_elements(page: Page) -> NamedElements:
    """The names in a page, read once."""
    return page.once(_named_elements)


def _named_elements(page: Page) -> NamedElements:
    limit = rule("jiucuo")["own_form_text_limit"]
    badges, links, stand_ins = list[tuple[str, str]](), list[str](), list[tuple[str, bool]]()
    for element in page.elements(*BADGES):
        tag, attributes = element.tag, dict(element.items())
        text = text_of(element) if tag in ("a", "button") else ""
        names = " ".join(filter(None, map(attributes.get, _NAMES)))
        address = attributes.get("href") or attributes.get("src") or ""
        badges.append((address.strip(), squeeze(f"{names} {text if len(text) <= limit else ''}")))
        if tag == "a":
            links.append(squeeze(text) or _words_of_pictures(element))
        if (tag in ("a", "img") and "title" in attributes) or (tag == "img" and "alt" in attributes):
            words = squeeze(f"{attributes.get('alt', '')} {attributes.get('title', '')}")
            if words:
                stand_ins.append((words, stands_in_footer(element)))
    return NamedElements(tuple(badges), tuple(links), tuple(stand_ins))


def _words_of_pictures(element: HtmlElement) -> str:
    named = [element.get("title"), *element.xpath(".//img/@alt"), *element.xpath(".//img/@title")]
    return squeeze(str(next((name for name in named if name), "")))


def text_of(element: HtmlElement) -> str:
    """All text in an element; asked of one that holds no other it costs nothing."""
    return str(element.text_content()) if len(element) else element.text or ""


def any_holds(texts: Iterable[str], wanted: re.Pattern[str]) -> bool:
    """Whether a pattern of the lexicon is found in one of some texts, told by one search."""
    return wanted.search(_BETWEEN.join(texts)) is not None
