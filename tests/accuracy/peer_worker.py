"""Runs in .venv-compare, without govspider: reads pages as JSON lines, writes what each library tells of them."""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import sys
import time
from collections.abc import Callable
from typing import Any

Told = dict[str, Any]


def main() -> int:
    """One line out for each line in."""
    asked = _installed()
    for line in sys.stdin:
        if not line.strip():
            continue
        page = json.loads(line)
        print(json.dumps({name: _timed(ask, page) for name, ask in asked.items()}), flush=True)
    return 0


def _installed() -> dict[str, Callable[[Told], Told]]:
    found: dict[str, Callable[[Told], Told]] = {}
    for names, add in ((("htmldate",), _add_htmldate), (("gerapy_auto_extractor",), _add_gerapy)):
        try:
            for name in names:
                importlib.import_module(name)
        except ImportError:
            continue
        add(found)
    return found


def _add_htmldate(found: dict[str, Callable[[Told], Told]]) -> None:
    find_date = importlib.import_module("htmldate").find_date

    def ask(extensive: bool) -> Callable[[Told], Told]:
        return lambda page: {"newest": find_date(page["html"], extensive_search=extensive, max_date=page["today"])}

    found["htmldate_fast"], found["htmldate_extensive"] = ask(False), ask(True)


def _add_gerapy(found: dict[str, Callable[[Told], Told]]) -> None:
    extractors = importlib.import_module("gerapy_auto_extractor.extractors")

    def ask(page: Told) -> Told:
        day = extractors.extract_datetime(page["html"])
        rows = extractors.extract_list(page["html"], base_url=page["url"]) or []
        return {"newest": str(day)[:10] if day else None, "items": len(rows)}

    found["gerapy"] = ask


def _timed(ask: Callable[[Told], Told], page: Told) -> Told:
    began = time.perf_counter()
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            told = ask(page)
    except Exception as error:  # noqa: BLE001 - a library that fails on a page tells nothing of it
        told = {"newest": None, "failed": repr(error)[:200]}
    return told | {"ms": (time.perf_counter() - began) * 1000}


if __name__ == "__main__":
    raise SystemExit(main())
