"""The rules of the footer marks (lexicons/footer_marks.yaml), patterns compiled once."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from govspider.extract.lexicons import read_lexicon


def rule(section: str) -> dict[str, Any]:
    """One section of the lexicon, such as `icp` or `place`."""
    section_rules: dict[str, Any] = read_lexicon("footer_marks")[section]
    return section_rules


@cache
def pattern(section: str, name: str) -> re.Pattern[str]:
    """A pattern of a section, compiled; letter case is ignored in all of them."""
    return re.compile(rule(section)[name], re.IGNORECASE)
