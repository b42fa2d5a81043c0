"""Every form in which lists show the day of a record, from ISO in its own tag to an address only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from tests.accuracy.truth import SHANGHAI, TODAY


@dataclass(frozen=True)
class Cell:
    """How one record shows its day: markup for the layout's date place, or attributes, or words in the link."""

    html: str = ""
    link_attributes: str = ""
    row_attributes: str = ""
    lead: str = ""
    tail: str = ""


@dataclass(frozen=True)
class Form:
    """A way to write days. `dated_url`: the address must carry the year or the whole day."""

    name: str
    group: str
    render: Callable[[date, Random], Cell]
    address: str = ""
    """Style of address this form needs, empty where any will do."""
    recent: bool = False
    """True where the form can only be read on a column updated within days."""


FORMS: dict[str, Form] = {}

_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")
_WEEKDAYS = "一二三四五六日"
_ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def clock(random: Random) -> time:
    """A time of day at which offices publish; small hours included, where UTC and Asia/Shanghai differ in day."""
    return time(random.choice((0, 3, 7, 8, 9, 10, 11, 14, 15, 16, 17, 20, 23)), random.randint(0, 59))


def instant(day: date, random: Random) -> datetime:
    """An instant of `day` in Asia/Shanghai; of today, one before nine."""
    moment = clock(random) if day != TODAY else time(random.randint(1, 8), 5)
    return datetime.combine(day, moment, SHANGHAI)


def chinese_number(number: int) -> str:
    """1 to 31 as 一 to 三十一."""
    tens, ones = divmod(number, 10)
    head = {0: "", 1: "十"}.get(tens, "〇一二三"[min(tens, 3)] + "十")
    return head + ("〇一二三四五六七八九"[ones] if ones else "")


def numerals(day: date) -> str:
    """二〇二六年十一月七日."""
    return f"{str(day.year).translate(_DIGITS)}年{chinese_number(day.month)}月{chinese_number(day.day)}日"


def _text(name: str, write: Callable[[date, Random], str], group: str = "text", address: str = "") -> None:
    FORMS[name] = Form(name, group, lambda day, random: Cell(html=write(day, random)), address)


def _cell(name: str, group: str, render: Callable[[date, Random], Cell], address: str = "") -> None:
    FORMS[name] = Form(name, group, render, address)


def _ago(day: date, random: Random) -> str:
    days = (TODAY - day).days
    if days == 0:
        return random.choice(("3小时前", "25分钟前", "今天 07:40", "1 小时前"))
    return {1: "昨天", 2: "前天"}.get(days, f"{days}天前" if days < 7 else f"{day:%Y-%m-%d}")


_text("iso", lambda day, _: f"{day:%Y-%m-%d}")
_text("iso_bracket", lambda day, _: f"[{day:%Y-%m-%d}]")
_text("iso_wide_parentheses", lambda day, _: f"（{day:%Y-%m-%d}）")
_text("iso_parentheses", lambda day, _: f"({day:%Y-%m-%d})")
_text("slashes", lambda day, _: f"{day:%Y/%m/%d}")
_text("dots", lambda day, _: f"{day:%Y.%m.%d}")
_text("unpadded", lambda day, _: f"{day.year}-{day.month}-{day.day}")
_text("chinese", lambda day, _: f"{day.year}年{day.month}月{day.day}日")
_text("chinese_padded", lambda day, _: f"{day:%Y年%m月%d日}")
_text("numerals", lambda day, _: numerals(day))
_text("numerals_circle", lambda day, _: numerals(day).translate(str.maketrans("〇", "○")))
_text("wide", lambda day, _: f"{day:%Y-%m-%d}".translate(_WIDE))
_text("minutes", lambda day, random: f"{instant(day, random):%Y-%m-%d %H:%M}")
_text("seconds", lambda day, random: f"{instant(day, random):%Y-%m-%d %H:%M}:{random.randint(0, 59):02d}")
_text("pipe", lambda day, _: f"{day:%Y-%m-%d} |")
_text("two_digit_year", lambda day, _: f"{day:%y-%m-%d}")
_text("weekday", lambda day, _: f"{day:%Y-%m-%d} 星期{_WEEKDAYS[day.weekday()]}")
_text("spaces", lambda day, _: f"&nbsp;{day.year} - {day.month:02d} - {day.day:02d}&nbsp;")
_text("labelled_time", lambda day, random: f"发布时间：{instant(day, random):%Y-%m-%d %H:%M}")
_text("labelled_day", lambda day, _: f"发布日期:{day:%Y-%m-%d}")
_text("labelled_short", lambda day, _: f"日期：{day:%Y年%m月%d日}")
_text("labelled_source", lambda day, _: f"来源：县政府办 &nbsp; 发布时间：{day:%Y-%m-%d} &nbsp; 浏览次数：1024")
_text("english", lambda day, _: f"{_ENGLISH[day.month - 1]} {day.day:02d}, {day.year}")
FORMS["relative"] = Form("relative", "relative", lambda day, random: Cell(html=_ago(day, random)), "", recent=True)

_text("month_day", lambda day, _: f"{day:%m-%d}", "partial", "dated")
_text("month_day_bracket", lambda day, _: f"[{day:%m-%d}]", "partial", "dated")
_text("month_day_slash", lambda day, _: f"{day:%m/%d}", "partial", "month")
_text("month_day_chinese", lambda day, _: f"{day.month}月{day.day}日", "partial", "month")
# no year in the row nor in its address: only the articles tell it
FORMS["month_day_order"] = Form(
    "month_day_order", "order", lambda day, _: Cell(html=f"{day:%m-%d}"), "undated", recent=True
)
FORMS["month_day_order_chinese"] = Form(
    "month_day_order_chinese", "order", lambda day, _: Cell(html=f"[{day.month}月{day.day}日]"), "undated", recent=True
)

_text("split_day_first", lambda day, _: f"<b>{day:%d}</b><i>{day:%Y-%m}</i>", "split")
_text("split_day_dots", lambda day, _: f"<p>{day:%d}</p><p>{day:%Y.%m}</p>", "split")
_text("split_day_last", lambda day, _: f"<em>{day:%Y/%m}</em><strong>{day:%d}</strong>", "split")
_text("split_three", lambda day, _: f"<em>{day:%Y}</em>-<em>{day:%m}</em>-<em>{day:%d}</em>", "split")
_text("split_units", lambda day, _: f"<b>{day:%d}</b>日<em>{day:%Y}年{day.month}月</em>", "split")
_text("split_year_above", lambda day, _: f"<i>{day:%Y}年</i><br><b>{day:%m-%d}</b>", "split")

_cell(
    "readlabel",
    "attribute",
    lambda day, _: Cell(html=f'<b readlabel="{day:%Y-%m-%d}">{day:%m-%d}</b>'),
)
_cell("rq", "attribute", lambda day, _: Cell(link_attributes=f' rq="{day:%Y-%m-%d}" wh=""'))
_cell(
    "title_attribute",
    "attribute",
    lambda day, _: Cell(link_attributes=f' title="标题：@TITLE@&#10;发布时间：{day:%Y-%m-%d}&#10;浏览次数：12"'),
)
_cell("data_time", "attribute", lambda day, _: Cell(row_attributes=f' data-time="{day:%Y-%m-%d}"'))
_cell(
    "time_tag",
    "attribute",
    lambda day, random: Cell(html=f'<time datetime="{instant(day, random).isoformat()}"></time>'),
)
_cell("in_link_tail", "in_link", lambda day, _: Cell(tail=f"<span>{day:%Y-%m-%d}</span>"))
_cell("in_link_bold", "in_link", lambda day, _: Cell(tail=f"<b>{day:%Y-%m-%d}</b>"))
_cell("in_link_lead", "in_link", lambda day, _: Cell(lead=f"{day.day} {day:%Y.%m} "))
_cell("in_link_iso_lead", "in_link", lambda day, _: Cell(lead=f"[{day:%Y-%m-%d}] "))
_cell(
    "written_by_script",
    "script",
    lambda day, random: Cell(
        html=f'<script>document.write("{instant(day, random):%Y-%m-%d %H:%M}".substr(0,10));</script>'
    ),
)
_cell("address_trs", "address", lambda day, _: Cell(), "trs")
_cell("address_hanweb", "address", lambda day, _: Cell(), "hanweb")
_cell("address_month_day", "address", lambda day, _: Cell(), "henan")
_cell("address_compact", "address", lambda day, _: Cell(), "compact")
_cell("month_only", "undated", lambda day, _: Cell(html=f"{day:%Y年%m月}"), "undated")
_cell("none", "undated", lambda day, _: Cell(), "undated")

_text("iso_with_t", lambda day, random: f"{instant(day, random):%Y-%m-%dT%H:%M:%S}", "fresh")
_text("chinese_clock", lambda day, random: f"{day.year}年{day.month}月{day.day}日 {clock(random):%H:%M}", "fresh")
_text("dots_unpadded", lambda day, _: f"[{day.year}.{day.month}.{day.day}]", "fresh")
_text("published_on", lambda day, _: f"发布于 {day:%Y/%m/%d}", "fresh")
_text("split_with_month_word", lambda day, _: f"<b>{day:%d}</b><i>{day.month}月</i><u>{day.year}</u>", "fresh")
_cell(
    "title_of_a_short_day",
    "fresh",
    lambda day, _: Cell(html=f'<span title="{day:%Y-%m-%d} 09:00:00">{day:%m-%d}</span>'),
)


def forms_of(*groups: str) -> tuple[str, ...]:
    """Names of all forms of these groups."""
    return tuple(name for name, form in FORMS.items() if form.group in groups)


EVERY_DAY = forms_of("text", "partial", "split", "attribute", "in_link", "address", "relative", "order", "script")
PLAIN = forms_of("text")


JSON_FORMS: dict[str, Callable[[date, Random], object]] = {
    "json_day": lambda day, _: f"{day:%Y-%m-%d}",
    "json_minutes": lambda day, random: f"{instant(day, random):%Y-%m-%d %H:%M}",
    "json_seconds": lambda day, random: f"{instant(day, random):%Y-%m-%d %H:%M:%S}",
    "json_dots": lambda day, _: f"{day:%Y.%m.%d}",
    "json_chinese": lambda day, _: f"{day:%Y年%m月%d日}",
    "json_offset": lambda day, random: instant(day, random).isoformat(),
    "json_unix": lambda day, random: int(instant(day, random).timestamp()),
    "json_unix_ms": lambda day, random: int(instant(day, random).timestamp()) * 1000,
    "json_utc": lambda day, random: (
        f"{(instant(day, random) - timedelta(hours=8)).replace(tzinfo=None):%Y-%m-%dT%H:%M:%S}Z"
    ),
}
