"""Where a page's footer comes from when it is not in the page: frames, scripts, included fragments.

`find_footer_sources` names the few requests that complete a page, on its own host only.
`unread_sources` tells, after they were made, what is still unread: a mark that was not found
is absent only when nothing is left to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urldefrag, urlsplit

from lxml.html import HtmlElement

from govspider.extract.document.hosts import host_of, registrable_domain, site_key
from govspider.extract.document.page import Page
from govspider.extract.marks.mark_patterns import pattern, rule
from govspider.extract.marks.mark_places import Place, hiding_element, inline_scripts, places_of
from govspider.items import FollowUp, FollowUpPurpose


@dataclass(frozen=True, slots=True)
class FooterSource:
    """One address that may hold the footer.

    `named` says that its name or its place says so; the others are guesses by position and
    matter only to a page that shows no footer of its own. `own` says that it lies on the
    page's host and may be fetched.
    """

    url: str
    purpose: FollowUpPurpose
    named: bool
    own: bool


def find_footer_sources(page: Page) -> tuple[FollowUp, ...]:
    """Requests that may bring the footer of a page: its own host only, few, likeliest first.

    Frames, scripts named like a footer, and fragments loaded by jQuery are always asked for;
    other scripts only when the page itself shows no footer, those of its last part first. Scripts
    of the central marks are known and never fetched.
    """
    sources = [source for source in footer_sources(page) if source.own]
    wanted = [source for source in sources if source.named]
    if not shows_footer(page):
        wanted.extend(source for source in sources if not source.named)
    limit: int = rule("sources")["limit"]
    return tuple(FollowUp(source.url, source.purpose) for source in wanted[:limit])


def footer_sources(page: Page) -> tuple[FooterSource, ...]:
    """Every source of a footer that the page names, in document order, each address once."""
    return page.once(_footer_sources)


def shows_footer(page: Page, parts: Sequence[Page] = ()) -> bool:
    """True when words that only a footer has stand at the end of the page or in one of its parts."""
    return any(pattern("place", "footer_words").search(place.footer_text) for place in places_of(page, parts))


def unread_sources(page: Page, parts: Sequence[Page]) -> tuple[FooterSource, ...]:
    """Sources of the page and of its parts that are not among the parts, guesses left out where a footer shows."""
    read = {_key(part.url) for part in parts}
    guesses_matter = not shows_footer(page, parts)
    sources = [source for owner in (page, *parts) for source in footer_sources(owner)]
    return tuple(source for source in sources if _key(source.url) not in read and (source.named or guesses_matter))


def _key(url: str) -> str:
    return re.sub(r"^https?:", "", urldefrag(url).url)


def _footer_sources(page: Page) -> tuple[FooterSource, ...]:
    found: dict[str, FooterSource] = {}
    for place in places_of(page):
        for href, purpose, named in (*_frames(place), *_scripts(place), *_loads(place), *_includes(place)):
            source = _source(page, href, purpose, named)
            if source and (source.url not in found or source.named > found[source.url].named):
                found[source.url] = source
    return tuple(found.values())


def _source(page: Page, href: str, purpose: FollowUpPurpose, named: bool) -> FooterSource | None:
    url = urldefrag(page.join(href) or "").url
    if not url or urlsplit(url).scheme not in ("http", "https") or _key(url) == _key(page.url):
        return None
    host = host_of(url)
    if host in rule("sources")["central_hosts"]:
        return None
    own = site_key(host) == site_key(page.host)
    # a relative's script may carry the footer, a stranger's widget does not
    if not own and not (named and registrable_domain(host) == registrable_domain(page.host)):
        return None
    return FooterSource(url, purpose, named, own)


_Found = Iterator[tuple[str, FollowUpPurpose, bool]]


def _frames(place: Place) -> _Found:
    elements = place.page.xpath("//iframe[@src] | //frame[@src]")
    for element in elements:
        size = {(element.get(name) or "").removesuffix("px") for name in ("width", "height")}
        if hiding_element(element) is not None or size & {"0", "1"} or not element.get("src").strip():
            continue
        names = " ".join(element.get(name) or "" for name in ("src", "name", "id", "class"))
        footer = place.element_in_footer(element) or _named(names)
        # frames of a page's last part are footers as a rule; a frame set is nothing but its frames
        if footer or element.tag == "frame" or _in_last_part(place, element):
            yield element.get("src").strip(), FollowUpPurpose.FRAME, True


def _scripts(place: Place) -> _Found:
    """Scripts named like a footer, then the others: those of the last part of the page first, libraries left out."""
    guesses: list[tuple[bool, str]] = []
    for element in place.page.xpath("//script[@src]"):
        source = element.get("src").strip()
        if not source or element.get("id") == rule("jiucuo")["script_id"]:
            continue
        if _named(_file_of(source)):
            yield source, FollowUpPurpose.FOOTER_SCRIPT, True
        elif not pattern("sources", "library").search(source):
            guesses.append((not _in_last_part(place, element), source))
    for _, source in sorted(guesses, key=lambda guess: guess[0]):
        yield source, FollowUpPurpose.FOOTER_SCRIPT, False


def _loads(place: Place) -> _Found:
    """`$("#footer").load("/foot.html")`, `$.get("/foot.html", …)`: the selector or the address names the footer."""
    for script in inline_scripts(place.page):
        for call in rule("sources")["loads"]:
            for match in re.finditer(call, script):
                selector, href = match.groups()
                if _named(f"{selector} {_ending_of(href)}"):
                    yield href, FollowUpPurpose.INCLUDE, True


def _includes(place: Place) -> _Found:
    """Server-side includes that the server left standing in the page."""
    for comment in place.page.xpath("//comment()"):
        match = pattern("sources", "include").search(str(comment.text or ""))
        if match:
            yield match.group(1), FollowUpPurpose.INCLUDE, _named(match.group(1))


def _in_last_part(place: Place, element: HtmlElement) -> bool:
    if place.kind != "text":
        return True
    order = place.page.once(_element_order)
    share: float = rule("sources")["last_part"]
    return order.get(element, 0) >= share * len(order)


def _element_order(page: Page) -> dict[HtmlElement, int]:
    return {element: index for index, element in enumerate(page.xpath("//*"))}


def _named(names: str) -> bool:
    return bool(pattern("sources", "footer_name").search(names))


def _ending_of(href: str) -> str:
    """Last two steps of a path: /html/head-and-foot/head/index.html is a header."""
    return "/" + "/".join(_path_of(href).split("/")[-2:])


def _file_of(source: str) -> str:
    return "/" + _path_of(source).rpartition("/")[2]


def _path_of(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:  # a host in brackets or with a full-width colon: it is asked of nobody
        return ""
