"""`scrapy crawl links`: asks addresses of findings again, and nothing else of their sites.

The answers join those of the look that saw the links, as further rungs, so that judging reads them with it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Self

from scrapy.crawler import Crawler

from govspider.extract.links.link_parts import LinkPart
from govspider.items import HostProbed, Link, LinkAnswered, LinkRecheck, LinkReused, SiteTarget
from govspider.spiders.link_book import Asker, LinkBook, Room
from govspider.spiders.link_browser import LinkBrowser
from govspider.spiders.look_limits import read_limits
from govspider.spiders.portals import PortalsSpider
from govspider.spiders.site_links import SiteLinks


class LinksSpider(PortalsSpider):
    """Climbs the ladder anew with the addresses that the crawl command prepared (setting PREPARED_RUN)."""

    name = "links"

    rechecks: tuple[LinkRecheck, ...]

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.rechecks = crawler.settings["PREPARED_RUN"].rechecks
        return spider

    async def _open_books(self) -> None:
        """One book for each run concerned: an address that several sites link to is asked once."""
        climbed: defaultdict[int, dict[str, int]] = defaultdict(dict)
        for one in self.rechecks:
            climbed[one.run_id][one.url] = one.rung
        hosts = frozenset(self.around.platforms)
        patience = self.new_patience()
        self._books = {
            run_id: LinkBook(run_id, self.fetcher, (), site_hosts=hosts, patience=patience, climbed=rungs)
            for run_id, rungs in climbed.items()
        }

    async def _look_at(self, target: SiteTarget) -> None:
        asked = [one for one in self.rechecks if one.site_id == target.site_id]
        for look_id, run_id in sorted({(one.look_id, one.run_id) for one in asked}):
            links = self._links_of(target, look_id, run_id)
            links.add(LinkPart([_link(one) for one in asked if one.look_id == look_id]))
            await links.answer()
            await self.door.settled(look_id)
        self.crawler.stats.inc_value("govspider/looks/finished")

    def _links_of(self, target: SiteTarget, look_id: int, run_id: int) -> SiteLinks:
        limits = read_limits(self.crawler.settings)

        async def hand_over(item: LinkAnswered | LinkReused | HostProbed) -> None:
            if isinstance(item, LinkAnswered):
                item.look_id = look_id
            await self.door.hand_over(item, look_id)

        asker = Asker(hand_over, target.hosts, Room(limits.outside_hosts))
        return SiteLinks(self._books[run_id], asker, limits.ladder, LinkBrowser(self.fetcher, self.renderer))


def _link(one: LinkRecheck) -> Link:
    return Link(one.url, one.url, one.kind, text="", place="", path="", element=one.element)
