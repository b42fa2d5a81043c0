"""Where on a page something stands: header, navigation, main, footer, or not told by the markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from lxml.html import HtmlElement

from govspider.extract.document.page import Page
from govspider.extract.lexicons import read_lexicon

UNPLACED = "unplaced"
_ORDER = ("footer", "navigation", "header", "main")
# a block keeps its place unless one of these begins inside it: pages wrap everything in a "main"
# and give list blocks a "head", while a menu or a footer is called so wherever it stands
_MAY_BEGIN_IN = {
    UNPLACED: frozenset(_ORDER),
    "main": frozenset(("footer", "navigation")),
    "header": frozenset(("footer", "navigation")),
    "navigation": frozenset(("footer",)),
    "footer": frozenset[str](),
}


class _Signs(NamedTuple):
    elements: frozenset[str]
    tokens: frozenset[str]
    starts: tuple[str, ...]
    ends: tuple[str, ...]


@cache
def _signs() -> dict[str, _Signs]:
    places: dict[str, Any] = read_lexicon("links")["places"]
    return {
        name: _Signs(frozenset(sign["elements"]), frozenset(sign["tokens"]), tuple(sign["starts"]), tuple(sign["ends"]))
        for name, sign in places.items()
    }


@lru_cache(maxsize=4096)
def _announced(tag: str, names: str) -> str:
    """Place that an element announces by its tag, id and classes; 'unplaced' when it announces none."""
    tokens = names.lower().split()
    for place in _ORDER:
        sign = _signs()[place]
        if tag in sign.elements or any(_is_sign(token, sign) for token in tokens):
            return place
    return UNPLACED


def _is_sign(token: str, sign: _Signs) -> bool:
    return token in sign.tokens or token.startswith(sign.starts) or token.endswith(sign.ends)


def placed_elements(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """Every live element of a page with its place, parents before children, in one pass.

    Left out is what no visitor sees: elements such as `<noscript>` and all that stands in them.
    """
    return _placed(page.xpath("//*"), UNPLACED)


def placed_within(root: HtmlElement, outer: str) -> Iterator[tuple[HtmlElement, str]]:
    """The same for one element and what stands in it, its parent standing in `outer`."""
    return _placed(root.iter("*"), outer)


def is_inert(element: HtmlElement) -> bool:
    """True for an element that no visitor sees, nor what stands in it."""
    return element.tag in _inert()


@cache
def _inert() -> frozenset[str]:
    return frozenset(read_lexicon("links")["inert_elements"])


def _placed(nodes: Iterable[HtmlElement], outermost: str) -> Iterator[tuple[HtmlElement, str]]:
    places: dict[HtmlElement | None, str | None] = {}
    inert = _inert()
    for node in nodes:
        outer = places.get(node.getparent(), outermost)
        if outer is None or node.tag in inert:
            places[node] = None
            continue
        place = place_within(outer, node)
        places[node] = place
        yield node, place


def place_within(outer: str, element: HtmlElement) -> str:
    """Place of an element whose parent stands in `outer`."""
    names = f"{element.get('id') or ''} {element.get('class') or ''}"
    announced = _announced(str(element.tag), names)
    return announced if announced in _MAY_BEGIN_IN[outer] else outer


def short_path(element: HtmlElement, steps: int) -> str:
    """The nearest `steps` steps of an element's path, outermost first, as `tag#id.class > tag`."""
    written: list[str] = []
    node: HtmlElement | None = element
    while node is not None and len(written) < steps:
        written.append(_step(node))
        node = node.getparent()
    return " > ".join(reversed(written))


def _step(element: HtmlElement) -> str:
    identity = (element.get("id") or "").strip()[:40]
    classes = (element.get("class") or "").split()[:2]
    return f"{element.tag}{'#' + identity if identity else ''}{''.join('.' + name[:40] for name in classes)}"
