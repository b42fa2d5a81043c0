"""The rules of wording as data: protected phrases, pairs of wrong and right, sets with a fixed order.

Everything comes from lexicons/wording_*.yaml, where each group names its source and the day it was added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from ahocorasick_rs import AhoCorasick

from govspider.extract.lexicons import read_lexicon
from govspider.items import WordingSeverity

_LONG = 6  # characters from which a phrase is searched by its halves


class WordingRuleError(ValueError):
    """An entry of the lexicons that cannot be right; the message quotes it."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One protected phrase, at least six characters."""

    text: str
    category: str
    letter: str
    """Class of the error: A, B, C or D."""
    whole: bool
    """Less its first or last character it is wrong whatever stands beside it."""

    @property
    def rule(self) -> str:
        return f"near/{self.text}"

    @property
    def middle(self) -> int:
        return len(self.text) // 2


@dataclass(frozen=True, slots=True)
class Pair:
    """A wrong wording with the right one, and where it counts."""

    wrong: str
    """Literal text that must stand there; for a rule with a pattern the text that calls it."""
    right: str
    category: str
    letter: str
    severity: WordingSeverity
    pattern: re.Pattern[str] | None = None
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    first_day: date | None = None
    last_day: date | None = None

    @property
    def rule(self) -> str:
        return f"pair/{self.pattern.pattern if self.pattern else self.wrong}"

    def holds_on(self, day: date | None) -> bool:
        """Whether the rule is about a text of this day; one with a window says nothing of a text without a day."""
        if self.first_day is None and self.last_day is None:
            return True
        return day is not None and (self.first_day or day) <= day <= (self.last_day or day)


@dataclass(frozen=True, slots=True)
class OrderedSet:
    """Members whose order is fixed. `pattern` finds all of them in a row, in any order."""

    name: str
    members: tuple[str, ...]
    trigger: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Sought:
    """One string of the automaton and what it stands for; `index` is the number of the rule, -1 for none."""

    kind: str
    """exact, head, tail, swap, short, pair or ordered."""
    text: str
    index: int = -1


@dataclass(frozen=True)
class WordingRules:
    """Everything to look for, and the one automaton that looks for it."""

    phrases: tuple[Phrase, ...]
    pairs: tuple[Pair, ...]
    short: tuple[str, ...]
    short_letter: str
    ordered: tuple[OrderedSet, ...]
    sought: tuple[Sought, ...]
    automaton: AhoCorasick


@cache
def wording_rules() -> WordingRules:
    """The rules that ship with the package, read once. Raises WordingRuleError for an entry that cannot be right."""
    phrases = tuple(_phrases())
    pairs = tuple(_pairs())
    ordered = tuple(_ordered())
    data = read_lexicon("wording_phrases")["short"]
    short = tuple(data["phrases"])
    sought = tuple(_sought(phrases, pairs, short, ordered))
    automaton = AhoCorasick([one.text for one in sought])
    return WordingRules(phrases, pairs, short, data["class"], ordered, sought, automaton)


def _phrases() -> Iterator[Phrase]:
    seen: set[str] = set()
    for group in read_lexicon("wording_phrases")["groups"]:
        for entry in group["phrases"]:
            text = entry if isinstance(entry, str) else entry["phrase"]
            if text in seen:
                raise WordingRuleError(f"wording_phrases.yaml names {text!r} twice")
            seen.add(text)
            if len(text) >= _LONG:
                yield Phrase(text, group["category"], group["class"], group["whole"])


def variants() -> frozenset[str]:
    """Wordings that differ from a protected phrase and are right, and phrases too short to be searched by halves."""
    found: set[str] = set()
    for group in read_lexicon("wording_phrases")["groups"]:
        for entry in group["phrases"]:
            if isinstance(entry, str):
                found |= {entry} if len(entry) < _LONG else set()
            else:
                found |= set(entry["variants"]) | ({entry["phrase"]} if len(entry["phrase"]) < _LONG else set())
    return frozenset(found)


def _pairs() -> Iterator[Pair]:
    for group in read_lexicon("wording_pairs")["groups"]:
        for entry in group["rules"]:
            yield _pair(group, entry)


def _pair(group: Mapping[str, Any], entry: Mapping[str, Any]) -> Pair:
    wrong = entry.get("wrong") or entry.get("trigger")
    if not wrong or ("re" in entry) != ("trigger" in entry):
        raise WordingRuleError(f"wording_pairs.yaml: {dict(entry)!r} needs `wrong`, or `re` with `trigger`")
    patterns = {name: re.compile(entry[name]) for name in ("re", "after", "unless") if name in entry}
    return Pair(
        wrong=wrong,
        right=entry["right"],
        category=group["category"],
        letter=group["class"],
        severity=WordingSeverity(entry.get("severity", group["severity"])),
        pattern=patterns.get("re"),
        before=re.compile(f"(?:{entry['before']})$") if "before" in entry else None,
        after=patterns.get("after"),
        unless=patterns.get("unless"),
        first_day=entry.get("from"),
        last_day=entry.get("to"),
    )


def _ordered() -> Iterator[OrderedSet]:
    for entry in read_lexicon("wording_pairs")["ordered"]["sets"]:
        members = tuple(entry["members"])
        if entry["trigger"] not in members:
            raise WordingRuleError(f"wording_pairs.yaml: the trigger of {entry['name']!r} is none of its members")
        one = "|".join(map(re.escape, members))
        pattern = re.compile(rf"(?:{one})(?:[、，,和及]{{0,2}}(?:{one})){{{len(members) - 1}}}")
        yield OrderedSet(entry["name"], members, entry["trigger"], pattern)


def _sought(
    phrases: tuple[Phrase, ...], pairs: tuple[Pair, ...], short: tuple[str, ...], ordered: tuple[OrderedSet, ...]
) -> Iterator[Sought]:
    """Strings to look for: a phrase with one slip keeps one half, unless its two middle characters are exchanged."""
    for index, phrase in enumerate(phrases):
        text, middle = phrase.text, phrase.middle
        yield Sought("exact", text)
        yield Sought("head", text[:middle], index)
        yield Sought("tail", text[middle:], index)
        if text[middle - 1] != text[middle]:
            swapped = text[: middle - 1] + text[middle] + text[middle - 1] + text[middle + 1 :]
            yield Sought("swap", swapped, index)
    for text in sorted(variants() | set(short)):
        yield Sought("exact", text)
    for index, text in enumerate(short):
        for wrong in _slips(text):
            yield Sought("short", wrong, index)
    for index, pair in enumerate(pairs):
        yield Sought("pair", pair.wrong, index)
    for index, one in enumerate(ordered):
        yield Sought("ordered", one.trigger, index)


def _slips(text: str) -> Iterator[str]:
    """Every spelling with one character replaced by one of its sound or shape."""
    known = variants() | set(read_lexicon("wording_phrases")["short"]["phrases"])
    for place, right in enumerate(text):
        for wrong in sorted(like(right)):
            slip = text[:place] + wrong + text[place + 1 :]
            if slip not in known:
                yield slip


# ── characters ──────────────────────────────────────────────────────────────────────────────


@cache
def _alike() -> dict[str, frozenset[str]]:
    """Characters that sound or look like a character, itself not among them."""
    found: dict[str, set[str]] = {}
    groups = [*read_lexicon("wording_sounds")["sounds"].values(), *read_lexicon("wording_context")["lookalikes"]]
    for group in groups:
        for char in group:
            found.setdefault(char, set()).update(group)
    return {char: frozenset(others - {char}) for char, others in found.items()}


def like(char: str) -> frozenset[str]:
    """Characters of the same sound (without tone) or a similar shape."""
    return _alike().get(char, frozenset())


@cache
def characters(name: str) -> frozenset[str]:
    """A set of characters of wording_context.yaml, such as insertable. KeyError names one that is not there."""
    return frozenset(read_lexicon("wording_context")[name])


@cache
def _levels() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in read_lexicon("wording_context")["interchangeable"]:
        for char in group:
            found.setdefault(char, set()).update(group)
    return {char: frozenset(others) for char, others in found.items()}


def interchangeable(one: str, other: str) -> bool:
    """Whether the two stand for another level or kind of the same thing, such as 国 and 省."""
    return other in _levels().get(one, frozenset())


@cache
def ordinary_words() -> frozenset[str]:
    """Two-character words of official language."""
    return frozenset(read_lexicon("wording_context")["ordinary"].split())


@cache
def simplified() -> dict[int, str]:
    """Traditional characters with the simplified ones that the phrases are written in."""
    forms = read_lexicon("wording_context")["traditional"].split()
    return {ord(traditional): entry[0] for entry in forms for traditional in entry[1:]}
