#!/usr/bin/env python3
"""暗链检查准确度：在植入暗链的生成网页、其干净孪生页和正常网页上检验，末行为 JSON。

The corpus and its scoring live in tests/dark_corpus/, which the product never imports: this door starts
them as a program of their own. --check exits 1 where a figure is below its floor, --write-floors makes the
figures measured now the floors, --misses names every miss of the tuned part, --sample looks at one page of ten.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parents[1]
_BAD_INPUT = 2


def main(arguments: Sequence[str] | None = None) -> int:
    if not (_CHECKOUT / "tests" / "dark_corpus").is_dir():
        print(f"dark_accuracy: {_CHECKOUT} 中没有 tests/dark_corpus：请在完整的源码目录中运行", file=sys.stderr)
        return _BAD_INPUT
    passed_on = sys.argv[1:] if arguments is None else list(arguments)
    command = [sys.executable, "-m", "tests.dark_corpus", *passed_on]
    return subprocess.run(command, cwd=_CHECKOUT, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
