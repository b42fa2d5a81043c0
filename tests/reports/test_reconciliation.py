"""Published figures: those that come out of their own counts, and those that do not."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from govspider.judging import judge
from govspider.reports.reconciliation import reconcile_period, reconcile_rate, reconcile_share, reconcile_sum
from govspider.scoring import numerators_printed_as
from tests.observed_city import CHECK_AT, PERIOD, ObservedCity, days_ago

# inspected, failed, printed rate (operators.md section 9, rubrics.md section 8)
RATES = [
    ("青海2023Q3 网站", 140, 11, "92.14"),
    ("青海2023Q3 新媒体", 1208, 31, "97.43"),
    ("青海2023Q3 省直", 141, 7, "95.04"),
    ("青海2023Q3 海东", 133, 4, "96.99"),
    ("青海2023Q3 海南州", 153, 3, "98.04"),
    ("青海2023Q3 海西", 168, 3, "98.21"),
    ("青海2023Q3 黄南", 38, 3, "92.11"),
    ("青海2023Q3 玉树", 131, 11, "91.60"),
    ("浙江2021Q4 网站", 561, 3, "99.5"),
    ("浙江2021Q4 新媒体", 5717, 28, "99.51"),
    ("浙江2017Q3 网站", 857, 34, "96.0"),
    ("湖北2018-2 网站", 639, 16, "97.5"),
    ("甘肃2021Q2 新媒体", 591, 25, "95.77"),
    ("福州2019Q3 新媒体", 314, 55, "82.48"),
    ("咸宁2020Q3 新媒体", 139, 39, "72"),
    ("渭南2020Q4 网站", 39, 3, "92"),
    ("渭南2020Q4 新媒体", 140, 36, "74"),
    ("龙岩2017 网站", 26, 3, "88.5"),
    ("国办2020 网站", 328, 27, "91.8"),
    ("国办2020 新媒体", 728, 59, "91.9"),
    ("四川2025Q1 网站", 735, 1, "99.86"),
    ("四川2025Q1 新媒体", 4133, 2, "99.95"),
    ("四川2022Q4 网站", 804, 5, "99.38"),
    ("四川2022Q4 新媒体", 2718, 8, "99.71"),
    ("北京2019Q4", 1716, 233, "86.42"),
]
# numerator, denominator, printed share
SHARES = [
    ("北京2018Q3 自查", 455, 457, "99.6"),
    ("浙江2017Q3 抽查", 857, 1910, "44.9"),
    ("甘肃2021Q2 抽查", 591, 4935, "12"),
    ("北京2023Q3 留言", 304, 412, "73.79"),
    ("北京2018Q3 超时单位", 11, 59, "18.6"),
    ("北京2018Q3 退回单位", 20, 59, "33.9"),
    ("北京2019Q4 单位", 54, 56, "96.4"),
    ("北京2019Q4 单位", 49, 56, "87.5"),
    ("北京2019Q4 单位", 42, 56, "75"),
]
# printed shares that no whole number of the printed base gives
IMPOSSIBLE = [("北京2018Q3 留言", 641, "37.7"), ("北京2018Q3 标识", 457, "95.5"), ("北京2018Q3 标识", 457, "94.8")]


@pytest.mark.parametrize(("notice", "total", "failed", "printed"), RATES)
def test_a_printed_rate_comes_out_of_its_own_counts(notice: str, total: int, failed: int, printed: str) -> None:
    assert reconcile_rate(notice, total, failed, Decimal(printed)).holds


@pytest.mark.parametrize(("notice", "numerator", "denominator", "printed"), SHARES)
def test_a_printed_share_comes_out_of_its_own_counts(
    notice: str, numerator: int, denominator: int, printed: str
) -> None:
    assert reconcile_share(notice, numerator, denominator, Decimal(printed)).holds


def test_the_rate_of_qinghai_2020_does_not_reconcile() -> None:
    found = reconcile_rate("青海2020Q3 网站", 134, 8, Decimal("94.3"))
    assert (found.holds, found.told) == (False, "126 ÷ 134 = 94.0%，印为 94.3%")
    assert numerators_printed_as(Decimal("94.3"), 134) == ()


@pytest.mark.parametrize(("notice", "denominator", "printed"), IMPOSSIBLE)
def test_a_share_that_no_whole_number_gives_does_not_reconcile(notice: str, denominator: int, printed: str) -> None:
    found = reconcile_share(notice, None, denominator, Decimal(printed))
    assert (found.holds, found.told) == (False, f"没有整数 ÷ {denominator} 得 {printed}%")


def test_a_share_that_some_whole_number_gives_names_it() -> None:
    for printed, numerators in (("97.2", (444,)), ("92.8", (424,)), ("77.5", (354,))):
        assert numerators_printed_as(Decimal(printed), 457) == numerators
    assert reconcile_share("北京2018Q3 标识", None, 845, Decimal("95.5")).told == "807 ÷ 845"
    assert numerators_printed_as(Decimal("37.8"), 641) == (242,)
    assert numerators_printed_as(Decimal("97"), 641) == tuple(range(619, 625))


@pytest.mark.parametrize(
    ("parts", "whole"),
    [((1, 5, 34, 2), 42), ((53, 25, 10, 4, 4, 1), 97), ((868, 271, 117, 107, 36, 300), 1699)],
)
def test_parts_of_a_notice_add_up_to_its_total(parts: tuple[int, ...], whole: int) -> None:
    assert reconcile_sum("合计", parts, whole).holds
    assert not reconcile_sum("合计", parts, whole + 1).holds


@pytest.fixture
def city(emptied_engine: Engine) -> ObservedCity:
    made = ObservedCity(emptied_engine)
    made.organisation("甲市", "city")
    made.organisation("东区", "district", "甲市")
    for number, organisation in enumerate(("甲市", "东区", "东区"), start=1):
        code = f"330000000{number}"
        made.site(code, organisation)
        look_id, _ = made.look(code)
        made.home(look_id, code, days_ago(1 if number < 3 else 40))
    judge(made.engine, PERIOD, "guoban-2019", CHECK_AT + timedelta(hours=1))
    return made


def test_a_judged_period_reconciles_in_all_its_parts(city: ObservedCity) -> None:
    found = reconcile_period(city.engine, PERIOD, "guoban-2019")
    assert [one for one in found if not one.holds] == []
    assert {"districts passed", "overall 总体", "site_types failed"} <= {one.name for one in found}


def test_a_verdict_that_is_missing_or_rests_on_an_older_look_is_reported(city: ObservedCity) -> None:
    with city.engine.begin() as connection:
        connection.execute(text("delete from verdict where clause = 'site' and site_id = (select min(id) from site)"))
    wrong = [one.name for one in reconcile_period(city.engine, PERIOD, "guoban-2019") if not one.holds]
    assert wrong == ["网站判定与纳入统计", "判定依据"]
