"""Layouts: how content systems deliver a column, written from knowledge of the systems, never from an extractor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.accuracy.scene import Delivered, Scene

DOM = "dom"
"""Records stand in the page as elements: every trap fits."""
DATA = "data"
"""Records stand in scripts or answers: traps on rows' markup do not fit."""
ALONE = "alone"
"""The layout decides its own truth: only traps around it fit."""
WHOLE_DATA = "whole_data"
"""As DATA, in a document of its own without skin: only traps on records' days and titles fit."""
WHOLE = "whole"
"""A document of its own without records: no trap fits."""


@dataclass(frozen=True)
class Layout:
    """One way to deliver a column. `pages`: how many pages the corpus makes of it."""

    name: str
    build: Callable[[Scene], Delivered]
    delivery: str
    forms: tuple[str, ...]
    count: tuple[int, int]
    pages: int
    kinds: tuple[str, ...]


LAYOUTS: dict[str, Layout] = {}


def layout(
    delivery: str,
    forms: tuple[str, ...],
    count: tuple[int, int] = (6, 20),
    pages: int = 9,
    kinds: tuple[str, ...] = ("news", "notice", "policy"),
) -> Callable[[Callable[[Scene], Delivered | str]], Callable[[Scene], Delivered | str]]:
    """Register a layout under the name of its function."""

    def register(build: Callable[[Scene], Delivered | str]) -> Callable[[Scene], Delivered | str]:
        def delivered(scene: Scene) -> Delivered:
            made = build(scene)
            return Delivered(made) if isinstance(made, str) else made

        LAYOUTS[build.__name__] = Layout(build.__name__, delivered, delivery, forms, count, pages, kinds)
        return build

    return register
