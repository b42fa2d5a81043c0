"""Whether a page says by itself that its list is empty: words in the main part that everyone sees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govspider.extract.columns.list_standing import column_names, is_titled, stands_beside
from govspider.extract.columns.list_words import any_of, mentions, pattern, tokens_of, word_set, words
from govspider.extract.columns.outline import Node, Outline, outline_of
from govspider.extract.columns.page_kinds import empty_application, fields_of, page_wide, template_mark
from govspider.extract.document.enclosed import insides
from govspider.extract.document.page import Page

_LOADER_ANCESTORS = 4
_HEADED_ANCESTORS = 2
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HEADING_TEXT = 40
_STYLE, _STYLE_END = re.compile(r"<style[^>]{0,1000}>", re.I), re.compile(r"</style>", re.I)


def blank_words(page: Page) -> str:
    """The words by which a visible part of the main region says that there is nothing, '' when none does."""
    return next((text for _, text in _empty_words(page)), "")


def blank_under_name(page: Page) -> str:
    """Words of emptiness that stand right under the column's own name, '' when none do: its list would stand there."""
    outline = page.once(outline_of)
    for place, text in _empty_words(page):
        before = outline.text_before(place, _HEADING_TEXT)
        if is_titled(before, page.once(column_names)):
            return text
    return ""


def _empty_words(page: Page) -> Iterator[tuple[int, str]]:
    """Place and text of each part of the main region that says there is nothing."""
    outline = page.once(outline_of)
    searched = bool(fields_of(outline))
    for place, number, text in page.once(_spoken):
        if len(text) <= int(words("blank_length")):
            owner = outline.node(number)
            if searched and any_of("search_words").search(text):
                continue  # a search that found nothing says nothing of the column
            shown = not owner.hidden and not _hidden_by_style(page, outline, owner)
            if not shown or not _in_main(outline, owner) or _of_another_block(page, outline, owner, place):
                continue
            if not _filled_by_script(page, outline, owner):
                yield place, text


def _spoken(page: Page) -> list[tuple[int, int, str]]:
    """Texts of the page that say that there is nothing, and pictures that stand for such words."""
    outline = page.once(outline_of)
    found = []
    worded = outline.numbers_with(pattern("blank_pattern"), any_of("blank_hints"))
    numbers = {*outline.numbers_with(any_of("blank_words")), *worded}
    for piece in map(outline.piece, sorted(numbers)):
        found.append((piece.start, piece.node, piece.text))
    for node in outline.tagged("img"):
        if (alt := node.attributes.get("alt", "").strip()) and _says_nothing(alt):
            found.append((node.start, node.index, alt))
    return found


def _says_nothing(text: str) -> bool:
    return any_of("blank_words").search(text) is not None or pattern("blank_pattern").search(text) is not None


def _style_rules(page: Page) -> str:
    """The style sheets written into the page. Ask through `page.once(_style_rules)`."""
    return " ".join(insides(page.text, _STYLE, _STYLE_END))


def _hidden_by_style(page: Page, outline: Outline, owner: Node) -> bool:
    """True when a class around the words is one that hides, by its name or by a rule in the page."""
    rules = page.once(_style_rules)
    for node in (owner, *list(outline.ancestors(owner.index))[:_LOADER_ANCESTORS]):
        names = node.attributes.get("class", "")
        if "hidden" in node.attributes or tokens_of(names) & word_set("hiding_tokens"):
            return True
        for name in names.split():
            if re.search(rf"\.{re.escape(name)}\s*\{{[^}}]*display\s*:\s*none", rules):
                return True
    return False


def _in_main(outline: Outline, owner: Node) -> bool:
    if owner.region:
        return False
    around = (owner, *outline.ancestors(owner.index))
    return all(
        node.tag != "label"
        and not (node.tag == "form" and not page_wide(outline, node))
        and not (node.tag == "a" and _leads_on(node))
        for node in around
    )


def _of_another_block(page: Page, outline: Outline, owner: Node, place: int) -> bool:
    """True when the words stand beside the main part, or under a heading that is not the column's name."""
    if stands_beside(outline, owner):
        return True
    for around in list(outline.ancestors(owner.index))[:_HEADED_ANCESTORS]:
        # a heading inside of another block is that block's
        inside = [node for node in outline.tagged(*_HEADINGS) if node.parent == around.index and node.start < place]
        if inside:
            heading = outline.text_of(max(inside, key=lambda node: node.start))
            return bool(heading) and not is_titled(heading, page.once(column_names))
    return False


def _leads_on(link: Node) -> bool:
    href = link.attributes.get("href", "").strip().lower()
    return bool(href) and not href.startswith(("#", "javascript:"))


def _filled_by_script(page: Page, outline: Outline, owner: Node) -> bool:
    """True when a loading script names an element around the words: they may be what stands there before loading."""
    if template_mark(page) or empty_application(outline):
        return True
    scripts = [script.text for _, script in outline.scripts if script.text]
    loaders = [text for text in scripts if mentions("loader_marks", text)]
    around = (owner, *list(outline.ancestors(owner.index))[:_LOADER_ANCESTORS])
    called = {name for node in around if (name := node.attributes.get("id", "").strip())}
    if any(re.search(rf"\(\s*['\"]#?{re.escape(name)}['\"]", text) for text in scripts for name in called):
        return True
    names = [name for node in around for name in _names_of(node)]
    return any(re.search(rf"['\"#.]{re.escape(name)}\b", text) for text in loaders if text for name in names)


def _names_of(node: Node) -> list[str]:
    names = (node.attributes.get("id", "").strip(), *node.attributes.get("class", "").split())
    return [name for name in names if name]
