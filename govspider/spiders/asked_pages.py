"""What one look asked for so far: every address is asked once, and what came is found again here."""

from __future__ import annotations

from dataclasses import replace

from govspider.extract.document.page import Page
from govspider.items import FollowUp, FollowUpPurpose
from govspider.spiders.fetching import Answer
from govspider.spiders.known_pages import KnownPages
from govspider.spiders.pages_awake import PagesAwake


class AskedPages:
    """Answers by key, and their pages. The bytes are the page's, which packs them when it rests."""

    def __init__(self, known: KnownPages | None = None, awake: PagesAwake | None = None) -> None:
        self._known = known
        self._awake = awake
        self._answers: dict[str, Answer] = {}
        self._pages: dict[str, Page] = {}

    def __getitem__(self, key: str) -> Answer:
        return self._answers[key]

    def find(self, key: str) -> Answer | None:
        """The answer with its bytes; None where nothing was asked under this key."""
        answer, page = self._answers.get(key), self._pages.get(key)
        return answer if answer is None or page is None else replace(answer, body=page.body)

    async def put(self, key: str, answer: Answer) -> None:
        """Enter an answer; it takes the place of an earlier one."""
        self._answers[key] = answer
        self._pages.pop(key, None)
        if answer.status is not None:
            content_type = {name.lower(): value for name, value in answer.headers.items()}.get("content-type")
            self._pages[key] = Page(answer.final_url, answer.body, content_type, answer.status)
            self._answers[key] = replace(answer, body=b"")
            self.meet(self._pages[key])
            if self._known is not None:
                await self._known.recall(self._pages[key])

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
