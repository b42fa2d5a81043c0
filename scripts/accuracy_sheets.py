#!/usr/bin/env python3
"""All accuracy sheets one after the other; the last line is one JSON object with the figures of each.

A sheet is a program that prints what it measured, its last line one JSON object, and takes --check (exit 1
where a figure is below its floor) and --no-peers. A sheet that fails does not keep the others from running.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_CHECKOUT = Path(__file__).resolve().parents[1]
_BAD_INPUT, _INCOMPLETE = 2, 3


class SheetError(Exception):
    """A sheet that cannot be run, or that ended without figures."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 done, 2 bad input, else what the first sheet that failed ended with; 3 where it told no figures."""
    chosen = _parser().parse_args(arguments)
    try:
        sheets = _named(chosen.sheets)
    except SheetError as error:
        print(f"accuracy_sheets: {error}", file=sys.stderr)
        return _BAD_INPUT
    flags = [flag for flag, given in (("--check", chosen.check), ("--no-peers", chosen.no_peers)) if given]
    figures: dict[str, Any] = {}
    codes = []
    for name, program in sheets.items():
        print(f"── {name} ──", flush=True)
        code, last = _run(program, flags)
        figures[name] = _figures(last)
        if figures[name] is None:
            print(f"accuracy_sheets: {name} ({program}) ended with {code} and no figures", file=sys.stderr)
        codes.append(code or (_INCOMPLETE if figures[name] is None else 0))
    print(json.dumps(figures, ensure_ascii=False), flush=True)
    return next((code for code in codes if code), 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "sheets", nargs="+", metavar="NAME=PROGRAM", help="a sheet, such as links=scripts/link_accuracy.py"
    )
    parser.add_argument("--check", action="store_true", help="exit 1 where a figure is below its floor")
    parser.add_argument("--no-peers", action="store_true", help="only govspider")
    return parser


def _named(words: Sequence[str]) -> dict[str, str]:
    """Programs by the name that their figures get, in the order given."""
    sheets: dict[str, str] = {}
    for word in words:
        name, _, program = word.partition("=")
        if not name or not program:
            raise SheetError(f"{word!r} is no sheet: write NAME=PROGRAM, such as links=scripts/link_accuracy.py")
        if name in sheets:
            raise SheetError(f"two sheets are called {name!r}: {sheets[name]} and {program}")
        if not (_CHECKOUT / program).is_file():
            raise SheetError(f"the sheet {name!r} is {program!r}, and there is no such file in {_CHECKOUT}")
        sheets[name] = program
    return sheets


def _run(program: str, flags: Sequence[str]) -> tuple[int, str]:
    """Exit code and last line of a sheet, whose output is passed on as it comes."""
    last = ""
    command = [sys.executable, program, *flags]
    with subprocess.Popen(command, cwd=_CHECKOUT, stdout=subprocess.PIPE, text=True, encoding="utf-8") as running:
        assert running.stdout is not None
        for line in running.stdout:
            print(line, end="", flush=True)
            last = line.strip() or last
    return running.returncode, last


def _figures(last: str) -> dict[str, Any] | None:
    """Figures of a sheet, None where its last line is no JSON object."""
    try:
        told = json.loads(last)
    except json.JSONDecodeError:
        return None
    return told if isinstance(told, dict) else None


if __name__ == "__main__":
    raise SystemExit(main())
