"""Most pages hide nothing: told from blocks of markup that were seen before, without a look at their links.

A list of friends stands on every page of a site. Which hosts its links name, and whether an attribute in it may hide
one, depends on its markup alone and is remembered with it (decision 0038). What stands around it, sheets and scripts
are the page's own and looked at each time. Anything that could hide a link leaves the page to the full search.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import BytesAhoCorasick, MatchKind
from lxml.html import HtmlElement

from govspider.extract.dark.hidden_map import Ancestors, may_hide_itself
from govspider.extract.dark.raw_links import places_of
from govspider.extract.dark.screen import Screened, screened
from govspider.extract.dark.style_sheets import style_sheets
from govspider.extract.dark.suspects import LINK_TAGS, address_of, host_of_address, may_leave
from govspider.extract.dark.word_screen import adverts
from govspider.extract.dark.written_boxes import written_boxes
from govspider.extract.document.block_memory import block_memory
from govspider.extract.document.page import Page
from govspider.extract.document.page_walk import Box, Held, walked
from govspider.extract.document.scripts_of_page import scripts_of

_MOST_NAMES = 60
_LONGEST_NAMES = 2000
_NAME_BYTES = 100


@dataclass(frozen=True, slots=True)
class _Leaving:
    """The links of a block that leave the site: which hosts they name, and which of these something in it may hide.

    `names` ids and classes of these links and of what stands around them in the block.
    """

    hosts: frozenset[str]
    marked: frozenset[str]
    names: frozenset[str]


def all_in_sight(page: Page) -> bool:
    """True where a page hides no link to somebody else for sure; False where that takes the full search.

    Told of pages that were walked over, hold no advertised word, and have no link where none belongs.
    """
    walk = page.known(walked)
    if walk is None or adverts(page) or places_of(page).odd:
        return False
    if not screened(page).strangers:
        return True
    if written_boxes(page) or any(isinstance(top.tag, str) for top in page.root.itersiblings(preceding=True)):
        return False
    names = _names_around(walk.held, screened(page))
    return names is not None and not _says_any(page, names)


def _says_any(page: Page, names: frozenset[str]) -> bool:
    """Whether a sheet or a script of the page says any of some ids and classes; True where they are too many to ask."""
    if not names:
        return False
    if len(names) > _MOST_NAMES or sum(map(len, names)) > _LONGEST_NAMES:
        return True
    finder = _finder(names)
    says = (*(css for css, _ in style_sheets(page).read), *(script.folded.text for script in scripts_of(page)))
    return any(finder.find_matches_as_indexes(text.encode("utf-8", "surrogatepass")) for text in says)


# the same on most pages of a site; leftmost matching runs on vector instructions
@lru_cache(maxsize=256)
def _finder(names: frozenset[str]) -> BytesAhoCorasick:
    spelt = [name.encode("utf-8", "surrogatepass") for name in names]
    return BytesAhoCorasick(spelt, matchkind=MatchKind.LeftmostFirst)


def _names_around(held: Held, seen: Screened) -> frozenset[str] | None:
    """Ids and classes of the links that are suspect and of all they stand in; None where an attribute may hide one."""
    names, around = set[str](), Ancestors()
    for one in _opened(held):
        if isinstance(one, Box):
            known = _leaving_of(one, one.digest)
            if not _any_suspect(known.hosts, seen):
                continue
            if _any_suspect(known.marked, seen) or around.may_hide(one.element):
                return None
            names |= known.names
        elif (host := _host_of(one)) and _is_suspect(host, seen) and (around.may_hide(one) or may_hide_itself(one)):
            return None
    return frozenset(names | around.ids | around.classes)


def _opened(held: Held) -> Iterator[HtmlElement | Box]:
    """What stands in boxes that are new, and boxes that were seen before."""
    for one in held:
        if isinstance(one, Box) and one.digest is None:
            yield from _opened(one.held)
        else:
            yield one


def _leaving_of(box: Box, digest: bytes | None) -> _Leaving:
    key = (_Leaving, digest)
    known: _Leaving | None = block_memory().get(key)
    if known is None:
        known = _read(box.element)
        block_memory().put(key, known, _NAME_BYTES * (len(known.hosts) + len(known.marked) + len(known.names)))
    return known


def _read(block: HtmlElement) -> _Leaving:
    hosts, marked, around = set[str](), set[str](), Ancestors(block.getparent())
    for link in block.iter(*LINK_TAGS):
        if host := _host_of(link):
            hosts.add(host)
            if around.may_hide(link) or may_hide_itself(link):
                marked.add(host)
    return _Leaving(frozenset(hosts), frozenset(marked), frozenset(around.ids | around.classes))


def _host_of(element: HtmlElement) -> str:
    """Host that a link, a frame or an object names; '' for none."""
    address = address_of(element) if element.tag in LINK_TAGS else ""
    return host_of_address(address) if may_leave(address) else ""


def _any_suspect(hosts: frozenset[str], seen: Screened) -> bool:
    # most blocks name public bodies only; those that are not ASCII are few
    return not hosts.isdisjoint(seen.strangers) or any(not host.isascii() for host in hosts - seen.others)


def _is_suspect(host: str, seen: Screened) -> bool:
    """As for `suspected_links` on a page without an advertised word; hosts that it resolves first, all of them."""
    return host in seen.strangers or (host not in seen.others and not host.isascii())
