"""Other ways to date a page, over the same pages: a regex maximum here, libraries in an environment of their own."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from govspider.extract.document.page import Page
from tests.accuracy.scoring import Seen
from tests.accuracy.truth import TODAY, CorpusPage

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-compare" / "bin" / "python"
_WORKER = Path(__file__).with_name("peer_worker.py")
LIBRARIES = ("htmldate_fast", "htmldate_extensive", "gerapy")
_DAY = re.compile(r"(20\d\d)[-./年](\d{1,2})[-./月](\d{1,2})")
_SECONDS_FOR_ALL = 1800


class PeerError(Exception):
    """The environment of the peers is there and does not work; the message quotes its last line."""


def regex_maximum(page: CorpusPage) -> Seen:
    """The newest day anywhere in the bytes that is not in the future."""
    text = Page(page.url, page.body, page.content_type).text
    began = perf_counter()
    days = [day for match in _DAY.finditer(text) if (day := _day(match)) and day <= TODAY]
    return Seen(max(days, default=None), milliseconds=(perf_counter() - began) * 1000)


def _day(match: re.Match[str]) -> date | None:
    year, month, day = (int(piece) for piece in match.groups())
    try:
        return date(year, month, day)
    except ValueError:  # 2026-02-30 is no day
        return None


def libraries_seen(pages: Sequence[CorpusPage]) -> dict[str, list[Seen] | None]:
    """What each library tells of each page; None for a library that is not installed."""
    if not PYTHON.exists():
        return dict.fromkeys(LIBRARIES)
    lines = [json.dumps({"url": page.url, "html": _text(page), "today": f"{TODAY}"}) for page in pages]
    done = subprocess.run(
        [str(PYTHON), str(_WORKER)],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_SECONDS_FOR_ALL,
        check=False,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode or len(answers) != len(pages):
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise PeerError(f"{_WORKER.name} answered for {len(answers)} of {len(pages)} pages: {last}")
    return {name: _of(name, answers) for name in LIBRARIES}


def _text(page: CorpusPage) -> str:
    return Page(page.url, page.body, page.content_type).text


def _of(name: str, answers: list[dict[str, Any]]) -> list[Seen] | None:
    if any(name not in answer for answer in answers):
        return None
    return [_seen(answer[name]) for answer in answers]


def _seen(told: dict[str, Any]) -> Seen:
    newest = date.fromisoformat(told["newest"]) if told["newest"] else None
    return Seen(newest, items=told.get("items"), milliseconds=told["ms"])
