"""Where the time of a page goes: decoding, parsing, and each extractor, on the pages of the bench."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from govspider.extract.columns.article import observe_article
from govspider.extract.columns.column_look import observe_look
from govspider.extract.columns.list_delivery import find_list_requests
from govspider.extract.dark.dark_links import find_dark_links
from govspider.extract.dark.tampering import find_tampering
from govspider.extract.document.challenge import find_challenge
from govspider.extract.document.packing import gzipped
from govspider.extract.document.page import Page
from govspider.extract.document.page_sketch import glance_at
from govspider.extract.document.page_tags import observe_tags
from govspider.extract.links.links import find_links
from govspider.extract.marks.marks import observe_marks
from govspider.extract.read_ahead import get_ready
from govspider.extract.wording.wording import find_wording
from tests.bench.pages import BaseSite

HOME, COLUMN, ARTICLE = "home", "column", "article"
_EVERY = frozenset({HOME, COLUMN, ARTICLE})
_LISTS = frozenset({HOME, COLUMN})


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is asked of pages, and the kinds of pages that a crawl asks it of."""

    ask: Callable[[Page], Any]
    kinds: frozenset[str] = _EVERY


_NOW = datetime.now(UTC)
_HEADERS = {"Content-Type": "text/html; charset=utf-8"}
STEPS = {
    "challenge": Step(lambda page: find_challenge(200, _HEADERS, page.body)),
    "decode": Step(lambda page: page.text),
    "parse": Step(lambda page: page.root),
    "sketch (soft 404)": Step(glance_at),
    "links": Step(lambda page: page.once(find_links)),
    "column": Step(
        lambda page: page.once(observe_look, _NOW, (), home=False, second=None, override=None), frozenset({COLUMN})
    ),
    "home": Step(
        lambda page: page.once(observe_look, _NOW, (), home=True, second=None, override=None), frozenset({HOME})
    ),
    "list requests": Step(lambda page: list(page.once(find_list_requests)), _LISTS),
    "article": Step(lambda page: page.once(observe_article), frozenset({ARTICLE})),
    "dark links": Step(lambda page: page.once(find_dark_links)),
    "tampering": Step(lambda page: page.once(find_tampering)),
    "tags": Step(lambda page: page.once(observe_tags)),
    "wording": Step(lambda page: page.once(find_wording, None)),
    "marks": Step(lambda page: page.once(observe_marks, (), ()), frozenset({HOME})),
    "evidence (gzip)": Step(lambda page: gzipped(page.body)),
}


def pages_of(bases: list[BaseSite], most: int) -> Iterator[Page]:
    """Some pages of every site."""
    return (page for _, page in _of_kinds(bases, most))


def _of_kinds(bases: list[BaseSite], most: int) -> Iterator[tuple[str, Page]]:
    """Some pages with their kinds, one site after the other: of each kind as many as all sites have in proportion."""
    every = [(base, path) for base in bases for path in base.pages]
    for base, path in every[:: max(1, round(len(every) / most))]:
        kind = HOME if path == "/" else COLUMN if path in {column.path for column in base.site.columns} else ARTICLE
        answer = base.answers[path]
        yield kind, Page(base.site.origin + path, answer.body, answer.content_type)


def profile(bases: list[BaseSite], most: int = 200) -> dict[str, float]:
    """Milliseconds of CPU per step, spread over all pages: a step that only home pages are asked counts little.

    Each page is asked what a crawl asks a page of its kind, in the order a crawl would; word lists are loaded before,
    as in a crawl.
    """
    get_ready()
    spent = dict.fromkeys(STEPS, 0.0)
    pages = 0
    for kind, page in _of_kinds(bases, most):
        pages += 1
        for name, step in STEPS.items():
            if kind not in step.kinds:
                continue
            began = time.process_time()
            step.ask(page)
            spent[name] += time.process_time() - began
    return {name: round(1000 * seconds / pages, 3) for name, seconds in spent.items()}
