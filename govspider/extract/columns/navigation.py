"""Columns that a page points to: in its menus, its site map, its home page blocks and its page tags.

What is found here is fetched and read as a column, so what is surely none is left out:
articles, documents, functions, other hosts. The spider asks for columns by this list where the
registry names none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from govspider.extract.columns.column_addresses import (
    column_address,
    column_name,
    has_column_shape,
    is_home_name,
    is_more,
    is_site_map_name,
    looks_like_site_map,
    same_column,
)
from govspider.extract.columns.menus import Menu, MenuLink, climb, find_row, in_breadcrumb, read_menu, row_of_block
from govspider.extract.document.address import browser_address, clean
from govspider.extract.document.hosts import host_of, site_key
from govspider.extract.document.link_names import link_name, seen_texts
from govspider.extract.document.page import Page
from govspider.extract.document.place import placed_elements
from govspider.extract.lexicons import read_lexicon
from govspider.items import ColumnCandidate

NAVIGATION = "navigation"
SITE_MAP = "site_map"
HOME_BLOCK = "home_block"
ADDRESS = "address"
PAGE_TAGS = "page_tags"


@dataclass(slots=True)
class _Anchors:
    """Links of a page in document order, with their place and the blocks that call themselves menus."""

    order: dict[HtmlElement, int] = field(default_factory=dict)
    places: dict[HtmlElement, str] = field(default_factory=dict)
    menu_blocks: list[HtmlElement] = field(default_factory=list)


@dataclass(slots=True)
class _Finds:
    """Candidates by address; the first who names a column names it, its place in the page orders it."""

    page: Page
    order: dict[HtmlElement, int]
    found: dict[str, tuple[int, ColumnCandidate]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)

    def add(
        self, anchor: HtmlElement, name: str | None, source: str, level: int | None = None, parent: str = ""
    ) -> None:
        url = column_address(self.page, anchor.get("href") or "")
        if name is None or url is None or same_column(url) in self.known:
            return
        self.known.add(same_column(url))
        self.found[url] = self.order.get(anchor, len(self.order)), ColumnCandidate(name, url, level, source, parent)

    def add_page_itself(self, name: str) -> None:
        self.found[self.page.url] = len(self.order), ColumnCandidate(name, self.page.url, None, PAGE_TAGS)


def find_columns(page: Page) -> tuple[ColumnCandidate, ...]:
    """Columns of the page's own site that the page points to, in document order, one per address.

    `source` is navigation (menus; level 1 in the main menu, 2 below it, None where the page does
    not tell), site_map, home_block (a 更多 link, named after its block), address (a short name
    at an address that content systems give to columns) or page_tags (ColumnName).
    """
    return page.once(_find_columns)


def find_site_map(page: Page) -> str | None:
    """Address of the site map (网站地图, 站点地图) on the page's own site; None when the page names none."""
    return page.once(_find_site_map)


def _find_site_map(page: Page) -> str | None:
    for anchor in page.once(_survey).order:
        if is_site_map_name(link_name(anchor)):
            raw = clean(anchor.get("href") or "")
            url = None if raw.startswith("#") else browser_address(page.base_url, raw, page.encoding)
            if url is not None and site_key(host_of(url)) == site_key(page.host):
                return url
    return None


def _find_columns(page: Page) -> tuple[ColumnCandidate, ...]:
    anchors = page.once(_survey)
    finds = _Finds(page, anchors.order)
    finds.known.update(same_column(url) for url in (page.url, find_site_map(page)) if url)
    for link in _menu_links(page, anchors):
        finds.add(link.anchor, column_name(link_name(link.anchor)), NAVIGATION, link.level, link.parent)
    if _is_site_map(page):
        _add_site_map(finds, anchors)
    _add_home_blocks(finds, anchors)
    _add_by_address(finds, anchors)
    _add_page_tags(finds, anchors)
    return tuple(candidate for _, candidate in sorted(finds.found.values(), key=lambda pair: pair[0]))


@cache
def _lexicon() -> dict[str, Any]:
    return read_lexicon("navigation")


def _survey(page: Page) -> _Anchors:
    anchors = _Anchors()
    in_menu: set[HtmlElement] = set()
    for node, place in placed_elements(page):
        if len(anchors.order) == int(_lexicon()["anchors_read"]):
            break
        if node.tag == "a" and node.get("href"):
            anchors.order[node] = len(anchors.order)
            anchors.places[node] = place
        elif place == "navigation":
            if node.getparent() not in in_menu:
                anchors.menu_blocks.append(node)
            in_menu.add(node)
    return anchors


def _menu_links(page: Page, anchors: _Anchors) -> Iterator[MenuLink]:
    """Links of all menus; only the first that leads to columns of this site, the main one, has levels."""
    main_is_read = False
    for menu in _menus(anchors):
        links = read_menu(menu)
        own = [link for link in links if column_address(page, link.anchor.get("href") or "")]
        if main_is_read or len(own) < int(_lexicon()["own_links_of_main_menu"]):
            yield from (MenuLink(link.anchor, None, link.parent) for link in links)
        else:
            main_is_read = True
            yield from links


def _menus(anchors: _Anchors) -> Iterator[Menu]:
    """Menus with 首页 first, then blocks that call themselves menus; each row once."""
    rows: set[HtmlElement] = set()
    for menu in (*_menus_with_home(anchors), *_menus_by_name(anchors)):
        if menu.row not in rows:
            rows.add(menu.row)
            yield menu


def _menus_with_home(anchors: _Anchors) -> Iterator[Menu]:
    tried = 0
    for anchor, place in anchors.places.items():
        if place == "footer" or not is_home_name(link_name(anchor)) or in_breadcrumb(anchor):
            continue
        row = find_row(anchor)
        if row is not None:
            yield Menu(anchor, row, tells_levels=True)
        tried += 1
        if tried == int(_lexicon()["menus_tried"]):
            return


def _menus_by_name(anchors: _Anchors) -> Iterator[Menu]:
    for block in anchors.menu_blocks[: int(_lexicon()["menus_tried"])]:
        menu = row_of_block(block)
        if menu is not None and not in_breadcrumb(menu.first):
            yield menu


def _is_site_map(page: Page) -> bool:
    names = (page.title, page.meta("ColumnName") or "")
    named = any(word in name for name in names for word in _lexicon()["site_map_names"])
    return named or looks_like_site_map(page.url)


def _add_site_map(finds: _Finds, anchors: _Anchors) -> None:
    for anchor, place in anchors.places.items():
        if place not in ("footer", "header", "navigation"):
            finds.add(anchor, column_name(link_name(anchor)), SITE_MAP, parent=_name_above(anchor))


def _name_above(anchor: HtmlElement) -> str:
    """Name of the entry that a site map entry hangs below: the link, or heading, before its list."""
    own_list = next((node for node in climb(anchor) if node.tag in ("ul", "ol", "dd", "p", "td")), None)
    before = own_list.getprevious() if own_list is not None else None
    if before is None and own_list is not None and own_list.getparent() is not None:
        text = own_list.getparent().text or ""
        return column_name(text) or ""
    if before is None or not isinstance(before.tag, str):
        return ""
    return column_name("".join(seen_texts(before))) or ""


def _add_home_blocks(finds: _Finds, anchors: _Anchors) -> None:
    more = (node for node, place in anchors.places.items() if place != "footer" and is_more(link_name(node)))
    for anchor in islice(more, int(_lexicon()["more_links_tried"])):
        finds.add(anchor, _block_name(anchor), HOME_BLOCK)


def _block_name(more: HtmlElement) -> str | None:
    """Heading of the block that a 更多 link stands in; None when it has none or several."""
    titled = column_name(more.get("title") or "")
    if titled is not None and not is_more(titled):
        return titled
    for block in climb(more):
        inside = islice(block.iterdescendants(), int(_lexicon()["block_nodes"]))
        headings = [node for node in inside if _is_heading(node) and not _holds(node, more)]
        names = [name for name in (column_name("".join(seen_texts(node))) for node in headings) if name]
        pieces = [piece for piece in map(column_name, seen_texts(block)) if piece and not is_more(piece)]
        if len(set(names)) == 1:
            return names[0]
        if names or len(set(pieces)) > 1:
            return None
        if pieces:
            return pieces[0]
    return None


def _is_heading(node: HtmlElement) -> bool:
    if not isinstance(node.tag, str):
        return False
    tokens = f"{node.get('class') or ''} {node.get('id') or ''}".lower().split()
    return node.tag in _lexicon()["heading_elements"] or any(word in _lexicon()["heading_tokens"] for word in tokens)


def _holds(node: HtmlElement, inner: HtmlElement) -> bool:
    return any(ancestor is node for ancestor in climb(inner))


def _add_by_address(finds: _Finds, anchors: _Anchors) -> None:
    for anchor, place in anchors.places.items():
        url = column_address(finds.page, anchor.get("href") or "")
        if place != "footer" and url is not None and has_column_shape(url):
            finds.add(anchor, column_name(link_name(anchor)), ADDRESS)


def _add_page_tags(finds: _Finds, anchors: _Anchors) -> None:
    """ColumnName of a column or article page: the link of that name, else a column page itself."""
    page = finds.page
    name = column_name(page.meta("ColumnName") or "")
    if name is None:
        return
    for anchor in anchors.order:
        if link_name(anchor) == name:
            finds.add(anchor, name, PAGE_TAGS)
    if page.meta("ArticleTitle") is None and not any(found.name == name for _, found in finds.found.values()):
        finds.add_page_itself(name)
