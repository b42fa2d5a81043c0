"""Dark links: links to strangers that a visitor is not meant to see.

Structure accuses, words only raise. Hidden, foreign and not known is weak; words of the
lexicon, several hidings of one target, a place where no link belongs or a concealed hiding
make it strong (design decision 8). A menu of the site's own, a vendor's signature and a
counter accuse nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from lxml.html import HtmlElement

from govspider.extract.dark.dark_notes import find_dark_notes
from govspider.extract.dark.dark_words import (
    DarkWord,
    find_words,
    speaks_of_crime_or_care,
    strong_words,
    words_of_address,
)
from govspider.extract.dark.hidden_frames import counts_or_signs_in, hidden_frame
from govspider.extract.dark.hidden_map import HiddenMap, Hiding
from govspider.extract.dark.in_sight import all_in_sight
from govspider.extract.dark.link_targets import Target, TargetKind, is_agency, is_signature, target_of, trusted_targets
from govspider.extract.dark.raw_links import (
    Offsets,
    Places,
    RawLink,
    anchor_behind,
    leaving_links,
    masked_text,
    places_of,
)
from govspider.extract.dark.screen import screened
from govspider.extract.dark.suspects import Suspects, address_of, suspected_links
from govspider.extract.document.address import browser_address
from govspider.extract.document.byte_places import byte_places
from govspider.extract.document.hiding import hiding_rules
from govspider.extract.document.hosts import registrable_domain
from govspider.extract.document.page import Page
from govspider.items import DarkLinkObservation, Strength

__all__ = ["find_dark_links", "find_dark_notes"]


@dataclass
class Candidate:
    """A link to someone else's site, with how and where it stands."""

    url: str
    anchor: str
    target: Target
    words: tuple[DarkWord, ...]
    element: HtmlElement | None
    raw: RawLink | None
    hiding: Hiding | None
    place: str | None


@dataclass
class Box:
    """The links that one hidden container, or one wrong place, holds."""

    candidates: list[Candidate] = field(default_factory=list)

    # asked for every link of the box, once it is complete
    @cached_property
    def domains(self) -> frozenset[str]:
        return frozenset(candidate.target.domain for candidate in self.candidates)

    @cached_property
    def worded(self) -> tuple[Candidate, ...]:
        """Those whose anchor holds a strong word."""
        return tuple(candidate for candidate in self.candidates if strong_words(candidate.words))

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(word.word for candidate in self.candidates for word in candidate.words)

    @property
    def share(self) -> float:
        """Candidates among all links of the container: the rest leads to the site, public bodies, known services."""
        hiding = self.candidates[0].hiding
        links = len(hiding.element.xpath(".//a[@href]")) if hiding and hiding.element is not None else 0
        return len(self.candidates) / max(links, len(self.candidates))


def find_dark_links(page: Page) -> tuple[DarkLinkObservation, ...]:
    """One observation per hidden link to a stranger, in reading order.

    `path` is the DOM path of the container that hides it, `offset` where its tag stands in
    `page.text`. At most as many as hiding.yaml allows are told; a page that is too big or too
    deep yields what was found in the part that was read.
    """
    return page.once(_find)


def _find(page: Page) -> tuple[DarkLinkObservation, ...]:
    if all_in_sight(page):
        return ()
    suspects = suspected_links(page)
    places = places_of(page)
    if not suspects.elements and not suspects.lost and not (places.odd and screened(page).strangers):
        return ()
    return _Search(page, suspects, places).observations()


class _Search:
    """The search of one page."""

    def __init__(self, page: Page, suspects: Suspects, places: Places) -> None:
        self._page = page
        self._own = registrable_domain(page.host)
        self._suspects = suspects
        self._map = HiddenMap(page, suspects.elements)
        self._places = places
        self._offsets: Offsets | None = None
        self._boxes: dict[tuple[int, str], Box] = defaultdict(Box)
        self._paths: dict[int, str] = {}
        self._bytes: dict[int, int] = {}

    def observations(self) -> tuple[DarkLinkObservation, ...]:
        self._sort_all()
        hidings = self._hidings_of_targets()
        accused = [
            (candidate, box)
            for box in self._boxes.values()
            if not self._is_innocent(box)
            for candidate in box.candidates
        ]
        accused.sort(key=lambda pair: pair[0].raw.start if pair[0].raw else 0)
        told = accused[: hiding_rules().limits["observations"]]
        self._bytes = byte_places(self._page, (one.raw.start for one, _ in told if one.raw))
        return tuple(self._observation(candidate, box, hidings) for candidate, box in told)

    def _sort_all(self) -> None:
        """Sort the suspects into boxes; the raw text is read only where it decides, or tells where a finding stands."""
        elements = self._suspects.elements
        if not (self._suspects.lost or self._places.odd or self._map.needs_offsets):
            doubtful = self._map.doubtful
            self._sort_suspects(elements if doubtful is None else doubtful)
            accused = not all(self._is_innocent(box) for box in self._boxes.values())
            self._boxes.clear()
            if not accused:
                return
        self._offsets = Offsets(leaving_links(self._page))
        self._sort_suspects(elements)
        if self._suspects.lost:
            for raw in self._offsets.rest():
                self._sort_in_lost(raw)

    def _sort_suspects(self, elements: Iterable[HtmlElement]) -> None:
        for element in elements:
            self._sort_in(element, address_of(element), element.tag not in ("a", "area"))

    def _sort_in(self, element: HtmlElement, href: str, frame: bool) -> None:
        raw = self._offsets.take(href) if self._offsets else None
        offset = raw.start if raw else None
        hiding = self._map.hiding_of(element, offset)
        if frame:
            hiding = hidden_frame(element) or hiding
        place = self._places.place_of(offset) if offset is not None else None
        if hiding is None and (place is None or frame):
            return
        url = browser_address(self._page.base_url, href.strip(" \"'"), self._page.encoding)
        target = target_of(url, self._own) if url else None
        if url is None or target is None or (frame and hiding is not None and counts_or_signs_in(url)):
            return
        box = self._boxes[_box_key(hiding, place)]
        anchor = _anchor_of(element)
        words = find_words(anchor) or words_of_address(url)
        if not _may_accuse(target, words, anchor):
            return
        box.candidates.append(Candidate(url, anchor, target, words, element, raw, hiding, place))

    def _sort_in_lost(self, raw: RawLink) -> None:
        """A link the parser lost: an open title swallowed it, or it nests too deep. Words alone count here."""
        url = browser_address(self._page.base_url, raw.address, self._page.encoding)
        target = target_of(url, self._own) if url else None
        if url is None or target is None or target.kind is TargetKind.OWN or raw.tag not in ("a", "area"):
            return
        anchor = anchor_behind(self._page, raw)
        words = find_words(anchor)
        if not strong_words(words) or not _may_accuse(target, words, anchor):
            return
        box = self._boxes[(0, "unparsed")]
        box.candidates.append(Candidate(url, anchor, target, words, None, raw, None, "unparsed"))

    def _hidings_of_targets(self) -> dict[str, int]:
        boxes: dict[str, set[tuple[int, str]]] = defaultdict(set)
        for key, box in self._boxes.items():
            for candidate in box.candidates:
                boxes[candidate.target.domain].add(key)
        return {domain: len(keys) for domain, keys in boxes.items()}

    def _is_innocent(self, box: Box) -> bool:
        """True for a widget of the site itself, a vendor's signature, or a technique that needs a word and has none."""
        if not box.candidates:
            return True
        worded = len(box.worded)
        if box.candidates[0].place == "unparsed":
            return worded < hiding_rules().grades["lost_words"]
        return not worded and self._is_ordinary(box)

    def _is_ordinary(self, box: Box) -> bool:
        """The same for a box without a strong word."""
        rules = hiding_rules()
        hiding, place = box.candidates[0].hiding, box.candidates[0].place
        if _is_signature_box(box) or all(is_agency(candidate.anchor) for candidate in box.candidates):
            return True
        if hiding is None:
            return not _accuses_by_place(box, str(place))
        if hiding.technique in rules.needs_word:
            return True
        return self._map.is_widget(hiding) and not _is_mostly_foreign(box)

    def _observation(self, candidate: Candidate, box: Box, hidings: dict[str, int]) -> DarkLinkObservation:
        strong = _strong_reasons(candidate, box, hidings)
        names = hiding_rules().technique_names
        technique = candidate.hiding.technique if candidate.hiding else str(candidate.place)
        reasons = [names[technique], f"指向站外域名{candidate.target.domain}", *strong]
        start = candidate.raw.start if candidate.raw else None
        return DarkLinkObservation(
            url=candidate.url,
            anchor=candidate.anchor,
            technique=technique,
            strength=Strength.STRONG if strong else Strength.WEAK,
            reasons=tuple(reasons),
            path=self._path(candidate),
            domain=candidate.target.domain,
            snippet=self._snippet(candidate),
            offset=start,
            byte_offset=None if start is None else self._bytes.get(start),
        )

    def _path(self, candidate: Candidate) -> str:
        element = candidate.hiding.element if candidate.hiding else None
        if element is None:
            if candidate.element is None:
                return ""
            parent = candidate.element.getparent()
            element = candidate.element if parent is None else parent
        if id(element) not in self._paths:
            path = self._page.root.getroottree().getpath(element)
            self._paths[id(element)] = path[: hiding_rules().limits["path"]]
        return self._paths[id(element)]

    def _snippet(self, candidate: Candidate) -> str:
        if candidate.raw is None:
            return ""
        start = candidate.raw.start
        end = masked_text(self._page).find("</a", candidate.raw.end)
        stop = end + 4 if 0 <= end - start < hiding_rules().limits["snippet"] else candidate.raw.end
        return self._page.text[start : min(stop, start + hiding_rules().limits["snippet"])]


def _box_key(hiding: Hiding | None, place: str | None) -> tuple[int, str]:
    return (hiding.box, hiding.technique) if hiding else (0, str(place))


def _anchor_of(element: HtmlElement) -> str:
    """What a link shows: its text, else the words of its picture, else its title."""
    text = " ".join("".join(element.itertext()).split())
    if not text:
        text = " ".join(str(value) for value in element.xpath(".//img/@alt"))
    return (text or element.get("title") or "")[: hiding_rules().limits["anchor"]].strip()


def _may_accuse(target: Target, words: tuple[DarkWord, ...], anchor: str) -> bool:
    """A stranger may; a public body's or a known service's page only when its anchor advertises."""
    if target.kind is TargetKind.FOREIGN:
        return True
    if target.kind is TargetKind.OWN:
        return False
    return bool(strong_words(words)) and not speaks_of_crime_or_care(anchor)


def _is_signature_box(box: Box) -> bool:
    few = len(box.candidates) <= trusted_targets().signature_limit
    return few and all(is_signature(candidate.anchor) for candidate in box.candidates)


def _accuses_by_place(box: Box, place: str) -> bool:
    """A visible link behind the document accuses by itself, elsewhere it takes several strangers."""
    return place in hiding_rules().accusing_places or len(box.domains) >= hiding_rules().grades["placed_domains"]


def _is_mostly_foreign(box: Box) -> bool:
    rules = hiding_rules()
    return len(box.domains) >= rules.widget_foreign_domains and box.share >= rules.widget_foreign_share


def _strong_reasons(candidate: Candidate, box: Box, hidings: dict[str, int]) -> list[str]:
    """Reasons, in Chinese, that raise a hidden link from weak to strong; empty when there is none."""
    grades = hiding_rules().grades
    reasons = _word_reasons(candidate, box)
    if hidings[candidate.target.domain] >= grades["hidings_of_target"]:
        reasons.append(f"同一目标在本页{hidings[candidate.target.domain]}处隐藏")
    if candidate.place and candidate.hiding:
        reasons.append(hiding_rules().technique_names[candidate.place])
    elif candidate.place and len(box.domains) >= grades["placed_domains"]:
        reasons.append("该位置集中出现多个站外域名")
    if candidate.hiding and candidate.hiding.concealed:
        reasons.append("隐藏语句经字符串拆分掩饰")
    return reasons


def _word_reasons(candidate: Candidate, box: Box) -> list[str]:
    grades = hiding_rules().grades
    own = strong_words(candidate.words)
    if own:
        return [f"锚文本含{own[0].category}词“{own[0].word}”"]
    if candidate.target.kind is not TargetKind.FOREIGN:
        return []
    worded = box.worded
    share = len(worded) / len(box.candidates)
    if len(worded) >= grades["word_links"] or (worded and share >= grades["word_share"]):
        return [f"同一隐藏区域内{len(worded)}个链接含{strong_words(worded[0].words)[0].category}词"]
    if len(box.words) >= grades["weak_words"]:
        return [f"同一隐藏区域内含可疑词“{'、'.join(sorted(box.words)[:5])}”"]
    return []
