#!/usr/bin/env python3
"""列出死信：存不进库的记录、各自的原因和网址；写了一半的行逐条说明。"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from govspider.evidence.dead_letters import DeadLettersError, read

_BAD_INPUT, _INCOMPLETE = 2, 3
_USUAL = "dead-letters.jsonl"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 every line was read, 2 no such file, 3 some lines are only half there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "file", nargs="?", type=Path, help="死信文件，默认 GOVSPIDER_DEAD_LETTERS 或 dead-letters.jsonl"
    )
    chosen = parser.parse_args(arguments)
    path = chosen.file or Path(os.environ.get("GOVSPIDER_DEAD_LETTERS") or _USUAL)
    try:
        found = read(path)
    except DeadLettersError as error:
        print(f"dead_letters: {error}", file=sys.stderr)
        return _BAD_INPUT
    for letter in found.letters:
        row = letter["row"]
        print(f"{letter['item']}\t{row.get('url', '')}\t{letter['error']}")
    kinds = "、".join(f"{kind} {count} 条" for kind, count in Counter(one["item"] for one in found.letters).items())
    print(f"共 {len(found.letters)} 条死信{f'（{kinds}）' if kinds else ''}；所涉网站在下一次巡检中重看")
    for sentence in found.broken:
        print(f"dead_letters: {sentence}", file=sys.stderr)
    return _INCOMPLETE if found.broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
