"""Menus of a page: rows of links of one shape, and what hangs below them.

The main menu is the row that 首页 stands in, or the first block that calls itself a menu.
Its links are the first level. Sites that show everything at once have no readable first level,
and no level is then claimed: a wrong "first level" would count against a site.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, takewhile
from typing import Any

from lxml.html import HtmlElement

from govspider.extract.columns.column_addresses import column_name, is_home_name
from govspider.extract.document.link_names import link_name, seen_texts
from govspider.extract.lexicons import read_lexicon

_Shape = tuple[str, ...]
_ANCHORS_OF_A_MENU = 400
_SHAPE_STEPS = 12
_FIRST_LINKS_TRIED = 6


@dataclass(frozen=True, slots=True)
class MenuLink:
    """One link of a menu: its element, its level (None = not told) and the name it hangs below."""

    anchor: HtmlElement
    level: int | None
    parent: str


@dataclass(frozen=True, slots=True)
class Menu:
    """A row of links: one of them, the block they stand in, and whether the row can tell the first level."""

    first: HtmlElement
    row: HtmlElement
    tells_levels: bool


@cache
def _lexicon() -> dict[str, Any]:
    return read_lexicon("navigation")


def anchors_of(block: HtmlElement) -> list[HtmlElement]:
    """First anchors with an address in a block, in document order."""
    return list(islice((node for node in block.iterdescendants("a") if node.get("href")), _ANCHORS_OF_A_MENU))


def climb(node: HtmlElement) -> Iterator[HtmlElement]:
    """The nearest ancestors of a node, inner first, never beyond the body."""
    for ancestor in islice(node.iterancestors(), int(_lexicon()["climb"])):
        if ancestor.tag in ("body", "html"):
            return
        yield ancestor


def in_breadcrumb(node: HtmlElement) -> bool:
    """True in a trail such as 当前位置：首页 > 新闻, which names columns but is no menu."""
    for ancestor in islice(climb(node), 3):
        tokens = f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}".lower().split()
        if any(token in _lexicon()["breadcrumb_tokens"] for token in tokens):
            return True
        beginning = "".join(islice(seen_texts(ancestor), 3)).replace(" ", "")
        if any(word in beginning for word in _lexicon()["breadcrumb_words"]):
            return True
    return False


def find_row(anchor: HtmlElement, within: Sequence[HtmlElement] | None = None) -> HtmlElement | None:
    """The block in which links of the same shape as `anchor` make a row; None when there is none near.

    Parameters: `anchor` one link of the row; `within` the blocks to look in, None = its ancestors.
    """
    for block in within if within is not None else climb(anchor):
        named = [link for link in anchors_of(block) if _may_be_in_row(link)]
        shape = _shape(anchor, block)
        if sum(_shape(link, block) == shape for link in named) >= int(_lexicon()["menu_size"]):
            return block
    return None


def _may_be_in_row(link: HtmlElement) -> bool:
    name = link_name(link)
    return column_name(name) is not None or is_home_name(name)


def _shape(anchor: HtmlElement, block: HtmlElement) -> _Shape:
    """Tags on the way from a block down to a link."""
    steps: list[str] = []
    for node in (anchor, *islice(anchor.iterancestors(), _SHAPE_STEPS)):
        if node is block:
            break
        steps.append(str(node.tag))
    return tuple(reversed(steps))


def row_of_block(block: HtmlElement) -> Menu | None:
    """The row of a block that calls itself a menu, or of the menu that it drops down from.

    Only a row that begins with the block's first link can tell first-level columns: a later row
    may as well be what hangs below that first link.
    """
    entry = next((node for node in climb(block) if node.tag in ("li", "dl")), None)
    if entry is not None:
        head = next((anchor for anchor in anchors_of(entry)[:1] if _may_be_in_row(anchor)), None)
        row = find_row(head) if head is not None else None
        return Menu(head, row, block not in head.iterancestors()) if head is not None and row is not None else None
    named = [anchor for anchor in anchors_of(block) if _may_be_in_row(anchor)]
    for anchor in named[:_FIRST_LINKS_TRIED]:
        row = find_row(anchor, [*takewhile(lambda node: node is not block, anchor.iterancestors()), block])
        if row is not None:
            return Menu(anchor, row, anchor is named[0])
    return None


def read_menu(menu: Menu) -> list[MenuLink]:
    """Links of a menu with their levels: those shaped like the first are level 1, others below the one before them."""
    row = menu.row
    shape = _shape(menu.first, row)
    anchors = anchors_of(row)
    heads = [link for link in anchors if _shape(link, row) == shape]
    if not menu.tells_levels or len(heads) > int(_lexicon()["first_level_limit"]):
        return [MenuLink(link, None, "") for link in anchors]
    return _levelled(row, anchors, set(heads))


def _levelled(row: HtmlElement, anchors: Sequence[HtmlElement], heads: set[HtmlElement]) -> list[MenuLink]:
    found: list[MenuLink] = []
    head_item: HtmlElement | None = None
    parent = ""
    items = {anchor: _item_of(anchor, row) for anchor in anchors}
    heads_of_item = Counter(items[head] for head in heads)
    for anchor in anchors:
        item = items[anchor]
        if anchor in heads:
            head_item, parent = item, column_name(link_name(anchor)) or ""
            found.append(MenuLink(anchor, 1, ""))
        elif item is head_item and heads_of_item[item] == 1:
            found.append(MenuLink(anchor, 2, parent))
        else:
            found.append(MenuLink(anchor, None, ""))
    return found


def _item_of(anchor: HtmlElement, row: HtmlElement) -> HtmlElement:
    """The child of the row that a link stands in."""
    item = anchor
    for ancestor in anchor.iterancestors():
        if ancestor is row:
            break
        item = ancestor
    return item
