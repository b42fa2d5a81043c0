"""Pages as search engines get them, beside how everybody gets them: opt-in, few, each in its turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from scrapy.settings import BaseSettings

from govspider.items import PageRole, PageSeen

_LOOKED_AT = (PageRole.HOME, PageRole.COLUMN)


class Look(Protocol):
    """The look at the site that asks and hands over."""

    async def see_view(self, seen: PageSeen, role: PageRole, headers: Mapping[str, str]) -> PageSeen:
        """The same page, asked once more with these headers."""

    async def hand_over(self, seen: PageSeen) -> None:
        """Give a page to the pipelines."""


@dataclass(frozen=True, slots=True)
class SearchViewSettings:
    """Settings SEARCH_VIEWS, SEARCH_VIEW_PAGES_PER_SITE, SEARCH_SPIDER_USER_AGENT and SEARCH_REFERRER."""

    pages: int
    user_agent: str
    referrer: str


def read_search_views(settings: BaseSettings) -> SearchViewSettings:
    """What the settings ask for: no page at all unless SEARCH_VIEWS is on."""
    pages = settings.getint("SEARCH_VIEW_PAGES_PER_SITE") if settings.getbool("SEARCH_VIEWS") else 0
    return SearchViewSettings(pages, str(settings["SEARCH_SPIDER_USER_AGENT"]), str(settings["SEARCH_REFERRER"]))


class SearchViews:
    """Views of one site's pages."""

    def __init__(self, look: Look, settings: SearchViewSettings) -> None:
        self._look = look
        self._settings = settings
        self._left = settings.pages

    async def see(self, seen: PageSeen) -> None:
        """Ask for the page as a spider, as a visitor from a search engine, and once more as everybody.

        A view that is refused is stored with its reason and compared with nothing: a firewall that
        turns a spider away has shown nobody anything.
        """
        page = seen.readable
        if page is None or seen.role not in _LOOKED_AT or seen.repeated or self._left <= 0:
            return
        self._left -= 1
        spider = await self._look.see_view(seen, PageRole.SPIDER_VIEW, {"User-Agent": self._settings.user_agent})
        referred = await self._look.see_view(seen, PageRole.REFERRED_VIEW, {"Referer": self._settings.referrer})
        plain = await self._look.see_view(seen, PageRole.PLAIN_VIEW, {})
        for view in (spider, referred):
            view.parts = (page, plain.readable) if plain.readable is not None else ()
        for view in (plain, spider, referred):
            await self._look.hand_over(view)
