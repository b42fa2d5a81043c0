"""Pages whose tree is in memory: two hundred looks wait for the next answer of their site at the same time.

A parsed page with what is read from it takes ten to twenty times its bytes. The pages met last may stay so; older ones
rest, and are parsed once more where something is asked of them again.
"""

from __future__ import annotations

from collections import OrderedDict

from govspider.extract.columns.article import observe_article
from govspider.extract.columns.column import READ
from govspider.extract.columns.column_look import observe_look
from govspider.extract.document.page import Page
from govspider.extract.document.page_sketch import SKETCHES
from govspider.extract.links.page_jumps import JUMP


class PagesAwake:
    """The pages met last, up to `room` bytes of HTML together. To be used in the reactor thread only."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._pages: OrderedDict[int, Page] = OrderedDict()
        self._bytes = 0

    def meet(self, page: Page) -> None:
        """Enter a page that is about to be read; it comes last, and those that are too many rest.

        A page that is settled has no tree, and its answers are still to be stored: it takes no room here.
        """
        if page.settled:
            return
        if self._pages.pop(id(page), None) is None:
            self._bytes += page.size
        self._pages[id(page)] = page
        while self._bytes > self._room and len(self._pages) > 1:
            _, oldest = self._pages.popitem(last=False)
            self._bytes -= oldest.size
            oldest.rest(observe_look, READ, observe_article, *SKETCHES, JUMP, awhile=True)
