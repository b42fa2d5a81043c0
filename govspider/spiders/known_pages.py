"""Pages that an earlier run read: the same bytes are not analysed again."""

from __future__ import annotations

import logging
from pathlib import Path

from scrapy.settings import BaseSettings
from scrapy.utils.asyncio import run_in_thread

from govspider.evidence.readings import ReadingStore
from govspider.evidence.store import EvidenceStore
from govspider.extract.document.page import Page
from govspider.extract.readings import ForeignReadingError, key_of, recall

logger = logging.getLogger(__name__)


class KnownPages:
    """Readings of earlier runs. Settings: EVIDENCE_DIR, REUSE_READINGS."""

    def __init__(self, settings: BaseSettings) -> None:
        self._used = settings.getbool("REUSE_READINGS")
        folder = Path(settings["EVIDENCE_DIR"]).absolute()
        self._store, self._evidence = ReadingStore(folder), EvidenceStore(folder)
        self._any = self._store.is_there()

    async def recall(self, page: Page) -> None:
        """Give a page what was read from the same bytes before, where that is kept."""
        if not self._used:
            return
        if not self._any:  # the first run of all: nothing to look for, only a name to keep the reading under
            page.reading_key = key_of(page)
            return
        reading = await run_in_thread(self._load, page)
        if reading is None:
            return
        try:
            recall(page, reading)
        except ForeignReadingError as error:
            logger.warning("%s", error)

    def _load(self, page: Page) -> bytes | None:
        page.reading_key = key_of(page)
        reading = self._store.load(page.reading_key)
        if reading is not None and self._evidence.holds(page.sha256):
            # nothing is left to do for its evidence; it is packed here, as the page will soon rest so
            page.kept_as = page.sha256
            page.packed()
        return reading
