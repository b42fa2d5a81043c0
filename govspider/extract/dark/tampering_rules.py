"""What tampering.yaml says, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True)
class TamperingRules:
    """Limits, grades and names of tampering."""

    limits: dict[str, int]
    grades: dict[str, float]
    engines: tuple[str, ...]
    spiders: tuple[str, ...]
    names: dict[str, str]


@cache
def tampering_rules() -> TamperingRules:
    """The rules that ship with the package."""
    source = files("govspider.extract").joinpath("lexicons", "tampering.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.safe_load(source)
    return TamperingRules(
        limits=data["limits"],
        grades=data["grades"],
        engines=tuple(str(name) for name in data["engines"]),
        spiders=tuple(str(name) for name in data["spiders"]),
        names=data["names"],
    )
