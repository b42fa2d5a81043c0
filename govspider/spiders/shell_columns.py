"""Columns whose page is a shell: a script brings their list, and no known request does.

First the request that an earlier look learned is asked again; else, within the site's budget, a browser
shows the page, and the request behind the list is learned for the next look.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol

from govspider.extract.columns.column import observe_column
from govspider.extract.columns.column_look import observe_look
from govspider.extract.columns.learned_request import RenderedList, brings_list, learn, rendered_list, replay, stands
from govspider.extract.document.hosts import host_of
from govspider.extract.document.page import Page
from govspider.extract.links.link_answer import classify_page
from govspider.items import (
    ColumnState,
    FollowUp,
    LearnedRequest,
    PageRole,
    PageSeen,
    SiteTarget,
    UnknownReason,
)
from govspider.spiders.fetching import Answer
from govspider.spiders.rendering import Exchange, Rendered, Renderer


class Look(Protocol):
    """What the look at a site does for its shells."""

    notes: list[str]

    async def see_part(self, whole: PageSeen, follow_up: FollowUp, answer: Answer | None = None) -> Page | None:
        """Fetch a part (or take the answer given) and hand it over."""

    async def hand_over(self, seen: PageSeen) -> None:
        """Give a page to the pipelines."""


class ShellColumns:
    """The shells of one site. `renderer` None: no browser in this crawl."""

    def __init__(self, target: SiteTarget, look: Look, renderer: Renderer | None) -> None:
        self._target = target
        self._look = look
        self._renderer = renderer
        self._rendered = 0
        self._scripts: dict[str, Answer] = {}

    async def complete(self, seen: PageSeen) -> None:
        """Add to the parts of a column, or of the home page, what a browser would show, where nothing else shows it."""
        page = seen.readable
        if page is None or not _is_shell(page, seen):
            return
        if seen.role is PageRole.HOME:
            await self._render_home(seen, page)
            return
        if await self._replayed(seen, page) or not self._may_render():
            return
        await self._render(seen, page)

    # ── without a browser ───────────────────────────────────────────────────────────────────

    async def _replayed(self, seen: PageSeen, page: Page) -> bool:
        learned = self._target.learned.get(seen.url)
        days = self._renderer.learned_days if self._renderer is not None else 0
        if learned is None or not stands(learned, page, seen.fetched_at, days):
            return False
        follow_up = replay(learned, datetime.now(UTC))
        if host_of(follow_up.url) not in self._target.hosts:
            return False
        part = await self._look.see_part(seen, follow_up)
        if part is None or not brings_list(page, part, seen.fetched_at):
            return False
        seen.parts = (part,)
        seen.learned = learned
        return True

    # ── with one ────────────────────────────────────────────────────────────────────────────

    def _may_render(self) -> bool:
        renderer = self._renderer
        if renderer is None or not renderer.usable:
            return False
        self._rendered += 1
        if self._rendered == renderer.pages_per_site + 1:
            self._look.notes.append("more columns need a browser than BROWSER_PAGES_PER_SITE allows")
        return self._rendered <= renderer.pages_per_site

    async def _shown(self, seen: PageSeen, page: Page) -> Rendered | None:
        """The page as a browser leaves it, handed over as evidence; None where it failed or met a wall."""
        assert self._renderer is not None
        shown = await self._renderer.render(page, seen.response_headers, self._target.hosts, self._scripts)
        if shown is None:
            return None
        reason, detail = classify_page(page.status, seen.response_headers, shown.page.body)
        await self._look.hand_over(_rendered_page(seen, shown, reason, detail))
        return shown if reason is None else None

    async def _render(self, seen: PageSeen, page: Page) -> None:
        shown = await self._shown(seen, page)
        if shown is None:
            return
        answers = [_page_of(exchange.answer) for exchange in shown.exchanges]
        found = rendered_list(page, shown.page, answers, whole=not shown.missing, now=seen.fetched_at)
        if found is None:
            return
        seen.parts = (*seen.parts, shown.page)
        seen.learned = await self._learn(seen, page, shown, found)

    async def _render_home(self, seen: PageSeen, page: Page) -> None:
        """A home page counts as rendered only where nothing that it asked for is missing: a lost block may be newer."""
        if not self._may_render():
            return
        shown = await self._shown(seen, page)
        if shown is None or shown.missing:
            return
        told = observe_column(page, seen.fetched_at, (*seen.parts, shown.page), home=True)
        if told.newest is not None:
            seen.parts = (*seen.parts, shown.page)

    async def _learn(self, seen: PageSeen, page: Page, shown: Rendered, found: RenderedList) -> LearnedRequest | None:
        """The request behind the list; its answer is kept as evidence like any other list answer."""
        if found.answer is None:
            return None
        exchange = shown.exchanges[found.answer]
        asked = exchange.asked
        learned = learn(page, asked.method, asked.url, asked.body, asked.headers, asked.at)
        await self._look.see_part(seen, _asked_as(exchange, learned), exchange.answer)
        return learned


def _is_shell(page: Page, seen: PageSeen) -> bool:
    home = seen.role is PageRole.HOME
    # as the look itself will ask, who takes the answer from here
    observed = page.once(
        observe_look, seen.fetched_at, seen.parts, home=home, second=None, override=None, article_days=()
    )
    if home:  # its links may stand in the page while its news do not
        return observed.newest is None and observed.reason is UnknownReason.NEEDS_BROWSER
    return observed.state is ColumnState.UNKNOWN and observed.reason is UnknownReason.NEEDS_BROWSER


def _asked_as(exchange: Exchange, learned: LearnedRequest) -> FollowUp:
    asked = exchange.asked
    template = replay(learned, asked.at)
    return FollowUp(asked.url, template.purpose, asked.method, asked.body, learned.headers, template.delivery)


def _page_of(answer: Answer) -> Page:
    content_type = {name.lower(): text for name, text in answer.headers.items()}.get("content-type")
    return Page(answer.final_url, answer.body, content_type, answer.status or 200)


def _rendered_page(seen: PageSeen, shown: Rendered, reason: UnknownReason | None, detail: str) -> PageSeen:
    return PageSeen(
        look_id=seen.look_id,
        run_id=seen.run_id,
        site_id=seen.site_id,
        role=PageRole.RENDERED,
        url=seen.url,
        final_url=shown.page.url,
        fetched_at=shown.answer.answered_at,
        page=shown.page,
        status=shown.page.status,
        reason=reason,
        detail=detail,
        column=seen.column,
        parent_url=seen.final_url,
        missing_parts=shown.missing,
        response_headers=seen.response_headers,
        duration_ms=shown.answer.duration_ms,
    )
