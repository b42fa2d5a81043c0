"""What earlier looks showed under an older date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text

from govspider.db.redated import read_redated
from govspider.db.store import write_items
from govspider.extract.document.page import Page
from govspider.items import (
    OBSERVED_ARTICLE,
    OBSERVED_COLUMN,
    ArticleObservation,
    ColumnKind,
    ColumnObservation,
    ColumnState,
    ColumnTarget,
    ListItem,
    PageRole,
    PageSeen,
)
from govspider.seen import SeenRedated
from tests.observed_city import CHECK_AT, ObservedCity

_URL = "http://s3300000001.example.gov.cn/tzgg/"
_OLD, _NEW = date(2026, 3, 2), date(2026, 11, 20)
_COLUMN = ColumnTarget("通知公告", _URL, ColumnKind.NOTICE, "guess", 1.0, "", 1, "navigation")


class _History:
    """Looks at one column, one after the other, as the store writes them."""

    def __init__(self, engine: Engine) -> None:
        self.city = ObservedCity(engine)
        self.city.organisation("云景市", "city")
        self.city.site("3300000001", "云景市")
        self.engine = engine
        self.looks: list[int] = []

    def look(self, at: datetime, role: PageRole, name: str, found: Any, **values: Any) -> int:
        with self.engine.begin() as connection:
            run = connection.execute(
                text(
                    "insert into run (period_id, scope, state, user_agent, options, started_at) "
                    "select id, 'partial', 'complete', 'test', '{}', :at from period limit 1 returning id"
                ),
                {"at": at},
            ).scalar_one()
            look = connection.execute(
                text(
                    "insert into look (run_id, site_id, state, started_at) "
                    "values (:run, :site, 'complete', :at) returning id"
                ),
                {"run": run, "site": self.city.sites["3300000001"], "at": at},
            ).scalar_one()
        url = _URL if role is PageRole.COLUMN else f"{_URL}a.html"
        given = {"column": _COLUMN, "page": Page(url, b"<html></html>"), "status": 200, **values}
        final = given.pop("final_url", url)
        seen = PageSeen(look, run, self.city.sites["3300000001"], role, final, final, at, **given)
        seen.observations[name] = found
        write_items(self.engine, [seen])
        return int(look)

    def redated(self, look: int) -> list[SeenRedated]:
        with self.engine.connect() as connection:
            found = read_redated(connection, {"looks": [look], "zone": "Asia/Shanghai"})
        return [one for many in found.values() for one in many]


@pytest.fixture
def history(engine: Engine) -> _History:
    return _History(engine)


_ARTICLE = ArticleObservation("关于检查的通知", _OLD, str(_OLD), "visible", content_sha256="ab" * 32)
_BEFORE = CHECK_AT - timedelta(days=200)


def _list(day: date) -> ColumnObservation:
    item = ListItem(1, "关于检查的通知", f"{_URL}a.html", day, str(day), "own_tag")
    return ColumnObservation(ColumnState.LIST, newest=day, newest_url=item.url, items=1, list_items=(item,))


def test_the_same_text_under_a_newer_date_is_remembered_with_the_day_it_was_first_seen(history: _History) -> None:
    history.look(_BEFORE, PageRole.ARTICLE, OBSERVED_ARTICLE, _ARTICLE)
    now = history.look(CHECK_AT, PageRole.ARTICLE, OBSERVED_ARTICLE, replace(_ARTICLE, published=_NEW))
    (found,) = history.redated(now)
    assert (found.shown, found.earlier, found.seen_on, found.same_text) == (_NEW, _OLD, _BEFORE.date(), True)


@pytest.mark.parametrize(
    "other",
    [
        replace(_ARTICLE, published=_NEW, title="关于第二次检查的通知"),
        replace(_ARTICLE, published=_NEW, content_sha256="cd" * 32),
        replace(_ARTICLE, published=_NEW, content_sha256=""),
        _ARTICLE,
    ],
)
def test_another_text_or_title_or_the_same_date_is_no_old_article(history: _History, other: Any) -> None:
    history.look(_BEFORE, PageRole.ARTICLE, OBSERVED_ARTICLE, _ARTICLE)
    now = history.look(CHECK_AT, PageRole.ARTICLE, OBSERVED_ARTICLE, other)
    assert history.redated(now) == []


def test_the_same_text_in_another_column_is_remembered_with_the_name_of_that_column(history: _History) -> None:
    other = replace(_COLUMN, name="工作动态", url="http://s3300000001.example.gov.cn/gzdt/")
    address = f"{other.url}a.html"
    history.look(_BEFORE, PageRole.ARTICLE, OBSERVED_ARTICLE, _ARTICLE, column=other, final_url=address)
    now = history.look(CHECK_AT, PageRole.ARTICLE, OBSERVED_ARTICLE, replace(_ARTICLE, published=_NEW))
    (found,) = history.redated(now)
    assert (found.shown, found.earlier, found.other_column) == (_NEW, _OLD, "工作动态")


def test_the_same_address_under_another_column_is_no_repost(history: _History) -> None:
    other = replace(_COLUMN, name="工作动态", url="http://s3300000001.example.gov.cn/gzdt/")
    history.look(_BEFORE, PageRole.ARTICLE, OBSERVED_ARTICLE, _ARTICLE, column=other)
    now = history.look(CHECK_AT, PageRole.ARTICLE, OBSERVED_ARTICLE, replace(_ARTICLE, published=_NEW))
    assert [one.other_column for one in history.redated(now)] == [None]


def test_an_item_of_the_list_that_got_a_newer_date_is_remembered(history: _History) -> None:
    history.look(_BEFORE, PageRole.COLUMN, OBSERVED_COLUMN, _list(_OLD))
    now = history.look(CHECK_AT, PageRole.COLUMN, OBSERVED_COLUMN, _list(_NEW))
    (found,) = history.redated(now)
    assert (found.shown, found.earlier, found.same_text) == (_NEW, _OLD, False)


def test_a_later_look_says_nothing_of_an_earlier_one(history: _History) -> None:
    first = history.look(_BEFORE, PageRole.COLUMN, OBSERVED_COLUMN, _list(_NEW))
    history.look(CHECK_AT, PageRole.COLUMN, OBSERVED_COLUMN, _list(_OLD))
    assert history.redated(first) == []
