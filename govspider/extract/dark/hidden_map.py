"""Which ancestor hides an element, and whether that ancestor is an ordinary widget."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from lxml.html import HtmlElement

from govspider.extract.dark.script_hiding import ScriptHiding, hidden_by_script
from govspider.extract.dark.style_rules import hidden_by_style
from govspider.extract.dark.written_boxes import written_boxes
from govspider.extract.document.hiding import declarations, hiding_rules, technique_of_tag
from govspider.extract.document.page import Page

_STYLE_START = re.compile(r"<style\b", re.IGNORECASE)
_OWN_ID = re.compile(r"""\bid\s{0,9}=\s{0,9}["']?[^"'\s>]{1,200}["']?""", re.IGNORECASE)
_NAMED = re.compile(r"""(?<=["'#(\s])([^"'#()\s,]{3,200})(?=["'),\s])""")
_PART = re.compile(r"[A-Z]?[a-z]+|\d+")
_DIGITS = "0123456789"
_ANCESTORS_OF_WIDGET = 3
_HIDING_TAGS = ("marquee", "noscript")
_SHORTEST_NAME = 3
_COLOUR = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})\b|rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)")
_COLOUR_NAMES = {"white": (255, 255, 255), "black": (0, 0, 0), "transparent": None, "red": (255, 0, 0)}
_ANCESTORS_OF_COLOUR = 40


@dataclass(frozen=True)
class Hiding:
    """How a link is hidden. `box` identifies the hidden container, `element` is it where the document has it."""

    box: int
    element: HtmlElement | None
    technique: str
    concealed: bool
    start: int | None = None
    """Where the box starts in the page's text, where that is known."""


class HiddenMap:
    """Answers for a page which of some links are hidden; every ancestor is judged once."""

    def __init__(self, page: Page, suspects: Iterable[HtmlElement]) -> None:
        self._page = page
        around = Ancestors()
        self._marked = tuple(one for one in suspects if around.may_hide(one) or may_hide_itself(one))
        self._by_style = hidden_by_style(page, frozenset(around.ids | around.classes))
        selectors = frozenset({f"#{name}" for name in around.ids} | {f".{name}" for name in around.classes})
        self._by_script = hidden_by_script(page, selectors)
        self._boxes = written_boxes(page)
        self._known: dict[HtmlElement, Hiding | None] = {}
        self._ids: Counter[str] | None = None
        self._named: frozenset[str] | None = None

    def hiding_of(self, element: HtmlElement, offset: int | None) -> Hiding | None:
        """The nearest hiding of an element, None when nothing hides it.

        Parameters: `offset` where its tag stands in the page's text, None when not known.
        """
        return self._by_ancestor(element) or self._by_written_box(offset) or _same_colour(element)

    @property
    def doubtful(self) -> tuple[HtmlElement, ...] | None:
        """Those of the links given at the start that may be hidden wherever they stand in the text; None for any."""
        return None if self._by_style or self._by_script else self._marked

    @property
    def needs_offsets(self) -> bool:
        """True when scripts write boxes, which only the place in the text tells."""
        return bool(self._boxes)

    def _by_ancestor(self, element: HtmlElement) -> Hiding | None:
        path: list[HtmlElement] = []
        answer: Hiding | None = None
        current: HtmlElement | None = element
        while current is not None:
            if current in self._known:
                answer = self._known[current]
                break
            path.append(current)
            answer = self._own_hiding(current)
            if answer is not None:
                break
            current = current.getparent()
        for passed in path:
            self._known[passed] = answer
        return answer

    def _own_hiding(self, element: HtmlElement) -> Hiding | None:
        if not isinstance(element.tag, str):
            return None
        by_script = self._script_hiding(element) if self._by_script else None
        if by_script is not None:
            return Hiding(id(element), element, by_script.technique, by_script.concealed)
        technique = technique_of_tag(element.tag, element.attrib)
        if technique is None and element in self._by_style:
            technique = "style_rule"
        return Hiding(id(element), element, technique, False) if technique else None

    def _script_hiding(self, element: HtmlElement) -> ScriptHiding | None:
        """What a script does to an element; a class that looks like a widget's is one."""
        named = self._by_script.get(f"#{element.get('id')}")
        if named is not None or _looks_like_widget(element):
            return named
        classes = (element.get("class") or "").split()
        return next((self._by_script[f".{name}"] for name in classes if f".{name}" in self._by_script), None)

    def _by_written_box(self, offset: int | None) -> Hiding | None:
        if offset is None:
            return None
        for box in self._boxes:
            if box.start <= offset < box.end:
                return Hiding(-1 - box.start, None, box.technique, box.concealed, box.start)
        return None

    def is_widget(self, hiding: Hiding) -> bool:
        """True when the hidden box is a menu, tab, slide or pop-up that a visitor opens."""
        if hiding.technique not in hiding_rules().toggled or hiding.element is None:
            return False
        element: HtmlElement | None = hiding.element
        for _ in range(_ANCESTORS_OF_WIDGET + 1):
            if element is None or element.tag in ("body", "html"):
                break
            if _looks_like_widget(element):
                return True
            element = element.getparent()
        return self._is_numbered_tab(hiding.element) or self._is_named_elsewhere(hiding.element)

    def _is_numbered_tab(self, element: HtmlElement) -> bool:
        """con_one_2 beside con_one_1: the classical tab script."""
        stem = _stem(element.get("id") or "")
        if not stem:
            return False
        if self._ids is None:
            self._ids = Counter(_stem(str(value)) for value in self._page.xpath("//@id"))
        return self._ids[stem] > 1

    def _is_named_elsewhere(self, element: HtmlElement) -> bool:
        """A script or an event handler names the box by its id: it opens it some time."""
        identifier = element.get("id") or ""
        if len(identifier) < _SHORTEST_NAME or f"#{identifier}" in self._by_script:
            return False
        if self._named is None:
            self._named = frozenset(_NAMED.findall(_OWN_ID.sub(" ", _without_styles(self._page.text))))
        return identifier in self._named


def _stem(identifier: str) -> str:
    """A name without the number at its end; '' for one that has none."""
    stem = identifier.rstrip(_DIGITS)
    return stem if len(stem) < len(identifier) else ""


def _without_styles(text: str) -> str:
    """A page's text without its style blocks: a rule that hides a box does not open it."""
    pieces = _STYLE_START.split(text)
    return pieces[0] + " ".join(piece[end:] for piece in pieces[1:] if (end := piece.find("</style")) >= 0)


class Ancestors:
    """Ids and classes of some elements and of all they stand in, and whether an attribute may hide them.

    Parameters: `outside` an element whose own doings, and those of all around it, are left out.
    """

    def __init__(self, outside: HtmlElement | None = None) -> None:
        self.ids: set[str] = set()
        self.classes: set[str] = set()
        self._known: dict[HtmlElement, bool] = {} if outside is None else {outside: False}

    def may_hide(self, element: HtmlElement) -> bool:
        """False where `technique_of_tag` says nothing of an element, nor of anything around it."""
        path: list[HtmlElement] = []
        current: HtmlElement | None = element
        while current is not None and current not in self._known:
            path.append(current)
            current = current.getparent()
        mark = current is not None and self._known[current]
        for passed in reversed(path):
            if identifier := passed.get("id"):
                self.ids.add(identifier)
            if named := passed.get("class"):
                self.classes.update(named.split())
            mark = mark or passed.tag in _HIDING_TAGS or passed.get("style") is not None
            mark = self._known[passed] = mark or passed.get("hidden") is not None
        return mark


def may_hide_itself(link: HtmlElement) -> bool:
    """False for a link that is no frame, and whose text has no colour of its own, as far as no style says so."""
    if link.tag not in ("a", "area") or link.get("color") is not None:
        return True
    return len(link) == 1 and (link[0].get("style") is not None or link[0].get("color") is not None)


def _looks_like_widget(element: HtmlElement) -> bool:
    rules = hiding_rules()
    if element.tag in rules.widget_tags or any(element.get(name) is not None for name in rules.widget_attributes):
        return True
    names = " ".join(element.get(name) or "" for name in ("class", "id", "role"))[:300]
    parts = [part.lower() for part in _PART.findall(names)]
    return any(part.startswith(rules.widget_tokens) and not part.startswith(rules.widget_exceptions) for part in parts)


def _same_colour(element: HtmlElement) -> Hiding | None:
    """A link whose text has the colour of a ground that is named in the page itself."""
    ink = _ink(element)
    if ink is None:
        return None
    ground = _ground(element)
    limit = hiding_rules().thresholds["colour_distance"]
    if ground is None or max(abs(one - other) for one, other in zip(ink, ground, strict=True)) > limit:
        return None
    parent = element.getparent()
    box = element if parent is None else parent
    return Hiding(id(box), box, "colour", False)


def _ink(element: HtmlElement) -> tuple[int, int, int] | None:
    inner = element[0] if len(element) == 1 and isinstance(element[0].tag, str) else None
    for candidate in (inner, element):
        if candidate is None:
            continue
        colour = declarations(candidate.get("style") or "").get("color") or candidate.get("color")
        if colour:
            return _rgb(colour)
    return None


def _ground(element: HtmlElement) -> tuple[int, int, int] | None:
    """Background colour of the nearest ancestor that names one; None when a picture or nothing is named."""
    current = element.getparent()
    for _ in range(_ANCESTORS_OF_COLOUR):
        if current is None or not isinstance(current.tag, str):
            return None
        style = declarations(current.get("style") or "")
        if current.get("background") or "url(" in style.get("background", "") or "background-image" in style:
            return None
        colour = style.get("background-color") or style.get("background") or current.get("bgcolor")
        if colour:
            return _rgb(colour)
        current = current.getparent()
    return None


def _rgb(colour: str) -> tuple[int, int, int] | None:
    lowered = colour.strip().lower()
    if lowered in _COLOUR_NAMES:
        return _COLOUR_NAMES[lowered]
    match = _COLOUR.search(lowered)
    if match is None:
        return None
    if match.group(1):
        digits = match.group(1) if len(match.group(1)) == 6 else "".join(digit * 2 for digit in match.group(1))
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    return int(match.group(2)), int(match.group(3)), int(match.group(4))
