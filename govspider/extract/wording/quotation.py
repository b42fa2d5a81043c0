"""Texts that speak about a wrong wording: corrections, lists of frequent errors, notices of inspections."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from govspider.extract.lexicons import read_lexicon

_OPEN, _CLOSE = "“‘「『\"'《", "”’」』\"'》"
_ENDS = "。！？!?；;\n"
_HERE = "\ufffc"
_FAR = 400  # characters on either side within which a sentence is looked for
_CELL = 12  # characters that a cell of a comparison holds beside the wording


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in read_lexicon("wording_context")["reported"][name]))


@dataclass(frozen=True, slots=True)
class Quotation:
    """A wrong wording, [start, end) of `text`, with everything that may say that it is only spoken about."""

    text: str
    start: int
    end: int
    right: str
    line_before: str
    line_behind: str
    page_title: str

    @property
    def sentence(self) -> str:
        """The sentence that holds it, at most the `sentence` limit of wording_context.yaml."""
        return sentence_around(self.text, self.start, self.end)


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence of `text` that holds [start, end), bounded."""
    first = _end_before(text, start) + 1
    last = _end_behind(text, end)
    room = max(int(read_lexicon("wording_context")["limits"]["sentence"]) - (end - start), 0)
    return text[max(first, start - room // 2) : min(last, end + room // 2)].strip()


def is_quotation(found: Quotation) -> bool:
    """True when the text around a wrong wording, or the page as a whole, speaks about it."""
    if _pattern("title").search(found.page_title) or _is_compared_in_cells(found):
        return True
    around = _neighbourhood(found)
    if _pattern("anywhere").search(around):
        return True
    if not _is_quoted(found):
        return False
    if _pattern("title_of_report").search(found.page_title) or _pattern("quoted").search(around):
        return True
    reach = int(read_lexicon("wording_context")["limits"]["reach"]) + len(found.right)
    beside = found.text[max(0, found.start - reach) : found.start] + found.text[found.end : found.end + reach]
    return found.right in beside


def _is_compared_in_cells(found: Quotation) -> bool:
    """A short line beside another short one that holds the right wording: a table of wrong and right."""
    if len(found.text) > found.end - found.start + _CELL:
        return False
    lines = (found.line_before, found.line_behind)
    return any(found.right in line and len(line) <= len(found.right) + _CELL for line in lines)


def _neighbourhood(found: Quotation) -> str:
    """The sentence with one before and one behind it, bounded, and a mark in place of the wording itself."""
    text, first, last = found.text, found.start, found.end
    for _ in range(2):
        first, last = _end_before(text, max(first, 0)), _end_behind(text, last)
    before = text[max(first, found.start - 200, 0) : found.start]
    return before + _HERE + text[found.end : min(last, found.end + 200)]


def _end_before(text: str, start: int) -> int:
    """Place of the nearest end of a sentence before `start`; -1, or the edge of what is looked at, for none."""
    edge = max(0, start - _FAR)
    found = max(text.rfind(mark, edge, start) for mark in _ENDS)
    return found if found >= 0 else edge - 1


def _end_behind(text: str, end: int) -> int:
    """Place behind the nearest end of a sentence; the end of what is looked at for none."""
    edge = min(len(text), end + _FAR)
    return min((place + 1 for mark in _ENDS if (place := text.find(mark, end, edge)) >= 0), default=edge)


def _is_quoted(found: Quotation) -> bool:
    """True when the nearest quotation mark on either side opens before and closes behind."""
    before = found.text[max(0, found.start - 20) : found.start]
    behind = found.text[found.end : found.end + 20]
    opened = next((char for char in reversed(before) if char in _OPEN + _CLOSE), None)
    closed = next((char for char in behind if char in _OPEN + _CLOSE), None)
    return opened is not None and opened in _OPEN and closed is not None and closed in _CLOSE
