"""The data files of the city, read once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml


def _read(name: str) -> dict[str, Any]:
    found = yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    if not isinstance(found, dict):
        raise ValueError(f"{name} must hold a mapping, it holds {type(found).__name__}")
    return found


WORDS = _read("words.yaml")
BLUEPRINT = _read("blueprint.yaml")
