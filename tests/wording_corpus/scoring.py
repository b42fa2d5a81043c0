"""Scoring the corpus of wordings: what was found of the slips, and every false alarm."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from govspider.extract.document.page import Page
from govspider.extract.wording.wording import find_wording
from govspider.items import WordingObservation, WordingSeverity
from tests.dark_corpus.scoring import wilson
from tests.wording_corpus.clean_pages import URL, CleanPage, clean_pages
from tests.wording_corpus.slips import Slip, all_slips, words


@dataclass(slots=True)
class Part:
    """Counts of one part. `misses` are named for the tuned part only."""

    slips: int = 0
    found: int = 0
    grave: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    kinds_found: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Alarms:
    """False alarms on clean pages."""

    pages: int = 0
    grave: int = 0
    hints: int = 0
    told: list[str] = field(default_factory=list)


def score_slips() -> dict[str, Part]:
    """The tuned and the held part."""
    parts = {"tuned": Part(), "held": Part()}
    for number, slip in enumerate(all_slips()):
        part = parts["held" if slip.held else "tuned"]
        told = [one for one in find_wording(_page_of(slip, number)) if _is_about(one, slip)]
        part.slips += 1
        part.kinds[slip.kind] += 1
        if told:
            part.found += 1
            part.kinds_found[slip.kind] += 1
            part.grave += any(one.severity is WordingSeverity.GRAVE for one in told)
        elif not slip.held:
            part.misses.append(slip.name)
    return parts


def _page_of(slip: Slip, number: int) -> Page:
    before, behind = Random(number).sample(words()["fillers"], 2)
    body = f"<h1>工作动态</h1><p>{before}</p><p>{slip.sentence}{behind}</p>"
    return Page(URL.format(number), f'<html><meta charset="utf-8"><body>{body}</body></html>'.encode())


def _is_about(told: WordingObservation, slip: Slip) -> bool:
    """The finding stands in the wrong phrase: it quotes a part of it, or it quotes all of it."""
    return told.text in slip.wrong or slip.wrong in told.text


def score_clean() -> Alarms:
    """False alarms on the generated clean pages."""
    return _alarms((f"{one.trap} {one.number}", one.page(), one) for one in clean_pages())


def _alarms(pages: Iterable[tuple[str, Page, CleanPage | None]]) -> Alarms:
    alarms = Alarms()
    for name, page, clean in pages:
        told = find_wording(page, clean.day if clean else None)
        grave = [one for one in told if one.severity is WordingSeverity.GRAVE]
        alarms.pages += 1
        alarms.grave += bool(grave)
        alarms.hints += bool(told) and not grave
        alarms.told += [f"{name}: {one.severity.value} {one.text} → {one.suggestion}（{one.sentence}）" for one in told]
    return alarms


def score_captured(folder: Path) -> Alarms:
    """Alarms on the captured real pages outside dark/: none of them is known to hold a grave error."""
    return _alarms((name, page, None) for name, page in _captured(folder))


def _captured(folder: Path) -> Iterator[tuple[str, Page]]:
    with (folder / "labels.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            name = row["file"]
            if name.endswith((".html", ".htm")) and not name.startswith("dark/"):
                yield name, Page(row["url_if_known"] or f"http://{row['host']}/", (folder / name).read_bytes())


def corpus_sha256() -> str:
    """One digest over every slip and every clean page."""
    digest = hashlib.sha256()
    for slip in all_slips():
        digest.update(f"{slip}\n".encode())
    for page in clean_pages():
        digest.update(f"{page}\n".encode())
    return digest.hexdigest()


def summary(parts: Mapping[str, Part], clean: Alarms, captured: Alarms | None) -> dict[str, Any]:
    """The figures for machines: the last line of the sheet."""
    return {
        "corpus_sha256": corpus_sha256(),
        **{name: _figures(part) for name, part in parts.items()},
        "clean": _alarm_figures(clean),
        "captured": captured and _alarm_figures(captured),
    }


def _alarm_figures(alarms: Alarms) -> dict[str, Any]:
    bounds = _bounds(alarms.grave, alarms.pages)
    return {"pages": alarms.pages, "grave": alarms.grave, "hints": alarms.hints, "bounds": bounds}


def _figures(part: Part) -> dict[str, Any]:
    return {
        "slips": part.slips,
        "found": part.found,
        "grave": part.grave,
        "recall": round(part.found / part.slips, 4),
        "bounds": _bounds(part.found, part.slips),
        "grave_recall": round(part.grave / part.slips, 4),
        "kinds": {kind: [part.kinds_found[kind], total] for kind, total in sorted(part.kinds.items())},
    }


def _bounds(hits: int, total: int) -> list[float]:
    return [round(bound, 4) for bound in wilson(hits, total)]
