"""Phrases with one slip each, in sentences: what has to be found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

import yaml

from govspider.extract.lexicons import read_lexicon
from govspider.extract.wording.rules import wording_rules

KINDS = ("same_sound", "same_shape", "arbitrary", "missing", "doubled", "added", "swapped")
HELD_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Slip:
    """One page of the corpus: a phrase, what was done to it, the wrong text and the sentence around it."""

    phrase: str
    kind: str
    wrong: str
    sentence: str
    held: bool

    @property
    def name(self) -> str:
        return f"{self.kind}: {self.wrong} ({self.phrase})"


@cache
def words() -> Any:
    """The material of words.yaml."""
    return yaml.safe_load(files(__package__).joinpath("words.yaml").read_text("utf-8"))


def is_held(phrase: str) -> bool:
    """Whether a phrase is scored through totals only: decided by its digest, once and for all."""
    return hashlib.sha256(phrase.encode()).digest()[0] < 256 * HELD_SHARE


def all_slips(seed: int = 5) -> list[Slip]:
    """Two slips of every kind for every protected phrase, where the phrase allows them."""
    return [slip for phrase in wording_rules().phrases for slip in _slips(phrase.text, Random(f"{seed}:{phrase.text}"))]


def _slips(phrase: str, rng: Random) -> Iterator[Slip]:
    known = {one.text for one in wording_rules().phrases} | _variants()
    for kind in KINDS:
        made: set[str] = set()
        for place in rng.sample(range(len(phrase)), len(phrase)):
            wrong = _MAKERS[kind](phrase, place, rng)
            # what holds a right phrase, or becomes one, is not wrong
            if wrong and wrong not in made and not any(right in wrong for right in known):
                made.add(wrong)
                sentence = rng.choice(words()["sentences"]).replace("{p}", wrong)
                yield Slip(phrase, kind, wrong, sentence, is_held(phrase))
            if len(made) == 2:
                break


@cache
def _variants() -> frozenset[str]:
    groups = read_lexicon("wording_phrases")["groups"]
    entries = [entry for group in groups for entry in group["phrases"] if isinstance(entry, dict)]
    return frozenset(variant for entry in entries for variant in entry["variants"])


def _touchable(char: str) -> bool:
    return char not in words()["untouched"]


def _replaced(phrase: str, place: int, candidates: list[str], rng: Random) -> str:
    fit = [char for char in candidates if char != phrase[place] and _touchable(char)]
    if not fit or not _touchable(phrase[place]):
        return ""
    return phrase[:place] + rng.choice(fit) + phrase[place + 1 :]


def _same_sound(phrase: str, place: int, rng: Random) -> str:
    groups = read_lexicon("wording_sounds")["sounds"].values()
    return _replaced(phrase, place, [char for group in groups if phrase[place] in group for char in group], rng)


def _same_shape(phrase: str, place: int, rng: Random) -> str:
    groups = read_lexicon("wording_context")["lookalikes"]
    return _replaced(phrase, place, [char for group in groups if phrase[place] in group for char in group], rng)


def _arbitrary(phrase: str, place: int, rng: Random) -> str:
    return _replaced(phrase, place, list(words()["characters"]), rng)


def _missing(phrase: str, place: int, rng: Random) -> str:
    return phrase[:place] + phrase[place + 1 :] if _touchable(phrase[place]) else ""


def _doubled(phrase: str, place: int, rng: Random) -> str:
    """Not at the edges: a character before or behind a right phrase belongs to something else."""
    inner = 0 < place < len(phrase) - 1 and _touchable(phrase[place])
    return phrase[:place] + phrase[place] + phrase[place:] if inner else ""


def _added(phrase: str, place: int, rng: Random) -> str:
    return phrase[:place] + rng.choice(words()["characters"]) + phrase[place:] if place else ""


def _swapped(phrase: str, place: int, rng: Random) -> str:
    pair = phrase[place : place + 2]
    if len(pair) < 2 or pair[0] == pair[1] or not all(map(_touchable, pair)):
        return ""
    return phrase[:place] + pair[::-1] + phrase[place + 2 :]


_MAKERS = {
    "same_sound": _same_sound,
    "same_shape": _same_shape,
    "arbitrary": _arbitrary,
    "missing": _missing,
    "doubled": _doubled,
    "added": _added,
    "swapped": _swapped,
}
