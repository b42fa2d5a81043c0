#!/usr/bin/env python3
"""链接检查准确度：在本机的陷阱服务器上检验本软件与其他链接检查工具，末行为 JSON。

The traps and their scoring live in tests/traps/, which the product never imports: this door starts them as a
program of their own. --check exits 1 where a figure is below its floor (tests/traps/floors.json). Other
checkers are taken from .venv-compare (pip, npm) or PATH; one that is not installed is told so.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parents[1]
_BAD_INPUT = 2


def main(arguments: Sequence[str] | None = None) -> int:
    if not (_CHECKOUT / "tests" / "traps").is_dir():
        print(f"link_accuracy: {_CHECKOUT} 中没有 tests/traps：请在完整的源码目录中运行", file=sys.stderr)
        return _BAD_INPUT
    passed_on = sys.argv[1:] if arguments is None else list(arguments)
    return subprocess.run([sys.executable, "-m", "tests.traps", *passed_on], cwd=_CHECKOUT, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
