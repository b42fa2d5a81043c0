"""Date text to days: every form that Chinese government pages use, and nothing else.

Pure parsing. A function answers None for what is no date (2026-02-30, 本日, 2023年11月);
it never raises on page text and never invents a part that is not written there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_DASHES = str.maketrans({"–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "〇": "零", "○": "零", "Ｏ": "零"})
_SPACES = re.compile(r"\s+")

_YEAR = r"(?P<year>(?:19|20)\d{2})"
_CLOCK = r"(?:\s*T?\s*\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?秒?|分)?)"
_SEPARATED = re.compile(
    rf"(?<![\d.\-/]){_YEAR}\s?(?P<mark>[-/.])\s?(?P<month>\d{{1,2}})\s?(?P=mark)\s?(?P<day>\d{{1,2}})(?![\d\-/]|\.\d)"
)
_CHINESE = re.compile(rf"(?<!\d){_YEAR}\s?年\s?(?P<month>\d{{1,2}})\s?月\s?(?P<day>\d{{1,2}})\s?[日号]")
_NUMERALS = re.compile(
    r"(?P<year>[一二三四五六七八九零O0]{4})年(?P<month>[一二三四五六七八九十]{1,3})月(?P<day>[一二三四五六七八九十]{1,3})[日号]"
)
_MONTH_NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_MONTH_NAME = rf"(?P<month>{'|'.join(_MONTH_NAMES)})[a-z]*\.?"
_ENGLISH = (
    re.compile(rf"(?<![A-Za-z]){_MONTH_NAME}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*,\s*{_YEAR}(?!\d)", re.I),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH_NAME},?\s+{_YEAR}(?!\d)", re.I),
    re.compile(rf"(?<![A-Za-z]){_MONTH_NAME}\s+(?P<day>\d{{1,2}})\s+\d\d:\d\d:\d\d\s+[A-Z]{{3,4}}\s+{_YEAR}(?!\d)"),
)
_FULL_FORMS = (_SEPARATED, _CHINESE, _NUMERALS, *_ENGLISH)

_SHORT_YEAR = re.compile(
    r"(?P<year>\d{2})(?:(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
    r"|年(?P<month2>\d{1,2})月(?P<day2>\d{1,2})日)"
)
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?:\d{6})?")
_ZONED = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})")
_MONTH_DAY = re.compile(r"(?P<month>\d{1,2})\s?(?:[-/.]\s?(?P<day>\d{1,2})|月\s?(?P<day2>\d{1,2})\s?[日号])")
_YEAR_MONTH = re.compile(rf"{_YEAR}\s?[-/.年]\s?(?P<month>\d{{1,2}})\s?月?")
_DAY = re.compile(r"(?P<day>\d{1,2})\s?[日号]?")
_MONTH = re.compile(r"(?P<month>\d{1,2})\s?月")
_YEAR_ALONE = re.compile(rf"{_YEAR}\s?年?")
_LONGEST_DATE = 60
_KEPT_LENGTH = 200
_LONGEST_PIECE = 9
_DATE_PIECE = re.compile(r"[-/.年月日号]|(?:19|20)\d{2}\s?[-/.年]?(?:\s?\d{1,2}\s?[-/.月]?)?|\d{1,2}\s?[-/.月日号]?")
# a cheap look before the patterns: a digit (of any script), or a year in Chinese numerals
_MAY_BE_DATE = re.compile(r"\d|年")
DATE_HINT = re.compile(r"[\d年]|[今昨前][天日]|刚刚|(?:分钟|小时|天|日)\s?(?:之?前|以前)")
"""What stands in every text that a function of this file reads as a date or as a part of one."""
DATE_CHARACTER = re.compile(r"[0-9０-９\u0660-\u0669\u06f0-\u06f9年今昨前刚]")
"""One character of every match of `DATE_HINT`, found several times as fast; digits of rarer scripts date no list."""
_IDEOGRAPHS_OF_DATES = "年月日号时分秒钟星期周礼拜天今昨前刚小之以零一二三四五六七八九十"
_WORDS = re.compile(
    "[{}]".format("".join(char for char in map(chr, range(0x4E00, 0xA000)) if char not in _IDEOGRAPHS_OF_DATES))
)
_WRAPPING = " []()<>{}【】〔〕「」《》〈〉|·•・,，;；:：、-_/.\t"
_TRAILING_CLOCK = re.compile(rf"{_CLOCK}$")
_WEEKDAY = re.compile(r"\s*(?:星期|周|礼拜)[一二三四五六日天]\s*")
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"O": 0, "0": 0}
_EPOCH_SECONDS = (631_152_000, 4_102_444_800)  # 1990 to 2100
_SHORT_YEAR_TURN = 70

_RELATIVE_DAYS = {"今天": 0, "今日": 0, "刚刚": 0, "昨天": 1, "昨日": 1, "前天": 2, "前日": 2}
_RELATIVE_DAY = re.compile(rf"(?P<word>{'|'.join(_RELATIVE_DAYS)}){_CLOCK}?")
_RELATIVE_SPAN = re.compile(r"(?P<count>\d{1,3}|[一二三四五六七八九十]{1,2})\s?(?P<unit>分钟|小时|天|日)(?:之?前|以前)")
_SPAN_UNITS = {
    "分钟": timedelta(minutes=1),
    "小时": timedelta(hours=1),
    "天": timedelta(days=1),
    "日": timedelta(days=1),
}


class FoundDate(NamedTuple):
    """A day that stands in a text, and where: `text[start:end]` of the normalised text."""

    day: date
    start: int
    end: int
    text: str


class UrlDate(NamedTuple):
    """What an address says of time: a whole day, or only a year and perhaps a month."""

    day: date | None
    year: int | None
    month: int | None


def shanghai_day(now: datetime) -> date:
    """The day of an aware instant in China. A naive instant is refused: its day is not known."""
    if now.tzinfo is None:
        raise ValueError(f"{now!r} has no time zone; give an aware datetime")
    return now.astimezone(SHANGHAI).date()


def normalise(text: str) -> str:
    """Full-width forms, odd dashes and blanks to their plain ones, so that one pattern reads them all."""
    if text.isascii():
        return _SPACES.sub(" ", text).strip()
    return _normalised(text) if len(text) <= _KEPT_LENGTH else _plain(text)


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text.translate(_DASHES)).translate(_DASHES)
    return _SPACES.sub(" ", plain).strip()


# the readers of a record ask for the same short texts again and again
_normalised = lru_cache(maxsize=8192)(_plain)


def dates_in(text: str) -> list[FoundDate]:
    """Every whole date (year, month and day written) in a text, in order. `text` should be normalised."""
    found: list[FoundDate] = []
    if _MAY_BE_DATE.search(text) is None:
        return found
    for form in _FULL_FORMS:
        for match in form.finditer(text):
            day = _day_of(match)
            if day is not None:
                found.append(FoundDate(day, match.start(), match.end(), match.group()))
    return sorted(found, key=lambda hit: hit.start)


def may_hold_date(text: str) -> bool:
    """False for a text in which `dates_in` finds nothing, seen at a glance: no digit and no year."""
    return _MAY_BE_DATE.search(text) is not None


def says_words(text: str) -> bool:
    """True for a text with an ideograph that no form of a date has: it may hold a date, but is none itself."""
    return _WORDS.search(text) is not None


def whole_date(text: str) -> date | None:
    """The day, when the text is nothing but a date: brackets, a clock time or a weekday may stand around it."""
    if len(text) > _LONGEST_DATE or says_words(text) or _MAY_BE_DATE.search(text) is None:
        return None
    return _whole_date(text)


@lru_cache(maxsize=8192)
def _whole_date(text: str) -> date | None:
    bare = _bare(text)
    for form in _FULL_FORMS:
        if match := form.fullmatch(bare):
            return _day_of(match)
    if match := _SHORT_YEAR.fullmatch(bare):
        return _short_year_day(match)
    return None


def field_date(value: object) -> date | None:
    """Day of a data field whose name says it is a date: any written form, 20260911, epoch seconds or milliseconds."""
    if isinstance(value, str):
        return _written_field(normalise(value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return epoch_date(value)
    return None


def _written_field(text: str) -> date | None:
    if text.isdigit() and len(text) in (10, 13):
        return epoch_date(int(text))
    if zoned := _ZONED.search(text):
        return _zoned_day(zoned.group())
    if match := _COMPACT.fullmatch(text):
        return _day_of(match)
    return whole_date(text) or next((hit.day for hit in dates_in(text)), None)


def epoch_date(value: float) -> date | None:
    """Day in Shanghai of unix seconds or milliseconds between 1990 and 2100; None for any other number."""
    for seconds in (value, value / 1000):
        if _EPOCH_SECONDS[0] <= seconds <= _EPOCH_SECONDS[1]:
            return datetime.fromtimestamp(seconds, UTC).astimezone(SHANGHAI).date()
    return None


def relative_day(text: str, now: datetime) -> date | None:
    """Day of 昨天, 3小时前, 前天 10:20 and the like, seen at `now`; None for weeks and months, which are not exact."""
    bare = _bare(text, keep_clock=True)
    local = now.astimezone(SHANGHAI)
    if match := _RELATIVE_DAY.fullmatch(bare):
        return local.date() - timedelta(days=_RELATIVE_DAYS[match["word"]])
    if match := _RELATIVE_SPAN.fullmatch(bare):
        return (local - _number(match["count"]) * _SPAN_UNITS[match["unit"]]).date()
    return None


def is_relative(text: str) -> bool:
    """True when `relative_day` would read the text."""
    if says_words(text):
        return False
    bare = _bare(text, keep_clock=True)
    return bool(_RELATIVE_DAY.fullmatch(bare) or _RELATIVE_SPAN.fullmatch(bare))


def month_day(text: str) -> tuple[int, int] | None:
    """(month, day) when the text is nothing but a date without its year, such as 11-07 or 11月7日."""
    match = None if says_words(text) else _MONTH_DAY.fullmatch(_bare(text))
    if match is None:
        return None
    pair = int(match["month"]), int(match["day"] or match["day2"])
    # 2000 was a leap year, so 02-29 is kept for the year that will be found
    return pair if make_day(2000, *pair) else None


def split_date(first: str, second: str) -> date | None:
    """Day of a date cut into two neighbouring tags: 07 + 2025-11, 2025.11 + 07, 11-07 + 2025, 2025 + 11-07."""
    if not (may_be_part(first) and may_be_part(second)):
        return None
    one, two = _bare(first), _bare(second)
    for day_text, month_text in ((one, two), (two, one)):
        day, month = _DAY.fullmatch(day_text), _YEAR_MONTH.fullmatch(month_text)
        if day and month:
            return make_day(int(month["year"]), int(month["month"]), int(day["day"]))
        pair, year = month_day(day_text), _YEAR_ALONE.fullmatch(month_text)
        if pair and year:
            return make_day(int(year["year"]), *pair)
    return None


def may_be_part(text: str) -> bool:
    """False for what cannot be one half of a date: no digit, or other words than those of dates."""
    return _MAY_BE_DATE.search(text) is not None and not says_words(text)


def may_be_piece(text: str) -> bool:
    """True for what a date cut into tags consists of: a few digits with their unit, or a mark between them."""
    return len(text) <= _LONGEST_PIECE and _DATE_PIECE.fullmatch(text.strip()) is not None


def pieced_date(texts: Sequence[str]) -> date | None:
    """Day of a date cut into three or more tags: 2026 - 06 - 05, or with the day in front, 22 日 2024年12月."""
    if day := whole_date("".join(texts)):
        return day
    if day := _day_month_year(texts):
        return day
    second = 2 if texts[1].strip() in ("日", "号", "/", "-", ".") else 1
    return split_date("".join(texts[:second]), "".join(texts[second:]))


def _day_month_year(texts: Sequence[str]) -> date | None:
    """Day of 07 + 11月 + 2026."""
    forms = zip((_DAY, _MONTH, _YEAR_ALONE), texts, strict=False)
    found = [form.fullmatch(_bare(text)) for form, text in forms]
    if len(texts) != len(found) or not all(found):
        return None
    day, month, year = (int(match[1]) for match in found if match)
    return make_day(year, month, day)


def split_month_day(first: str, second: str) -> tuple[int, int] | None:
    """(month, day) of 07 + 11月 in two neighbouring tags, in either order."""
    if not (may_be_part(first) and may_be_part(second)):
        return None
    one, two = _bare(first), _bare(second)
    for day_text, month_text in ((one, two), (two, one)):
        day, month = _DAY.fullmatch(day_text), _MONTH.fullmatch(month_text)
        if day and month and make_day(2000, int(month["month"]), int(day["day"])):
            return int(month["month"]), int(day["day"])
    return None


_URL_DAYS = (
    re.compile(r"/t(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)_\d+"),
    re.compile(r"/P0(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)\d{6,}"),
    re.compile(r"/(?P<year>20\d\d)/(?P<month>\d{1,2})/(?P<day>\d{1,2})/"),
    re.compile(r"/(?P<year>20\d\d)[/-](?P<month>\d\d)-?(?P<day>\d\d)/"),
    re.compile(r"/(?P<year>20\d\d)-(?P<month>\d\d)/(?P<day>\d\d)/"),
    re.compile(r"/(?P<year>20\d\d)(?P<month>\d\d)/t?(?P<day>\d\d)/"),
    re.compile(r"/(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)/"),
)
_URL_HINT = re.compile(r"/(?:t|P0)?20\d\d")
_NO_URL_DATE = UrlDate(None, None, None)
_URL_MONTH = re.compile(r"/(?P<year>20\d\d)[/-]?(?P<month>0[1-9]|1[0-2])(?=/)")
_URL_YEAR = re.compile(r"/(?P<year>20\d\d)(?=/)")


def date_in_url(url: str) -> UrlDate:
    """What the path of an address says of its date. Query strings are not read: they carry session times."""
    if _URL_HINT.search(url) is None:
        return _NO_URL_DATE
    path = url.split("?", 1)[0].split("#", 1)[0]
    for form in _URL_DAYS:
        if (match := form.search(path)) and (day := _day_of(match)):
            return UrlDate(day, day.year, day.month)
    if match := _URL_MONTH.search(path):
        return UrlDate(None, int(match["year"]), int(match["month"]))
    if match := _URL_YEAR.search(path):
        return UrlDate(None, int(match["year"]), None)
    return UrlDate(None, None, None)


def _bare(text: str, *, keep_clock: bool = False) -> str:
    """The text without the brackets, weekday and clock time that stand around a date."""
    bare = _WEEKDAY.sub(" ", normalise(text)).strip(_WRAPPING)
    if not keep_clock:
        bare = _TRAILING_CLOCK.sub("", bare).strip(_WRAPPING)
    return bare


def _day_of(match: re.Match[str]) -> date | None:
    return make_day(_number(match["year"]), _number(match["month"]), _number(match["day"]))


def _short_year_day(match: re.Match[str]) -> date | None:
    short = int(match["year"])
    year = short + (1900 if short >= _SHORT_YEAR_TURN else 2000)
    return make_day(year, int(match["month"] or match["month2"]), int(match["day"] or match["day2"]))


def _zoned_day(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text.replace(" +", "+").replace(" Z", "Z")).astimezone(SHANGHAI).date()
    except ValueError:  # 2026-02-30T10:00:00Z
        return None


def make_day(year: int, month: int, day: int) -> date | None:
    """A day, or None for a day that no calendar has."""
    try:
        return date(year, month, day)
    except ValueError:  # the thirtieth of February is a typing error, not a date
        return None


def _number(text: str) -> int:
    """Number of digits, of an English month name, or of Chinese numerals (二零二三, 十一, 二十三)."""
    if text.isdigit():
        return int(text)
    if text[:3].capitalize() in _MONTH_NAMES:
        return _MONTH_NAMES.index(text[:3].capitalize()) + 1
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
    return int("".join(str(_DIGITS.get(char, 0)) for char in text) or 0)
