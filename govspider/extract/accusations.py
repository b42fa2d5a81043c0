"""Whether what was read from an article accuses anybody: only then may a server call it unchanged and be believed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from govspider.extract.columns.article import observe_article
from govspider.extract.dark.dark_links import find_dark_links
from govspider.extract.dark.tampering import find_tampering
from govspider.extract.dark.unread import unread_parts
from govspider.extract.document.page import Page
from govspider.extract.document.page_tags import observe_tags
from govspider.extract.lexicons import read_lexicon
from govspider.extract.links.link_answer import classify_page
from govspider.extract.links.links import links_were_cut
from govspider.extract.wording.wording import find_wording, unread_wording

_SHOWN_TO_READERS = ("visible", "tag")


def accusation_of(page: Page, headers: Mapping[str, str], list_date: date) -> str:
    """What speaks against an article or leaves something of it open, in a few words; '' for nothing.

    Parameters: `headers` those that the page came with; `list_date` the day that its list gives it now. An article
    that tells another day than its list is one half of a contradiction, and its bytes have to be there to settle it.
    """
    reason, _ = classify_page(page.status, headers, page.body)
    if reason is not None or page.too_heavy:
        return "it is no page for readers"
    article = page.once(observe_article)
    if article.published is None or article.date_source not in _SHOWN_TO_READERS:
        return "it shows no date"
    if {article.published, article.meta_published or article.published} != {list_date}:
        return "its dates differ from that of its list"
    return _found_in(page, article.published)


def _found_in(page: Page, day: date) -> str:
    hidden = (*page.once(find_dark_links), *page.once(find_tampering))
    if hidden or page.once(find_wording, day):
        return "something is hidden or wrong in it"
    cut: bool = page.once(links_were_cut)
    if cut or page.once(unread_parts) or page.once(unread_wording, day):
        return "it was not read to its end"
    filled = {tag.name for tag in page.once(observe_tags) if (tag.value or "").strip()}
    return "" if filled >= _required_tags() else "page tags are missing"


@cache
def _required_tags() -> frozenset[str]:
    return frozenset(read_lexicon("unchanged")["tags"])
