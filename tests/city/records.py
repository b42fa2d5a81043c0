"""The items of a column: titles from the word list, days counted back from the check day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.city.model import Fate, Item

PathOf = Callable[[int, date], str]


def titles(words: Mapping[str, Any], kind: str, count: int, rng: Random) -> list[str]:
    """`count` different titles for a kind of column."""
    parts = words["titles"][kind]
    pairs = [subject + action for subject in parts["subjects"] for action in parts["actions"]]
    return rng.sample(pairs, count)


def days(ages: Mapping[str, Any], fate: Fate, count: int, day: date, rng: Random, youngest: int = 0) -> list[date]:
    """Days of a list, newest first; the first within the planned age of its fate, and never below `youngest`."""
    band = "stale" if fate is Fate.STALE else "fresh"
    age = max(youngest, rng.randint(*ages[band]))
    found = []
    for _ in range(count):
        found.append(day - timedelta(days=age))
        age += rng.randint(*ages["step"])
    return found


def records(named: list[str], dated: list[date], path_of: PathOf, odd: frozenset[str]) -> list[Item]:
    """Plain items of a column, newest first."""
    return [
        Item(
            title=title,
            path=path_of(serial, published),
            published=published,
            shows_date="undated_articles" not in odd and "undated" not in odd,
            tagged="untagged_articles" not in odd,
        )
        for serial, (title, published) in enumerate(zip(named, dated, strict=True))
    ]


def with_oddities(
    items: list[Item], odd: frozenset[str], day: date, sizes: Mapping[str, Any], path_of: PathOf
) -> list[Item]:
    """Add what real lists do: an old item pinned on top, a date in the future, items of other sites."""
    if "pinned" in odd:
        old = day - timedelta(days=sizes["pinned_age"])
        items = [Item("办事大厅搬迁公告", path_of(90, old), old, pinned=True), *items]
    if "future_item" in odd:
        ahead = day - timedelta(days=sizes["future_age"])
        items = [Item("关于召开年度总结会的预通知", path_of(91, ahead), ahead), *items]
    if "old_comment" in odd:
        items = [*items, *_long_before(items[-1], sizes["comment_lag"], path_of)]
    if "deadline_titles" in odd:
        items = [_with_deadline(item, day) for item in items]
    if "external_items" in odd:
        items = [_elsewhere(item) if index < 3 else item for index, item in enumerate(items)]
    return items


def _with_deadline(item: Item, day: date) -> Item:
    """A title that names a day still to come, however old the item is."""
    deadline = day + timedelta(days=10)
    return replace(item, title=f"{item.title}（{deadline.month}月{deadline.day}日前报送）")


def _long_before(last: Item, lag: int, path_of: PathOf) -> list[Item]:
    dated = [last.published - timedelta(days=lag + 3 * n) for n in range(2)]
    return [Item(f"{last.title}（续{n}）", path_of(92 + n, day), day) for n, day in enumerate(dated)]


def _elsewhere(item: Item) -> Item:
    address = f"http://www.news-demo.example/{item.published:%Y/%m%d}/{item.published:%j}.html"
    return replace(item, path=address, external=True)
