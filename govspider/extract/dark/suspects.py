"""Links of a page that could be dark: those to strangers, and advertised ones to anybody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from govspider.extract.dark.dark_words import find_words, strong_words
from govspider.extract.dark.link_targets import TargetKind, target_of
from govspider.extract.dark.screen import adverts, screened
from govspider.extract.document.address import browser_address
from govspider.extract.document.hosts import registrable_domain
from govspider.extract.document.page import Page

_LINK_TAGS = ("a", "area", "iframe", "frame", "embed", "object")
# scheme-relative, absolute, with slashes of either kind
_HOST = re.compile(r"[\\/]\s*[\\/]+([^\\/?#:@]{1,255})")
_NAMED = re.compile(r"//([\w.-]{1,255})")
_MOST_PLACES = 200
_REACH = 400


@dataclass(frozen=True)
class Suspects:
    """Parsed links worth a look; `lost` says that the text names more strangers than the parser kept."""

    elements: tuple[HtmlElement, ...]
    lost: bool


def suspected_links(page: Page) -> Suspects:
    """The suspects of a page; none for most clean pages."""
    return page.once(_suspected)


def _suspected(page: Page) -> Suspects:
    seen = screened(page)
    if not seen.strangers and not (seen.others and adverts(page)):
        return Suspects((), False)
    own = registrable_domain(page.host)
    elements = [element for element in _links(page) if _is_suspect(page, element, own)]
    missing = bool(adverts(page)) and len(elements) < seen.strangers.total()
    return Suspects(tuple(elements), missing and _advertises_stranger(page))


def _advertises_stranger(page: Page) -> bool:
    """Whether an advertised word stands right behind a link tag to a stranger in the raw text."""
    text, strangers = page.text, screened(page).strangers
    for word in adverts(page):
        found = list(islice(re.finditer(re.escape(word), text, re.IGNORECASE), _MOST_PLACES))
        if not found:  # disguised: the raw text does not tell where it stands
            return True
        for match in found:
            before = text[max(match.start() - _REACH, 0) : match.start()].lower()
            tag = before.rfind("<a")
            if tag >= 0 and any(host in strangers for host in _NAMED.findall(before[tag:])):
                return True
    return False


def address_of(element: HtmlElement) -> str:
    """The address that a link, frame or object names."""
    return element.get("href") or element.get("src") or element.get("data") or ""


def _links(page: Page) -> Iterator[HtmlElement]:
    """Links, frames and objects of every root of the document, in order."""
    root = page.root
    for top in (*reversed(list(root.itersiblings(preceding=True))), root, *root.itersiblings()):
        if isinstance(top.tag, str):
            yield from top.iter(*_LINK_TAGS)


def _is_suspect(page: Page, element: HtmlElement, own: str) -> bool:
    address = address_of(element)
    leaves = _HOST.search(address) if "//" in address or "\\" in address else None
    if not leaves:
        return False
    host = leaves.group(1).lower()
    if host in screened(page).strangers:
        return True
    if not adverts(page) and host.isascii():
        return False
    url = browser_address(page.base_url, address.strip(" \"'"), page.encoding)
    target = target_of(url, own) if url else None
    if target is None or target.kind is TargetKind.OWN:
        return False
    return target.kind is TargetKind.FOREIGN or bool(adverts(page) and strong_words(find_words(words_shown(element))))


def leaves_page(address: str) -> bool:
    """Whether an address as written names a host."""
    return _HOST.search(address) is not None


def words_shown(element: HtmlElement) -> str:
    """What a link shows: its text, else the words of its pictures and its title."""
    shown = "".join(element.itertext())[:400]
    return shown if shown.strip() else f"{element.get('title') or ''} {' '.join(element.xpath('.//img/@alt'))}"[:400]
