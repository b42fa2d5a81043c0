"""The corpus: techniques × categories × placements × spellings in clean pages, each with its clean twin."""

from __future__ import annotations

import hashlib
import inspect
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

import yaml

from tests.dark_corpus import hidden_by_scripts, hidden_markup, planted_scripts, poisoned_heads, promotion
from tests.dark_corpus.clean_pages import clean_draft
from tests.dark_corpus.drafts import Options, Planted, at_path, written
from tests.dark_corpus.scene import Scene, planted_words

Technique = Callable[[Scene], Planted]

PLACEMENTS = ("head", "mid", "tail")
SPELLINGS = ("plain", "odd", "single")
CLEAN_PAGES = 2000
_MODULES = (hidden_markup, hidden_by_scripts, poisoned_heads, planted_scripts, promotion)
_HELPERS = frozenset(("packed", "entities", "traditional"))


@dataclass(frozen=True)
class Case:
    """One page of the corpus; `twin` says that it is the clean twin of what the names tell."""

    technique: str
    category: str
    placement: str
    spelling: str
    twin: bool
    held: bool

    @property
    def name(self) -> str:
        return "/".join((self.technique, self.category, self.placement, self.spelling, "twin" if self.twin else "dark"))


@dataclass(frozen=True)
class Specimen:
    """Bytes and address of a page, and the planted addresses that should be listed."""

    url: str
    body: bytes
    targets: tuple[str, ...] = ()


@cache
def techniques() -> dict[str, Technique]:
    """Every technique by name: the public functions of the technique modules."""
    return {name: function for module in _MODULES for name, function in _functions(module)}


def _functions(module: ModuleType) -> Iterator[tuple[str, Technique]]:
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ == module.__name__ and not name.startswith("_") and name not in _HELPERS:
            yield name, function


@cache
def split() -> dict[str, frozenset[str]]:
    """Names of the tuned and of the held techniques."""
    loaded = yaml.safe_load(Path(__file__).with_name("split.yaml").read_text("utf-8"))
    return {part: frozenset(names) for part, names in loaded.items()}


def cases() -> Iterator[Case]:
    """All cases, dark ones and twins, in a fixed order."""
    for technique in sorted(techniques()):
        for category in planted_words()["categories"]:
            for placement in PLACEMENTS:
                for spelling in SPELLINGS:
                    for twin in (False, True):
                        yield Case(technique, category, placement, spelling, twin, technique in split()["held"])


def specimen(case: Case) -> Specimen:
    """The page of a case: the same case gives the same bytes everywhere."""
    rng = random.Random(f"{case.technique}/{case.category}/{case.placement}/{case.spelling}")
    draft = clean_draft(rng.randrange(10**6), hard=2)
    scene = Scene(
        rng=rng,
        draft=draft,
        category=case.category,
        placement=case.placement,
        legit=case.twin,
        odd=case.spelling == "odd",
        count=1 if case.spelling == "single" else rng.randint(3, 10),
    )
    planted = techniques()[case.technique](scene)
    encoding = "gbk" if case.spelling == "odd" and rng.random() < 0.5 else "utf-8"
    body = written(draft, planted, Options(encoding, case.placement))
    return Specimen(at_path(draft, planted.path).url, body, () if case.twin else planted.targets)


def clean_specimen(number: int) -> Specimen:
    """One of the clean pages, 0 to CLEAN_PAGES - 1, with six hard negatives."""
    draft = clean_draft(number)
    encoding = "gbk" if number % 4 == 0 else "utf-8"
    return Specimen(draft.url, written(draft, Planted(), Options(encoding)))


def is_sampled(case: Case, share: int) -> bool:
    """One case of `share`, chosen by the name, twins together with their originals."""
    key = f"{case.technique}/{case.category}/{case.placement}/{case.spelling}"
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % share == 0


def digest(specimens: Iterator[Specimen]) -> str:
    """One name for bytes, addresses and truths together."""
    total = hashlib.sha256()
    for one in specimens:
        total.update(one.url.encode() + b"\0" + one.body + b"\0" + "\n".join(one.targets).encode())
    return total.hexdigest()
