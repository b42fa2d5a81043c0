"""The dark-link sheet: score the extractor and simpler tools on the corpus, compare with the floors."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from typing import Any

from tests.dark_corpus.captured import VARIABLE, CapturedPagesError, captured_pages
from tests.dark_corpus.corpus import split
from tests.dark_corpus.floors import FLOORS, SAMPLE, below, floors_of, read_floors
from tests.dark_corpus.measuring import baselines, measure, timed
from tests.dark_corpus.scoring import Score, wilson

_BELOW_FLOOR, _BAD_INPUT = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 done and floors hold, 1 below a floor (with --check), 2 bad input."""
    chosen = _parser().parse_args(arguments)
    try:
        return _run(chosen)
    except CapturedPagesError as error:
        print(f"dark_accuracy: {error}", file=sys.stderr)
        return _BAD_INPUT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dark_accuracy", description=__doc__)
    parser.add_argument("--check", action="store_true", help="exit 1 where a figure is below its floor")
    parser.add_argument("--write-floors", action="store_true", help="set the floors to what is measured now")
    parser.add_argument("--no-peers", action="store_true", help="only govspider, no baselines")
    parser.add_argument("--misses", action="store_true", help="name every miss of the tuned part")
    parser.add_argument("--sample", action="store_true", help=f"one page of {SAMPLE}, as the test suite does")
    return parser


def _run(chosen: argparse.Namespace) -> int:
    captured = captured_pages(os.environ)
    score, figures = measure(SAMPLE if chosen.sample else 1, captured)
    _print_score(score)
    _print_figures(figures)
    figures["ms_per_50_kb"] = timed(captured)
    print(f"ms per 50 KB beyond parsing, median: {figures['ms_per_50_kb']}")
    if captured is None:
        print(f"captured pages: not at hand ({VARIABLE} is not set)")
    if chosen.misses:
        print("\n".join(["tuned: every miss and every alarm on a twin", *score.missed]))
    if not chosen.no_peers:
        figures["baselines"] = baselines(captured)
        _print_baselines(figures["baselines"])
    return _conclude(chosen, figures)


def _print_score(score: Score) -> None:
    print(f"{'technique':26}{'part':7}{'found':>12}  recall  95 %")
    for name, tally in sorted(score.by_technique.items()):
        low, high = wilson(tally.found, tally.pages)
        part = "held" if name in split()["held"] else "tuned"
        print(f"{name:26}{part:7}{tally.found:>5} of {tally.pages:<4}  {tally.recall:.3f}  {low:.3f}-{high:.3f}")
    for (category, part), tally in sorted(score.by_category.items()):
        low, high = wilson(tally.found, tally.pages)
        print(f"{category:26}{part:7}{tally.found:>5} of {tally.pages:<4}  {tally.recall:.3f}  {low:.3f}-{high:.3f}")


def _print_figures(figures: dict[str, Any]) -> None:
    for part in ("tuned", "held"):
        told = figures[part]
        print(
            f"{part}: found {told['found']} of {told['pages']} ({told['recall']}, {told['bounds']}), "
            f"strong {told['strong']}, links listed {told['listed']} of {told['targets']}"
        )
    print(f"twins: {figures['twins']}")
    print(f"clean pages: {figures['clean']}")
    print(f"captured pages: {figures['captured']}")


def _print_baselines(told: dict[str, Any]) -> None:
    for name, parts in told.items():
        for part, said in parts.items():
            print(
                f"{name:26}{part:10}recall {said['recall']:.3f} of {said['dark']}, "
                f"false alarms {said['false_alarms']:.3f} of {said['clean']}"
            )


def _conclude(chosen: argparse.Namespace, figures: dict[str, Any]) -> int:
    every: dict[str, Any] = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    if chosen.write_floors:
        every[str(figures["share"])] = floors_of(figures, every.get(str(figures["share"])))
        FLOORS.write_text(json.dumps(every, indent=2) + "\n", "utf-8")
    faults = below(figures, read_floors(figures["share"]))
    print("floors: " + ("all hold" if not faults else "\n  ".join(["not held", *faults])))
    print(json.dumps(figures, ensure_ascii=False))
    return _BELOW_FLOOR if faults and chosen.check else 0


if __name__ == "__main__":
    raise SystemExit(main())
