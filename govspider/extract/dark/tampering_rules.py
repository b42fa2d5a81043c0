"""What tampering.yaml says, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from govspider.extract.lexicons import read_lexicon


@dataclass(frozen=True)
class TamperingRules:
    """Limits, grades and names of tampering."""

    limits: dict[str, int]
    grades: dict[str, float]
    engines: tuple[str, ...]
    spiders: tuple[str, ...]
    names: dict[str, str]
    certain_shapes: frozenset[str]
    public_words: tuple[str, ...]
    search_marks: tuple[str, ...]
    traditional_marks: tuple[str, ...]
    common_words: frozenset[str]
    common_phrases: frozenset[str]


@cache
def tampering_rules() -> TamperingRules:
    """The rules that ship with the package."""
    data = read_lexicon("tampering")
    return TamperingRules(
        limits=data["limits"],
        grades=data["grades"],
        engines=tuple(str(name) for name in data["engines"]),
        spiders=tuple(str(name) for name in data["spiders"]),
        names=data["names"],
        certain_shapes=frozenset(data["certain_shapes"]),
        public_words=tuple(data["public_words"]),
        search_marks=tuple(data["search_marks"]),
        traditional_marks=tuple(data["traditional_marks"]),
        common_words=frozenset(data["common_words"].split()),
        common_phrases=frozenset(data["common_phrases"].split()),
    )
