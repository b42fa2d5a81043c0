"""Floors of the dark links: counts that must not fall, alarms that must not rise, for the whole corpus and a sample."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).with_name("floors.json")
SAMPLE = 10
"""The test suite looks at one case of so many."""


def read_floors(share: int, path: Path = FLOORS) -> dict[str, Any]:
    """Floors of a share; KeyError names a share that has none."""
    floors: dict[str, Any] = json.loads(path.read_text("utf-8"))
    found: dict[str, Any] = floors[str(share)]
    return found


def floors_of(figures: dict[str, Any], former: dict[str, Any] | None) -> dict[str, Any]:
    """Floors at what was measured; captured pages that were not at hand keep their former floors."""
    captured = figures["captured"]
    return {
        "found": {part: figures[part]["found"] for part in ("tuned", "held")},
        "pages": {part: figures[part]["pages"] for part in ("tuned", "held")},
        "twin_alarms": sum(twins["alarms"] for twins in figures["twins"].values()),
        "clean_alarms": figures["clean"]["strong"] + figures["clean"]["weak"],
        "captured": (former or {}).get("captured")
        if captured is None
        else {"found": captured["dark"]["found"], "alarms": captured["clean"]["strong"] + captured["clean"]["weak"]},
    }


def below(figures: dict[str, Any], floors: dict[str, Any]) -> list[str]:
    """One sentence for every figure that is worse than its floor; empty where all hold."""
    now = floors_of(figures, floors)
    faults = [
        f"{part}: {now['found'][part]} of {now['pages'][part]} pages found, the floor is {floors['found'][part]}"
        for part in floors["found"]
        if now["found"][part] < floors["found"][part]
    ]
    faults += [
        f"{part}: {now['pages'][part]} pages, the floor is for {floors['pages'][part]}: write floors for a new corpus"
        for part in floors["pages"]
        if now["pages"][part] != floors["pages"][part]
    ]
    faults += [
        f"{name}: {now[name]}, at most {floors[name]} are allowed"
        for name in ("twin_alarms", "clean_alarms")
        if now[name] > floors[name]
    ]
    if figures["captured"] is not None and floors["captured"] is not None:
        faults += _below_captured(now["captured"], floors["captured"])
    return faults


def _below_captured(now: dict[str, int], floor: dict[str, int]) -> list[str]:
    faults = []
    if now["found"] < floor["found"]:
        faults.append(f"captured: {now['found']} dark pages found, the floor is {floor['found']}")
    if now["alarms"] > floor["alarms"]:
        faults.append(f"captured: {now['alarms']} clean pages accused, at most {floor['alarms']} are allowed")
    return faults
