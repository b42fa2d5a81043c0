"""How often wording is right: `python -m tests.wording_corpus` prints the sheet, its last line as JSON."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.optional_parts import PAGES
from tests.wording_corpus.floors import FLOORS, below, floors_of, read_floors
from tests.wording_corpus.scoring import Alarms, Part, score_captured, score_clean, score_slips, summary

_FAILED = 1
_SHOWN = 20


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.wording_corpus", description=__doc__)
    parser.add_argument("--check", action="store_true", help="exit 1 where a figure is below its floor")
    parser.add_argument("--write-floors", action="store_true", help="make the figures measured now the floors")
    parser.add_argument("--misses", action="store_true", help="name every miss of the tuned part and every alarm")
    parser.add_argument("--no-peers", action="store_true", help="accepted for `make accuracy`: there are no peers")
    chosen = parser.parse_args(arguments)
    parts, clean = score_slips(), score_clean()
    folder = os.environ.get(PAGES, "").strip()
    captured = score_captured(Path(folder)) if folder else None
    figures = summary(parts, clean, captured)
    _print(figures, parts, [clean, *([captured] if captured else [])], None if chosen.misses else _SHOWN)
    if chosen.write_floors:
        FLOORS.write_text(json.dumps(floors_of(figures), indent=1) + "\n", encoding="utf-8")
    short = below(figures, read_floors())
    for sentence in short:
        print(f"below its floor: {sentence}", file=sys.stderr)
    print(json.dumps(figures, ensure_ascii=False))
    return _FAILED if chosen.check and short else 0


def _print(figures: dict[str, Any], parts: dict[str, Part], alarms: list[Alarms], shown: int | None) -> None:
    print(f"{'part':<10}{'slips':>8}{'found':>8}{'recall':>9}{'95 %':>18}{'as grave':>10}")
    for name in parts:
        one = figures[name]
        low, high = one["bounds"]
        bounds = f"{low:.4f} to {high:.4f}"
        rates = f"{one['recall']:>9.4f}{bounds:>18}{one['grave_recall']:>10.4f}"
        print(f"{name:<10}{one['slips']:>8}{one['found']:>8}{rates}")
        print(" " * 10 + "  ".join(f"{kind} {found}/{total}" for kind, (found, total) in one["kinds"].items()))
    for miss in parts["tuned"].misses[:shown]:
        print(f"    missed: {miss}")
    for name, one in zip(("clean", "captured"), alarms, strict=False):
        print(f"{name:<10}{one.pages:>8} pages, grave false alarms on {one.grave}, only hints on {one.hints}")
        for told in one.told[:shown]:
            print(f"    {told}")


if __name__ == "__main__":
    raise SystemExit(main())
