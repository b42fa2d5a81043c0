"""Page tags (网页标签): the meta elements that 国办发〔2017〕47号 asks every page to carry."""

from __future__ import annotations

from govspider.extract.document.page import Page
from govspider.extract.lexicons import read_lexicon
from govspider.items import TagObservation


def observe_tags(page: Page) -> tuple[TagObservation, ...]:
    """Every tag of the list, in its order: None when the page has no such meta, '' when it is empty.

    Letter case and attribute order do not matter. Of several metas of one name the first is
    the page's answer; the others stay in `Page.metas`. What a tag must hold, and on which kind
    of page, is for the checks.
    """
    return tuple(TagObservation(name, page.meta(name)) for name in read_lexicon("page_tags")["names"])
