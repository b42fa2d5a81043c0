"""One answer per address and run, however many pages link to it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from govspider.extract.hosts import host_of
from govspider.extract.link_answer import LinkJudgement, classify_answer
from govspider.items import LinkAnswered, LinkState
from govspider.spiders.fetching import Answer, Fetcher
from govspider.throttle.resolver import proxy_hosts

HandOver = Callable[[LinkAnswered], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Asker:
    """On whose behalf a link is asked: where the answer goes, and which hosts are the site's own."""

    hand_over: HandOver
    hosts: frozenset[str]


class LinkBook:
    """What every address of the run answered so far.

    Parameters: `known` answers of an earlier, broken-off process of the same run.
    """

    def __init__(self, run_id: int, fetcher: Fetcher, known: Mapping[str, tuple[LinkState, int]]) -> None:
        self._run_id = run_id
        self._fetcher = fetcher
        self._via_proxy = bool(proxy_hosts())
        self._known: dict[str, tuple[LinkState, int]] = dict(known)
        self._asking: dict[str, asyncio.Future[None]] = {}

    async def answer(self, url: str, asker: Asker) -> bool:
        """See that an address has an answer; True when it looks dead and wants a second look from this asker."""
        if url in self._asking:
            await self._asking[url]
            return False
        if url in self._known:
            state, rung = self._known[url]
            return state is LinkState.DEAD and rung == 1
        self._asking[url] = asyncio.get_running_loop().create_future()
        try:
            answer = await self._fetcher.link(url, 1)
            return await self.record(answer, asker) is LinkState.DEAD
        finally:
            self._asking.pop(url).set_result(None)

    async def second_look(self, url: str, asker: Asker) -> None:
        """Ask an address again later in the same run, because one answer does not prove a dead link."""
        if self._known[url][1] > 1:
            return
        self._known[url] = (self._known[url][0], 2)
        await self._enter(await self._fetcher.link(url, 2), 2, asker)

    async def record(self, answer: Answer, asker: Asker) -> LinkState:
        """Enter an answer: that of a link check, or of a page that was fetched anyway."""
        if answer.url in self._known:
            return self._known[answer.url][0]
        return await self._enter(answer, 1, asker)

    async def _enter(self, answer: Answer, rung: int, asker: Asker) -> LinkState:
        judged = self._judge(answer, asker)
        self._known[answer.url] = (judged.state, rung)
        await asker.hand_over(
            LinkAnswered(
                run_id=self._run_id,
                url=answer.url,
                state=judged.state,
                rung=rung,
                answered_at=answer.answered_at,
                final_url=answer.final_url,
                status=answer.status,
                reason=judged.reason,
                detail=judged.detail,
                redirects=answer.redirects,
                response_headers=answer.headers,
                first_bytes=answer.body[:_KEPT_BYTES] if judged.state is not LinkState.OK else b"",
            )
        )
        return judged.state

    def _judge(self, answer: Answer, asker: Asker) -> LinkJudgement:
        return classify_answer(
            url=answer.final_url,
            status=answer.status,
            headers=answer.headers,
            body=answer.body,
            failure=answer.failure,
            via_proxy=self._via_proxy,
            site_host=host_of(answer.final_url) in asker.hosts,
        )


_KEPT_BYTES = 2048
