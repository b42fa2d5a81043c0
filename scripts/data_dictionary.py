"""Write docs/data-dictionary.md from the tables, or check that it is current.

python scripts/data_dictionary.py           write it
python scripts/data_dictionary.py --check   exit 3 when it is not current
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from govspider.db.data_dictionary import data_dictionary

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "data-dictionary.md"


def main(arguments: list[str] | None = None) -> int:
    """Exit code: 0 written or current, 3 not current."""
    parser = argparse.ArgumentParser(description="Write docs/data-dictionary.md from the tables.")
    parser.add_argument("--check", action="store_true", help="write nothing, say whether it is current")
    wanted = data_dictionary()
    if not parser.parse_args(arguments).check:
        DOCUMENT.write_text(wanted, "utf-8")
        return 0
    if DOCUMENT.is_file() and DOCUMENT.read_text("utf-8") == wanted:
        return 0
    print(f"{DOCUMENT.name} is not current: run `python scripts/data_dictionary.py`.", file=sys.stderr)
    return 3


if __name__ == "__main__":
    sys.exit(main())
