"""One answer per address and run, however many pages link to it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urldefrag

from govspider.extract.document.hosts import host_of
from govspider.extract.document.page import Page
from govspider.extract.lexicons import read_lexicon
from govspider.extract.links.host_identity import identify
from govspider.extract.links.link_answer import LinkJudgement, classify_answer
from govspider.extract.links.link_content import (
    AskedLink,
    Content,
    judge_content,
    judge_missing,
    judge_outside,
    may_want_made_up,
    page_of,
    wants_made_up,
)
from govspider.extract.links.page_jumps import find_jump
from govspider.extract.links.shown_link import judge_shown, wants_browser
from govspider.extract.links.soft_404 import is_home
from govspider.items import KnownAnswer, LinkAnswered, LinkFault, LinkReused, LinkState, UnknownReason
from govspider.spiders.fetching import Answer, Fetcher
from govspider.spiders.host_patience import HostPatience
from govspider.spiders.host_probes import HostProbes
from govspider.spiders.link_browser import LinkBrowser
from govspider.spiders.standings import SETTLED, Reusable, Standing, Standings
from govspider.throttle.resolver import proxy_hosts

HandOver = Callable[[Any], Awaitable[None]]

_OK = 200
_NOT_MODIFIED = 304
_KEPT_BYTES = 2048
# these pass or depend on the manner of asking, so they are worth a second look
_MAY_PASS = (
    UnknownReason.TIMEOUT,
    UnknownReason.DNS_TEMPORARY,
    UnknownReason.BLOCKED,
    UnknownReason.NOT_CHECKED,
)
_DEAD_LOOKS = 2
# what stands where a page leads is what the link leads to
_OF_THE_TARGET = (LinkFault.PLANTED, LinkFault.PARKED)


@dataclass(slots=True)
class Room:
    """What is left of a budget."""

    left: int

    def take(self) -> bool:
        """True where there was some; it is one less then."""
        if self.left <= 0:
            return False
        self.left -= 1
        return True


@dataclass(frozen=True, slots=True)
class Asker:
    """On whose behalf a link is asked: where the answer goes, which hosts are the site's own.

    `outside`: how many hosts of others may be asked on its behalf how they answer for missing pages.
    """

    hand_over: HandOver
    hosts: frozenset[str]
    outside: Room


class LinkBook:
    """What every address of the run answered so far.

    Parameters: `known` answers of an earlier, broken-off process of the same run; `site_hosts` hosts of all
    sites of the run: their pages are judged alike whoever links there; `patience` how long a host is asked
    that answers nothing but trouble, before its other links are left unknown; `climbed` rungs that addresses
    to be checked again on request stand on already; `reusable` what may be taken over from earlier runs.
    """

    def __init__(
        self,
        run_id: int,
        fetcher: Fetcher,
        known: Iterable[tuple[str, KnownAnswer]],
        *,
        site_hosts: frozenset[str] = frozenset(),
        patience: HostPatience,
        climbed: Mapping[str, int] | None = None,
        reusable: Reusable | None = None,
    ) -> None:
        self._run_id = run_id
        self._fetcher = fetcher
        self._probes = HostProbes(run_id, fetcher)
        self._via_proxy = bool(proxy_hosts())
        self._known = Standings((url, _standing_of(answer)) for url, answer in known)
        self._asking: dict[str, asyncio.Future[None]] = {}
        self._site_hosts = site_hosts
        self._patience = patience
        self._climbed = climbed or {}
        self._reusable = reusable

    async def answer(self, link: AskedLink, asker: Asker) -> bool:
        """See that an address has an answer; True when it wants a further look from this asker."""
        if link.url in self._asking:
            await self._asking[link.url]
            return False
        if link.url in self._known:
            return self.wants_look(link.url)
        if await self._reuse(link.url, asker):
            return False
        self._asking[link.url] = asyncio.get_running_loop().create_future()
        try:
            await self._ask(link, 1, asker)
            return self.wants_look(link.url)
        finally:
            self._asking.pop(link.url).set_result(None)

    async def _reuse(self, url: str, asker: Asker) -> bool:
        """True where an earlier run's answer to an address of others stands for this run too."""
        if self._reusable is None or url not in self._reusable.urls:
            return False
        if host_of(url) in self._site_hosts | asker.hosts:
            return False
        self._known[url] = SETTLED
        await asker.hand_over(LinkReused(self._run_id, url, self._reusable.runs))
        return True

    def wants_look(self, url: str) -> bool:
        """True while one more answer in this run could tell more: dead only once, or trouble that may pass."""
        standing = self._known[url]
        if standing.judgement.state is LinkState.DEAD:
            return standing.dead < _DEAD_LOOKS
        return standing.may_pass and standing.rung == 1 and not self._patience.is_over(url)

    async def look_again(self, link: AskedLink, asker: Asker) -> None:
        """Ask an address again later in the same run, because one answer proves nothing dead."""
        if not self.wants_look(link.url):
            return
        before = self._known[link.url]
        # taken at once, so that another site that links here does not ask the same
        self._known[link.url] = replace(before, rung=before.rung + 1, dead=_DEAD_LOOKS, may_pass=False)
        await self._ask(link, before.rung + 1, asker, before)

    def wants_browser(self, url: str) -> bool:
        """True where the rungs so far left an address open and a browser could tell more; twice before it accuses."""
        standing = self._known[url]
        if not standing.showable or standing.judgement.state is LinkState.OK:
            return False
        return not standing.shown or (standing.shown < _DEAD_LOOKS and 0 < standing.dead < _DEAD_LOOKS)

    async def show(self, link: AskedLink, asker: Asker, browser: LinkBrowser) -> None:
        """Ask an address once more, whole, and let a browser show what came."""
        if not self.wants_browser(link.url):
            return
        before = self._known[link.url]
        self._known[link.url] = replace(before, rung=before.rung + 1, shown=before.shown + 1)
        answer = await self._fetcher.link(link.url, 1, whole=True)
        judged, page = await self._judge(link, answer, asker)
        said = None
        if wants_browser(judged, _page_in(answer)):
            said = await self._judge_shown(link, answer, judged, asker, browser)
        standing = _standing(said or judged, before.rung + 1, before, shown=before.shown + 1)
        await self._enter(link.url, answer, standing, asker, page, browser=said is not None)

    async def _judge_shown(
        self, link: AskedLink, answer: Answer, judged: LinkJudgement, asker: Asker, browser: LinkBrowser
    ) -> LinkJudgement | None:
        """What a browser's view says; None where there was none or it settles nothing."""
        shown = await browser.show(answer, asker.hosts)
        if shown is None:
            return None
        said = judge_shown(judged, link.url, shown, None)
        if said is None or said.state is not LinkState.OK or is_home(link.url):
            return said
        made_up = await self._probes.shown(link.url, browser, asker.hosts)
        said = judge_shown(judged, link.url, shown, made_up)
        own = host_of(link.url) in self._site_hosts | asker.hosts
        if said is None or said.state is LinkState.OK or own:
            return said
        return LinkJudgement(LinkState.UNKNOWN, UnknownReason.CONTRADICTORY, f"{said.detail}，需人工核对")

    async def record(self, answer: Answer, asker: Asker, page: Page | None = None) -> None:
        """Enter the answer of a page that was fetched anyway."""
        url = urldefrag(answer.url).url
        if url not in self._known and url not in self._asking:
            judgement, page = await self._judge(AskedLink(url), answer, asker, page=page)
            if url not in self._known:
                await self._enter(url, answer, _standing(judgement, 1), asker, page)

    async def _ask(self, link: AskedLink, rung: int, asker: Asker, before: Standing | None = None) -> None:
        # what looked dead is owed its second look, however its host went on
        if (before is None or not before.dead) and self._patience.is_over(link.url):
            answer, judgement, page = *self._not_asked(link.url), None
        else:
            answer = self._nameless(link.url, rung) or await self._fetcher.link(link.url, rung)
            judgement, page = await self._judge(link, answer, asker, rung=rung)
            self._patience.count(link.url, rung, answer, judgement)
        await self._enter(link.url, answer, _standing(judgement, rung, before), asker, page)

    # ── what an answer says ─────────────────────────────────────────────────────────────────

    async def _judge(
        self, link: AskedLink, answer: Answer, asker: Asker, *, rung: int = 1, jumps: int = 0, page: Page | None = None
    ) -> tuple[LinkJudgement, Page | None]:
        judged = self._classify(answer, asker)
        if judged.state is not LinkState.OK or answer.status != _OK:
            return judged, None
        if answer.broken_off and not answer.body:
            return LinkJudgement(LinkState.UNKNOWN, UnknownReason.NOT_CHECKED, "答复中断，没有收到内容"), None
        page = page or page_of(answer.final_url, answer.headers, answer.body, _OK)
        link = replace(link, own_site=host_of(link.url) in self._site_hosts | asker.hosts)
        content = Content(answer.final_url, answer.headers, answer.body, _OK, page)
        said = judge_content(link, content)
        if said is None and page is not None and not link.embedded:
            said = await self._judge_page(link, content, asker, rung, jumps)
        return said or judged, page

    async def _judge_page(
        self, link: AskedLink, content: Content, asker: Asker, rung: int, jumps: int
    ) -> LinkJudgement | None:
        """What is found by asking on: where the page sends its visitors, and how its host answers for missing ones."""
        assert content.page is not None
        jump = find_jump(content.page)
        if jump is not None and jumps < read_lexicon("dead_pages")["limits"]["jumps"]:
            said = await self._judge_jump(jump, asker, rung, jumps + 1)
            if said is not None or not is_home(jump):
                return said
            content = replace(content, final_url=jump)
        if not wants_made_up(link, content) and not self._may_probe(link, content, asker):
            return None
        said = judge_missing(link, content, await self._probes.answers(link.url, asker.hand_over))
        if said is None or link.own_site:
            return said
        return judge_outside(said, content, await self._probes.home(link.url))

    def _may_probe(self, link: AskedLink, content: Content, asker: Asker) -> bool:
        """True while the site has room for one more outside host to be asked for pages that cannot exist."""
        if not may_want_made_up(link, content) or self._patience.is_over(link.url):
            return False
        return self._probes.has_asked(link.url) or asker.outside.take()

    async def _judge_jump(self, target: str, asker: Asker, rung: int, jumps: int) -> LinkJudgement | None:
        """What stands against the page that a page sends its visitors to."""
        standing = self._known.get(target)
        if standing is None or rung > 1:
            link = AskedLink(target)
            answer = await self._fetcher.link(target, rung)
            judged, page = await self._judge(link, answer, asker, rung=rung, jumps=jumps)
            if target not in self._known and target not in self._asking:
                await self._enter(target, answer, _standing(judged, 1), asker, page)
        else:
            judged = standing.judgement
        if judged.state is LinkState.OK:
            return None
        fault = judged.fault if judged.fault in _OF_THE_TARGET else LinkFault.DEAD_JUMP
        words = f"页面自动转到 {target}：{judged.detail}"
        return replace(judged, detail=words, fault=fault if judged.state is LinkState.DEAD else None)

    def _classify(self, answer: Answer, asker: Asker) -> LinkJudgement:
        return classify_answer(
            url=answer.final_url,
            status=answer.status,
            headers=answer.headers,
            body=answer.body,
            failure=answer.failure,
            via_proxy=self._via_proxy,
            site_host=host_of(answer.final_url) in asker.hosts,
        )

    # ── hosts that do not answer ────────────────────────────────────────────────────────────

    def _nameless(self, url: str, rung: int) -> Answer | None:
        """The answer of another address of the same name, where it was that the name does not exist."""
        known = self._patience.no_such_name(url, rung)
        return None if known is None else replace(known, url=url, final_url=url)

    def _not_asked(self, url: str) -> tuple[Answer, LinkJudgement]:
        now = datetime.now(UTC)
        judged = LinkJudgement(LinkState.UNKNOWN, UnknownReason.BUDGET, self._patience.why(url))
        return Answer(url, url, now, now), judged

    # ── keeping ─────────────────────────────────────────────────────────────────────────────

    async def _enter(
        self,
        url: str,
        answer: Answer,
        standing: Standing,
        asker: Asker,
        page: Page | None,
        *,
        browser: bool = False,
    ) -> None:
        open_still = standing.judgement.state is not LinkState.OK
        showable = open_still and (browser or wants_browser(standing.judgement, page or _page_in(answer)))
        self._known[url] = replace(standing, showable=showable)
        judged = standing.judgement
        ours = host_of(url) in asker.hosts
        await asker.hand_over(
            LinkAnswered(
                run_id=self._run_id,
                url=url,
                state=judged.state,
                rung=standing.rung + self._climbed.get(url, 0),
                answered_at=answer.answered_at,
                final_url=answer.final_url,
                status=_NOT_MODIFIED if answer.not_modified else answer.status,
                reason=judged.reason,
                detail=_detail(judged, answer),
                redirects=answer.redirects,
                response_headers=answer.not_modified.headers if answer.not_modified else answer.headers,
                first_bytes=answer.body[:_KEPT_BYTES] if judged.state is not LinkState.OK else b"",
                fault=judged.fault,
                browser=browser,
                identity=None if ours or page is None else identify(url, page, answer.certificate),
            )
        )


def _detail(judged: LinkJudgement, answer: Answer) -> str:
    """The words of a judgement; where the server called the page unchanged, when the bytes came that were judged."""
    if answer.not_modified is None:
        return judged.detail
    at = answer.not_modified.bytes_at.isoformat(timespec="seconds")
    return f"{judged.detail}；服务器答复“未修改”（304），内容为 {at} 收到的"


def _page_in(answer: Answer) -> Page | None:
    """The answer as a page, None for another type and where no script could show anything."""
    if answer.status is None or b"<script" not in answer.body.lower():
        return None
    return page_of(answer.final_url, answer.headers, answer.body, answer.status)


def _standing_of(known: KnownAnswer) -> Standing:
    judgement = LinkJudgement(known.state, known.reason, "")
    showable = known.reason is UnknownReason.NEEDS_BROWSER or (known.shown > 0 and known.dead > 0)
    return Standing(judgement, known.rung, known.dead, known.reason in _MAY_PASS, showable, known.shown)


def _standing(judgement: LinkJudgement, rung: int, before: Standing | None = None, *, shown: int = 0) -> Standing:
    dead = judgement.state is LinkState.DEAD
    in_a_row = before.dead if before is not None and dead else 0
    return Standing(judgement, rung, in_a_row + 1 if dead else 0, judgement.reason in _MAY_PASS, False, shown)
