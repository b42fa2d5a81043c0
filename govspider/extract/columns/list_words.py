"""The words and marks of list pages, read once from lexicons/lists.yaml and made into patterns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from govspider.extract.lexicons import read_lexicon

HINTED = ("clock_words", "breadcrumb_words", "pager_words", "more_links", "pinned_signs", "details_links")
_TOKEN_SPLIT = re.compile(r"[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z])")


def words(name: str) -> Any:
    """One entry of lexicons/lists.yaml. KeyError names an entry that does not exist."""
    return read_lexicon("lists")[name]


@cache
def word_set(name: str) -> frozenset[str]:
    """An entry that is a list of words, as a set."""
    return frozenset(words(name))


@cache
def any_of(name: str) -> re.Pattern[str]:
    """Pattern that finds any word of an entry, longest first."""
    return _alternatives(words(name))


def mentions(name: str, text: str) -> bool:
    """True when any word of an entry stands in a text. On long texts much faster than the pattern of `any_of`."""
    return any(word in text for word in words(name))


def first_of(name: str, text: str) -> str:
    """The first word of an entry that a long text holds, '' for none: what `any_of` finds, but quick to say no."""
    if not mentions(name, text):
        return ""
    found = any_of(name).search(text)
    return found.group() if found else ""


@cache
def pattern(name: str) -> re.Pattern[str]:
    """An entry that is itself a pattern."""
    return re.compile(words(name))


@cache
def date_labels() -> re.Pattern[str]:
    """Pattern of every date label, publishing or not, longest first."""
    return _alternatives([*_label_ranks(), *word_set_of_ignored()])


@cache
def list_hint() -> re.Pattern[str]:
    """Pattern of what stands in every text that holds a date label or a word of one of the entries `HINTED`.

    Few texts of a page hold any of them: they are found by one search over all texts, and then looked at one by one.
    """
    labels = _cover([*_label_ranks(), *word_set_of_ignored()])
    return _alternatives([*labels, *(word for name in HINTED for word in words(name))])


def _cover(found: Iterable[str]) -> list[str]:
    """Pairs of characters of which each word holds one, the most frequent pairs first."""
    left, chosen = sorted(set(found)), []
    while left:
        counts = Counter(pair for word in left for pair in {word[index : index + 2] for index in range(len(word) - 1)})
        chosen.append(max(sorted(counts), key=lambda pair: counts[pair]))
        left = [word for word in left if chosen[-1] not in word]
    return chosen


@cache
def word_set_of_ignored() -> frozenset[str]:
    """Labels of days that are not the publish day."""
    return frozenset(words("date_labels")["ignored"])


def label_rank(label: str) -> int | None:
    """How good a publish label is, 0 best; None for a label whose day is not the publish day."""
    return _label_ranks().get(label)


def general_rank() -> int:
    """Rank of the labels that say no more than 日期 or 时间."""
    return len(words("date_labels")["publish"]) - 1


@lru_cache(maxsize=16384)
def tokens_of(name: str) -> frozenset[str]:
    """Tokens of an id or class, lower case, trailing digits dropped: `page_bottom2` gives page and bottom."""
    parts = {part.lower().rstrip("0123456789") for part in _TOKEN_SPLIT.split(name) if part}
    return frozenset(parts | {whole.lower() for whole in name.split()})


@cache
def _label_ranks() -> dict[str, int]:
    return {label: rank for rank, labels in enumerate(words("date_labels")["publish"]) for label in labels}


def _alternatives(found: Iterable[str]) -> re.Pattern[str]:
    return re.compile(_tree(frozenset(found)))


def _tree(found: frozenset[str]) -> str:
    """The words as one pattern, longest first, that reads once what they share: 发布(?:日期|时间)."""
    rests: dict[str, set[str]] = {}
    for word in found:
        if word:
            rests.setdefault(word[0], set()).add(word[1:])
    if not rests:
        return ""
    branches = [re.escape(first) + _tree(frozenset(rest)) for first, rest in sorted(rests.items())]
    if len(branches) == 1 and "" not in found:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' if '' in found else ''}"
