"""What the bench must reach: floors.json beside this file, with what is wanted. `make bench BENCHFLAGS=--check`.

`floor` (or `most`, for what should be small) is what was reached and may not be lost again; `wanted` and `goal` are
what the inspection is meant to reach. A floor moves only upwards.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any


def read_floors() -> dict[str, dict[str, float]]:
    """By figure: `floor` or `most`, and `wanted` and `goal` where there are such."""
    floors: dict[str, dict[str, float]] = json.loads(files(__package__).joinpath("floors.json").read_text("utf-8"))
    return floors


def below_floors(figures: Mapping[str, Any], floors: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Sentences about measured figures that do not hold their floor; what was not measured is none."""
    found = []
    for name, limits in floors.items():
        value = figures.get(name)
        if value is None:
            continue
        if "floor" in limits and value < limits["floor"]:
            found.append(f"{name} is {value:g}, the floor is {limits['floor']:g}")
        if "most" in limits and value > limits["most"]:
            found.append(f"{name} is {value:g}, at most {limits['most']:g} is allowed")
    return found


def table(figures: Mapping[str, Any], floors: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """Lines: each figure beside its floor and what is wanted, and how close it comes."""
    yield f"{'figure':<20}{'measured':>10}{'floor':>8}{'wanted':>8}{'goal':>8}{'reached':>9}"
    for name, limits in floors.items():
        value = figures.get(name)
        limit, wanted, goal = limits.get("floor", limits.get("most")), limits.get("wanted"), limits.get("goal")
        shown = "".join(f"{'–' if number is None else f'{number:g}':>8}" for number in (limit, wanted, goal))
        yield f"{name:<20}{'not run' if value is None else f'{value:g}':>10}{shown}{_reached(value, limits):>9}"


def _reached(value: float | None, limits: Mapping[str, float]) -> str:
    """Share of what is wanted: 100 % and more is there."""
    wanted = limits.get("wanted")
    if value is None or not wanted or not value:
        return "–"
    return f"{100 * (value / wanted if 'floor' in limits else wanted / value):.0f} %"
