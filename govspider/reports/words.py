"""The Chinese words of the reports, from words.yaml."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml


@cache
def words(section: str) -> dict[str, str]:
    """Words of one section: pass_rates, problems, kinds, notes and so on. Raises KeyError for no such section."""
    content = (files("govspider.reports") / "words.yaml").read_text(encoding="utf-8")
    found: dict[str, str] = yaml.safe_load(content)[section]
    return found
