"""Promotion that is not hidden: link farms, mirrors made of random hosts, spliced brands, cover frames."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from govspider.extract.dark.dark_words import (
    DarkWord,
    find_words,
    lexicon,
    page_may_hold_strong_word,
    speaks_of_crime_or_care,
    strong_words,
)
from govspider.extract.dark.link_targets import TargetKind, target_of
from govspider.extract.dark.raw_links import RawLink, anchor_behind, masked_text, raw_links
from govspider.extract.dark.tampering_rules import tampering_rules
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
    found = [*_link_farms(page, told), *_doorway(page, poisoned), *_spliced_brands(page), *_cover_frames(page)]
    return tuple(found)


def _link_farms(page: Page, told: frozenset[int]) -> list[TamperingObservation]:
    if not page_may_hold_strong_word(page):
        return []
    return [_farm(page, run) for run in _runs(page, told) if _is_farm(run)]


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
    url = browser_address(page.base_url, raw.address, page.encoding)
    target = target_of(url, own) if url else None
    if target is None or target.kind in (TargetKind.OWN, TargetKind.TRUSTED):
        return None
    anchor = anchor_behind(page, raw)
    short = len(anchor) <= tampering_rules().grades["farm_anchor"] and not speaks_of_crime_or_care(anchor)
    return _Advert(raw, target.domain, anchor, strong_words(find_words(anchor)) if short else ())


def _is_farm(run: list[_Advert]) -> bool:
    grades = tampering_rules().grades
    worded = sum(1 for advert in run if advert.words)
    enough = len(run) >= grades["farm_links"] and worded >= grades["farm_words"]
    return enough and worded >= grades["farm_share"] * len(run)


def _farm(page: Page, run: list[_Advert]) -> TamperingObservation:
    worded = [advert for advert in run if advert.words]
    first, last = run[0].raw, run[-1].raw
    word = worded[0].words[0]
    reasons = [
        tampering_rules().names["link_farm"],
        f"连续{len(run)}个站外链接中{len(worded)}个含推广词，如{word.category}词“{word.word}”",
        f"涉及{len({advert.domain for advert in run})}个站外域名",
    ]
    text = "、".join(advert.anchor for advert in worded[:20])
    return _observation("link_farm", text, reasons, Strength.STRONG, page.text[first.start : last.end], first.start)


def _doorway(page: Page, poisoned: bool) -> list[TamperingObservation]:
    """Links to many hosts with random names under few domains: a page of a mirror kit."""
    grades = tampering_rules().grades
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


def _spliced_brands(page: Page) -> list[TamperingObservation]:
    """A brand that stands between ever other words, again and again, is spliced into copied sentences."""
    known, grades = lexicon(), tampering_rules().grades
    brands = [brand for brand in known.splice_brands if brand in page.text]
    if not brands:
        return []
    pattern = re.compile(rf"({'|'.join(brands)})({'|'.join(known.splice_endings)})")
    plain = _TAGS.sub("\n", masked_text(page))
    neighbours: dict[str, list[tuple[str, str]]] = {}
    for match in pattern.finditer(plain):
        sides = plain[match.start() - 1 : match.start()], plain[match.end() : match.end() + 1]
        if all(side.strip() for side in sides):
            neighbours.setdefault(match.group(), []).append(sides)
    found = []
    for token, places in neighbours.items():
        spread = min(len({side[index] for side in places}) / len(places) for index in (0, 1))
        if len(places) >= grades["splice_count"] and spread >= grades["splice_diversity"]:
            reasons = [tampering_rules().names["brand_splice"], f"“{token}”插入正文{len(places)}处，前后文各不相同"]
            found.append(_observation("brand_splice", token, reasons, Strength.WEAK, "", page.text.find(token)))
    return found


def _cover_frames(page: Page) -> list[TamperingObservation]:
    own, found = registrable_domain(page.host), []
    if "<iframe" not in page.text.lower():
        return []
    for frame in page.xpath("//iframe[@src]"):
        url = browser_address(page.base_url, frame.get("src"), page.encoding)
        target = target_of(url, own) if url else None
        if target is not None and target.kind is TargetKind.FOREIGN and _covers(frame):
            reasons = [tampering_rules().names["cover_frame"], f"框架来自站外域名{target.domain}"]
            offset = page.text.find(frame.get("src"))
            found.append(_observation("cover_frame", str(url), reasons, Strength.WEAK, "", max(offset, 0)))
    return found


def _covers(frame: HtmlElement) -> bool:
    """A frame, or the box right around it, fixed over the whole window."""
    for element in (frame, frame.getparent()):
        if element is None:
            continue
        style = declarations(element.get("style") or "")
        sides = [style.get(name) or element.get(name) or "" for name in ("width", "height")]
        if all(side.strip() in _FULL for side in sides) and style.get("position") in ("fixed", "absolute"):
            return True
    return False


def _observation(
    kind: str, text: str, reasons: list[str], strength: Strength, snippet: str, offset: int | None
) -> TamperingObservation:
    limits = tampering_rules().limits
    shown = " ".join(text.split())[: limits["text"]]
    return TamperingObservation(kind, shown, tuple(reasons), strength, snippet[: limits["snippet"]], offset)
