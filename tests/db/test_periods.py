"""Periods: their days and check_at, and the denominator a full run freezes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select, update

from govspider.db import tables as t
from govspider.db.period_labels import SHANGHAI
from govspider.db.periods import (
    Freeze,
    PeriodError,
    PeriodRequest,
    UnknownPeriodError,
    ad_hoc_period,
    create_period,
    find_period,
    list_periods,
    open_period,
    set_targets,
)

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=SHANGHAI)
DAY = date(2026, 11, 22)


def test_a_past_quarter_is_checked_at_its_end(engine: Engine) -> None:
    period = create_period(engine, PeriodRequest("2026Q3"), NOW)
    assert (period.data_from, period.data_to) == (date(2026, 7, 1), date(2026, 9, 30))
    assert period.check_at == datetime(2026, 9, 30, 23, 59, 59, tzinfo=SHANGHAI)
    assert (period.message_cutoff, period.ad_hoc) == (period.check_at, False)


def test_the_current_quarter_is_checked_now(engine: Engine) -> None:
    assert create_period(engine, PeriodRequest("2026Q4"), NOW).check_at == NOW


def test_a_check_in_the_future_is_refused(engine: Engine) -> None:
    with pytest.raises(PeriodError, match="在未来"):
        create_period(engine, PeriodRequest("2026Q4", check_at=NOW + timedelta(seconds=1)), NOW)
    assert list_periods(engine) == []


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (PeriodRequest("2027Q1"), "未到这一天"),
        (PeriodRequest("试点1"), "看不出“试点1”是哪段时间"),
        (PeriodRequest("2026Q3", data_from=date(2026, 10, 1)), "晚于截止日期"),
    ],
)
def test_a_period_that_makes_no_sense_is_refused_with_a_sentence(
    engine: Engine, request_: PeriodRequest, words: str
) -> None:
    with pytest.raises(PeriodError, match=words):
        create_period(engine, request_, NOW)


def test_a_window_that_is_no_calendar_quarter_is_kept(engine: Engine) -> None:
    request = PeriodRequest("二季度", date(2026, 2, 12), date(2026, 5, 18))
    period = create_period(engine, request, NOW)
    assert (period.label, period.check_at.date()) == ("二季度", date(2026, 5, 18))


def test_a_label_stands_for_one_period(engine: Engine) -> None:
    create_period(engine, PeriodRequest("2026Q3"), NOW)
    with pytest.raises(PeriodError, match="已经存在"):
        create_period(engine, PeriodRequest("2026年第三季度"), NOW)


def test_a_period_is_found_by_any_form_of_its_label(engine: Engine) -> None:
    made = create_period(engine, PeriodRequest("2026年第三季度"), NOW)
    assert find_period(engine, "2026q3") == find_period(engine, "2026Q3") == made


def test_an_unknown_label_is_answered_with_the_known_ones(engine: Engine) -> None:
    with pytest.raises(UnknownPeriodError, match="还没有任何监测周期"):
        find_period(engine, "2026Q1")
    create_period(engine, PeriodRequest("2026Q2"), NOW)
    create_period(engine, PeriodRequest("2026Q3"), NOW)
    with pytest.raises(UnknownPeriodError, match="没有监测周期“2026Q1”；已有监测周期：2026Q3、2026Q2"):
        find_period(engine, "2026Q1")


def test_the_open_period_is_made_once_for_the_quarter(engine: Engine) -> None:
    made = open_period(engine, NOW)
    assert (made.label, made.check_at, made.ad_hoc) == ("2026Q4", NOW, True)
    assert open_period(engine, NOW + timedelta(days=3)) == made


def test_an_ad_hoc_period_is_checked_at_the_start_of_the_run(engine: Engine) -> None:
    assert ad_hoc_period(engine, "2026Q3", NOW).check_at == NOW
    pilot = ad_hoc_period(engine, "试点1", NOW)
    assert (pilot.label, pilot.data_from) == ("试点1", date(2026, 10, 1))
    with pytest.raises(PeriodError, match="未到这一天"):
        ad_hoc_period(engine, "2027Q1", NOW)


def add_site(engine: Engine, code: str, *states: tuple[str, date, date | None], **values: Any) -> int:
    """A site with these states; returns its id."""
    with engine.begin() as connection:
        unit = connection.execute(
            insert(t.organisation).values(name=f"{code}局", kind="department").returning(t.organisation.c.id)
        ).scalar_one()
        site = {"code": code, "name": code, "site_type": "department", "organisation_id": unit}
        site |= {"home_url": f"http://{code}.gov.cn/", "first_seen_at": NOW, **values}
        site_id = connection.execute(insert(t.site).values(site).returning(t.site.c.id)).scalar_one()
        for state, start, end in states:
            row = {"site_id": site_id, "state": state, "valid_from": start, "valid_to": end, "source": "registry"}
            connection.execute(insert(t.site_status).values(row))
    return int(site_id)


def targets(engine: Engine) -> dict[str, tuple[bool, str | None, str]]:
    query = select(t.site.c.code, t.target.c.included, t.target.c.exclude_reason, t.target.c.state_at_check)
    with engine.connect() as connection:
        return {row.code: tuple(row[1:]) for row in connection.execute(query.join(t.target))}


def freeze(engine: Engine, period_id: int, *, full: bool = True) -> Freeze:
    with engine.begin() as connection:
        return set_targets(connection, period_id, NOW, freeze=full)


def test_the_denominator_is_the_sites_in_normal_state_at_check_at(engine: Engine) -> None:
    start, change = date(2026, 1, 1), date(2026, 10, 1)
    add_site(engine, "normal", ("正常运行", start, None))
    add_site(engine, "upkeep", ("例行维护", start, None))
    add_site(engine, "closed-later", ("正常运行", start, change), ("已下线", change, None))
    add_site(engine, "opened-later", ("正常运行", change, None))
    add_site(engine, "gone", ("正常运行", start, None), gone_at=datetime(2026, 9, 1, tzinfo=UTC))
    add_site(engine, "gone-later", ("正常运行", start, None), gone_at=datetime(2026, 11, 1, tzinfo=UTC))
    period = create_period(engine, PeriodRequest("2026Q3"), NOW)
    counted = freeze(engine, period.id)
    assert targets(engine) == {
        "normal": (True, None, "正常运行"),
        "upkeep": (False, "例行维护", "例行维护"),
        "closed-later": (True, None, "正常运行"),
        "opened-later": (False, "监测时间点尚未登记运行状态", "监测时间点尚未登记运行状态"),
        "gone": (False, "底账中已无此网站", "正常运行"),
        "gone-later": (True, None, "正常运行"),
    }
    reasons = {"例行维护": 1, "底账中已无此网站": 1, "监测时间点尚未登记运行状态": 1}
    assert (counted.included, counted.excluded, counted.frozen_now) == (3, reasons, True)


def test_a_frozen_denominator_never_changes(engine: Engine) -> None:
    site = add_site(engine, "first", ("正常运行", date(2026, 1, 1), None))
    period = open_period(engine, NOW)
    freeze(engine, period.id)
    add_site(engine, "second", ("正常运行", date(2026, 1, 1), None))
    with engine.begin() as connection:
        connection.execute(update(t.site_status).where(t.site_status.c.site_id == site).values(state="已下线"))
    counted = freeze(engine, period.id)
    assert (counted.included, counted.frozen_now) == (1, False)
    assert targets(engine) == {"first": (True, None, "正常运行")}


def test_a_partial_run_freezes_nothing(engine: Engine) -> None:
    add_site(engine, "first", ("正常运行", date(2026, 1, 1), None))
    period = open_period(engine, NOW)
    assert not freeze(engine, period.id, full=False).frozen_now
    add_site(engine, "second", ("正常运行", date(2026, 1, 1), None))
    assert freeze(engine, period.id).included == 2
    assert find_period(engine, period.label).frozen_at is not None
