"""What simpler tools would say of the same pages: the lines that the sheet prints beside ours."""

from __future__ import annotations

import re
from collections.abc import Callable

from govspider.extract.dark.hidden_map import HiddenMap
from govspider.extract.dark.link_targets import TargetKind, target_of
from govspider.extract.dark.word_screen import adverts
from govspider.extract.document.hosts import registrable_domain
from govspider.extract.document.page import Page
from tests.dark_corpus.corpus import Specimen

_DISPLAY_NONE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def raw_regex(page: Page) -> bool:
    """display:none anywhere in the page."""
    return _DISPLAY_NONE.search(page.text) is not None


def vocabulary(page: Page) -> bool:
    """Any strong word of the lexicon anywhere in the page."""
    return bool(adverts(page))


def hidden_only(page: Page) -> bool:
    """Any link to another registrable domain inside of something hidden, whoever it leads to."""
    own = registrable_domain(page.host)
    leaving = [element for element in page.xpath("//a[@href]") if _leaves(page, element.get("href"), own)]
    hidden = HiddenMap(page, leaving)
    return any(hidden.hiding_of(element, None) is not None for element in leaving)


def _leaves(page: Page, href: str, own: str) -> bool:
    target = target_of(page.join(href) or "", own)
    return target is not None and target.kind is not TargetKind.OWN


BASELINES: dict[str, Callable[[Page], bool]] = {
    "raw display:none regex": raw_regex,
    "vocabulary only": vocabulary,
    "hidden only": hidden_only,
}


def says(name: str, given: Specimen) -> bool:
    """A baseline's word on a page."""
    return BASELINES[name](Page(given.url, given.body))
