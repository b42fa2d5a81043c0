"""Places where a protected phrase stands with one character wrong, missing, too many, or two exchanged."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from govspider.extract.wording.rules import (
    Phrase,
    characters,
    interchangeable,
    like,
    ordinary_words,
)
from govspider.items import WordingSeverity

BREAK = "\n"
"""Stands between two texts of a page; no phrase reaches over it."""
CUT = ("", BREAK, "…", ".", "⋯")
"""What follows a text that its page cut short."""


class Edit(StrEnum):
    """What distinguishes the text from the phrase; the values are the words of reports."""

    REPLACED = "错字"
    MISSING = "漏字"
    ADDED = "多字"
    SWAPPED = "字序颠倒"


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A text [start, end) that is one edit away from a phrase. `place` is the edit's position in the text."""

    phrase: Phrase
    edit: Edit
    start: int
    end: int
    place: int
    severity: WordingSeverity
    why: str


def is_han(char: str) -> bool:
    """True for one Chinese character, extension A included."""
    return len(char) == 1 and "\u3400" <= char <= "\u9fff"


def first_edit(wanted: str, found: str) -> tuple[Edit, int] | None:
    """The one edit that turns the beginning of `found` into `wanted`, and its place; None for none and for more.

    `found` may be longer. Where the last character differs, a missing one and a wrong one look the same:
    it is told as wrong, and the caller looks at what follows.
    """
    place = next((i for i, char in enumerate(wanted) if found[i : i + 1] != char), -1)
    if place < 0:
        return None
    rest, there = wanted[place:], found[place:]
    # in this order: of two readings the likelier slip first
    readings = (
        (Edit.SWAPPED, len(rest) > 1 and there[: len(rest)] == rest[1:2] + rest[:1] + rest[2:]),
        (Edit.ADDED, there[1 : 1 + len(rest)] == rest),
        (Edit.MISSING, len(rest) > 1 and there[: len(rest) - 1] == rest[1:]),
        (Edit.REPLACED, bool(there) and there[1 : len(rest)] == rest[1:]),
        (Edit.MISSING, len(rest) == 1 and not there),
    )
    return next(((edit, place) for edit, fits in readings if fits), None)


def after_head(text: str, at: int, phrase: Phrase) -> NearMiss | None:
    """The near miss whose first half stands at `at`."""
    middle = at + phrase.middle
    wanted = phrase.text[phrase.middle :]
    edit = first_edit(wanted, text[middle : middle + len(wanted) + 1].partition(BREAK)[0])
    if edit is None:
        return None
    kind, place = edit
    length = len(wanted) + {Edit.ADDED: 1, Edit.MISSING: -1}.get(kind, 0)
    return _judged(text, phrase, kind, (at, middle + length), middle + place)


def before_tail(text: str, at: int, phrase: Phrase) -> NearMiss | None:
    """The near miss whose second half stands at `at`."""
    wanted = phrase.text[: phrase.middle][::-1]
    found = text[max(0, at - len(wanted) - 1) : at].rpartition(BREAK)[2][::-1]
    edit = first_edit(wanted, found)
    if edit is None:
        return None
    kind, place = edit
    length = len(wanted) + {Edit.ADDED: 1, Edit.MISSING: -1}.get(kind, 0)
    end = at + len(phrase.text) - phrase.middle
    # mirrored: a missing character is missing behind this place, two exchanged ones begin one before it
    where = at - 1 - place + {Edit.MISSING: 1, Edit.SWAPPED: -1}.get(kind, 0)
    return _judged(text, phrase, kind, (at - length, end), where)


def swapped_middle(at: int, phrase: Phrase) -> NearMiss:
    """The near miss whose two middle characters, one of each half, are exchanged."""
    place = at + phrase.middle - 1
    grave = WordingSeverity.GRAVE
    return NearMiss(phrase, Edit.SWAPPED, at, at + len(phrase.text), place, grave, Edit.SWAPPED.value)


def _judged(text: str, phrase: Phrase, kind: Edit, span: tuple[int, int], place: int) -> NearMiss | None:
    """The near miss with its severity; None for what a careful reader would let stand."""
    start, end = span
    if kind is Edit.REPLACED and place in (start, end - 1):
        shortened = _shortened(text, phrase, span, place)
        if shortened is not None:
            return shortened
        said = _replaced_at_edge(text, phrase, span, place)
    elif kind is Edit.REPLACED:
        said = _replaced(text, text[place], phrase.text[place - start], place)
    elif kind is Edit.ADDED:
        said = _added(text, place)
    elif kind is Edit.MISSING:
        if place in (start, end):
            return _edge_missing(text, phrase, span, place)
        said = _missing(text, phrase.text[place - start], place)
    else:
        said = WordingSeverity.GRAVE if is_han(text[place]) and is_han(text[place + 1]) else None
    return None if said is None else NearMiss(phrase, kind, start, end, place, said, kind.value)


def _replaced(text: str, found: str, wanted: str, place: int) -> WordingSeverity | None:
    if not is_han(found) or _is_counting(found, wanted) or interchangeable(found, wanted):
        return None
    if found in like(wanted):
        return WordingSeverity.GRAVE
    return WordingSeverity.HINT if _spells_a_word(text, place) else WordingSeverity.GRAVE


def _replaced_at_edge(text: str, phrase: Phrase, span: tuple[int, int], place: int) -> WordingSeverity | None:
    """At its edge a phrase may simply end, and another word begin: only sound and shape make a slip certain."""
    found, wanted = text[place], phrase.text[0 if place == span[0] else -1]
    if not is_han(found) or _is_counting(found, wanted) or interchangeable(found, wanted):
        return None
    ordinary = _spells_a_word(text, place)
    if found in like(wanted):
        return WordingSeverity.HINT if ordinary else WordingSeverity.GRAVE
    return None if ordinary else WordingSeverity.HINT


def _added(text: str, place: int) -> WordingSeverity | None:
    char = text[place]
    if not is_han(char):
        return None
    if char in (text[place - 1], text[place + 1]):
        return WordingSeverity.GRAVE
    if char in characters("insertable") or char in characters("numerals"):
        return None
    return WordingSeverity.HINT if _spells_a_word(text, place) else WordingSeverity.GRAVE


def _missing(text: str, wanted: str, place: int) -> WordingSeverity | None:
    if wanted in characters("droppable") or wanted in characters("numerals"):
        return None
    return WordingSeverity.HINT if text[place - 1 : place + 1] in ordinary_words() else WordingSeverity.GRAVE


def _shortened(text: str, phrase: Phrase, span: tuple[int, int], place: int) -> NearMiss | None:
    """A phrase that lacks its first or last character, where a replaced one is no likelier."""
    start, end = span
    wanted = phrase.text[0 if place == start else -1]
    if is_han(text[place]) and (text[place] in like(wanted) or interchangeable(text[place], wanted)):
        return None
    if place == start:
        return _edge_missing(text, phrase, (start + 1, end), start + 1)
    return _edge_missing(text, phrase, (start, end - 1), end - 1)


def _edge_missing(text: str, phrase: Phrase, span: tuple[int, int], place: int) -> NearMiss | None:
    """At the edge of a text it was cut, not misspelt; where a complete word is left, the phrase was shortened."""
    start, end = span
    at_start = place == start
    beyond = text[start - 1 : start] if at_start else text[end : end + 1]
    wanted = phrase.text[0 if at_start else -1]
    if beyond in CUT or wanted in characters("numerals") or wanted in characters("droppable"):
        return None
    rest = text[start : start + 2] if at_start else text[end - 2 : end]
    joined = beyond + text[start] if at_start else text[end - 1] + beyond
    if joined in ordinary_words() or (rest in ordinary_words() and not phrase.whole):
        return None
    severity = WordingSeverity.GRAVE if phrase.whole else WordingSeverity.HINT
    return NearMiss(phrase, Edit.MISSING, start, end, place, severity, Edit.MISSING.value)


def _is_counting(found: str, wanted: str) -> bool:
    return found in characters("numerals") or wanted in characters("numerals")


def _spells_a_word(text: str, place: int) -> bool:
    words = ordinary_words()
    return text[place - 1 : place + 1] in words or text[place : place + 2] in words
