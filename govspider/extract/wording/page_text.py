"""The texts of a page that its editors wrote: title, headings, paragraphs, titles of lists; no menus and footers."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import accumulate

from govspider.extract.columns.outline import outline_of
from govspider.extract.columns.placed_text import FRAME, HIDDEN, PlacedText, placed_text
from govspider.extract.document.page import Page
from govspider.extract.lexicons import read_lexicon
from govspider.extract.wording.near_miss import BREAK
from govspider.extract.wording.rules import simplified

# quotation marks and blanks say nothing about how a phrase is spelt
_UNSPELT_ONE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad“”‘’\"'「」『』]")
# a list of characters is searched twice as fast as the kind of characters that \s stands for
_UNSPELT_LISTED = "".join(re.escape(char) for char in map(chr, range(0x10000)) if _UNSPELT_ONE.match(char))
_UNSPELT = re.compile(f"[{_UNSPELT_LISTED}]+")
# of those, the ones that texts of a page hold
_COMMON = " “”"
_LEFT_OUT = FRAME | HIDDEN
# between lines while they are folded as one text; decoding drops it, so no text holds it
_BETWEEN = "\x00"


@dataclass(frozen=True, slots=True)
class WrittenText:
    """One stretch of text as it stands. `place` is 标题, 正文 or 列表; `href` the link it stands in, None for none."""

    text: str
    place: str
    href: str | None = None
    path: str = ""


@dataclass(frozen=True)
class FoldedTexts:
    """All texts of a page in one string to search: blanks and quotation marks dropped, characters simplified.

    `texts` are the lines as they stand, `holders` the numbers of the elements they begin in, -1 for the title.
    """

    texts: tuple[str, ...]
    holders: tuple[int, ...]
    folded: str
    cut: bool
    """True where the page holds more text than is examined."""

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line begins in `folded`: asked where something was found."""
        return [0, *accumulate(len(line) + len(BREAK) for line in self.folded.split(BREAK)[:-1])]

    def locate(self, start: int, end: int) -> tuple[int, int, int]:
        """Number of the line that holds a stretch of `folded`, and the stretch in the line's own text."""
        number = bisect_right(self._starts, start) - 1
        kept = _spelt(self.texts[number])
        first = self._starts[number]
        return number, kept[start - first], kept[end - 1 - first] + 1

    def line(self, number: int) -> str:
        """Text of a line, '' before the first and behind the last."""
        return self.texts[number] if 0 <= number < len(self.texts) else ""

    def unit(self, page: Page, number: int) -> WrittenText:
        """A line of the page with where it stands; found when something is told of it, for most lines never."""
        text, holder = self.texts[number], self.holders[number]
        if holder < 0:
            return WrittenText(text, "标题", None, "title")
        outline = page.once(outline_of)
        chain = [outline.node(holder), *outline.ancestors(holder)]
        link = next((node for node in chain if node.tag == "a"), None)
        heading = any(node.tag in ("h1", "h2", "h3") for node in chain)
        place = "列表" if link is not None else "标题" if heading else "正文"
        path = " > ".join(node.tag for node in reversed(chain[:4]))
        return WrittenText(text, place, link.element.get("href") if link else None, path)


@lru_cache(maxsize=4)
def _spelt(text: str) -> tuple[int, ...]:
    """Places of the characters that folding keeps; kept, because a page's findings come line by line."""
    return tuple(index for index, char in enumerate(text) if not _UNSPELT_ONE.match(char))


def fold(text: str) -> str:
    """Text as the phrases are written: without blanks and quotation marks, character for character simplified."""
    kept = text
    for char in _COMMON:
        kept = kept.replace(char, "")
    # one look for everything else tells of most texts that there is nothing else
    if not _unlike_phrases().search(kept):
        return kept
    kept = _UNSPELT.sub("", kept)
    # translating takes ten times as long as seeing that there is nothing to translate
    return kept.translate(simplified()) if _traditional().search(kept) else kept


@cache
def _traditional() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(map(chr, simplified())))}]")


@cache
def _unlike_phrases() -> re.Pattern[str]:
    """Characters that folding drops or replaces."""
    return re.compile(f"[{_UNSPELT_LISTED}{re.escape(''.join(map(chr, simplified())))}]")


def folded_texts(page: Page) -> FoldedTexts:
    """The texts of a page, ready to search. Ask through `page.once`."""
    room = int(read_lexicon("wording_context")["limits"]["text"])
    texts, holders = _lines(page.title, page.once(placed_text))
    folded = fold(_BETWEEN.join(texts)).replace(_BETWEEN, BREAK)
    if len(folded) <= room:
        return FoldedTexts(tuple(texts), tuple(holders), folded, False)
    # as many lines as end within the room
    end = folded.rfind(BREAK, 0, room + 1)
    kept = folded.count(BREAK, 0, end) + 1 if end >= 0 else 0
    return FoldedTexts(tuple(texts[:kept]), tuple(holders[:kept]), folded[: max(end, 0)], True)


def _lines(title: str, placed: PlacedText) -> tuple[list[str], list[int]]:
    """Texts in document order, each as long as its line (a paragraph, a cell, a list title), and where they begin."""
    texts, holders = ([title], [-1]) if title else ([], [])
    strand = placed.strand
    run: list[str] = []
    line = -1
    for text, part, number, holder in zip(placed.texts, placed.text_parts, strand.lines, strand.holders, strict=True):
        if part & _LEFT_OUT:
            continue
        if number != line:
            if run:
                texts.append("".join(run))
            line, run = number, []
            holders.append(holder)
        run.append(text)
    if run:
        texts.append("".join(run))
    return texts, holders
