"""What a machine may lack: a test then skips with a reason, or fails where GOVSPIDER_REQUIRE names the part."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

import pytest

PARTS = frozenset({"audit", "browser", "scrapyd", "pages", "parquet"})
REQUIRE = "GOVSPIDER_REQUIRE"
PAGES = "GOVSPIDER_PAGES"


def do_without(part: str, reason: str, environ: Mapping[str, str]) -> NoReturn:
    """Skip the running test for want of `part`, one of PARTS; fail it where that part is required (CI says so)."""
    if part in required_parts(environ):
        pytest.fail(f"{REQUIRE} names {part!r}, but: {reason}", pytrace=False)
    pytest.skip(reason)


def required_parts(environ: Mapping[str, str]) -> frozenset[str]:
    """The parts GOVSPIDER_REQUIRE names; a name that is none of PARTS fails, for it would require nothing."""
    named = frozenset(environ.get(REQUIRE, "").replace(",", " ").split())
    if unknown := sorted(named - PARTS):
        pytest.fail(f"{REQUIRE} names {', '.join(unknown)}; known are {', '.join(sorted(PARTS))}", pytrace=False)
    return named


def pages_folder(environ: Mapping[str, str]) -> Path:
    """Folder of captured real pages: unset skips the test, set and missing fails it."""
    given = environ.get(PAGES, "").strip()
    if not given:
        do_without("pages", f"{PAGES} is not set: it names the folder of captured pages", environ)
    folder = Path(given)
    if not folder.is_dir():
        pytest.fail(f"{PAGES} names {given!r}, which is no folder", pytrace=False)
    return folder
