"""Cloaking: a page that shows search engines what it hides from visitors.

A page is compared with itself twice: what a search engine's view has must be in neither ordinary fetch, and there
must be more of it than the ordinary fetches differ by. Rotating headlines and banners are no cloaking.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from govspider.extract.dark.dark_words import find_words, speaks_of_crime_or_care, strong_words
from govspider.extract.dark.link_targets import TargetKind, target_of
from govspider.extract.document.hosts import host_of, registrable_domain
from govspider.extract.document.page import Page
from govspider.extract.lexicons import read_lexicon
from govspider.items import PageRole, Strength, TamperingObservation

_KINDS = {PageRole.SPIDER_VIEW: "spider_cloaking", PageRole.REFERRED_VIEW: "referrer_cloaking"}


@dataclass(frozen=True, slots=True)
class _View:
    """What one fetch of the page showed."""

    title: str
    words: frozenset[str]
    domains: frozenset[str]
    home: str
    """Registrable domain that answered."""


def find_cloaking(view: Page, plain: Sequence[Page], role: PageRole) -> tuple[TamperingObservation, ...]:
    """What a search engine's view shows and no ordinary fetch does: one observation, or none.

    Parameters: `plain` two or more ordinary fetches of the same page; `role` spider_view or referred_view.
    Raises ValueError for fewer fetches: a page that was seen once cannot tell how it differs from itself.
    """
    if len(plain) < 2:
        raise ValueError(f"{view.url} can be compared with two ordinary fetches or more, not with {len(plain)}")
    usual = [_view(page) for page in plain]
    found = _view(view)
    accused = _accusations(found, usual)
    reasons = [*accused, *_title_change(found, usual)] if accused else []
    if not reasons:
        return ()
    kind = _KINDS[role]
    name = read_lexicon("cloaking")["names"][kind]
    strong = bool(_new_words(found, usual)) or found.home not in {one.home for one in usual}
    grade = Strength.STRONG if strong else Strength.WEAK
    return (TamperingObservation(kind, found.title or view.url, (name, *reasons), grade),)


def _view(page: Page) -> _View:
    text = " ".join(page.root.itertext())[: read_lexicon("cloaking")["limits"]["text"]]
    words = strong_words(find_words(f"{page.title} {text}"))
    clean = speaks_of_crime_or_care(page.title)
    home = registrable_domain(host_of(page.url))
    hrefs = (page.join(str(href)) for href in page.xpath("//a/@href | //area/@href | //iframe/@src"))
    domains = {domain for href in hrefs if (domain := _foreign(href, home))}
    return _View(page.title, frozenset(() if clean else (word.word for word in words)), frozenset(domains), home)


def _foreign(href: str | None, own: str) -> str | None:
    target = target_of(href, own) if href else None
    return target.domain if target is not None and target.kind is TargetKind.FOREIGN else None


def _new_words(found: _View, usual: Sequence[_View]) -> list[str]:
    return sorted(found.words.difference(*(one.words for one in usual)))


def _accusations(found: _View, usual: Sequence[_View]) -> list[str]:
    rules = read_lexicon("cloaking")["grades"]
    words = _new_words(found, usual)
    domains = sorted(found.domains.difference(*(one.domains for one in usual)))
    by_itself = len(frozenset().union(*_domains(usual)) - frozenset.intersection(*_domains(usual)))
    reasons = [f"多出词语“{'、'.join(words[:5])}”"] if words else []
    if len(domains) >= rules["domains"] + by_itself:
        reasons.append(f"多出站外域名 {'、'.join(domains[:5])}")
    if found.home not in {one.home for one in usual}:
        reasons.append(f"转向 {found.home}")
    return reasons


def _domains(usual: Iterable[_View]) -> list[frozenset[str]]:
    return [one.domains for one in usual]


def _title_change(found: _View, usual: Sequence[_View]) -> list[str]:
    titles = {one.title for one in usual}
    limit = read_lexicon("cloaking")["grades"]["title_alike"]
    if len(titles) > 1 or any(SequenceMatcher(None, found.title, title).ratio() >= limit for title in titles):
        return []
    return [f"标题由“{titles.pop()}”变为“{found.title}”"]
