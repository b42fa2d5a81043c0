"""Floors of the accuracy: figures that may rise and never fall, bound to one corpus."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).with_name("floors.json")
AT_LEAST = ("exact", "answered", "items_exact", "kind_exact", "parts_asked")
AT_MOST = ("wrong_dates", "false_stale", "false_fresh", "false_blank")
PARTS = ("tuned", "held", "fresh", "captured")


def read_floors(path: Path = FLOORS) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def floors_of(summary: dict[str, Any], former: dict[str, Any] | None = None) -> dict[str, Any]:
    """Floors at the measured values; captured pages that were not there keep their former floors."""
    floors: dict[str, Any] = {"corpus_sha256": summary["corpus_sha256"]}
    for part in PARTS:
        measured = summary[part]
        if measured is None:
            floors[part] = (former or {}).get(part)
        else:
            floors[part] = {name: measured[name] for name in ("pages", *AT_LEAST, *AT_MOST)}
    return floors


def below(summary: dict[str, Any], floors: dict[str, Any]) -> list[str]:
    """One sentence for every figure that is worse than its floor; empty where all hold."""
    faults = []
    if summary["corpus_sha256"] != floors["corpus_sha256"]:
        faults.append(
            f"the corpus is {summary['corpus_sha256'][:12]}, the floors are for {floors['corpus_sha256'][:12]}: "
            "a changed corpus needs floors measured on it (scripts/accuracy.py --write-floors) and its reason"
        )
    for part in PARTS:
        if summary[part] is not None and (floor := floors.get(part)) is not None:
            faults += _below(part, summary[part], floor)
    return faults


def _below(part: str, measured: dict[str, Any], floor: dict[str, Any]) -> list[str]:
    faults = [
        f"{part}: {name} is {measured[name]} of {measured['pages']} pages, the floor is {floor[name]}"
        for name in AT_LEAST
        if measured[name] < floor[name]
    ]
    faults += [
        f"{part}: {name} is {measured[name]}, at most {floor[name]} are allowed"
        for name in AT_MOST
        if measured[name] > floor[name]
    ]
    if measured["pages"] != floor["pages"]:
        faults.append(f"{part}: {measured['pages']} pages, the floors are for {floor['pages']}")
    return faults
