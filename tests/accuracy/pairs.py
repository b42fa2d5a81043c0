"""Every layout with every trap it goes with: what the corpus, which pairs each of them a few times, cannot show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.accuracy.generator import Press, split
from tests.accuracy.layouts import LAYOUTS
from tests.accuracy.scoring import Score, look, score
from tests.accuracy.traps import TRAPS
from tests.accuracy.truth import PARTS, TUNED, CorpusPage


@dataclass(frozen=True)
class PairTally:
    """Counts over the pairs. `wrong`: a wrong day or a false blank; of pairs of tuned layout and trap, by name."""

    pages: int
    exact: int
    wrong: int
    named: tuple[str, ...]


def pair_pages(seed: int, *, every: int = 1) -> Iterator[CorpusPage]:
    """One page for every `every`-th pair of a layout and a trap that go together, or no trap."""
    press = Press(seed)
    pairs = [(layout, trap) for layout in _names("layouts") for trap in (None, *_names("traps"))]
    going = [(LAYOUTS[one], TRAPS[two] if two else None) for one, two in pairs]
    going = [(layout, trap) for layout, trap in going if trap is None or press.goes(trap, layout)]
    for layout, trap in going[:: max(1, every)]:
        tuned = layout.name in split()["layouts"][TUNED] and (trap is None or trap.name in split()["traps"][TUNED])
        yield press.page(layout, trap, TUNED if tuned else _further(layout.name, trap.name if trap else ""))


def _names(kind: str) -> list[str]:
    return [name for part in PARTS for name in split()[kind][part]]


def _further(layout: str, trap: str) -> str:
    """The part kept furthest away of the two."""
    return next(
        part for part in reversed(PARTS) if layout in split()["layouts"][part] or trap in split()["traps"][part]
    )


def tally_pairs(seed: int, *, every: int = 1) -> PairTally:
    """Score the pairs. Pages of parts that are only counted are never named."""
    scores = [score(page, look(page)) for page in pair_pages(seed, every=every)]
    wrong = [one for one in scores if is_wrong(one)]
    named = tuple(one.page.name for one in wrong if one.page.part == TUNED)
    return PairTally(len(scores), sum(one.exact for one in scores), len(wrong), named)


def is_wrong(one: Score) -> bool:
    """True for an answer that would accuse or excuse wrongly."""
    return one.wrong_date or one.false_blank
