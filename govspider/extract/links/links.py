"""Every link of a page that a visitor, or the rubric, means: pages, images, attachments, frames, styles.

The rubric counts dead links "including images, attachments and external links" (row 可用性 of
国办秘函〔2019〕19号), so addresses are read from all elements that fetch or navigate, once over
the whole document, what stands after `</html>` included.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from lxml.html import HtmlElement

from govspider.extract.document.address import browser_address, clean, scheme_of
from govspider.extract.document.block_memory import digest_of
from govspider.extract.document.hosts import host_of, registrable_domain
from govspider.extract.document.link_names import link_name, shortened
from govspider.extract.document.page import Page
from govspider.extract.document.page_walk import Box, opened, walked
from govspider.extract.document.place import Places, is_inert
from govspider.extract.lexicons import read_lexicon
from govspider.extract.links.link_blocks import Block, Run, kept_runs, keys_of, remembered_block, runs_of
from govspider.extract.links.script_links import script_addresses, style_addresses
from govspider.items import Link, LinkBlock

POST_FORM = "form@action"
"""`element` of a target that takes POST only: recorded, never to be requested."""
GET_FORM = "form[get]@action"
"""`element` of a form that sends its fields in the address: asking for it is what a visitor does."""

_REFRESH = re.compile(r"[\d.]*+\s*+[;,]?\s*+url\s*+=\s*+(?P<quote>[\"']?)(?P<address>.+?)(?P=quote)$", re.I | re.S)
_WHOLE_ADDRESS = re.compile(r"\s*(?:https?:)?//[^\s/]", re.IGNORECASE)
_EXTENSION = re.compile(r"\.([A-Za-z0-9]{1,5})$")
_ROOTED = re.compile(r"\s*(?:/|https?://)", re.IGNORECASE)
_UNNAMED = frozenset(("script", "style", "form", "meta", "link", "body", "table", "tr", "iframe", "frame"))


class _Bounds(NamedTuple):
    links: int
    path_steps: int
    address: int


class _Found(NamedTuple):
    """One address as it stands in an element, before it is resolved."""

    raw: str
    element: str
    kind: str | None = None
    """Kind that the element decides; None = the address decides."""


@dataclass(slots=True)
class _Shelf:
    """Links found so far, each address resolved once, each (address, element, text) kept once.

    `rooted`: True while no address depends on the folder of the page, so the links are the same all over its site.
    """

    page: Page
    places: Places
    links: list[Link] = field(default_factory=list)
    cut: bool = False
    full: bool = False
    rooted: bool = True
    seen: set[tuple[str, str, str]] = field(default_factory=set)
    addresses: dict[str, str | None] = field(default_factory=dict)
    runs: list[Run] = field(default_factory=list)

    def block(self) -> Block:
        return Block(tuple(self.links), self.cut, self.rooted, tuple(self.runs))

    def address_of(self, raw: str) -> str | None:
        if raw not in self.addresses:
            self.addresses[raw] = browser_address(self.page.base_url, raw, self.page.encoding)
        return self.addresses[raw]

    def put(self, found: _Found, node: HtmlElement, place: str) -> None:
        """Keep one address of `node`, unless it is none, is known already, or is beyond the bounds."""
        if not _may_be_link(found.raw):
            return
        if len(found.raw) > _bounds().address:
            self.cut = True
            return
        self.rooted = self.rooted and _ROOTED.match(found.raw) is not None
        url = self.address_of(found.raw)
        text = _text_of(node)
        if url is None or (url, found.element, text) in self.seen:
            return
        kind = found.kind or _kind_by_address(url, self.page.host)
        path = self.places.short_path(node, _bounds().path_steps)
        self.keep(Link(url, found.raw, kind, text, place, path, found.element))

    def keep(self, link: Link) -> bool:
        """Keep a link that is not known yet, within the bounds; True where it was kept."""
        key = (link.url, link.element, link.text)
        if key in self.seen:
            return False
        if len(self.links) >= _bounds().links:
            self.cut = self.full = True
            return False
        self.seen.add(key)
        self.links.append(link)
        return True

    def take(self, block: Block, key: Callable[[], bytes]) -> None:
        """Keep the links of a block that was analysed on its own; `key` tells them from all others."""
        start = len(self.links)
        self.cut = self.cut or block.cut
        self.rooted = self.rooted and block.rooted
        kept = block.without(self.seen & block.names)
        if len(kept) > _bounds().links - start:
            kept = [number for number, link in enumerate(block.links) if self.keep(link)]
        else:
            self.seen |= block.names
            self.links += map(block.links.__getitem__, kept)
        self.runs.extend(kept_runs(runs_of(block, key), kept, start))


def find_links(page: Page) -> tuple[Link, ...]:
    """All links of a page in document order, one per address, element and text.

    Not links: `javascript:`, `mailto:` and other schemes, empty addresses, pure fragments,
    unfilled templates, what no browser could resolve, and what stands in comments or in
    elements such as `<noscript>`. At most `link_limit` (lexicons/links.yaml); see `links_were_cut`.
    """
    return page.once(_survey).links


def links_were_cut(page: Page) -> bool:
    """True when the page holds more links, or longer addresses, than `find_links` returns."""
    return page.once(_survey).cut


def link_blocks(page: Page) -> tuple[LinkBlock, ...]:
    """Which of the links of `find_links` come from blocks that other pages of the site may repeat."""
    return tuple(LinkBlock(run.start, run.links, run.key.hex()) for run in page.once(_survey).runs)


def is_embedded(link: Link) -> bool:
    """True when the page shows or runs the target by itself; every other link leads its visitor there."""
    tag, _, attribute = link.element.partition("@")
    return attribute == "style" or tag in _words("embedding_elements") or (tag == "script" and attribute == "src")


@cache
def _lexicon() -> dict[str, Any]:
    return read_lexicon("links")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(str(word) for word in _lexicon()[name])


@cache
def _template_marks() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _lexicon()["template_marks"])))


@cache
def _bounds() -> _Bounds:
    words = _lexicon()
    return _Bounds(words["link_limit"], words["path_steps"], words["address_limit"])


def _survey(page: Page) -> Block:
    shelf = _Shelf(page, Places())
    _shelve(shelf, page.once(walked).held)
    return shelf.block()


def _shelve(shelf: _Shelf, held: Iterable[HtmlElement | Box]) -> None:
    """Enter the links of what may name addresses.

    Menus and footers repeat over a site, so large elements whose markup was seen before are remembered by what they
    hold. What lies deeper than `block_depth` is read plainly.
    """
    for one in held:
        if shelf.full:
            return
        if not isinstance(one, Box):
            place = shelf.places.of(one)
            if place is not None:
                _put_all(shelf, one, place)
        elif (outer := shelf.places.of(one.element.getparent())) is not None and not is_inert(one.element):
            _take(shelf, one, outer)


def _take(shelf: _Shelf, box: Box, outer: str) -> None:
    """Enter the links of a box, read as they were on another page or here; `outer` is the place around it."""
    page = shelf.page
    if box.digest is not None:
        stands = (outer, shelf.places.short_path(box.element, _bounds().path_steps))
        block, key = remembered_block(page, box.digest, stands, lambda: _read(shelf, box))
        shelf.take(block, lambda: key)
        return
    block = _read(shelf, box)
    shelf.take(block, lambda: _key(shelf, box, outer, block))


def _key(shelf: _Shelf, box: Box, outer: str, block: Block) -> bytes:
    """What tells the links of a box; found where it is asked for, which for the box of a text it is not."""
    stands = (outer, shelf.places.short_path(box.element, _bounds().path_steps))
    anywhere, here = keys_of(shelf.page, digest_of(box.element), stands)
    return anywhere if block.rooted else here


def _read(outer: _Shelf, box: Box) -> Block:
    shelf = _Shelf(outer.page, outer.places)
    _shelve(shelf, opened(outer.page, box))
    return shelf.block()


def _put_all(shelf: _Shelf, node: HtmlElement, place: str) -> None:
    for found in _addresses_in(node):
        shelf.put(found, node, place)


def _addresses_in(node: HtmlElement) -> Iterator[_Found]:
    tag = str(node.tag)
    special = _SPECIAL.get(tag)
    if special is not None:
        yield from special(node)
    yield from _plain_addresses(node, tag)
    style = node.get("style")
    if style:
        for raw, _ in style_addresses(style):
            yield _Found(raw, f"{tag}@style", "image")
    clicked = node.get("onclick")
    if clicked:
        for raw in script_addresses(clicked):
            yield _Found(raw, f"{tag}@onclick")


def _plain_addresses(node: HtmlElement, tag: str) -> Iterator[_Found]:
    for attribute in _lexicon()["address_attributes"].get(tag, ()):
        raw = node.get(attribute)
        if raw is None:
            continue
        if scheme_of(raw) == "javascript":
            for address in script_addresses(clean(raw)[len("javascript:") :]):
                yield _Found(address, f"{tag}@{attribute}")
        else:
            yield _Found(raw, f"{tag}@{attribute}", _kind_by_element(tag, attribute))


def _link_element(node: HtmlElement) -> Iterator[_Found]:
    """`<link>`: only style sheets and icons are fetched; canonical, alternate and the like are statements."""
    relations = set((node.get("rel") or "").lower().split())
    raw = node.get("href")
    if raw is None:
        return
    if relations & _words("style_rel"):
        yield _Found(raw, "link@href", "style")
    elif relations & _words("image_rel"):
        yield _Found(raw, "link@href", "image")


def _refresh(node: HtmlElement) -> Iterator[_Found]:
    if (node.get("http-equiv") or "").strip().lower() == "refresh":
        found = _REFRESH.match((node.get("content") or "").strip())
        if found:
            yield _Found(found["address"], "meta@content")


def _option(node: HtmlElement) -> Iterator[_Found]:
    """An entry of a drop-down list of friendly links; other options hold values, not addresses."""
    value = node.get("value") or ""
    if _WHOLE_ADDRESS.match(value):
        yield _Found(value, "option@value")


def _form(node: HtmlElement) -> Iterator[_Found]:
    method = (node.get("method") or "get").strip().lower()
    raw = node.get("action")
    if raw is not None:
        yield _Found(raw, POST_FORM if method == "post" else GET_FORM, "page")


def _script(node: HtmlElement) -> Iterator[_Found]:
    if (node.get("type") or "").strip().lower() in _words("script_types"):
        for raw in script_addresses(node.text or ""):
            yield _Found(raw, "script@text")


def _style_element(node: HtmlElement) -> Iterator[_Found]:
    for raw, imported in style_addresses(node.text or ""):
        kind = "style" if imported or _extension(raw) in _words("style_extensions") else "image"
        yield _Found(raw, "style@text", kind)


_SPECIAL = {
    "link": _link_element,
    "meta": _refresh,
    "option": _option,
    "form": _form,
    "script": _script,
    "style": _style_element,
}


def _may_be_link(raw: str) -> bool:
    """False for nothing, a pure fragment, another scheme than http(s), and an unfilled template."""
    cleaned = clean(raw)
    if not cleaned or cleaned.startswith("#"):
        return False
    if _template_marks().search(cleaned):
        return False
    return scheme_of(cleaned) in ("", "http", "https")


def _kind_by_element(tag: str, attribute: str) -> str | None:
    if tag == "script":
        return "script"
    if tag in _words("image_elements") or attribute in _words("image_attributes"):
        return "image"
    return None


def _extension(url: str) -> str:
    found = _EXTENSION.search(url.partition("?")[0].partition("#")[0])
    return found.group(1).lower() if found else ""


def _kind_by_address(url: str, page_host: str) -> str:
    """Image by extension, external by registrable domain, attachment by the extension of path or query."""
    path, _, query = url.partition("?")
    extension = _extension(path)
    if extension in _words("image_extensions"):
        return "image"
    if registrable_domain(host_of(url)) != registrable_domain(page_host):
        return "external"
    named_in_query = _EXTENSION.search(query)
    if extension in _words("attachment_extensions"):
        return "attachment"
    if named_in_query and named_in_query.group(1).lower() in _words("attachment_extensions"):
        return "attachment"
    return "page"


def _text_of(node: HtmlElement) -> str:
    """Words that name a link; what stands inside a form, a body or a frame does not name its address."""
    return shortened(node.get("title") or "") if node.tag in _UNNAMED else link_name(node)
