"""Elements that the page's own `<style>` blocks hide, and those that only a widget's rules do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cssselect import HTMLTranslator, SelectorError
from lxml import etree

from govspider.extract.dark.style_sheets import Rule, style_rules, style_sheets
from govspider.extract.document.hiding import declarations, hiding_rules, technique_of_style
from govspider.extract.document.page import Page
from govspider.extract.document.scripts_of_page import scripts_of

_HINT = re.compile(r"none|hidden|-\d{2}|\d{4}|indent|clip|scale|opacity|:\s*\.?[01](?:px|em|%)?\s*[;!]|\\")
_NAME = re.compile(r"[#.]([\w-]+)")
# states that a visitor brings about: what they hide or show is a widget
_STATE = re.compile(r":(?:hover|focus|active|target|checked|not|before|after|first|last|nth|only)")
_SELECTOR_LIMIT = 200
# searched one by one, which costs more than all at once where there are many
_FEW_NAMES = 60


def hidden_by_style(page: Page, names: frozenset[str]) -> dict[object, str]:
    """Elements that an in-page style rule hides, with the technique. What holds on some screens only is passed over,
    and so are states.

    Parameters: `names` ids and classes that matter: only rules that name one of them are read.
    A rule whose class another rule shows again, or that a script of the page names, belongs
    to a widget and hides nothing for good.
    """
    found: dict[object, str] = {}
    for selector, technique in _hiding_rules(page, names):
        for element in _selected(page, selector):
            found.setdefault(element, technique)
    return found


def _hiding_rules(page: Page, names: frozenset[str]) -> Iterator[tuple[str, str]]:
    wanted = {name for css, _ in style_sheets(page).read for name in _named_in(css, names)}
    if not wanted:
        return
    rules = list(style_rules(page))
    left = hiding_rules().limits["style_rules"]
    for place, rule in enumerate(rules):
        if not rule.holds or not any(name in rule.prelude for name in wanted):
            continue
        if not _HINT.search(rule.body.lower() + ";") or not names.intersection(_NAME.findall(rule.prelude)):
            continue
        style = declarations(rule.body)
        technique = technique_of_style(style)
        if technique is None or technique in hiding_rules().needs_word:
            continue
        for selector in rule.prelude.split(",")[:10]:
            if left <= 0:
                return
            left -= 1
            if _hides_for_good(selector.strip(), style, place, rules, page):
                yield selector.strip(), technique


def _named_in(css: str, names: frozenset[str]) -> frozenset[str]:
    """Those of the ids and classes that a sheet names; most name none, which is seen without taking it apart."""
    if len(names) <= _FEW_NAMES and not any(name in css for name in names):
        return frozenset()
    return names.intersection(_NAME.findall(css))


def _hides_for_good(selector: str, style: Mapping[str, str], place: int, rules: list[Rule], page: Page) -> bool:
    """Whether nothing else in the page's sheets and scripts shows again what one of its rules hides."""
    names = _NAME.findall(selector)
    if not names or len(selector) > _SELECTOR_LIMIT or _STATE.search(selector):
        return False
    last = re.compile(rf"[#.]{re.escape(names[-1])}(?![\w-])")
    for number, other in enumerate(rules):
        if names[-1] not in other.prelude or not last.search(other.prelude):
            continue
        if other.holds and other.prelude != rules[place].prelude:
            return False
        # another width of the window, or the same selector further down, may take the hiding back
        if (not other.holds or number > place) and _undoes(declarations(other.body), style):
            return False
    return not any(_names(script.folded.text, names[-1]) for script in scripts_of(page))


def _undoes(other: Mapping[str, str], style: Mapping[str, str]) -> bool:
    return bool(set(other) & set(style)) and technique_of_style(other) is None


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
