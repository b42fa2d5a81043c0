"""The look at one site: home page, its parts, its columns, their newest articles, every link.

A look asks extractors where to go next and judges nothing. Everything it sees is handed over
as items; when they have all passed the pipelines, the look ends.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from govspider.extract.columns.column_look import observe_look
from govspider.extract.columns.dates import shanghai_day
from govspider.extract.columns.list_delivery import find_list_requests
from govspider.extract.columns.navigation import find_columns, find_site_map
from govspider.extract.columns.next_request import find_next_request
from govspider.extract.columns.second_page import UNREAD, wants_second_page
from govspider.extract.document.hosts import host_of, registrable_domain, site_key
from govspider.extract.document.page import Page
from govspider.extract.links.link_answer import classify_page
from govspider.extract.marks.footer_sources import find_footer_sources
from govspider.items import (
    ColumnCandidate,
    ColumnObservation,
    ColumnState,
    ColumnTarget,
    FollowUp,
    FollowUpPurpose,
    HostProbed,
    LinkAnswered,
    LinkReused,
    LookFinished,
    PageRole,
    PageSeen,
    SiteTarget,
    UnknownReason,
)
from govspider.spiders.asked_pages import AskedPages, key_of
from govspider.spiders.column_targets import overridden, target_of, with_page_tags
from govspider.spiders.failures import unreadable_because
from govspider.spiders.fetching import Answer, Fetcher
from govspider.spiders.link_book import Asker, LinkBook, Room
from govspider.spiders.link_browser import LinkBrowser
from govspider.spiders.list_articles import ListArticles
from govspider.spiders.look_limits import LookLimits
from govspider.spiders.other_scheme import may_answer_otherwise, other_scheme
from govspider.spiders.outbound import OutboundBook
from govspider.spiders.page_links import enter_links
from govspider.spiders.rendering import Renderer
from govspider.spiders.search_views import SearchViews
from govspider.spiders.shell_columns import ShellColumns
from govspider.spiders.site_links import SiteLinks
from govspider.spiders.suspect_pages import SuspectPages
from govspider.throttle.resolver import proxy_hosts

_ROLE_OF_PART = {
    FollowUpPurpose.FRAME: PageRole.FRAME,
    FollowUpPurpose.INCLUDE: PageRole.FRAME,
    FollowUpPurpose.FOOTER_SCRIPT: PageRole.SCRIPT,
    FollowUpPurpose.LIST_DATA: PageRole.LIST_DATA,
}
# an index row of PostgreSQL holds 2,704 bytes; no browser or server needs as many for an address
_LONGEST_ADDRESS = 2000
_TOO_LONG = f"addresses of more than {_LONGEST_ADDRESS} bytes were not asked"
_LINKING_ROLES = (PageRole.HOME, PageRole.FRAME, PageRole.COLUMN, PageRole.ARTICLE)

HandOver = Callable[[Any, int], Awaitable[None]]


class SiteLook:
    """Walks one site.

    Parameters: `target` the site; `look_id`, `run_id` rows of the database; `hand_over` takes an
    item and the look's id.
    """

    def __init__(
        self,
        target: SiteTarget,
        *,
        look_id: int,
        run_id: int,
        fetcher: Fetcher,
        links: LinkBook,
        hand_over: HandOver,
        limits: LookLimits,
        renderer: Renderer | None = None,
    ) -> None:
        self.target = target
        self.look_id = look_id
        self.run_id = run_id
        self.limits = limits
        self.pages = 0
        self.notes: list[str] = []
        self._fetcher = fetcher
        self._book = links
        self._via_proxy = bool(proxy_hosts())
        self._give = hand_over
        self._asker = Asker(self._give_answer, target.hosts, Room(limits.outside_hosts))
        self.asked = AskedPages(fetcher.known_pages, fetcher.pages_awake, fetcher.reader)
        self._handed: set[tuple[str, PageRole, str | None]] = set()
        self._links = SiteLinks(links, self._asker, limits.ladder, LinkBrowser(fetcher, renderer))
        self._outbound = OutboundBook()
        self._blanks: list[ColumnTarget] = []
        self._column_urls: frozenset[str] = frozenset()
        self._home_address = ""
        self._articles = ListArticles(self, fetcher, target.earlier)
        self._shells = ShellColumns(target, self, renderer)
        self._views = SearchViews(self, limits.search_views)
        self._suspects = SuspectPages(target, renderer, self.hand_over, limits.suspect_pages)

    # ── the walk ────────────────────────────────────────────────────────────────────────────

    async def walk(self) -> None:
        """See everything of the site that the inspection needs."""
        home = await self._see(self.target.home_url, PageRole.HOME)
        if home.reason is not None and may_answer_otherwise(self.asked[home.url]):
            home = await self._see(other_scheme(home.url), PageRole.HOME)
        home.url = self.target.home_url
        self._home_address = home.final_url
        if self.target.retired or home.readable is None:
            await self.hand_over(home)
            return
        await self._complete(home, find_footer_sources)
        columns = await self._columns(home)
        self._column_urls = frozenset(column.url for column in columns)
        await self._articles.see(home, self._column_urls, home=True)
        await self.hand_over(home)
        for column in columns:
            await self._see_column(column)
        for column in self._blanks:
            await self._see_again(column)
        await self._links.answer()
        self.notes.extend(self._links.left_open())

    def end(self, *, complete: bool, detail: str = "") -> LookFinished:
        """The last item of the look."""
        return LookFinished(
            look_id=self.look_id,
            run_id=self.run_id,
            site_id=self.target.site_id,
            finished_at=datetime.now(UTC),
            complete=complete,
            pages=self.pages,
            links=len(self._links),
            detail="; ".join([*self.notes, detail] if detail else self.notes),
            suggested_hosts=self._suggested_hosts(),
            owner_domain=registrable_domain(host_of(self.target.home_url)),
            outbound=self._outbound.domains(self.target.hosts),
        )

    def _suggested_hosts(self) -> tuple[str, ...]:
        """Hosts under the same registrable domain that the registry does not hold: to be added, never crawled."""
        own = {registrable_domain(host) for host in self.target.hosts}
        return tuple(
            sorted(h for h in self._links.hosts if h and h not in self.target.hosts and registrable_domain(h) in own)
        )

    # ── pages ───────────────────────────────────────────────────────────────────────────────

    async def _see(
        self,
        url: str,
        role: PageRole,
        *,
        column: ColumnTarget | None = None,
        parent_url: str | None = None,
        follow_up: FollowUp | None = None,
        again: bool = False,
    ) -> PageSeen:
        """A page of the site, asked once per look unless `again`."""
        key = key_of(url, follow_up)
        answer = None if again else self.asked.find(key)
        # what was asked for as an article, and called unchanged, is no frame and no list
        if answer is None or (answer.not_modified is not None and role is not PageRole.ARTICLE):
            answer = await self._fetcher.page(url, follow_up)
            self.pages += 1
            await self.asked.put(key, answer, role)
        page = self.asked.page(key)
        # right before the link check, which asks the same of these bytes first: what stood there is still known then
        reason, detail = self._why_unreadable(answer, role, page)
        if not again and (follow_up is None or follow_up.method == "GET"):
            await self._book.record(answer, self._asker, page)
        return PageSeen(
            look_id=self.look_id,
            run_id=self.run_id,
            site_id=self.target.site_id,
            role=role,
            url=url,
            final_url=answer.final_url,
            fetched_at=answer.answered_at,
            page=page,
            status=answer.status,
            reason=reason,
            detail=detail,
            column=column,
            parent_url=parent_url,
            left_site=not self._is_own(answer.final_url),
            redirects=answer.redirects,
            request_headers=answer.request_headers,
            response_headers=answer.headers,
            duration_ms=answer.duration_ms,
            not_modified=answer.not_modified,
        )

    async def see_article(self, whole: PageSeen, url: str, list_date: date | None) -> PageSeen:
        """An article of a list, asked for only if it changed where that can accuse nobody.

        Parameters: `list_date` the day that a list beyond doubt gives it; None for any other list.
        """
        known, before = self.asked.find(url), self.asked.page(url)
        again = False
        if known is None:
            if (found := await self._articles.unchanged.ask(url, list_date)) is not None:
                answer, unchanged = found
                self.pages += 1
                await self.asked.put(url, answer, PageRole.ARTICLE, unchanged)
        elif known.not_modified is not None and not self._articles.unchanged.stands(before, list_date):
            again = True  # another list needs its very bytes
        article = await self._see(url, PageRole.ARTICLE, column=whole.column, parent_url=whole.final_url, again=again)
        if again and before is not None and (article.page is None or article.page.sha256 != before.sha256):
            self._articles.unchanged.was_wrong(url)
            # what was handed over was not what stands there: nothing of it has been read
            self._handed = {one for one in self._handed if one[:2] != (url, PageRole.ARTICLE)}
        return article

    def _why_unreadable(self, answer: Answer, role: PageRole, page: Page | None) -> tuple[UnknownReason | None, str]:
        failed = unreadable_because(answer.failure, answer.status, via_proxy=self._via_proxy)
        if failed is not None:
            return failed, answer.detail or f"HTTP {answer.status}"
        if page is not None and page.too_heavy:
            return UnknownReason.BUDGET if page.given_up else UnknownReason.TOO_BIG, page.too_heavy
        reason, detail = classify_page(answer.status, answer.headers, answer.body)
        if reason is not None:
            return reason, detail
        if role is PageRole.HOME and not self._is_own(answer.final_url):
            left = host_of(answer.final_url)
            return UnknownReason.CONTRADICTORY, f"the home page leaves the registered hosts for {left!r}"
        if role is PageRole.COLUMN and answer.redirects and answer.final_url == self._home_address:
            # a missing page that answers with the home page would make a dead column look alive
            return UnknownReason.CONTRADICTORY, "the column leads to the home page"
        return None, detail

    def _is_own(self, url: str) -> bool:
        return site_key(host_of(url)) in {site_key(host) for host in self.target.hosts}

    def may_ask(self, url: str) -> bool:
        """True for an address on the site's own hosts that the indexes of the table of pages hold."""
        fits = len(url.encode(errors="replace")) <= _LONGEST_ADDRESS
        if not fits and _TOO_LONG not in self.notes:
            self.notes.append(_TOO_LONG)
        return fits and host_of(url) in self.target.hosts

    async def _complete(self, seen: PageSeen, find: Callable[[Page], Iterable[FollowUp]]) -> None:
        """Fetch the parts of a page: frames, footer scripts, list data; frames may have parts of their own."""
        page = seen.readable
        await asyncio.sleep(0)  # parsed just now: others go on before it is searched
        waiting = list(page.once(find)) if page is not None else []
        parts: list[Page] = []
        missing: list[str] = []
        asked: set[str] = set()
        while waiting:
            follow_up = waiting.pop(0)
            if follow_up.url in asked:
                continue
            if len(asked) >= self.limits.parts or not self.may_ask(follow_up.url):
                missing.append(follow_up.url)
                continue
            asked.add(follow_up.url)
            part = await self.see_part(seen, follow_up)
            if part is None:
                missing.append(follow_up.url)
                continue
            parts.append(part)
            if follow_up.purpose is FollowUpPurpose.FRAME:
                waiting.extend(part.once(find))
        seen.parts = tuple(parts)
        seen.missing_parts = tuple(missing)
        await self._shells.complete(seen)

    async def see_part(self, whole: PageSeen, follow_up: FollowUp, answer: Answer | None = None) -> Page | None:
        """A part of a page, handed over as an item of its own; `answer` where it was asked already."""
        role = _ROLE_OF_PART[follow_up.purpose]
        if answer is not None:
            await self.asked.put(key_of(follow_up.url, follow_up), answer)
        part = await self._see(
            follow_up.url, role, column=whole.column, parent_url=whole.final_url, follow_up=follow_up
        )
        await self.hand_over(part)
        return part.readable

    async def see_view(self, seen: PageSeen, role: PageRole, headers: Mapping[str, str]) -> PageSeen:
        """A page that was seen, asked once more with these headers."""
        view = FollowUp(seen.final_url, FollowUpPurpose.VIEW, headers=headers)
        return await self._see(
            seen.final_url, role, column=seen.column, parent_url=seen.final_url, follow_up=view, again=True
        )

    async def hand_over(self, seen: PageSeen) -> None:
        """Give a page to the pipelines, once, and its links to the link check."""
        column_url = seen.column.url if seen.column else None
        if (seen.url, seen.role, column_url) in self._handed:
            return
        seen.repeated = any((url, role) == (seen.url, seen.role) for url, role, _ in self._handed)
        self._handed.add((seen.url, seen.role, column_url))
        self.asked.meet(seen.page)
        # a page that stands in two lists has given its links, and is parsed no more
        if seen.role in _LINKING_ROLES and not seen.repeated and seen.readable is not None:
            await asyncio.sleep(0)
            self.notes += await enter_links(seen, seen.readable, self._links, self._outbound)
        await self._give(seen, self.look_id)
        await self._suspects.see(seen)
        await self._views.see(seen)

    # ── columns ─────────────────────────────────────────────────────────────────────────────

    async def _columns(self, home: PageSeen) -> list[ColumnTarget]:
        """Columns of the registry; where it lists none, those the site itself shows."""
        columns = list(self.target.columns) or await self._discover(home)
        if len(columns) > self.limits.columns:
            self.notes.append(f"{len(columns) - self.limits.columns} columns were left out: more than COLUMNS_PER_SITE")
            for column in columns[self.limits.columns :]:
                await self.hand_over(self._not_asked(column, UnknownReason.BUDGET))
        return columns[: self.limits.columns]

    async def _discover(self, home: PageSeen) -> list[ColumnTarget]:
        pages = [page for page in (home.readable, *home.parts) if page is not None]
        found: dict[str, ColumnCandidate] = {}
        for page in pages:
            for candidate in page.once(find_columns):
                found.setdefault(candidate.url, candidate)
        for site_map_url in [url for page in pages if (url := page.once(find_site_map)) and self.may_ask(url)][:1]:
            site_map = await self._see(site_map_url, PageRole.SITE_MAP, parent_url=home.final_url)
            await self.hand_over(site_map)
            if site_map.readable is not None:
                for candidate in site_map.readable.once(find_columns):
                    found.setdefault(candidate.url, candidate)
        return [target_of(candidate) for candidate in found.values() if self.may_ask(candidate.url)]

    async def _see_column(self, column: ColumnTarget) -> None:
        column = overridden(column, self.target.overrides, shanghai_day(datetime.now(UTC)))
        seen = await self._see(column.url, PageRole.COLUMN, column=column, parent_url=self.target.home_url)
        if seen.readable is not None:
            seen.column = with_page_tags(column, seen.readable)
            await self._complete(seen, find_list_requests)
            await self._see_second_page(seen)
            await self._articles.see(seen, self._column_urls, home=False)
            if self.observe(seen, home=False).state is ColumnState.BLANK:
                self._blanks.append(seen.column)
        await self.hand_over(seen)

    async def _see_second_page(self, seen: PageSeen) -> None:
        """Page 2 of a list whose first page does not settle which item is the newest."""
        if seen.page is None or not wants_second_page(self.observe(seen, home=False)):
            return
        further = find_next_request(seen.page)
        if further is None or host_of(further.url) not in self.target.hosts:
            return
        second = await self._see(
            further.url, PageRole.SECOND_PAGE, column=seen.column, parent_url=seen.final_url, follow_up=further
        )
        await self.hand_over(second)
        seen.second = second.readable
        if second.readable is None or UNREAD in self.observe(seen, home=False).notes:
            seen.missing_parts = (*seen.missing_parts, further.url)

    async def _see_again(self, column: ColumnTarget) -> None:
        """A blank needs two agreeing fetches; the second comes after all other columns."""
        seen = await self._see(column.url, PageRole.RECHECK, column=column, parent_url=column.url, again=True)
        if seen.readable is not None:
            await self._complete(seen, find_list_requests)
        await self.hand_over(seen)

    def _not_asked(self, column: ColumnTarget, reason: UnknownReason) -> PageSeen:
        look = (self.look_id, self.run_id, self.target.site_id)
        now = datetime.now(UTC)
        return PageSeen(*look, PageRole.COLUMN, column.url, column.url, now, None, reason=reason, column=column)

    def observe(self, seen: PageSeen, *, home: bool) -> ColumnObservation:
        assert seen.page is not None
        override = seen.column.override if seen.column else None
        return seen.page.once(
            observe_look,
            seen.fetched_at,
            seen.parts,
            home=home,
            second=seen.second,
            override=override,
            article_days=seen.article_days,
        )

    # ── links ───────────────────────────────────────────────────────────────────────────────

    async def _give_answer(self, answer: LinkAnswered | LinkReused | HostProbed) -> None:
        answer.look_id = self.look_id
        await self._give(answer, self.look_id)
