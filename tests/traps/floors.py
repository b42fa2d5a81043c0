"""What the link checks must reach: floors.json beside this file. A floor moves only upwards."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from govspider.browser.chromium import find_chromium


def read_floors() -> dict[str, float]:
    """Figures to reach: `found` of `faults`, `states` of `traps`, at most `alarms` and `requests_per_address`.

    A machine with a Chromium is shown more traps.
    """
    floors: dict[str, Any] = json.loads(files(__package__).joinpath("floors.json").read_text("utf-8"))
    with_browser = floors.pop("with_browser")
    return {**floors, **(with_browser if find_chromium(os.environ) is not None else {})}


def below_floors(sheet: Mapping[str, Any]) -> list[str]:
    """Sentences about figures of a sheet that do not reach their floor."""
    floors, product = read_floors(), sheet["product"]
    short = [
        f"{name} {product[name]}, at least {floors[name]:g}"
        for name in ("faults", "found", "traps", "states")
        if product[name] < floors[name]
    ]
    if len(product["alarms"]) > floors["alarms"]:
        short.append(f"false alarms {product['alarms']}, at most {floors['alarms']:g}")
    ratio = sheet.get("requests_per_address")
    if ratio is not None and ratio > floors["requests_per_address"]:
        short.append(f"requests per address {ratio}, at most {floors['requests_per_address']}")
    return short
