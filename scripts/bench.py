#!/usr/bin/env python3
"""速度：在本机上把完整巡检与原版 Scrapy 等工具并排测量，末行为 JSON（docs/performance.md）。

The bench lives in tests/bench/, which the product never imports: this door starts it as a program of its own.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parents[1]
_BAD_INPUT = 2


def main(arguments: Sequence[str] | None = None) -> int:
    if not (_CHECKOUT / "tests" / "bench").is_dir():
        print(f"bench: {_CHECKOUT} 中没有 tests/bench：请在完整的源码目录中运行", file=sys.stderr)
        return _BAD_INPUT
    passed_on = sys.argv[1:] if arguments is None else list(arguments)
    return subprocess.run([sys.executable, "-m", "tests.bench", *passed_on], cwd=_CHECKOUT, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
