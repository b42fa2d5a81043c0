"""Elements that the page's own `<style>` blocks hide, and those that only a widget's rules do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cssselect import HTMLTranslator, SelectorError
from lxml import etree

from govspider.extract.document.hiding import declarations, hiding_rules, technique_of_style
from govspider.extract.document.page import Page
from govspider.extract.document.scripts_of_page import scripts_of

_STYLE = re.compile(r"<style\b[^>]{0,300}>", re.IGNORECASE)
_STYLE_END = re.compile(r"</style", re.IGNORECASE)
_HINT = re.compile(r"none|hidden|-\d{2}|\d{4}|indent|clip|scale|opacity|:\s*\.?[01](?:px|em|%)?\s*[;!]|\\")
_NAME = re.compile(r"[#.]([\w-]+)")
# states that a visitor brings about: what they hide or show is a widget
_STATE = re.compile(r":(?:hover|focus|active|target|checked|not|before|after|first|last|nth|only)")
_SELECTOR_LIMIT = 200


class _Rule(NamedTuple):
    """One rule of a style sheet: what stands before its brace, and what it declares."""

    prelude: str
    body: str


def hidden_by_style(page: Page, names: frozenset[str]) -> dict[object, str]:
    """Elements that an in-page style rule hides, with the technique. Media blocks and states are passed over.

    Parameters: `names` ids and classes that matter: only rules that name one of them are read.
    A rule whose class another rule shows again, or that a script of the page names, belongs
    to a widget and hides nothing for good.
    """
    found: dict[object, str] = {}
    for selector, technique in _hiding_rules(page, names):
        for element in _selected(page, selector):
            found.setdefault(element, technique)
    return found


def style_text(page: Page) -> str:
    """Text of all style blocks, those that a script writes included, as far as hiding.yaml allows."""
    return page.once(_styles)[0]


def style_size(page: Page) -> tuple[int, int]:
    """Characters and rules of all style blocks of the page, whether read or not."""
    return page.once(_styles)[1:]


def _styles(page: Page) -> tuple[str, int, int]:
    """What is read of the style blocks, and how many characters and rules there are."""
    parts: list[str] = []
    size = rules = 0
    limit = hiding_rules().limits["style_text"]
    written = [script.folded.text for script in scripts_of(page) if "<style" in script.folded.text]
    for source in [page.text, *written]:
        for start, end in _blocks(source):
            if size <= limit:
                parts.append(source[start : min(end, start + limit)])
            size += end - start
            rules += source.count("}", start, end)
    return _without_comments("\n".join(parts)[:limit]), size, rules


def _blocks(source: str) -> Iterator[tuple[int, int]]:
    """Start and end of every style block; the last one may stay open."""
    place = 0
    while (opening := _STYLE.search(source, place)) is not None:
        closing = _STYLE_END.search(source, opening.end())
        place = closing.end() if closing else len(source)
        yield opening.end(), closing.start() if closing else len(source)


def _without_comments(css: str) -> str:
    """The sheet without its comments; an open one ends it."""
    if "/*" not in css:
        return css
    pieces = css.split("/*")
    return pieces[0] + "".join(piece.partition("*/")[2] for piece in pieces[1:])


def _rules(css: str) -> Iterator[_Rule]:
    """Rules of a sheet in order, those inside of media blocks left out; broken ones are passed over."""
    depth = 0
    for piece in css.split("}")[: hiding_rules().limits["style_rules_read"]]:
        prelude, brace, body = piece.rpartition("{")
        opened = piece.count("{")
        if brace and depth + opened == 1:
            # a statement such as @import stands in front of the first rule
            yield _Rule(prelude.rpartition(";")[2].strip(), body)
        depth = max(depth + opened - 1, 0)


def _hiding_rules(page: Page, names: frozenset[str]) -> Iterator[tuple[str, str]]:
    css = style_text(page)
    wanted = names.intersection(_NAME.findall(css)) if css else ()
    if not wanted:
        return
    rules = list(_rules(css))
    left = hiding_rules().limits["style_rules"]
    for rule in rules:
        if not any(name in rule.prelude for name in wanted) or not _HINT.search(rule.body.lower() + ";"):
            continue
        if not names.intersection(_NAME.findall(rule.prelude)):
            continue
        technique = technique_of_style(declarations(rule.body))
        if technique is None or technique in hiding_rules().needs_word:
            continue
        for selector in rule.prelude.split(",")[:10]:
            if left <= 0:
                return
            left -= 1
            if _hides_for_good(selector.strip(), rule, rules, page):
                yield selector.strip(), technique


def _hides_for_good(selector: str, rule: _Rule, rules: list[_Rule], page: Page) -> bool:
    names = _NAME.findall(selector)
    if not names or len(selector) > _SELECTOR_LIMIT or _STATE.search(selector):
        return False
    last = re.compile(rf"[#.]{re.escape(names[-1])}(?![\w-])")
    shown = any(
        names[-1] in other.prelude and other.prelude != rule.prelude and last.search(other.prelude) for other in rules
    )
    return not shown and not any(_names(script.folded.text, names[-1]) for script in scripts_of(page))


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
