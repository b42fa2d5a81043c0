"""Search pages of the site itself that repeat what was searched for: billboards for whoever links to them."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

from govspider.extract.dark.dark_words import find_words, speaks_of_crime_or_care, strong_words
from govspider.extract.dark.folding import fold
from govspider.extract.dark.poisoned_head import head_observation, raw_title
from govspider.extract.dark.tampering_rules import tampering_rules
from govspider.extract.document.page import Page
from govspider.items import Strength, TamperingObservation

_CONTACT = re.compile(r"(?:微信|扣扣|企鹅|q+|薇信?|威信?|vx|wx|电报|飞机|tg|加我)[^\d\w]{0,4}\d{6,12}")


def search_billboard(page: Page) -> TamperingObservation | None:
    """A title that offers something and tells whom to write to; None for every other page.

    On a search page that is weak by itself and strong with an advertised word; elsewhere it takes
    the word.
    """
    title, offset = raw_title(page)
    if not any(char.isdigit() for char in title):
        return None
    contact = _CONTACT.search(fold(title))
    if contact is None:
        return None
    strong = strong_words(find_words(title))
    searching = _is_search(page.url)
    if not (strong or searching) or (speaks_of_crime_or_care(title) and not strong):
        return None
    names = tampering_rules().names
    reasons = [names["search_billboard"], f"标题留有联系方式“{contact.group()}”"]
    reasons += [f"含{strong[0].category}词“{strong[0].word}”"] if strong else []
    reasons += ["页面为站内搜索结果"] if searching else []
    grade = Strength.STRONG if strong and searching else Strength.WEAK
    return head_observation("search_billboard", html.unescape(title), reasons, grade, title, offset)


def _is_search(url: str) -> bool:
    parts = urlsplit(url)
    return any(
        mark in parts.path.lower() or f"{mark}=" in parts.query.lower() for mark in tampering_rules().search_marks
    )
