"""What `make scale` says of its figures."""

from __future__ import annotations

from typing import Any

from tests.scale.measure import Limits, exceeded, growth


def size(sites: int, judging: float, **slow: float) -> dict[str, Any]:
    return {"sites": sites, "judging_worst": judging, "judging_worst_processor": judging / 2, "slow": slow}


def test_growth_compares_the_largest_size_with_the_smallest() -> None:
    sizes = [size(1400, 4.0), size(14000, 50.0)]
    assert growth(sizes) == {"judging_worst": 12.5, "judging_worst_processor": 12.5}


def test_one_size_and_sizes_without_judgings_have_no_growth() -> None:
    assert growth([size(1400, 4.0)]) == {}
    assert growth([size(1400, 0.0), size(14000, 0.0)]) == {}


def test_every_figure_beyond_its_limit_is_told_and_no_other() -> None:
    sizes = [size(1400, 60.0), size(14000, 60.1, marks=1.2)]
    told = list(exceeded(sizes, {"judging_worst": 11.0, "judging_worst_processor": 11.1}, Limits()))
    assert told == [
        "14000 sites: judging a period: 60.1 s, more than 60 s",
        "14000 sites: marks: 1.2 s, more than 1 s",
        "judging_worst_processor from 1400 to 14000 sites: 11.1 times, more than 11",
    ]
