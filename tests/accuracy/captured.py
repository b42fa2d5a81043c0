"""The captured real pages as a part of the accuracy sheet: labels in tests/gold/lists.yaml, pages where they lie."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from govspider.items import ColumnState, UnknownReason
from tests.accuracy.truth import TUNED, CorpusPage, Truth

VARIABLE = "GOVSPIDER_PAGES"
_LABELS = Path(__file__).parents[1] / "gold" / "lists.yaml"


class CapturedPagesError(Exception):
    """The folder of captured pages does not hold what the labels describe; the message says which file."""


def captured_pages(environ: Mapping[str, str]) -> tuple[CorpusPage, ...] | None:
    """All labelled column and home pages, None where GOVSPIDER_PAGES is unset."""
    given = environ.get(VARIABLE, "").strip()
    if not given:
        return None
    folder = Path(given)
    if not folder.is_dir():
        raise CapturedPagesError(f"{VARIABLE} names {given!r}, which is no folder")
    labels = yaml.safe_load(_LABELS.read_text(encoding="utf-8"))
    pages = [_page(folder, entry, "column", _column_truth(entry)) for entry in labels["pages"]]
    return (*pages, *(_page(folder, entry, "home", _home_truth(entry)) for entry in labels["homes"]))


def _page(folder: Path, entry: Mapping[str, Any], role: str, truth: Truth) -> CorpusPage:
    path = folder / entry["file"]
    try:
        body = path.read_bytes()
    except OSError as error:
        raise CapturedPagesError(f"{entry['file']} is not in the folder of captured pages: {error.strerror}") from error
    if hashlib.sha256(body).hexdigest() != entry["sha256"]:
        raise CapturedPagesError(f"{entry['file']} is not the page that was labelled: its sha256 differs")
    return CorpusPage(entry["file"], role, "", "captured", TUNED, entry["url"], body, None, truth)


def _column_truth(entry: Mapping[str, Any]) -> Truth:
    state = ColumnState(entry["state"])
    reasons: frozenset[UnknownReason] = frozenset()
    if state is ColumnState.UNKNOWN:
        reasons = frozenset(UnknownReason)
    elif entry["newest"] is None and state in (ColumnState.LIST, ColumnState.PORTAL):
        reasons = frozenset({UnknownReason.UNDATED})
    return Truth(state, entry["newest"], entry["items"], reasons)


def _home_truth(entry: Mapping[str, Any]) -> Truth:
    """Of a home page only the newest day is labelled."""
    reasons = frozenset(UnknownReason) if entry["newest"] is None else frozenset()
    return Truth(
        ColumnState.PORTAL, entry["newest"], None, reasons, also=frozenset(ColumnState) - {ColumnState.UNKNOWN}
    )
