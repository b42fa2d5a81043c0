"""The newest articles of a list: their own publish date is the witness."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from govspider.extract.columns.dates import shanghai_day
from govspider.extract.columns.witnessed_years import articles_to_open, published_days
from govspider.extract.list_freshness import is_beyond_doubt
from govspider.items import ColumnObservation, EarlierPage, PageRole, PageSeen
from govspider.spiders.fetching import Fetcher
from govspider.spiders.unchanged_articles import UnchangedArticles

if TYPE_CHECKING:
    from govspider.spiders.look import SiteLook


class ListArticles:
    """Opens the articles of the lists of one look.

    Parameters: `earlier` articles of the site's last look that may be asked for only if they changed.
    """

    def __init__(self, look: SiteLook, fetcher: Fetcher, earlier: Mapping[str, EarlierPage]) -> None:
        self._look = look
        self.unchanged = UnchangedArticles(fetcher, earlier)
        self._columns_stand_in = False

    async def see(self, seen: PageSeen, column_urls: frozenset[str], *, home: bool) -> None:
        """Ask for the articles of a list that tell most, and hand them over."""
        look = self._look
        told = look.observe(seen, home=home)
        if home:
            self._columns_stand_in = told.newest is None
        wanted = articles_to_open(told.list_items, shanghai_day(seen.fetched_at), look.limits.articles, home=home)
        # the heading of a block links its column: no article, and no witness of a date
        urls = [item.url for item in wanted if item.url and item.url not in column_urls]
        days = {item.url: item.published for item in reversed(told.list_items)}
        beyond_doubt = self._is_beyond_doubt(seen, told)
        opened: list[PageSeen] = []
        for url in filter(look.may_ask, urls):
            day = days.get(url)
            article = await look.see_article(seen, url, day if beyond_doubt else None)
            article.list_date = day
            opened.append(article)
            if day is not None:
                await look.hand_over(article)  # while it is in memory
        seen.article_days = published_days((article.url, article.readable) for article in opened)
        await look.asked.observe_again(seen)
        # a day without a year may be told by the articles themselves
        days = {item.url: item.published for item in reversed(look.observe(seen, home=home).list_items)}
        for article in opened:
            if article.list_date is None:
                article.list_date = days.get(article.url)
                await asyncio.sleep(0)  # a list has many articles: others may go on in between
                await look.hand_over(article)

    def _is_beyond_doubt(self, seen: PageSeen, told: ColumnObservation) -> bool:
        """True where the articles are no witness against the list, whatever they say."""
        column = seen.column
        # where the home page shows no dates, its columns are judged by the window of home pages
        kind = None if column is None or self._columns_stand_in else column.kind
        period = column.update_days if column is not None else None
        return seen.role is not PageRole.RECHECK and is_beyond_doubt(told, shanghai_day(seen.fetched_at), kind, period)
