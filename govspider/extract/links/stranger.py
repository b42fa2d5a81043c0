"""Whether a page that a link leads to is for sale, parked, or an advertisement of gambling or pornography.

What such a page says of itself in title and first words decides; a news item, a warning or a rule
about the same matter does not, and neither does one word.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from govspider.extract.dark.dark_words import find_words, speaks_of_crime_or_care, strong_words, title_shapes
from govspider.extract.document.hosts import host_of, is_official, registrable_domain
from govspider.extract.document.page import Page
from govspider.extract.document.page_sketch import seen_texts
from govspider.extract.lexicons import read_lexicon
from govspider.items import LinkFault

_WORDS_IN_TEXT = 3
_FIRST_TEXT = 1500


@dataclass(frozen=True, slots=True)
class Stranger:
    """What stands at the address instead of what was linked, with the words for people (Chinese)."""

    fault: LinkFault
    detail: str


def find_stranger(page: Page) -> Stranger | None:
    """What a page at first sight is that no public body links to; None for every other page.

    Hosts under gov.cn cannot be bought, so they are never called parked.
    """
    return page.once(_find)


def _find(page: Page) -> Stranger | None:
    texts = seen_texts(page)
    first = " ".join(texts)[:_FIRST_TEXT]
    return _planted(page, first) or (None if is_official(page.host) else _parked(page, first, sum(map(len, texts))))


def _planted(page: Page, first: str) -> Stranger | None:
    strong = strong_words(find_words(page.title))
    if not strong or speaks_of_crime_or_care(page.title):
        return None
    described = f"{page.meta('keywords') or ''} {page.meta('description') or ''} {first}"
    in_text = strong_words(find_words(described))
    if len(strong) < 2 and not title_shapes(page.title) and len(in_text) < _WORDS_IN_TEXT:
        return None
    words = "、".join(entry.word for entry in strong[:3])
    return Stranger(LinkFault.PLANTED, f"目标网页标题含{strong[0].category}内容“{words}”")


def _parked(page: Page, first: str, characters: int) -> Stranger | None:
    if speaks_of_crime_or_care(page.title):
        return None
    title, text = _folded(page.title), _folded(first)
    in_title = _words("strong").search(title)
    if in_title and characters <= _limit():
        return Stranger(LinkFault.PARKED, f"目标域名已停放或出售（标题“{in_title.group()}”）")
    said = _words("strong").search(text) or _words("weak").search(text)
    service = _service(page)
    if said and service and characters <= _limit():
        return Stranger(LinkFault.PARKED, f"目标域名由停放服务 {service} 占用（“{said.group()}”）")
    strong = _words("strong").search(text)
    if strong and characters <= _limit() // 4:
        return Stranger(LinkFault.PARKED, f"目标域名已停放或出售（“{strong.group()}”）")
    return None


def _service(page: Page) -> str | None:
    """The parking service whose parts the page loads or that it was redirected to."""
    named = read_lexicon("dead_pages")["parked"]["services"]
    addresses = [page.url, *(str(value) for value in page.xpath("//@src | //@href | //@action"))]
    hosts = {registrable_domain(host_of(page.join(address) or "")) for address in addresses[:300]}
    return next((service for service in named if service in hosts), None)


@cache
def _words(strength: str) -> re.Pattern[str]:
    entries = read_lexicon("dead_pages")["parked"][strength]
    return re.compile("|".join(f"(?:{entry})" for entry in entries), re.IGNORECASE)


def _limit() -> int:
    return int(read_lexicon("dead_pages")["limits"]["parked_text"])


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
