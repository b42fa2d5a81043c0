"""Rates as public notices print them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from govspider.scoring import MarkRate, PassRate, RateError, percent

# totals and failures of public notices, with the rate each printed
PRINTED = [
    ("青海2023Q3 网站", 140, 11, "92.14"),
    ("青海2023Q3 新媒体", 1208, 31, "97.43"),
    ("青海2023Q3 省直", 141, 7, "95.04"),
    ("青海2023Q3 海东", 133, 4, "96.99"),
    ("青海2023Q3 海南州", 153, 3, "98.04"),
    ("青海2023Q3 海西", 168, 3, "98.21"),
    ("青海2023Q3 黄南", 38, 3, "92.11"),
    ("青海2023Q3 玉树", 131, 11, "91.60"),
    ("浙江2021Q4 网站", 561, 3, "99.5"),
    ("浙江2017Q3 网站", 857, 34, "96.0"),
    ("湖北2018-2 网站", 639, 16, "97.5"),
    ("甘肃2021Q2 新媒体", 591, 25, "95.77"),
    ("福州2019Q3 新媒体", 314, 55, "82.48"),
    ("咸宁2020Q3 新媒体", 139, 39, "72"),
    ("渭南2020Q4 网站", 39, 3, "92"),
    ("渭南2020Q4 新媒体", 140, 36, "74"),
    ("龙岩2017 网站", 26, 3, "88.5"),
    ("四川2025Q1 网站", 735, 1, "99.86"),
    ("四川2022Q4 网站", 804, 5, "99.38"),
    ("北京2019Q4", 1716, 233, "86.42"),
    ("国办2020 网站", 328, 27, "91.8"),
]


@pytest.mark.parametrize(("notice", "total", "failed", "printed"), PRINTED, ids=[row[0] for row in PRINTED])
def test_rates_of_public_notices_come_out_as_printed(notice: str, total: int, failed: int, printed: str) -> None:
    places = len(printed.partition(".")[2])
    rate = PassRate(passed=total - failed, failed=failed, places=places).rate
    assert rate is not None
    assert str(rate) == printed


def test_the_notice_that_does_not_reconcile_is_not_reproduced() -> None:
    rate = PassRate(passed=126, failed=8, places=1).rate
    assert rate == Decimal("94.0")


def test_a_half_is_rounded_up() -> None:
    assert percent(1, 8, places=1) == Decimal("12.5")
    assert percent(1, 16, places=1) == Decimal("6.3")
    assert percent(1, 800, places=2) == Decimal("0.13")
    assert percent(5, 1000, places=0) == Decimal("1")


def test_nothing_judged_is_no_rate_rather_than_zero() -> None:
    rate = PassRate(unknown=4)
    assert rate.rate is None
    assert rate.coverage == Decimal("0.00")
    assert (rate.lower, rate.upper) == (Decimal("0.00"), Decimal("100.00"))


def test_an_empty_group_has_no_figures() -> None:
    empty = PassRate()
    assert (empty.rate, empty.coverage, empty.lower, empty.upper) == (None, None, None, None)


def test_unknown_sites_stand_outside_the_rate_and_inside_the_bounds() -> None:
    rate = PassRate(passed=6, failed=2, unknown=2)
    assert (rate.included, rate.judged) == (10, 8)
    assert rate.rate == Decimal("75.00")
    assert rate.coverage == Decimal("80.00")
    assert (rate.lower, rate.upper) == (Decimal("60.00"), Decimal("80.00"))


def test_rates_of_parts_add_up() -> None:
    assert PassRate(1, 2, 3) + PassRate(4, 5, 6) == PassRate(5, 7, 9)


def test_the_self_check_coverage_of_a_notice_comes_out_as_printed() -> None:
    assert percent(455, 457, places=1) == Decimal("99.6")


@pytest.mark.parametrize(("numerator", "denominator"), [(3, 2), (-1, 2), (1, 0)])
def test_an_impossible_share_is_refused_with_its_figures(numerator: int, denominator: int) -> None:
    with pytest.raises(RateError, match=f"{numerator} of {denominator}"):
        percent(numerator, denominator)


def test_a_mark_ratio_leaves_unknown_sites_apart() -> None:
    rate = MarkRate(present=6, absent=1, invalid=1, unknown=5)
    assert rate.established == 8
    assert rate.ratio == Decimal("75.00")
    assert MarkRate(unknown=5).ratio is None
