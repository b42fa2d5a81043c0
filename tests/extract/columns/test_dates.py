"""Date text to days."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govspider.extract.columns import dates

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
DAY = date(2023, 11, 7)


@pytest.mark.parametrize(
    "text",
    [
        "2023-11-07",
        "2023-11-7",
        "[2023-11-07]",
        "（2023-11-07）",
        "【2023-11-07】",
        "2023-11-07 |",
        "2023/11/07",
        "2023.11.07",
        "2023年11月7日",
        "2023 年 11 月 07 日",
        "二〇二三年十一月七日",
        "二○二三年十一月七日",
        "二Ｏ二三年十一月七日",
        "２０２３－１１－０７",
        "2023—11—07",
        "2023-11-07 10:19",
        "2023-11-07 10:19:22",
        "2023-11-07T10:19:22",
        "2023-11-07 星期二",
        "\xa02023-11-07\xa0",
        "23-11-07",
        "23/11/07",
        "23年11月7日",
        "Nov 07, 2023",
        "November 7, 2023",
        "7 Nov 2023",
        "Tue Nov 07 10:00:00 CST 2023",
    ],
)
def test_a_text_that_is_only_a_date_is_read_in_every_form(text: str) -> None:
    assert dates.whole_date(text) == DAY or dates.field_date(text) == DAY


@pytest.mark.parametrize(
    "text",
    ["", "2026-02-30", "2026-13-01", "本日", "2023年11月", "2023-11", "20231107", "11-07", "2311-07", "2023-11/07",
     "1.2023.11.07", "关于2023年11月7日会议的通知", "12", "二〇二三年", "2023-11-071"],
)  # fmt: skip
def test_a_text_that_is_no_whole_date_is_not_read_as_one(text: str) -> None:
    assert dates.whole_date(text) is None


def test_a_two_digit_year_before_seventy_is_in_this_century() -> None:
    assert dates.whole_date("14-11-07") == date(2014, 11, 7)
    assert dates.whole_date("98-11-07") == date(1998, 11, 7)


def test_dates_inside_a_text_are_found_with_their_place() -> None:
    text = dates.normalise("发布时间：2021-04-29 来源：县政府，2021年5月1日施行")
    found = dates.dates_in(text)
    assert [hit.day for hit in found] == [date(2021, 4, 29), date(2021, 5, 1)]
    assert text[found[0].start : found[0].end] == "2021-04-29"


@pytest.mark.parametrize(
    "text", ["2026-02-30", "发文〔2026〕00150号", "0233621J/2026-00150", "192.168.2023.11", "2023-11-07-08"]
)
def test_numbers_that_only_look_like_dates_are_not_found(text: str) -> None:
    assert dates.dates_in(text) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("20231107", DAY),
        ("20231107101922", DAY),
        (1699322400, DAY),
        (1699322400000, DAY),
        ("1699322400", DAY),
        ("1699322400000", DAY),
        ("2023-11-06T23:30:00Z", DAY),
        ("2023-11-06T16:30:00.000+0000", DAY),
        ("2023-11-07T08:00:00+08:00", DAY),
        ("2023-11-07 16:59", DAY),
        ("2026-02-30T10:00:00Z", None),
        (True, None),
        (None, None),
        (7, None),
        ("", None),
        ([], None),
    ],
)
def test_a_data_field_is_read_as_text_compact_or_epoch_in_shanghai(value: object, expected: date | None) -> None:
    assert dates.field_date(value) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今天", date(2026, 11, 22)),
        ("昨天", date(2026, 11, 21)),
        ("昨日 10:20", date(2026, 11, 21)),
        ("前天", date(2026, 11, 20)),
        ("3天前", date(2026, 11, 19)),
        ("三天前", date(2026, 11, 19)),
        ("3小时前", date(2026, 11, 22)),
        ("13小时前", date(2026, 11, 21)),
        ("5分钟前", date(2026, 11, 22)),
        ("2周前", None),
        ("3个月前", None),
        ("今天天气", None),
    ],
)
def test_relative_words_count_back_from_the_day_in_shanghai(text: str, expected: date | None) -> None:
    assert dates.relative_day(text, NOW) == expected
    assert dates.is_relative(text) == (expected is not None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("11-07", (11, 7)), ("[11-07]", (11, 7)), ("11/07", (11, 7)), ("11月7日", (11, 7)), ("02-29", (2, 29)),
     ("13-01", None), ("02-30", None), ("2023-11-07", None), ("11", None)],
)  # fmt: skip
def test_a_date_without_its_year_keeps_month_and_day(text: str, expected: tuple[int, int] | None) -> None:
    assert dates.month_day(text) == expected


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("07", "2023-11"),
        ("2023-11", "07"),
        ("7日", "2023年11月"),
        ("07", "2023.11"),
        ("11-07", "2023"),
        ("2023年", "11/07"),
    ],
)
def test_a_date_cut_into_two_tags_is_put_together(first: str, second: str) -> None:
    assert dates.split_date(first, second) == DAY


def test_two_texts_that_make_no_date_stay_apart() -> None:
    assert dates.split_date("01", "标题") is None
    assert dates.split_date("31", "2023-11") is None
    assert dates.split_month_day("07", "11月") == (11, 7)
    assert dates.split_month_day("31", "11月") is None


@pytest.mark.parametrize(
    ("url", "day", "year", "month"),
    [
        ("./202311/t20231107_3986132.htm", DAY, 2023, 11),
        ("http://a.gov.cn/art/2023/11/7/art_80179_1.html", DAY, 2023, 11),
        ("/2023/11-07/1234.html", DAY, 2023, 11),
        ("/xw/20231107/i1234.html", DAY, 2023, 11),
        ("/files/P020231107384712.pdf", DAY, 2023, 11),
        ("/jyt/c110634/202311/174240943.shtml", None, 2023, 11),
        ("/art/2023/art_0123abcd.html", None, 2023, None),
        ("/info/1011/6375.htm", None, None, None),
        ("/a.html?time=20231107", None, None, None),
        ("/202399/1.html", None, None, None),
    ],
)
def test_an_address_tells_a_day_a_month_or_a_year(
    url: str, day: date | None, year: int | None, month: int | None
) -> None:
    assert dates.date_in_url(url) == dates.UrlDate(day, year, month)


def test_the_day_of_looking_is_taken_in_shanghai() -> None:
    assert dates.shanghai_day(datetime(2026, 11, 21, 16, 30, tzinfo=UTC)) == date(2026, 11, 22)
    with pytest.raises(ValueError, match="no time zone"):
        dates.shanghai_day(datetime(2026, 11, 22))


@given(st.dates(date(1950, 1, 1), date(2069, 12, 31)))
def test_every_day_is_read_back_from_its_usual_forms(day: date) -> None:
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "[%Y-%m-%d]", "%Y-%m-%d 08:30"):
        assert dates.whole_date(day.strftime(form)) == day


@given(st.text(alphabet="0123456789-/.年月日一二三十〇[] :昨天前小时ovN,Z+T", max_size=40))
def test_no_text_makes_the_readers_raise(text: str) -> None:
    for reader in (dates.whole_date, dates.dates_in, dates.field_date, dates.month_day, dates.date_in_url):
        reader(text)
    dates.relative_day(text, NOW)
    dates.split_date(text, text)
