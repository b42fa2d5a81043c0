"""Changes, streaks and repeat offenders, and their refusal across rubrics."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from govspider.judging import judge
from govspider.reports.change_text import changes_text, history_text
from govspider.reports.rate_changes import IncomparableError, biggest_movers, read_changes, read_history
from govspider.scoring import AverageScore, change_in_points
from tests.observed_city import CHECK_AT, PERIOD, ObservedCity, days_ago

RUBRIC = "guoban-2019"
EARLIER = "2026Q3"
BEFORE = CHECK_AT - timedelta(days=90)
CODES = ("3300000001", "3300000002", "3300000003")


def judged(city: ObservedCity, label: str, at: datetime, ages: tuple[int, ...]) -> None:
    for code, age in zip(CODES, ages, strict=True):
        look_id, _ = city.look(code, at=at, period=label)
        city.home(look_id, code, days_ago(age, at.date()))
    judge(city.engine, label, RUBRIC, CHECK_AT + timedelta(hours=1))


@pytest.fixture
def city(emptied_engine: Engine) -> ObservedCity:
    """A district with two sites and one with one; in the earlier period two failed, now one does."""
    made = ObservedCity(emptied_engine)
    made.period(EARLIER, BEFORE)
    made.organisation("甲市", "city")
    for name in ("东区", "西区"):
        made.organisation(name, "district", "甲市")
    for code, district in zip(CODES, ("东区", "东区", "西区"), strict=True):
        made.site(code, district, site_type="portal" if code == CODES[2] else "department")
        made.target(code, district, period=EARLIER)
        made.column(code, "概况", "static")
    judged(made, EARLIER, BEFORE, (40, 40, 1))
    judged(made, PERIOD, CHECK_AT, (40, 1, 1))
    return made


def test_the_change_is_in_percentage_points_from_unrounded_rates(city: ObservedCity) -> None:
    changes = {(one.section, one.name): one for one in read_changes(city.engine, PERIOD, EARLIER, RUBRIC)}
    assert changes["overall", "总体"].points == Decimal("33.33")
    assert changes["districts", "东区"].points == Decimal("50.00")
    assert changes["districts", "西区"].points == Decimal("0.00")
    assert changes["site_types", "部门网站"].points == Decimal("50.00")
    movers = biggest_movers(list(changes.values()), 5)
    assert [one.name for one in movers] == ["东区"]
    shown = changes_text(list(changes.values()), EARLIER)
    assert "总体 总体：33.33% → 66.67%，+33.33 个百分点" in shown
    assert "变化最大：东区 +50.00" in shown


def test_rates_of_another_rubric_are_refused_with_a_sentence(city: ObservedCity) -> None:
    with city.engine.begin() as connection:
        changed = text("update verdict set rubric = 'guoban-2015' where period_id = :period")
        connection.execute(changed, {"period": city.periods[EARLIER]})
    with pytest.raises(IncomparableError) as caught:
        read_changes(city.engine, PERIOD, EARLIER, RUBRIC)
    assert str(caught.value) == (
        "监测周期 2026Q3 按 guoban-2015 判定，与 guoban-2019 的合格率不可比较；"
        "请先用同一指标重新判定：scripts/judge.py --period 2026Q3 --rubric guoban-2019"
    )


def test_rates_of_another_version_of_the_rubric_are_refused_too(city: ObservedCity) -> None:
    with city.engine.begin() as connection:
        changed = text("update verdict set rubric_sha256 = 'x' where period_id = :period")
        connection.execute(changed, {"period": city.periods[EARLIER]})
    with pytest.raises(IncomparableError, match="另一版本"):
        read_changes(city.engine, PERIOD, EARLIER, RUBRIC)


def test_streaks_and_repeat_offenders_count_periods_in_a_row(city: ObservedCity) -> None:
    history = read_history(city.engine, PERIOD, RUBRIC)
    assert history.periods == (PERIOD, EARLIER)
    assert ("districts", "西区", 2) in {(one.section, one.name, one.periods) for one in history.streaks}
    assert [(one.code, one.periods) for one in history.offenders] == [(CODES[0], 2)]
    assert "连续 2 期不合格：3300000001" in history_text(history)


def test_a_row_of_periods_ends_where_another_rubric_begins(city: ObservedCity) -> None:
    with city.engine.begin() as connection:
        gone = text("delete from verdict where period_id = :period")
        connection.execute(gone, {"period": city.periods[EARLIER]})
    history = read_history(city.engine, PERIOD, RUBRIC)
    assert (history.periods, history.streaks, history.offenders) == ((PERIOD,), (), ())


# average scores and their changes as Beijing printed them: before, change, now
PRINTED = [
    ("2023Q3 区平均分", "103.30", "0.34", "103.64"),
    ("2023Q3 部门平均分", "100.01", "0.26", "100.27"),
    ("2022Q4 部门平均分", "97.51", "0.87", "98.38"),
    ("2022Q4 新媒体平均分", "98.39", "0.81", "99.20"),
]


@pytest.mark.parametrize(("notice", "before", "change", "now"), PRINTED)
def test_changes_of_average_scores_come_out_as_printed(notice: str, before: str, change: str, now: str) -> None:
    assert change_in_points(Fraction(now), Fraction(before), 2) == Decimal(change)


def test_a_change_is_made_before_rounding() -> None:
    # 99.02 → 99.25 was printed as +0.22: the unrounded values lie closer than the printed ones
    assert change_in_points(Fraction("99.246"), Fraction("99.024"), 2) == Decimal("0.22")
    assert change_in_points(Fraction("97.5"), None, 2) is None
    assert change_in_points(Fraction("1"), Fraction("1.005"), 2) == Decimal("-0.01")


def test_an_average_counts_settled_scores_only() -> None:
    average = AverageScore(Fraction("103.64") * 16, 16, unsettled=2)
    assert average.average == Decimal("103.64")
    assert AverageScore(unsettled=3).average is None
    assert (average + average).average == Decimal("103.64")
