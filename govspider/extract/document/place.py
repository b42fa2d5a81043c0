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


class Places:
    """Places of elements that are asked for one by one: what stands around them is looked at once."""

    def __init__(self) -> None:
        self._known: dict[HtmlElement | None, str | None] = {None: UNPLACED}
        self._steps: dict[HtmlElement, str] = {}

    def of(self, element: HtmlElement | None) -> str | None:
        """Place of an element, None for one that no visitor sees."""
        known, unknown = self._known, []
        while element not in known:
            unknown.append(element)
            element = element.getparent() if element is not None else None
        place = known[element]
        for inner in reversed(unknown):
            place = None if place is None or is_inert(inner) else place_within(place, inner)
            known[inner] = place
        return place

    def short_path(self, element: HtmlElement, steps: int) -> str:
        """The nearest `steps` steps of an element's path, outermost first, as `tag#id.class > tag`."""
        written: list[str] = []
        node: HtmlElement | None = element
        while node is not None and len(written) < steps:
            step = self._steps.get(node)
            if step is None:
                step = self._steps[node] = _step(node)
            written.append(step)
            node = node.getparent()
        return " > ".join(reversed(written))


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


def _step(element: HtmlElement) -> str:
    identity = (element.get("id") or "").strip()[:40]
    classes = (element.get("class") or "").split()[:2]
    return f"{element.tag}{'#' + identity if identity else ''}{''.join('.' + name[:40] for name in classes)}"
