"""The texts of a page that its editors wrote: title, headings, paragraphs, titles of lists; no menus and footers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from govspider.extract.columns.outline import Node, Outline
from govspider.extract.columns.regions import FRAME_REGIONS, placed_outline
from govspider.extract.document.page import Page
from govspider.extract.lexicons import read_lexicon
from govspider.extract.wording.near_miss import BREAK
from govspider.extract.wording.rules import simplified

# elements that do not end a line of text
_INLINE = frozenset(
    {"span", "b", "strong", "i", "em", "u", "font", "sub", "sup", "ins", "mark", "small", "big", "label", "abbr", "wbr"}
)
# quotation marks and blanks say nothing about how a phrase is spelt
_UNSPELT = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad“”‘’\"'「」『』]+")
_UNSPELT_ONE = re.compile(_UNSPELT.pattern[:-1])


@dataclass(frozen=True, slots=True)
class WrittenText:
    """One stretch of text as it stands. `place` is 标题, 正文 or 列表; `href` the link it stands in, None for none."""

    text: str
    place: str
    href: str | None = None
    path: str = ""


@dataclass(frozen=True)
class FoldedTexts:
    """All texts of a page in one string to search: blanks and quotation marks dropped, characters simplified."""

    units: tuple[WrittenText, ...]
    folded: str
    starts: tuple[int, ...]
    """Where each unit begins in `folded`."""
    cut: bool
    """True where the page holds more text than is examined."""

    def locate(self, start: int, end: int) -> tuple[int, int, int]:
        """Number of the unit that holds a stretch of `folded`, and the stretch in the unit's own text."""
        number = bisect_right(self.starts, start) - 1
        kept = _spelt(self.units[number].text)
        first = self.starts[number]
        return number, kept[start - first], kept[end - 1 - first] + 1

    def line(self, number: int) -> str:
        """Text of a unit, '' before the first and behind the last."""
        return self.units[number].text if 0 <= number < len(self.units) else ""


@lru_cache(maxsize=4)
def _spelt(text: str) -> tuple[int, ...]:
    """Places of the characters that folding keeps; kept, because a page's findings come line by line."""
    return tuple(index for index, char in enumerate(text) if not _UNSPELT_ONE.match(char))


def fold(text: str) -> str:
    """Text as the phrases are written: without blanks and quotation marks, character for character simplified."""
    return _UNSPELT.sub("", text).translate(simplified())


def folded_texts(page: Page) -> FoldedTexts:
    """The texts of a page, ready to search. Ask through `page.once`."""
    room = int(read_lexicon("wording_context")["limits"]["text"])
    units: list[WrittenText] = []
    parts: list[str] = []
    starts: list[int] = []
    position = 0
    cut = False
    for unit in written_texts(page):
        folded = fold(unit.text)
        if position + len(folded) > room:
            cut = True
            break
        units.append(unit)
        parts.append(folded)
        starts.append(position)
        position += len(folded) + len(BREAK)
    return FoldedTexts(tuple(units), BREAK.join(parts), tuple(starts), cut)


def written_texts(page: Page) -> Iterator[WrittenText]:
    """Texts in document order, each as long as its line: a paragraph, a cell, a list title."""
    if page.title:
        yield WrittenText(page.title, "标题", None, "title")
    outline = page.once(placed_outline)
    lines = _line_numbers(outline)
    run: list[str] = []
    line, holder = -1, outline.nodes[0] if outline.nodes else None
    for piece in outline.pieces:
        node = outline.nodes[piece.node]
        if node.hidden or node.region in FRAME_REGIONS:
            continue
        number = bisect_right(lines, piece.start)
        if number != line and run and holder is not None:
            yield _unit(outline, run, holder)
            run = []
        if not run:
            line, holder = number, node
        run.append(piece.text)
    if run and holder is not None:
        yield _unit(outline, run, holder)


def _line_numbers(outline: Outline) -> list[int]:
    """Positions where a line ends: at the beginning and the end of every element that is not inline."""
    ends = []
    for node in outline.nodes:
        if node.tag not in _INLINE:
            ends += [node.start, node.end]
    return sorted(ends)


def _unit(outline: Outline, run: list[str], holder: Node) -> WrittenText:
    chain = [holder, *outline.ancestors(holder.index)]
    link = next((node for node in chain if node.tag == "a"), None)
    heading = any(node.tag in ("h1", "h2", "h3") for node in chain)
    place = "列表" if link is not None else "标题" if heading else "正文"
    path = " > ".join(node.tag for node in reversed(chain[:4]))
    return WrittenText("".join(run), place, link.element.get("href") if link else None, path)
