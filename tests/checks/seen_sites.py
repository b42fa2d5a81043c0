"""Sites as a look may have seen them, in a few words, for the tests of checks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from govspider.items import ColumnKind, ColumnState, PageRole
from govspider.seen import SeenArticle, SeenColumn, SeenHome, SeenList, SeenSite
from tests.observed_city import CHECK_AT, CHECK_DAY

HOME = "http://www.example.gov.cn/"


def ago(days: int) -> date:
    return CHECK_DAY - timedelta(days=days)


def shown(newest: date | None = None, state: ColumnState = ColumnState.LIST, **values: Any) -> SeenList:
    url = values.pop("url", HOME)
    return SeenList(url=url, final_url=url, looked_on=CHECK_DAY, state=state, newest=newest, **values)


def article(listed: date | None, published: date | None) -> SeenArticle:
    return SeenArticle(url=f"{HOME}a.html", title="一篇文章", published=published, list_date=listed)


def home(newest: date | None = None, *, witnessed: bool = True, **values: Any) -> SeenHome:
    """A home page with one dated record, and (unless told) the article that agrees with it."""
    given: dict[str, Any] = {
        "shown": shown(newest),
        "articles": (article(newest, newest),) if witnessed and newest else (),
        **values,
    }
    return SeenHome(url=HOME, final_url=HOME, **{"status": 200, **given})


def column(
    name: str, kind: str = "news", newest: date | None = None, *, witnessed: bool = True, **values: Any
) -> SeenColumn:
    """A column with one dated record, and (unless told) the article that agrees with it."""
    url = f"{HOME}{name}/"
    given: dict[str, Any] = {
        "lists": (shown(newest, url=url),),
        "articles": (article(newest, newest),) if witnessed and newest else (),
        **values,
    }
    return SeenColumn(id=len(name), name=name, url=url, kind=ColumnKind(kind), **given)


def columns(count: int, kind: str = "news", newest: date | None = None, **values: Any) -> tuple[SeenColumn, ...]:
    made = (column(f"{kind}{number}", kind, newest, **values) for number in range(count))
    return tuple(replace(one, id=number) for number, one in enumerate(made))


def blank_column(name: str, fetches: int = 2, **values: Any) -> SeenColumn:
    url = f"{HOME}{name}/"
    roles = (PageRole.COLUMN, PageRole.RECHECK)[:fetches]
    pages = tuple(shown(None, ColumnState.BLANK, url=url, role=role, evidence_text="暂无内容") for role in roles)
    return column(name, values.pop("kind", "other"), lists=pages, **values)


def site(*seen: SeenColumn, **values: Any) -> SeenSite:
    given = {"home": home(ago(1)), **values}
    return SeenSite(
        id=1, code="3300000001", name="某网站", look_id=1, run_id=1, looked_at=CHECK_AT, columns=tuple(seen), **given
    )
