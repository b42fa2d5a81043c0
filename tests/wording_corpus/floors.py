"""Floors of the wording figures: counts that may rise and never fall, bound to one corpus."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).with_name("floors.json")
_PARTS = ("tuned", "held")
_CLEAN = ("clean", "captured")


def read_floors() -> dict[str, Any]:
    """The floors; empty before the first ones were written."""
    loaded: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    return loaded


def floors_of(figures: dict[str, Any]) -> dict[str, Any]:
    """Floors at the measured values; captured pages that were not there keep their former ones."""
    floors: dict[str, Any] = {"corpus_sha256": figures["corpus_sha256"]}
    for part in _PARTS:
        floors[part] = {name: figures[part][name] for name in ("slips", "found", "grave")}
    for part in _CLEAN:
        measured = figures[part]
        floors[part] = (
            {name: measured[name] for name in ("pages", "grave", "hints")} if measured else read_floors().get(part)
        )
    return floors


def below(figures: dict[str, Any], floors: dict[str, Any]) -> list[str]:
    """One sentence for every figure that is worse than its floor; empty where all hold."""
    if figures["corpus_sha256"] != floors.get("corpus_sha256"):
        return [
            f"the corpus is {figures['corpus_sha256'][:12]}, the floors are for "
            f"{str(floors.get('corpus_sha256'))[:12]}: measure them anew (--write-floors) and say why"
        ]
    faults = [
        f"{part}: {name} is {figures[part][name]}, the floor is {floors[part][name]}"
        for part in _PARTS
        for name in ("found", "grave")
        if figures[part][name] < floors[part][name]
    ]
    for part in _CLEAN:
        if figures[part] is not None and floors[part] is not None:
            faults += [
                f"{part}: {name} is {figures[part][name]}, at most {floors[part][name]}"
                for name in ("grave", "hints")
                if figures[part][name] > floors[part][name]
            ]
    return faults
