"""Links of a page that could be dark: those to strangers, and advertised ones to anybody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from govspider.extract.dark.dark_words import find_words, has_shape, places_in, strong_words
from govspider.extract.dark.folding import folding_rules
from govspider.extract.dark.link_targets import TargetKind, target_of, target_of_host
from govspider.extract.dark.screen import Screened, screened
from govspider.extract.dark.word_screen import adverts, adverts_in
from govspider.extract.document.address import browser_address
from govspider.extract.document.hosts import registrable_domain
from govspider.extract.document.page import Page

LINK_TAGS = ("a", "area", "iframe", "frame", "embed", "object")
# scheme-relative, absolute, with slashes of either kind
_HOST = re.compile(r"[\\/]\s*[\\/]+([^\\/?#:@]{1,255})")
# the host of a link as most are written, read without resolving the address
_PLAIN_HOST = re.compile(r"https?://([a-zA-Z0-9.-]{1,200})(?=[/?#]|$)")
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
    elements = _suspects(page, seen)
    missing = bool(adverts(page)) and len(elements) < seen.strangers.total()
    return Suspects(tuple(elements), missing and _advertises_stranger(page))


def _suspects(page: Page, seen: Screened) -> list[HtmlElement]:
    """Links to strangers, and with an advertised word on the page those to others whose words advertise."""
    named = [(element, address, host_of_address(address)) for element, address in _leaving(page)]
    worded = bool(adverts(page)) and _may_advertise([element for element, _, host in named if host in seen.others])
    return [
        element
        for element, address, host in named
        if host in seen.strangers
        or (host in seen.others and worded and _is_suspect(page, element, address))
        or (host and host not in seen.others and _is_unseen_suspect(page, element, address, host))
    ]


def _may_advertise(elements: list[HtmlElement]) -> bool:
    """Cheap: may any of the links show an advertised word?"""
    shown = "<".join(map(words_shown, elements))
    return bool(adverts_in(shown)) or len(shown) > folding_rules().limit or has_shape(shown)


def _is_unseen_suspect(page: Page, element: HtmlElement, address: str, host: str) -> bool:
    """A link whose host the screen did not read as a name: with references in it, or the site's own."""
    return (bool(adverts(page)) or not host.isascii()) and _is_suspect(page, element, address)


def host_of_address(address: str) -> str:
    """Host that an address as written names, in lower case; '' where it names none."""
    leaves = _HOST.search(address)
    return leaves.group(1).lower() if leaves else ""


def _advertises_stranger(page: Page) -> bool:
    """Whether an advertised word stands right behind a link tag to a stranger in the raw text."""
    text, strangers = page.text, screened(page).strangers
    for word in adverts(page):
        found = list(islice(places_in(text, word), _MOST_PLACES))
        if not found:  # disguised: the raw text does not tell where it stands
            return True
        for place in found:
            before = text[max(place - _REACH, 0) : place].lower()
            tag = before.rfind("<a")
            if tag >= 0 and any(host in strangers for host in _NAMED.findall(before[tag:])):
                return True
    return False


def address_of(element: HtmlElement) -> str:
    """The address that a link, frame or object names."""
    return element.get("href") or element.get("src") or element.get("data") or ""


def _leaving(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """Links, frames and objects of every root of the document whose address may name a host, in order."""
    root = page.root
    for top in (*reversed(list(root.itersiblings(preceding=True))), root, *root.itersiblings()):
        for element in top.iter(*LINK_TAGS) if isinstance(top.tag, str) else ():
            address = element.get("href") or address_of(element)
            if may_leave(address):
                yield element, address


def _is_suspect(page: Page, element: HtmlElement, address: str) -> bool:
    own = registrable_domain(page.host)
    plain = _PLAIN_HOST.match(address)
    if plain and target_of_host(plain.group(1).lower(), own).kind is TargetKind.OWN:
        return False
    url = browser_address(page.base_url, address.strip(" \"'"), page.encoding)
    target = target_of(url, own) if url else None
    if target is None or target.kind is TargetKind.OWN:
        return False
    return target.kind is TargetKind.FOREIGN or bool(adverts(page) and strong_words(find_words(words_shown(element))))


def may_leave(address: str) -> bool:
    """False for an address as written that names no host for sure."""
    return "//" in address or "\\" in address


def leaves_page(address: str) -> bool:
    """Whether an address as written names a host."""
    return _HOST.search(address) is not None


def words_shown(element: HtmlElement) -> str:
    """What a link shows: its text, else the words of its pictures and its title."""
    shown = ("".join(element.itertext()) if len(element) else element.text or "")[:400]
    if shown and not shown.isspace():
        return shown
    pictures = [alt for picture in element.iter("img") if (alt := picture.get("alt")) is not None]
    return f"{element.get('title') or ''} {' '.join(pictures)}"[:400]
