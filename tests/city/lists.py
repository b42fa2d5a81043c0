"""Rows of list pages in the ways real sites write dates: own tag, brackets, table, split, month and day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from html import escape

from tests.city.model import Item

Href = Callable[[Item], str]


def _link(item: Item, href: str) -> str:
    mark = '<i class="top">置顶</i>' if item.pinned else ""
    return f'{mark}<a href="{href}" title="{escape(item.title)}" target="_blank">{escape(item.title)}</a>'


def _own_tag(item: Item, href: str) -> str:
    return f"<li>{_link(item, href)}<span>{item.published:%Y-%m-%d}</span></li>"


def _bracket(item: Item, href: str) -> str:
    return f'<li><span class="date">[{item.published:%Y-%m-%d}]</span>{_link(item, href)}</li>'


def _chinese(item: Item, href: str) -> str:
    return f'<li>{_link(item, href)}<span class="time">{_in_chinese(item.published)}</span></li>'


def _in_chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _slash(item: Item, href: str) -> str:
    return f"<li>{_link(item, href)}<em>{item.published:%Y/%m/%d}</em></li>"


def _month_day(item: Item, href: str) -> str:
    return f"<li>{_link(item, href)}<span>{item.published:%m-%d}</span></li>"


def _split(item: Item, href: str) -> str:
    day = f'<div class="rq"><b>{item.published:%d}</b><i>{item.published:%Y-%m}</i></div>'
    return f"<li>{day}<p>{_link(item, href)}</p></li>"


def _in_link(item: Item, href: str) -> str:
    inner = f'<span class="tit">{escape(item.title)}</span><em>{item.published:%Y-%m-%d}</em>'
    return f'<li><a href="{href}">{inner}</a></li>'


def _attribute(item: Item, href: str) -> str:
    day = f"{item.published:%Y-%m-%d}"
    return f'<li>{_link(item, href)}<b readlabel="{day}">{day}</b></li>'


def _undated(item: Item, href: str) -> str:
    return f"<li>{_link(item, href)}</li>"


_ROWS: dict[str, Callable[[Item, str], str]] = {
    "own_tag": _own_tag,
    "bracket": _bracket,
    "chinese": _chinese,
    "slash": _slash,
    "month_day": _month_day,
    "split": _split,
    "in_link": _in_link,
    "attribute": _attribute,
    "undated": _undated,
}


def rows(style: str, items: Sequence[Item], href: Href) -> list[str]:
    """One `<li>` per item. KeyError for a style nobody wrote."""
    return [_ROWS[style](item, href(item)) for item in items]


def listing(style: str, items: Sequence[Item], href: Href, css: str = "list") -> str:
    """The whole list: `<ul>`, or a table with two kinds of dates for the style `table`."""
    if style == "table":
        return _table(items, href)
    return f'<ul class="{css}">' + "\n".join(rows(style, items, href)) + "</ul>"


def _table(items: Sequence[Item], href: Href) -> str:
    head = "<tr><th>序号</th><th>标题</th><th>成文日期</th><th>发布日期</th></tr>"
    return (
        '<table class="list">'
        + head
        + "".join(_table_row(n, item, href) for n, item in enumerate(items, 1))
        + "</table>"
    )


def _table_row(number: int, item: Item, href: Href) -> str:
    # a document is written before it is published: taking this column would make a list look older
    written = date.fromordinal(item.published.toordinal() - 9)
    cells = (str(number), _link(item, href(item)), f"{written:%Y-%m-%d}", f"{item.published:%Y-%m-%d}")
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
