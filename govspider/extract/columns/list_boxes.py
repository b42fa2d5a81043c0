"""Empty boxes that wait for a script to put the list in: where one stands, markup beside it may be no list."""

from __future__ import annotations

import re

from govspider.extract.columns.list_words import mentions, word_set
from govspider.extract.columns.outline import Node, outline_of
from govspider.extract.document.page import Page

_BOXES = frozenset({"ul", "ol", "tbody", "div", "table", "section", "dl"})
_LIST_BOXES = frozenset({"ul", "ol", "tbody"})
_REPEATS = frozenset({"v-for", "ms-repeat", "ng-repeat", ":ms-for"})
_CONTENT = ("img", "iframe", "object", "embed", "video", "input", "canvas", "script", "a")


def has_unfilled_box(page: Page) -> bool:
    """True when the main part holds an empty list box, template rows, or an empty box that a loading script names."""
    outline = page.once(outline_of)
    empty = [
        number
        for number, (first, last) in enumerate(zip(outline.firsts, outline.lasts, strict=True))
        if first == last and outline.tags[number] in _BOXES and outline.elements[number].attrib
    ]
    boxes = outline.nodes_of([*empty, *outline.carriers(_REPEATS)])
    return any(_stands_in_main_part(node) and _is_unfilled(page, node) for node in boxes)


def _loaders(page: Page) -> str:
    """The scripts that load something, joined. Ask through `page.once(_loaders)`."""
    texts = [script.text or "" for _, script in page.once(outline_of).scripts]
    return "\n".join(text for text in texts if mentions("loader_marks", text))


def _stands_in_main_part(node: Node) -> bool:
    return not node.region and not node.hidden


def _is_unfilled(page: Page, node: Node) -> bool:
    if not _REPEATS.isdisjoint(node.attributes):
        return True
    if any(next(node.element.iter(tag), None) is not None for tag in _CONTENT):
        return False
    identity, names = node.attributes.get("id", ""), node.names
    if names & (word_set("frame_box_tokens") | word_set("side_arrays")):
        return False
    if node.tag in _LIST_BOXES and names & word_set("list_box_tokens"):
        return True
    return bool(identity) and re.search(rf"['\"#]{re.escape(identity)}\b", page.once(_loaders)) is not None
