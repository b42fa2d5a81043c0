"""Whose page stands at an address: title, domain, certificate and language, in a form that can be compared.

Government sites link thousands of outside addresses; a domain that lapses is bought and answers 200
with somebody else's page. What was seen is kept per address; whether it changed is judged later.
"""

from __future__ import annotations

import re

from govspider.extract.document.hosts import host_of, registrable_domain
from govspider.extract.document.page import Page
from govspider.extract.document.page_sketch import glance_at, seen_texts
from govspider.items import LinkIdentity

_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_OTHER = re.compile(r"[\u0400-\u04ff\u0600-\u06ff\u0e00-\u0e7f\u3040-\u30ff\uac00-\ud7af]")
_FEWEST_LETTERS = 12
_HAN_SHARE = 0.15
_FIRST_TEXT = 2000
_TITLE = 200


def identify(asked_url: str, page: Page, certificate: str) -> LinkIdentity | None:
    """Identity of the page that answered, None for one without a title: it says nothing of whose it is.

    Parameters: `asked_url` as the link has it; `page` the final page; `certificate` its subject, '' without TLS.
    """
    title = " ".join(page.title.split())[:_TITLE]
    if not title or glance_at(page).shell:
        return None
    return LinkIdentity(
        host=host_of(asked_url),
        domain=registrable_domain(page.host),
        title=title,
        language=_language(f"{title} {' '.join(seen_texts(page))[:_FIRST_TEXT]}"),
        certificate=certificate,
    )


def _language(text: str) -> str:
    """zh, latin or other by letters; a Chinese page holds many Latin letters too, so a share of Han decides."""
    han, latin, other = (len(kind.findall(text)) for kind in (_HAN, _LATIN, _OTHER))
    if han + latin + other < _FEWEST_LETTERS:
        return ""
    if other > han and other * 4 > latin:
        return "other"
    return "zh" if han >= _HAN_SHARE * (han + latin) else "latin"
