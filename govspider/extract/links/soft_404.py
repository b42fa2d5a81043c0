"""Pages that are missing although the server answers 200, and missing pages that lead to the home page.

Two witnesses: the page itself says so in few words, or the site gives the same answer to an
address that was made up and cannot exist. A page that only a browser fills is never judged.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from govspider.extract.document.hosts import host_of, site_key
from govspider.extract.document.page import Page
from govspider.extract.document.page_sketch import PageGlance, PageSketch, differing_characters, error_words, glance_at
from govspider.extract.lexicons import read_lexicon
from govspider.items import LinkFault

_FOUND = range(200, 300)
_GONE = (404, 410)
_EXTENSION = re.compile(r"\.[A-Za-z]{2,5}$")
_INDEXES = re.compile(r"/(?:index|default)\.[a-z]{2,5}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MadeUpAnswer:
    """What a host answered to an address that does not exist. `sketch` is None unless it was a page with 2xx."""

    url: str
    final_url: str
    status: int | None
    sketch: PageSketch | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """A page that answers 200 and is missing: how, and the words for people (Chinese)."""

    fault: LinkFault
    detail: str


def says_missing(sketch: PageGlance) -> Missing | None:
    """What the page says of itself; only short pages are believed, an article may quote such words."""
    limits = read_lexicon("dead_pages")["limits"]
    if sketch.shell or sketch.login:
        return None
    if sketch.error_title and sketch.characters <= limits["short_with_title"]:
        return Missing(LinkFault.SOFT_404, f"答复200，但页面标题为“{sketch.title[:60]}”")
    if sketch.error_words and sketch.characters <= limits["short_with_phrase"]:
        return Missing(LinkFault.SOFT_404, f"答复200，但页面显示“{sketch.error_words}”")
    return None


def looks_suspicious(asked_url: str, final_url: str, page: Page) -> bool:
    """True when an answer of another site deserves the question how that site answers for missing pages."""
    if glance_at(page).error_title or error_words(page):
        return True
    return is_home(final_url) and not is_home(asked_url) and asked_url != final_url


def find_missing(asked_url: str, final_url: str, sketch: PageGlance, made_up: Sequence[MadeUpAnswer]) -> Missing | None:
    """What the comparison with the host's answers to made-up addresses says; None when the page stands.

    Parameters: `asked_url` as the link has it; `final_url` after redirects; `made_up` answers of
    the same host, none when it was not asked; `sketch` a PageSketch where one of them has one.
    """
    if is_home(asked_url):
        return None
    redirected = _redirected_alike(asked_url, final_url, sketch, made_up) or _sent_home(asked_url, final_url, made_up)
    if redirected is not None or sketch.shell or sketch.login:
        return redirected
    pages = [answer.sketch for answer in made_up if answer.sketch is not None and not answer.sketch.shell]
    if not pages or len(pages) < len([answer for answer in made_up if answer.status is not None]):
        return None
    allowed = read_lexicon("dead_pages")["limits"]["same_characters"]
    assert isinstance(sketch, PageSketch), "pages are compared by their sketches"
    if sketch.characters and all(differing_characters(sketch, page) <= allowed for page in pages):
        return Missing(LinkFault.SOFT_404, "答复200，但与该网站对不存在网址的答复相同")
    if sketch.error_title and all(page.error_title for page in pages):
        return Missing(LinkFault.SOFT_404, f"答复200，但标题“{sketch.title[:60]}”与该网站的出错页面一致")
    return None


def _redirected_alike(
    asked_url: str, final_url: str, sketch: PageGlance, made_up: Sequence[MadeUpAnswer]
) -> Missing | None:
    """A page that is redirected to where every made-up address of its host is redirected to."""
    if _same_place(asked_url, final_url) or sketch.login or is_login(final_url) or not made_up:
        return None
    if not all(
        answer.status in _FOUND
        and _same_place(answer.final_url, final_url)
        and not _same_place(answer.url, answer.final_url)
        for answer in made_up
    ):
        return None
    if is_home(final_url):
        return Missing(LinkFault.HOME_REDIRECT, "页面不存在，被转到首页")
    return Missing(LinkFault.SOFT_404, f"页面不存在，被转到出错页面 {final_url}")


def _sent_home(asked_url: str, final_url: str, made_up: Sequence[MadeUpAnswer]) -> Missing | None:
    """The address of a document that leads to the home page of its own site, where missing pages are known as such.

    Short directories (/portal/) and switches (language, logout) lead home by intention.
    """
    if not any(answer.status in _GONE for answer in made_up) or not is_home(final_url):
        return None
    parts = urlsplit(asked_url)
    same_site = site_key(host_of(asked_url)) == site_key(host_of(final_url))
    deep = len([step for step in parts.path.split("/") if step]) > 1 or _EXTENSION.search(parts.path) is not None
    if not same_site or not deep or is_home(asked_url) or _pattern("leading_home").search(asked_url):
        return None
    return Missing(LinkFault.HOME_REDIRECT, "被转到首页，所链接的内容不存在")


def made_up_addresses(url: str, tokens: Sequence[str]) -> tuple[str, ...]:
    """Addresses of the host of `url` that cannot exist: beside the page, and at the root.

    Parameters: `tokens` two random words, the caller's, because an extractor knows no chance.
    """
    parts = urlsplit(url)
    extension = _EXTENSION.search(parts.path)
    ending = extension.group() if extension else "/" if parts.path.endswith("/") else ""
    folder = parts.path[: parts.path.rstrip("/").rfind("/") + 1] or "/"
    origin = f"{parts.scheme}://{parts.netloc}"
    return (f"{origin}{folder}{tokens[0]}{ending}", f"{origin}/{tokens[1]}{ending}")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(str(read_lexicon("dead_pages")[name]), re.IGNORECASE)


def is_home(url: str) -> bool:
    """True for the root of a host and the usual names of home pages, without a query."""
    parts = urlsplit(url)
    return not parts.query and _pattern("home_paths").fullmatch(parts.path) is not None


def is_login(url: str) -> bool:
    """True for an address that asks who you are."""
    return _pattern("login_paths").search(urlsplit(url).path) is not None


def _same_place(one: str, other: str) -> bool:
    """Same page, whatever the scheme, a www in front, or an index file at the end."""
    return _place(one) == _place(other)


def _place(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    path = _INDEXES.sub("/", parts.path or "/")
    return site_key(host_of(url)), path.rstrip("/"), parts.query
