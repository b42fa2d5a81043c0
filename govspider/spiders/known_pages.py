"""Pages that an earlier run read: the same bytes are not analysed again."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from scrapy.settings import BaseSettings

from govspider.evidence.batches import Batches
from govspider.evidence.readings import ReadingStore
from govspider.evidence.store import EvidenceDamagedError, EvidenceMissingError, EvidenceStore
from govspider.extract.document.challenge import lower_case_headers
from govspider.extract.document.page import Page
from govspider.extract.facts_only import ForeignReadingError
from govspider.extract.readings import code_version, key_of, recall
from govspider.items import EarlierPage

logger = logging.getLogger(__name__)

_SECONDS = 0.02
_AT_ONCE = 32
_OK = 200


class KnownPages:
    """Readings of earlier runs. Settings: EVIDENCE_DIR, REUSE_READINGS."""

    def __init__(self, settings: BaseSettings) -> None:
        self._used = settings.getbool("REUSE_READINGS")
        folder = Path(settings["EVIDENCE_DIR"]).absolute()
        self._store, self._evidence = ReadingStore(folder, code_version()), EvidenceStore(folder)
        self._any = self._store.is_there()
        # many sites look for theirs at the same time, and the way to a thread costs as much as what is done there
        self._batches: Batches[Callable[[], Any], Any] = Batches(_each, pause=_SECONDS, at_most=_AT_ONCE)

    async def recall(self, page: Page) -> None:
        """Give a page what was read from the same bytes before, where that is kept."""
        if not self._used:
            return
        if not self._any:  # the first run of all: nothing to look for, only a name to keep the reading under
            page.reading_key = key_of(page)
            return
        reading: bytes | None = await self._batches.add(partial(self._load, page))
        if reading is None:
            return
        try:
            recall(page, reading)
        except ForeignReadingError as error:
            logger.warning("%s", error)

    @property
    def any(self) -> bool:
        """False where nothing of an earlier run is to be found."""
        return self._used and self._any

    async def as_kept(self, earlier: EarlierPage) -> Page | None:
        """A page as an earlier run had it, with its bytes and its reading; None where either is not there."""
        found: tuple[Page, bytes] | None = await self._batches.add(partial(self._load_kept, earlier))
        if found is None:
            return None
        page, reading = found
        try:
            recall(page, reading)
        except ForeignReadingError as error:
            logger.warning("%s", error)
            return None
        return page

    def _load_kept(self, earlier: EarlierPage) -> tuple[Page, bytes] | None:
        try:
            body, packed = self._evidence.read_with_file(earlier.sha256)
        except (EvidenceMissingError, EvidenceDamagedError, OSError) as error:
            logger.debug("the page is asked for anew: %s", error)
            return None
        page = Page(earlier.url, body, lower_case_headers(earlier.response_headers).get("content-type"), _OK)
        page.hold_as_kept(packed, earlier.sha256)
        page.reading_key = key_of(page)
        reading = self._store.load(page.reading_key)
        return None if reading is None else (page, reading)

    def _load(self, page: Page) -> bytes | None:
        page.reading_key = key_of(page)
        reading = self._store.load(page.reading_key)
        if reading is not None and self._evidence.holds(page.sha256):
            # nothing is left to do for its evidence; it is packed here, as the page will soon rest so
            page.kept_as = page.sha256
            page.packed()
        return reading


def _each(works: Sequence[Callable[[], Any]]) -> list[Any]:
    """What came of each, or the error: a file that cannot be read concerns one page and none beside it."""
    found: list[Any] = []
    for work in works:
        try:
            found.append(work())
        except OSError as error:
            found.append(error)
    return found
