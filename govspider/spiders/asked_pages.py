"""What one look asked for so far: every address is asked once, and what came is found again here."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from govspider.extract.document.page import Page
from govspider.extract.read_ahead import read_ahead
from govspider.items import FollowUp, FollowUpPurpose, PageRole, PageSeen
from govspider.spiders.fetching import Answer
from govspider.spiders.known_pages import KnownPages
from govspider.spiders.pages_awake import PagesAwake
from govspider.spiders.reader_process import ReaderProcess

_OK = 200
_READ_ROLES = (PageRole.HOME, PageRole.FRAME, PageRole.COLUMN, PageRole.ARTICLE)


class AskedPages:
    """Answers by key, and their pages. The bytes are the page's, which packs them when it rests.

    Articles are read as they come: all of a list in one step would hold up the reactor. Parameters: `awake` the pages
    whose trees are in memory; `reader` reads large pages beside the crawl, before anybody else knows of them.
    """

    def __init__(
        self, known: KnownPages | None = None, awake: PagesAwake | None = None, reader: ReaderProcess | None = None
    ) -> None:
        self._known = known
        self._awake = awake
        self._reader = reader
        self._answers: dict[str, Answer] = {}
        self._pages: dict[str, Page] = {}

    def __getitem__(self, key: str) -> Answer:
        return self._answers[key]

    def find(self, key: str) -> Answer | None:
        """The answer with its bytes; None where nothing was asked under this key."""
        answer, page = self._answers.get(key), self._pages.get(key)
        return answer if answer is None or page is None else replace(answer, body=page.body)

    async def put(self, key: str, answer: Answer, role: PageRole | None = None, unchanged: Page | None = None) -> None:
        """Enter an answer; it takes the place of an earlier one. `role` says what its page will be asked.

        Parameters: `unchanged` the page of an earlier run, with what was read of it, where the answer says it stands.
        """
        self._answers[key] = answer
        self._pages.pop(key, None)
        if unchanged is not None:
            unchanged.settle()
            self._pages[key] = unchanged
            self._answers[key] = replace(answer, body=b"")
        elif answer.status is not None:
            content_type = {name.lower(): value for name, value in answer.headers.items()}.get("content-type")
            self._pages[key] = Page(answer.final_url, answer.body, content_type, answer.status)
            self._answers[key] = replace(answer, body=b"")
            await self._read(self._pages[key], role, answer.answered_at)
            self.meet(self._pages[key])

    async def _read(self, page: Page, role: PageRole | None, now: datetime) -> None:
        if self._known is not None:
            await self._known.recall(page)
        if page.recalled and role is PageRole.ARTICLE:
            # what was read of it is unpacked once, and there is no tree
            page.settle()
        if page.recalled or role not in _READ_ROLES or page.status != _OK:
            return
        if page.plainly_too_heavy:
            return
        if self._reader is not None and page.size >= self._reader.at_least:
            await self._reader.read(page, role, now)
        elif role is PageRole.ARTICLE:
            read_ahead(page, role, now)
        if role is PageRole.ARTICLE:
            # nothing else will be asked of it: it waits for its turn in the pipelines without its tree
            page.settle()

    async def observe_again(self, seen: PageSeen) -> None:
        """Have a large list read once more beside the crawl, now that it is known what its articles say."""
        page, reader = seen.page, self._reader
        if page is None or reader is None or page.size < reader.at_least or page.too_heavy or seen.parts or seen.second:
            return
        override = seen.column.override if seen.column else None
        await reader.read(page, seen.role, seen.fetched_at, override=override, article_days=seen.article_days)

    def meet(self, page: Page | None) -> None:
        """Say that a page is about to be read: others rest, so that not too many are in memory."""
        if page is not None and self._awake is not None:
            self._awake.meet(page)

    def page(self, key: str) -> Page | None:
        """The page of an answer, None where there was none."""
        return self._pages.get(key)


def key_of(url: str, follow_up: FollowUp | None) -> str:
    """What a request is found again by: its address, and its body where it has one."""
    if follow_up is None:
        return url
    if follow_up.purpose is FollowUpPurpose.VIEW:  # what somebody else gets is never taken for the page itself
        return " ".join((url, *(f"{name}: {text}" for name, text in sorted(follow_up.headers.items())), "as a view"))
    return f"{url} {follow_up.body}" if follow_up.body else url
