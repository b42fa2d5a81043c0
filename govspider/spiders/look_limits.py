"""How much of a site one look asks for, as the settings say."""

from __future__ import annotations

from dataclasses import dataclass

from scrapy.settings import BaseSettings

from govspider.spiders.search_views import SearchViewSettings, read_search_views
from govspider.spiders.site_links import LadderLimits


@dataclass(frozen=True, slots=True)
class LookLimits:
    """How much of a site one look asks for, as the settings say.

    `suspect_pages`: pages that a browser looks at again for their suspected links (BROWSER_SUSPECT_PAGES_PER_SITE);
    `outside_hosts`: hosts of others that are asked how they answer for missing pages (LINK_OUTSIDE_HOSTS).
    """

    columns: int
    articles: int
    parts: int
    suspect_pages: int
    outside_hosts: int
    ladder: LadderLimits
    search_views: SearchViewSettings


def read_limits(settings: BaseSettings) -> LookLimits:
    """The limits that the settings give."""
    return LookLimits(
        columns=settings.getint("COLUMNS_PER_SITE"),
        articles=settings.getint("ARTICLES_PER_COLUMN"),
        parts=settings.getint("PARTS_PER_PAGE"),
        suspect_pages=settings.getint("BROWSER_SUSPECT_PAGES_PER_SITE"),
        search_views=read_search_views(settings),
        outside_hosts=settings.getint("LINK_OUTSIDE_HOSTS"),
        ladder=LadderLimits(
            hosts_at_once=settings.getint("LINKS_AT_ONCE_PER_SITE"),
            seconds_between=settings.getfloat("LINK_SECOND_LOOK_SECONDS"),
            looks=settings.getint("LINK_LOOKS"),
            most=settings.getint("LINKS_PER_SITE"),
            in_browser=settings.getint("BROWSER_LINKS_PER_SITE"),
        ),
    )
