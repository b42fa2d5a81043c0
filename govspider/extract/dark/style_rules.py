"""Elements that the page's own `<style>` blocks hide, and those that only a widget's rules do."""

from __future__ import annotations

import re
from collections.abc import Iterator

import tinycss2
from cssselect import HTMLTranslator, SelectorError
from lxml import etree

from govspider.extract.document.hiding import declarations, hiding_rules, technique_of_style
from govspider.extract.document.page import Page
from govspider.extract.document.scripts_of_page import scripts_of

_STYLE = re.compile(r"<style\b[^>]{0,300}>", re.IGNORECASE)
_HINT = re.compile(r"none|hidden|-\d{3}|\d{4}|indent|:\s*[01](?:px)?\s*[;}]|clip|scale", re.IGNORECASE)
_NAME = re.compile(r"[#.]([\w-]+)")
# states that a visitor brings about: what they hide or show is a widget
_STATE = re.compile(r":(?:hover|focus|active|target|checked|not|before|after|first|last|nth|only)")
_SELECTOR_LIMIT = 200


def hidden_by_style(page: Page) -> dict[object, str]:
    """Elements that an in-page style rule hides, with the technique. Media blocks and states are passed over.

    A rule whose class another rule shows again, or that a script of the page names, belongs
    to a widget and hides nothing for good.
    """
    found: dict[object, str] = {}
    for selector, technique in _hiding_rules(page):
        for element in _selected(page, selector):
            found.setdefault(element, technique)
    return found


def style_text(page: Page) -> str:
    """Text of all style blocks, those that a script writes included, as far as hiding.yaml allows."""
    parts = []
    text = page.text
    sources = [text] + [script.folded.text for script in scripts_of(page) if "<style" in script.folded.text.lower()]
    for source in sources:
        lowered = source.lower()
        for opening in _STYLE.finditer(source):
            end = lowered.find("</style", opening.end())
            parts.append(source[opening.end() : end if end >= 0 else len(source)])
            if end < 0:
                break
    return "\n".join(parts)[: hiding_rules().limits["style_text"]]


def _hiding_rules(page: Page) -> Iterator[tuple[str, str]]:
    css = style_text(page)
    if not _HINT.search(css):
        return
    rules = [rule for rule in tinycss2.parse_stylesheet(css, True, True) if rule.type == "qualified-rule"]
    bodies = [(tinycss2.serialize(rule.prelude), tinycss2.serialize(rule.content)) for rule in rules]
    left = hiding_rules().limits["style_rules"]
    for prelude, body in bodies:
        technique = technique_of_style(declarations(body)) if _HINT.search(body + ";") else None
        if technique is None or technique in hiding_rules().needs_word:
            continue
        for selector in prelude.split(",")[:10]:
            if left > 0 and _hides_for_good(selector.strip(), prelude, bodies, page):
                left -= 1
                yield selector.strip(), technique


def _hides_for_good(selector: str, prelude: str, bodies: list[tuple[str, str]], page: Page) -> bool:
    names = _NAME.findall(selector)
    if not names or len(selector) > _SELECTOR_LIMIT or _STATE.search(selector):
        return False
    last = names[-1]
    shown = any(
        last in other and other != prelude and re.search(rf"[#.]{re.escape(last)}(?![\w-])", other)
        for other, _ in bodies
    )
    return not shown and not any(_names(script.folded.text, last) for script in scripts_of(page))


def _names(script: str, name: str) -> bool:
    return (
        name in script
        and re.search(rf"""[#."' ]{re.escape(name)}["' ,)]""", script) is not None
        and "<style" not in script
    )


def _selected(page: Page, selector: str) -> list[object]:
    try:
        return page.xpath(HTMLTranslator().css_to_xpath(selector, prefix="//"))
    except (SelectorError, etree.XPathError):  # a selector of a newer CSS than cssselect knows hides nothing here
        return []
