"""Labels of periods and the days they mean."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from govspider.db.period_labels import SHANGHAI, end_of, quarter_of, read_label


@pytest.mark.parametrize(
    ("text", "label", "first", "last"),
    [
        ("2026Q4", "2026Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026q1", "2026Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-Q2", "2026Q2", date(2026, 4, 1), date(2026, 6, 30)),
        ("2026年第三季度", "2026Q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026年4季度", "2026Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-3", "2026-03", date(2026, 3, 1), date(2026, 3, 31)),
        ("2026年12月", "2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2024-02", "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026H2", "2026H2", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026", "2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_label_means_its_days(text: str, label: str, first: date, last: date) -> None:
    found = read_label(text)
    assert found is not None
    assert (found.label, found.first, found.last) == (label, first, last)


@pytest.mark.parametrize("text", ["试点1", "2026Q5", "20263", "2026-13", "0000", "9999Q4", ""])
def test_other_texts_mean_no_days(text: str) -> None:
    assert read_label(text) is None


def test_the_quarter_is_the_one_in_shanghai() -> None:
    assert quarter_of(datetime(2026, 9, 30, 16, 0, tzinfo=UTC)).label == "2026Q4"
    assert quarter_of(datetime(2026, 9, 30, 15, 59, tzinfo=UTC)).label == "2026Q3"


def test_the_end_of_a_day_still_lies_on_it() -> None:
    end = end_of(date(2026, 9, 30))
    assert end.astimezone(SHANGHAI).date() == date(2026, 9, 30)
    assert end == datetime(2026, 9, 30, 15, 59, 59, tzinfo=UTC)
