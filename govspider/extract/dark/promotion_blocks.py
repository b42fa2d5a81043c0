"""Promotion that is not hidden: link farms, mirrors made of random hosts, cover frames."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from govspider.extract.dark.dark_words import DarkWord, find_words, speaks_of_crime_or_care, strong_words
from govspider.extract.dark.link_targets import TargetKind, target_of
from govspider.extract.dark.raw_links import RawLink, anchor_behind, raw_links
from govspider.extract.dark.screen import screened
from govspider.extract.dark.suspects import leaves_page, suspected_links, words_shown
from govspider.extract.dark.tampering_rules import tampering_rules
from govspider.extract.dark.word_screen import adverts, adverts_in
from govspider.extract.document.address import browser_address
from govspider.extract.document.hiding import declarations
from govspider.extract.document.hosts import host_of, registrable_domain
from govspider.extract.document.page import Page
from govspider.items import Strength, TamperingObservation

# a name such as 7e2o1 or fazt5: letters and digits mixed, as generators make them
_RANDOM_LABEL = re.compile(r"^(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{4,10}$")
_TAGS = re.compile(r"<[^>]{0,2000}>")
_FULL = ("100%", "100vw", "100vh")


@dataclass(frozen=True, slots=True)
class _Advert:
    """A visible link to somebody else, and the strong words of its anchor."""

    raw: RawLink
    domain: str
    anchor: str
    words: tuple[DarkWord, ...]


def promotion_blocks(page: Page, told: frozenset[int], poisoned: bool) -> tuple[TamperingObservation, ...]:
    """Promotion in the visible part of a page.

    Parameters: `told` text offsets of links already reported as dark; `poisoned` whether the
    title is poisoned, which makes a mirror certain.
    """
    doorway = _doorway(page, poisoned)
    if not screened(page).strangers:
        return tuple(doorway)
    return (*_link_farms(page, told), *doorway, *_cover_frames(page))


def _link_farms(page: Page, told: frozenset[int]) -> list[TamperingObservation]:
    if not _may_be_farm(page):
        return []
    graded = ((run, _grade(run)) for run in _runs(page, told))
    return [_farm(page, run, strength) for run, strength in graded if strength is not None]


def _may_be_farm(page: Page) -> bool:
    """Cheap: are there enough parsed links to strangers that advertise, or links that the parser lost?"""
    if not adverts(page):
        return False
    grades, suspects = tampering_rules().grades, suspected_links(page)
    if len(suspects.elements) < grades["farm_links"]:
        return suspects.lost
    shown = [words_shown(element) for element in suspects.elements[: tampering_rules().limits["links"]]]
    if not adverts_in("\n".join(shown)):
        return False
    return sum(1 for text in shown if find_words(text)) >= grades["farm_few_words"]


def _runs(page: Page, told: frozenset[int]) -> Iterator[list[_Advert]]:
    """Foreign links that follow each other, links already told left out."""
    rules = tampering_rules()
    own, run, gap = registrable_domain(page.host), list[_Advert](), 0
    for raw in raw_links(page)[: rules.limits["links"]]:
        if raw.start in told or raw.tag not in ("a", "area"):
            continue
        advert = _advert(page, raw, own)
        gap = 0 if advert else gap + 1
        if advert:
            run.append(advert)
        elif gap > rules.grades["farm_gap"] and run:
            yield run
            run = []
    if run:
        yield run


def _advert(page: Page, raw: RawLink, own: str) -> _Advert | None:
    if not leaves_page(raw.address):
        return None
    url = browser_address(page.base_url, raw.address, page.encoding)
    target = target_of(url, own) if url else None
    if target is None or target.kind in (TargetKind.OWN, TargetKind.TRUSTED):
        return None
    anchor = anchor_behind(page, raw)
    short = len(anchor) <= tampering_rules().grades["farm_anchor"] and not speaks_of_crime_or_care(anchor)
    return _Advert(raw, target.domain, anchor, strong_words(find_words(anchor)) if short else ())


def _grade(run: list[_Advert]) -> Strength | None:
    """How certain a run of foreign links is a farm; None for ordinary friend links."""
    grades = tampering_rules().grades
    worded = sum(1 for advert in run if advert.words)
    if len(run) < grades["farm_links"]:
        return None
    if worded >= grades["farm_words"] and worded >= grades["farm_share"] * len(run):
        return Strength.STRONG
    few = worded >= grades["farm_few_words"] and worded >= grades["farm_few_share"] * len(run)
    return Strength.WEAK if few else None


def _farm(page: Page, run: list[_Advert], strength: Strength) -> TamperingObservation:
    worded = [advert for advert in run if advert.words]
    first, last = run[0].raw, run[-1].raw
    word = worded[0].words[0]
    reasons = [
        tampering_rules().names["link_farm"],
        f"连续{len(run)}个站外链接中{len(worded)}个含推广词，如{word.category}词“{word.word}”",
        f"涉及{len({advert.domain for advert in run})}个站外域名",
    ]
    text = "、".join(advert.anchor for advert in worded[:20])
    return _observation("link_farm", text, reasons, strength, page.text[first.start : last.end], first.start)


def _doorway(page: Page, poisoned: bool) -> list[TamperingObservation]:
    """Links to many hosts with random names under few domains: a page of a mirror kit."""
    grades = tampering_rules().grades
    everybody = [*screened(page).strangers, *screened(page).others]
    if sum(1 for host in everybody if _RANDOM_LABEL.match(host.split(".")[0])) < grades["doorway_hosts"]:
        return []
    hosts = {host_of(link.address) for link in raw_links(page) if "//" in link.address} - {""}
    random = {host for host in hosts if _RANDOM_LABEL.match(host.split(".")[0]) and host.count(".") > 1}
    if len(random) < grades["doorway_hosts"] or len(random) < grades["doorway_share"] * len(hosts):
        return []
    domains = Counter(registrable_domain(host) for host in random).most_common(3)
    named = "、".join(f"{domain}({count})" for domain, count in domains)
    reasons = [tampering_rules().names["doorway"], f"链接指向{len(random)}个随机名称主机：{named}"]
    strength = Strength.WEAK
    if poisoned:
        reasons.append("页面标题同时被篡改")
        strength = Strength.STRONG
    return [_observation("doorway", "、".join(sorted(random)[:10]), reasons, strength, "", None)]


def _cover_frames(page: Page) -> list[TamperingObservation]:
    own, found = registrable_domain(page.host), list[TamperingObservation]()
    if next(page.elements("iframe"), None) is None:
        return found
    for frame in suspected_links(page).elements:
        if frame.tag != "iframe":
            continue
        url = browser_address(page.base_url, frame.get("src"), page.encoding)
        target = target_of(url, own) if url else None
        if target is not None and target.kind is TargetKind.FOREIGN and _covers(frame):
            reasons = [tampering_rules().names["cover_frame"], f"框架来自站外域名{target.domain}"]
            offset = page.text.find(frame.get("src"))
            found.append(_observation("cover_frame", str(url), reasons, Strength.WEAK, "", max(offset, 0)))
    return found


def _covers(frame: HtmlElement) -> bool:
    """A frame, or the box right around it, over the whole window: fixed there, or as large as the body it stands in."""
    for element in (frame, frame.getparent()):
        if element is None or element.tag == "body":
            continue
        style = declarations(element.get("style") or "")
        sides = [(style.get(name) or element.get(name) or "").strip() for name in ("width", "height")]
        if not all(side in _FULL for side in sides):
            continue
        parent = element.getparent()
        if style.get("position") in ("fixed", "absolute") or (parent is not None and parent.tag == "body"):
            return True
    return False


def _observation(
    kind: str, text: str, reasons: list[str], strength: Strength, snippet: str, offset: int | None
) -> TamperingObservation:
    limits = tampering_rules().limits
    shown = " ".join(text.split())[: limits["text"]]
    return TamperingObservation(kind, shown, tuple(reasons), strength, snippet[: limits["snippet"]], offset)
