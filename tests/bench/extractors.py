"""Where the time of a page goes: decoding, parsing, and each extractor, on the pages of the bench."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from govspider.extract.columns.article import observe_article
from govspider.extract.columns.column_look import observe_look
from govspider.extract.columns.list_delivery import find_list_requests
from govspider.extract.dark.dark_links import find_dark_links
from govspider.extract.dark.tampering import find_tampering
from govspider.extract.document.challenge import find_challenge
from govspider.extract.document.page import Page
from govspider.extract.document.page_sketch import sketch_page
from govspider.extract.document.page_tags import observe_tags
from govspider.extract.links.links import find_links
from govspider.extract.marks.marks import observe_marks
from tests.bench.pages import BaseSite

Step = Callable[[Page], Any]
_NOW = datetime.now(UTC)
_HEADERS = {"Content-Type": "text/html; charset=utf-8"}
STEPS: dict[str, Step] = {
    "challenge": lambda page: find_challenge(200, _HEADERS, page.body),
    "decode": lambda page: page.text,
    "parse": lambda page: page.root,
    "sketch (soft 404)": sketch_page,
    "links": lambda page: page.once(find_links),
    "column": lambda page: page.once(observe_look, _NOW, (), home=False, second=None, override=None),
    "list requests": lambda page: list(page.once(find_list_requests)),
    "article": lambda page: page.once(observe_article),
    "dark links": lambda page: page.once(find_dark_links),
    "tampering": lambda page: page.once(find_tampering),
    "tags": lambda page: page.once(observe_tags),
    "marks": lambda page: page.once(observe_marks, (), ()),
    "evidence (gzip 1)": lambda page: gzip.compress(page.body, 1),
}


def pages_of(bases: list[BaseSite], most: int) -> Iterator[Page]:
    """Some pages of every site."""
    for base in bases:
        for path in base.pages[: most // len(bases)]:
            answer = base.answers[path]
            yield Page(base.site.origin + path, answer.body, answer.content_type)


def profile(bases: list[BaseSite], most: int = 150) -> dict[str, float]:
    """Milliseconds of CPU per page and step. Each step is asked of every page, in the order a crawl would."""
    spent = dict.fromkeys(STEPS, 0.0)
    pages = 0
    for page in pages_of(bases, most):
        pages += 1
        for name, step in STEPS.items():
            began = time.process_time()
            step(page)
            spent[name] += time.process_time() - began
    return {name: round(1000 * seconds / pages, 3) for name, seconds in spent.items()}
