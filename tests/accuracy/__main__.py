"""`make accuracy`: score the extractor and its peers on the corpus, print the sheet, compare with the floors."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.accuracy.captured import VARIABLE, CapturedPagesError, captured_pages
from tests.accuracy.floors import FLOORS, below, floors_of, read_floors
from tests.accuracy.generator import corpus
from tests.accuracy.pairs import tally_pairs
from tests.accuracy.peers import PeerError, libraries_seen, regex_maximum
from tests.accuracy.scoring import Score, Seen, look, score
from tests.accuracy.sheet import by, misses, own_tables, parts_of, peer_table, summary, table
from tests.accuracy.truth import CorpusPage, describe, digest

_REPETITIONS = 3
"""How often each page is read for its time; the least one counts, for others use the machine too."""
_BELOW_FLOOR, _BAD_INPUT, _INCOMPLETE = 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 done and floors hold, 1 below a floor (with --check), 2 bad input, 3 a peer failed."""
    chosen = _parser().parse_args(arguments)
    try:
        return _run(chosen)
    except CapturedPagesError as error:
        print(f"accuracy: {error}", file=sys.stderr)
        return _BAD_INPUT
    except PeerError as error:
        print(f"accuracy: {error}", file=sys.stderr)
        return _INCOMPLETE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="accuracy", description=__doc__)
    parser.add_argument("--check", action="store_true", help="no peers; exit 1 where a figure is below its floor")
    parser.add_argument("--write-floors", action="store_true", help="set the floors to what is measured now")
    parser.add_argument("--no-peers", action="store_true", help="only govspider")
    parser.add_argument("--reveal-held", action="store_true", help="final audit: name the misses of the held part too")
    parser.add_argument(
        "--pairs", type=int, metavar="SEED", help="instead: every layout with every trap, made from SEED; counts only"
    )
    parser.add_argument("--dump", type=Path, metavar="DIR", help="write the tuned pages with their truths there")
    return parser


def _run(chosen: argparse.Namespace) -> int:
    if chosen.pairs is not None:
        return _pairs(chosen.pairs)
    pages = corpus()
    if chosen.dump:
        _dump(chosen.dump, [page for page in pages if chosen.reveal_held or not page.held])
    real = captured_pages(os.environ)
    times = 1 if chosen.check else _REPETITIONS
    scores = [score(page, look(page, repetitions=times)) for page in pages]
    real_scores = None
    if real is not None:
        real_scores = [score(page, look(page, home=page.layout == "home", repetitions=times)) for page in real]
    parts = parts_of(scores, real_scores)
    print(own_tables(parts))
    _print_misses(parts, reveal=chosen.reveal_held)
    if real is None:
        print(f"\ncaptured pages: not at hand ({VARIABLE} is not set)")
    if not (chosen.check or chosen.no_peers):
        print(_side_by_side(pages, real or (), parts))
    return _conclude(chosen, summary(parts, digest(pages)))


def _pairs(seed: int) -> int:
    found = tally_pairs(seed)
    print(*(f"wrong: {name}" for name in found.named), sep="\n", end="\n" if found.named else "")
    print(json.dumps({"pairs": found.pages, "exact": found.exact, "wrong": found.wrong, "seed": seed}))
    return _BELOW_FLOOR if found.wrong else 0


def _print_misses(parts: dict[str, Sequence[Score]], *, reveal: bool) -> None:
    print(misses("tuned: every miss", parts["tuned"]))
    if "captured" in parts:
        print(table("captured: by role", by(parts["captured"], lambda one: one.page.layout)))
        print(misses("captured: every miss", parts["captured"]))
    if reveal:
        for part in ("held", "fresh"):
            print(misses(f"{part}: every miss (audit only: never tune on these)", parts[part]))


def _side_by_side(pages: Sequence[CorpusPage], real: Sequence[CorpusPage], parts: dict[str, Sequence[Score]]) -> str:
    every = [*pages, *real]
    told: dict[str, list[Seen] | None] = {"regex maximum": [regex_maximum(page) for page in every]}
    told |= libraries_seen(every)
    tools: dict[str, dict[str, Sequence[Score]] | None] = {"govspider": parts}
    for name, seen in told.items():
        tools[name] = None if seen is None else _by_part(every, seen, len(pages))
    return peer_table(tools)


def _by_part(every: Sequence[CorpusPage], seen: Sequence[Seen], generated: int) -> dict[str, Sequence[Score]]:
    scores = [score(page, answer) for page, answer in zip(every, seen, strict=True)]
    return parts_of(scores[:generated], scores[generated:] or None)


def _conclude(chosen: argparse.Namespace, figures: dict[str, Any]) -> int:
    if chosen.write_floors:
        former = read_floors() if FLOORS.exists() else None
        FLOORS.write_text(json.dumps(floors_of(figures, former), indent=2) + "\n", encoding="utf-8")
    faults = below(figures, read_floors())
    print("\nfloors: " + ("all hold" if not faults else "\n  ".join(["not held", *faults])))
    print(json.dumps(figures))
    return _BELOW_FLOOR if faults and chosen.check else 0


def _dump(folder: Path, pages: Sequence[CorpusPage]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for page in pages:
        (folder / f"{page.name}.html").write_bytes(page.body)
        for number, part in enumerate(page.parts):
            (folder / f"{page.name}.part{number}").write_bytes(part.body)
        told = {"url": page.url, "truth": describe(page.truth), "parts": [part.url for part in page.parts]}
        (folder / f"{page.name}.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
