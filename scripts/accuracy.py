#!/usr/bin/env python3
"""The accuracy sheet: newest dates, counts and kinds of columns against a corpus with known truths.

The corpus and its scoring live in tests/accuracy/, which the product never imports: this door starts them
as a program of their own. --check exits 1 where a figure is below its floor (tests/accuracy/floors.json).
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parents[1]
_BAD_INPUT = 2


def main(arguments: Sequence[str] | None = None) -> int:
    if not (_CHECKOUT / "tests" / "accuracy").is_dir():
        print(f"accuracy: {_CHECKOUT} 中没有 tests/accuracy：请在完整的源码目录中运行", file=sys.stderr)
        return _BAD_INPUT
    passed_on = sys.argv[1:] if arguments is None else list(arguments)
    return subprocess.run([sys.executable, "-m", "tests.accuracy", *passed_on], cwd=_CHECKOUT, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
