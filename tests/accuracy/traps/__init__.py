"""Traps: what makes a dead column look alive, a live one dead, or a full one blank; and broken bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.accuracy.layouts import ALONE, DATA, DOM, WHOLE_DATA
from tests.accuracy.scene import Scene

AROUND = frozenset({DOM, DATA, ALONE})
"""Traps that stand around the list fit every delivery."""
RECORDS = frozenset({DOM, DATA, WHOLE_DATA})
"""Traps that change records' days and titles."""
MARKUP = frozenset({DOM})
"""Traps that need the markup of a row."""


@dataclass(frozen=True)
class Trap:
    """One pitfall. `tempts` names the wrong answer it leads to; `age` how old the column then is."""

    name: str
    set: Callable[[Scene], None]
    tempts: str
    fits: frozenset[str]
    ages: tuple[str, ...]
    plain_form: bool


TRAPS: dict[str, Trap] = {}


def trap(
    tempts: str, fits: frozenset[str], ages: tuple[str, ...] = (), *, plain_form: bool = False
) -> Callable[[Callable[[Scene], None]], Callable[[Scene], None]]:
    """Register a trap under the name of its function; `plain_form`: the page's form must be a plain text form."""

    def register(function: Callable[[Scene], None]) -> Callable[[Scene], None]:
        TRAPS[function.__name__] = Trap(function.__name__, function, tempts, fits, ages, plain_form)
        return function

    return register
