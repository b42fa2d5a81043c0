"""What the extractor makes of a page of the corpus, counted."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from govspider.extract.dark.dark_links import find_dark_links
from govspider.extract.dark.tampering import find_tampering
from govspider.extract.document.page import Page
from govspider.items import Strength
from tests.dark_corpus.corpus import Case, Specimen, specimen

_Z = 1.959964  # 95 %
_PASSES = 3
_SMALLEST = 20_000


@dataclass(frozen=True)
class Answer:
    """What was reported on one page."""

    strong: int
    weak: int
    listed: int
    """Planted targets among the reported links."""
    targets: int

    @property
    def found(self) -> bool:
        return self.strong + self.weak > 0


def answer_of(given: Specimen) -> Answer:
    """The extractor's answer on a page."""
    page = Page(given.url, given.body)
    links, tampering = find_dark_links(page), find_tampering(page)
    strengths = [link.strength for link in links] + [observation.strength for observation in tampering]
    strong = strengths.count(Strength.STRONG)
    told = {link.url for link in links} | {observation.text for observation in tampering}
    listed = sum(1 for target in set(given.targets) if target in told)
    return Answer(strong, len(strengths) - strong, listed, len(set(given.targets)))


@dataclass
class Tally:
    """Counts of one technique, category or part."""

    pages: int = 0
    found: int = 0
    strong: int = 0
    listed: int = 0
    targets: int = 0

    def add(self, answer: Answer) -> None:
        self.pages += 1
        self.found += answer.found
        self.strong += answer.strong > 0
        self.listed += answer.listed
        self.targets += answer.targets

    @property
    def recall(self) -> float:
        return self.found / self.pages if self.pages else 0.0


def wilson(hits: int, total: int) -> tuple[float, float]:
    """Bounds of a rate at 95 % (Wilson 1927); (0, 1) for nothing counted."""
    if total == 0:
        return 0.0, 1.0
    rate, square = hits / total, _Z * _Z
    middle = (rate + square / (2 * total)) / (1 + square / total)
    half = _Z / (1 + square / total) * math.sqrt(rate * (1 - rate) / total + square / (4 * total * total))
    return max(0.0, middle - half), min(1.0, middle + half)


@dataclass
class Score:
    """Tallies of a run over cases: dark pages by technique, category and part; alarms on twins."""

    by_technique: dict[str, Tally] = field(default_factory=dict)
    by_category: dict[tuple[str, str], Tally] = field(default_factory=dict)
    by_part: dict[str, Tally] = field(default_factory=dict)
    twins: dict[str, Tally] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)
    """Names of tuned misses and of alarms on twins of tuned techniques; held ones are only counted."""

    def add(self, case: Case, answer: Answer) -> None:
        part = "held" if case.held else "tuned"
        if case.twin:
            self.twins.setdefault(part, Tally()).add(answer)
        else:
            self.by_technique.setdefault(case.technique, Tally()).add(answer)
            self.by_category.setdefault((case.category, part), Tally()).add(answer)
            self.by_part.setdefault(part, Tally()).add(answer)
        if not case.held and answer.found == case.twin:
            self.missed.append(case.name)


def score_cases(chosen: Iterable[Case]) -> Score:
    """The score over some cases."""
    score = Score()
    for case in chosen:
        score.add(case, answer_of(specimen(case)))
    return score


def median_cost(given: Iterable[Specimen]) -> float:
    """Median milliseconds of CPU per 50 KB that both searches take on pages of 20 KB and more.

    Parsing and decoding are paid before; of three passes over a page the quickest counts, since
    other programs share the machine.
    """
    costs = sorted(
        min(_cost(one) for _ in range(_PASSES)) * 50_000 / len(one.body) for one in given if len(one.body) >= _SMALLEST
    )
    return costs[len(costs) // 2] if costs else 0.0


def _cost(given: Specimen) -> float:
    page = Page(given.url, given.body)
    page.root, page.text, page.base_url, page.metas  # noqa: B018 - what every extractor shares is paid before
    began = time.process_time()
    page.once(find_dark_links)
    page.once(find_tampering)
    return (time.process_time() - began) * 1000
