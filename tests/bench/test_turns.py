"""Of several turns each ratio is that of the turn in its middle; nothing that went wrong in another one is lost."""

from __future__ import annotations

import pytest

from tests.bench.page_cost import Cost
from tests.bench.turns import Turn, figures_of, middle

_TOLD = {"links": 10, "rows": 20, "postgres_cpu": None}


def _turn(full: float, bare: float, crawl: float, *, second: float = 0.3, differs: int = 0, steps: int = 0) -> Turn:
    """Contenders with so many milliseconds a page."""

    def cost(ms: float) -> Cost:
        return Cost(f"{ms} ms", 100, 120, ms / 10, ms / 10, peak_mb=ms)

    counters = {"govspider/reactor/long_steps": steps}
    again = {"second_vs_first": second, "second_differs": differs, "second_compared": 7, "second_unchanged": 3}
    return Turn(cost(full), cost(bare), cost(crawl), {**_TOLD, "counters": counters}, again)


def test_each_ratio_is_that_of_its_own_middle_and_all_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    turns = [_turn(10, 2, 30, second=0.5), _turn(10, 3, 10, second=0.2), _turn(10, 4, 20, second=0.3)]
    figures = figures_of(turns)
    assert (figures["full_vs_download"], figures["full_vs_download_by_turn"]) == (0.3, [0.2, 0.3, 0.4])
    assert (figures["full_vs_stock"], figures["full_vs_stock_by_turn"]) == (2.0, [3.0, 1.0, 2.0])
    assert (figures["second_vs_first"], figures["second_vs_first_by_turn"]) == (0.3, [0.5, 0.2, 0.3])
    assert "full_vs_download    0.300 of 0.2, 0.3, 0.4" in capsys.readouterr().out


def test_of_an_even_number_of_turns_the_lower_middle_counts() -> None:
    turns = [_turn(10, bare, 10) for bare in (4, 1, 2, 3)]
    assert middle(turns, "full_vs_download").ratios["full_vs_download"] == pytest.approx(0.2)


def test_a_difference_a_long_step_and_the_highest_peak_of_any_turn_are_told() -> None:
    figures = figures_of([_turn(10, 2, 10), _turn(30, 6, 30, differs=2, steps=1), _turn(10, 2, 10)])
    assert (figures["second_differs"], figures["long_steps"], figures["peak_mb"]) == (2, 1, 30)
