"""`scrapy crawl portals`: looks at every government website of a run, politely and all of them at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import scrapy
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import run_in_thread

from govspider.db.earlier_pages import read_earlier_pages
from govspider.db.engine import DatabaseError, make_engine
from govspider.db.runs import SiteLocks, begin_look
from govspider.db.targets import read_answers, read_reusable, runs_since
from govspider.extract.read_ahead import get_ready
from govspider.items import EarlierPage, SiteTarget
from govspider.spiders.fetching import CrawlStoppedError, Fetcher
from govspider.spiders.host_patience import HostPatience
from govspider.spiders.item_door import ItemDoor
from govspider.spiders.link_book import LinkBook
from govspider.spiders.look import SiteLook
from govspider.spiders.look_limits import read_limits
from govspider.spiders.pace import Pace
from govspider.spiders.rendering import Renderer
from govspider.spiders.standings import AddressSet, Reusable
from govspider.spiders.stopping import cut_short
from govspider.throttle.rare_collections import LOADED
from govspider.throttle.slots import Neighbourhood

_ITEMS_IN_PIPELINES = 400
# so much of the delay between two requests may be lost to a busy reactor before no further site is begun
_LATE_SHARE = 0.05
_FIRST_WAIT = 0.5
_LONGEST_WAIT = 30.0


class SiteTakenError(Exception):
    """Another crawl took the site while the database was away: it is left to that one."""


def _is_the_end(error: Exception) -> bool:
    """True where a look broke off because the crawl ends; its links, asked side by side, come as a group."""
    if isinstance(error, ExceptionGroup):
        return all(_is_the_end(one) for one in error.exceptions)
    return isinstance(error, CrawlStoppedError)


class PortalsSpider(scrapy.Spider):
    """Works through the sites that the crawl command prepared (setting PREPARED_RUN)."""

    name = "portals"

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.stopped_because: str | None = None
        self._work: asyncio.Task[None] | None = None
        self._beside: tuple[asyncio.Task[None], ...] = ()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        prepared = crawler.settings.get("PREPARED_RUN")
        if prepared is None:
            raise ValueError("the spider portals is started by govspider's own command: scrapy crawl portals")
        spider.run_id = prepared.run_id
        spider.targets = prepared.targets
        spider.locks = prepared.locks
        spider.around = prepared.around
        crawler.signals.connect(spider._leave, signals.spider_closed)
        return spider

    run_id: int
    targets: tuple[SiteTarget, ...]
    locks: SiteLocks
    around: Neighbourhood

    async def start(self) -> AsyncIterator[Any]:
        settings = self.crawler.settings
        self.engine = make_engine(settings["DATABASE_URL"])
        engine: Any = self.crawler.engine
        engine.downloader.settle(self.around)
        self.door = ItemDoor(self.crawler, _ITEMS_IN_PIPELINES)
        self.pace = Pace(settings.getfloat("DOWNLOAD_DELAY") * _LATE_SHARE, settings.getint("SITES_AT_LEAST"))
        beside = (self.door.see_off(self.crawler), self.pace.measure(), cut_short(self.crawler, self._give_up))
        self._beside = tuple(map(asyncio.create_task, beside))
        self.fetcher = Fetcher(self.crawler)
        self.renderer = Renderer(self.fetcher, settings)
        await run_in_thread(get_ready)
        self.crawler.signals.send_catch_log(LOADED)
        await self._open_books()
        self._work = asyncio.create_task(self._look_at_all(settings.getint("SITES_AT_ONCE")))
        try:
            await asyncio.wait((self._work,))
            if self.stopped_because is None:
                self._work.result()
        finally:
            self._work.cancel()
            self.engine.dispose()
        none: tuple[Any, ...] = ()  # Scrapy wants a generator; all items go through the door
        for item in none:
            yield item

    async def _open_books(self) -> None:
        """What every address of the run answered so far."""
        hosts = frozenset(self.around.platforms)
        patience = self.new_patience()

        def read() -> LinkBook:
            known = read_answers(self.engine, self.run_id)
            reusable = self._reusable(datetime.now(UTC))
            return LinkBook(self.run_id, self.fetcher, known, site_hosts=hosts, patience=patience, reusable=reusable)

        self.links = await run_in_thread(read)  # there may be a million

    def _reusable(self, now: datetime) -> Reusable | None:
        """Addresses of others whose answers are young enough to stand for this run, as LINK_REUSE_DAYS says."""
        days = self.crawler.settings.getfloat("LINK_REUSE_DAYS")
        since = now - timedelta(days=days)
        runs = runs_since(self.engine, self.run_id, since) if days > 0 else ()
        return Reusable(runs, AddressSet(read_reusable(self.engine, runs, since))) if runs else None

    def new_patience(self) -> HostPatience:
        """How long hosts are asked that answer nothing but trouble, as the settings say."""
        settings = self.crawler.settings
        return HostPatience(settings.getint("LINK_HOST_TRIES"), settings.getint("LINK_HOST_FAULTS"))

    def stop_asking(self, reason: str) -> None:
        """End the crawl: what was not looked at stays for the next run to resume."""
        self.stopped_because = reason
        if self._work is not None:
            self._work.cancel()

    def _give_up(self) -> None:
        """End the looks where they stand: they are begun again when the run is gone on with."""
        if self._work is not None:
            self._work.cancel()

    def _leave(self) -> None:
        """An engine that is stopped drops `start()` where it stands: what runs beside it is ended here."""
        for task in (self._work, *self._beside):
            if task is not None:
                task.cancel()

    async def _look_at_all(self, at_once: int) -> None:
        # the largest site takes longest at one request a second: begun last, it would be waited for alone
        waiting = iter(sorted(self.targets, key=lambda target: (target.size, len(target.columns)), reverse=True))
        async with asyncio.TaskGroup() as group:
            for _ in range(min(at_once, len(self.targets))):
                group.create_task(self._look_at_each(waiting))

    async def _look_at_each(self, waiting: Iterator[SiteTarget]) -> None:
        for target in waiting:
            try:
                async with self.pace.turn():
                    await self._look_at(target)
            except SiteTakenError:
                self.logger.error("the look at %s was left to another crawl, which began it meanwhile", target.code)
                self.crawler.stats.inc_value("govspider/looks/taken_over")
            except Exception as error:
                if _is_the_end(error):
                    return
                # one site's odd page must not end the look at all others; the run says it is incomplete
                self.logger.exception("the look at %s (%s) broke off", target.code, target.home_url)
                self.crawler.stats.inc_value("govspider/looks/broken_off")

    async def _look_at(self, target: SiteTarget) -> None:
        look_id = await self._begin(target)

        async def hand_over(item: Any, look_id: int) -> None:
            if target.site_id in self.locks.lost:
                raise SiteTakenError
            await self.door.hand_over(item, look_id)

        look = SiteLook(
            replace(target, earlier=await self._earlier_pages(target)),
            look_id=look_id,
            run_id=self.run_id,
            fetcher=self.fetcher,
            links=self.links,
            hand_over=hand_over,
            limits=read_limits(self.crawler.settings),
            renderer=self.renderer,
        )
        await look.walk()
        whole = await self.door.settled(look_id)
        end = look.end(complete=whole, detail="" if whole else "a pipeline failed on some pages; see the log")
        vars(look).clear()  # its parts know each other: left to Python, they would stay for thousands of pages
        await hand_over(end, look_id)
        await self.door.settled(look_id)
        self.crawler.stats.inc_value("govspider/looks/finished")
        self.crawler.stats.inc_value("govspider/pages/asked", end.pages)

    async def _earlier_pages(self, target: SiteTarget) -> dict[str, EarlierPage]:
        """Articles that may be asked for only if they changed, as CONDITIONAL_DAYS says.

        None where that cannot be found out: then everything is asked for as if it had never been seen.
        """
        days = self.crawler.settings.getfloat("CONDITIONAL_DAYS")
        if days <= 0 or target.retired or not self.fetcher.known_pages.any:
            return {}
        now = datetime.now(UTC)

        def read() -> dict[str, EarlierPage]:
            since = now - timedelta(days=days)
            return read_earlier_pages(self.engine, site_id=target.site_id, run_id=self.run_id, since=since, now=now)

        try:
            return await run_in_thread(read)
        except DatabaseError as error:
            self.logger.warning("every page of %s is asked for plainly: %s", target.code, str(error).partition("\n")[0])
            return {}

    async def _begin(self, target: SiteTarget) -> int:
        """Enter the look; a database that is away is waited for as long as the store waits for it."""
        tries = self.crawler.settings.getint("STORE_RETRIES")
        for attempt in range(1, tries + 1):
            try:
                await run_in_thread(self.locks.hold)
                if target.site_id in self.locks.lost:
                    raise SiteTakenError
                return await run_in_thread(begin_look, self.engine, self.run_id, target.site_id, datetime.now(UTC))
            except DatabaseError:
                if attempt == tries:
                    raise
                await asyncio.sleep(min(_FIRST_WAIT * 2 ** (attempt - 1), _LONGEST_WAIT))
        raise AssertionError("STORE_RETRIES is at least 1")
