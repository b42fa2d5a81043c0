"""Grave errors and hints in the wording of a page.

One pass of one automaton screens the page's own texts; only what it lets through is compared. A grave error
(严重) comes from pairs and near misses alone, and is a suspicion until a person confirms it.
Source of the classes: 国办秘函〔2019〕19号 (出现严重表述错误), 2015 census (国名、机构名称、领导人姓名写错).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from govspider.extract.document.page import Page
from govspider.extract.lexicons import read_lexicon
from govspider.extract.wording.near_miss import BREAK, CUT, Edit, NearMiss, after_head, before_tail, swapped_middle
from govspider.extract.wording.page_text import FoldedTexts, folded_texts
from govspider.extract.wording.quotation import Quotation, is_quotation
from govspider.extract.wording.raw_place import raw_place
from govspider.extract.wording.rules import Pair, WordingRules, wording_rules
from govspider.items import WordingObservation, WordingSeverity

_BOOKED = "order/"
_WEIGHED = 10  # suspicions looked at for each one that may be told


@dataclass(frozen=True, slots=True)
class _Suspicion:
    """A stretch of the folded texts that a rule does not like. `weight` decides between overlapping ones."""

    start: int
    end: int
    right: str
    rule: str
    severity: WordingSeverity
    category: str
    reason: str
    weight: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Searched:
    """What a search found, and what it left unread in words."""

    found: tuple[WordingObservation, ...]
    unread: tuple[str, ...]


_Exact = list[tuple[int, int]]
"""Where phrases and variants stand as they should, sorted."""
_LONGEST = 60  # characters of the longest phrase, and more
_Hits = dict[str, list[tuple[int, int]]]
"""By kind: (number of the rule, place) of every string that the automaton found."""


def find_wording(page: Page, day: date | None = None) -> tuple[WordingObservation, ...]:
    """What is wrong with the wording of a page, in the order it stands.

    Parameters: `day` the day of publication that decides which rules with a window hold; None: none of them.
    """
    return page.once(_search, day).found


def unread_wording(page: Page, day: date | None = None) -> tuple[str, ...]:
    """Sentences in Chinese on what the same search left unread, one per bound; empty where it reached the page's end.

    The work per page is bounded in characters and places, not by a clock: what lies behind a bound is
    unknown (budget), never in order.
    """
    return page.once(_search, day).unread


def _search(page: Page, day: date | None = None) -> _Searched:
    if page.too_heavy:
        return _Searched((), (f"页面过大，表述未检查：{page.too_heavy}",))
    texts = page.once(folded_texts)
    rules = wording_rules()
    limits = read_lexicon("wording_context")["limits"]
    hits, exact, crowded = _screen(rules, texts.folded)
    found = _without_overlaps(
        [*_pairs(rules, texts, hits, day), *_slips(rules, hits, exact), *_near(rules, texts, hits, exact)]
    )
    found += list(_disorders(rules, texts, hits))
    told, weighed = _weighed(page, texts, sorted(found, key=lambda one: one.start), limits["findings"])
    unread = []
    if texts.cut:
        unread.append(f"页面文字超过{limits['text']}字，其后的表述未检查")
    if crowded:
        unread.append(f"待比对之处超过{limits['candidates']}处，其后未比对")
    if weighed < len(found):
        unread.append(f"可疑之处{len(found)}处，只核对了前{weighed}处")
    return _Searched(tuple(told), tuple(unread))


def _weighed(
    page: Page, texts: FoldedTexts, found: Sequence[_Suspicion], limit: int
) -> tuple[list[WordingObservation], int]:
    """What is told of the suspicions, at most `limit`, and how many of them were looked at."""
    told: list[WordingObservation] = []
    for number, suspicion in enumerate(found[: _WEIGHED * limit]):
        if len(told) == limit:
            return told, number
        observation = _observation(page, texts, suspicion)
        if observation is not None and observation not in told:
            told.append(observation)
    return told, min(len(found), _WEIGHED * limit)


def _screen(rules: WordingRules, folded: str) -> tuple[_Hits, _Exact, bool]:
    """Everything the automaton finds: hits by kind, where phrases and variants stand as they should, and
    whether there were more hits than are looked at.
    """
    hits: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    exact: _Exact = []
    for number, start, end in rules.automaton.find_matches_as_indexes(folded, overlapping=True):
        sought = rules.sought[number]
        if sought.kind == "exact":
            exact.append((start, end))
        else:
            hits[sought.kind].append((sought.index, start))
    room = int(read_lexicon("wording_context")["limits"]["candidates"])
    crowded = any(len(found) > room for found in hits.values())
    return {kind: found[:room] for kind, found in hits.items()}, sorted(exact), crowded


# ── pairs ───────────────────────────────────────────────────────────────────────────────────


def _pairs(rules: WordingRules, texts: FoldedTexts, hits: _Hits, day: date | None) -> Iterator[_Suspicion]:
    """Pairs that hold, wherever they stand: they were written down because a person saw them."""
    for number, start in hits.get("pair", ()):
        pair = rules.pairs[number]
        span = _span_of(pair, texts.folded, start)
        if span is None or not pair.holds_on(day) or not _stands_so(pair, texts.folded, *span):
            continue
        weight = (3, span[1] - span[0])
        yield _Suspicion(*span, pair.right, pair.rule, pair.severity, pair.category, pair.category, weight)


def _slips(rules: WordingRules, hits: _Hits, exact: _Exact) -> Iterator[_Suspicion]:
    """Short phrases with a character of the same sound or shape; what a longer right phrase reaches into is chance."""
    for number, start in hits.get("short", ()):
        right = rules.short[number]
        end = start + len(right)
        if not any(start < last for _, last in _nearby(start, end, exact)):
            reason = f"与“{right}”相差一字（{Edit.REPLACED.value}）"
            yield _Suspicion(
                start, end, right, f"short/{right}", WordingSeverity.GRAVE, "固定简称写错", reason, (1, len(right))
            )


def _span_of(pair: Pair, folded: str, start: int) -> tuple[int, int] | None:
    if pair.pattern is None:
        return start, start + len(pair.wrong)
    line = folded.rfind(BREAK, 0, start) + 1
    for match in pair.pattern.finditer(folded, max(line, start - 80), start + 200):
        if match.start() <= start < match.end() and BREAK not in match.group():
            return match.span()
    return None


def _stands_so(pair: Pair, folded: str, start: int, end: int) -> bool:
    before = folded[max(0, start - 40) : start].rpartition(BREAK)[2]
    after = folded[end : end + 40].partition(BREAK)[0]
    if pair.before is not None and not pair.before.search(before):
        return False
    return pair.after is None or bool(pair.after.match(after))


# ── near misses ─────────────────────────────────────────────────────────────────────────────


def _near(rules: WordingRules, texts: FoldedTexts, hits: _Hits, exact: _Exact) -> Iterator[_Suspicion]:
    for miss in _misses(rules, texts.folded, hits):
        if not _is_explained(miss, texts.folded, exact):
            reason = f"与“{miss.phrase.text}”相差一字（{miss.why}）"
            grave = miss.severity is WordingSeverity.GRAVE
            weight = (2 if grave else 0, len(miss.phrase.text))
            yield _Suspicion(
                miss.start,
                miss.end,
                miss.phrase.text,
                miss.phrase.rule,
                miss.severity,
                miss.phrase.category,
                reason,
                weight,
            )


def _misses(rules: WordingRules, folded: str, hits: _Hits) -> Iterator[NearMiss]:
    for kind, compare in (("head", after_head), ("tail", before_tail)):
        for number, start in hits.get(kind, ()):
            miss = compare(folded, start, rules.phrases[number])
            if miss is not None:
                yield miss
    for number, start in hits.get("swap", ()):
        yield swapped_middle(start, rules.phrases[number])


def _is_explained(miss: NearMiss, folded: str, exact: _Exact) -> bool:
    """True where another fixed phrase, or a legitimate variant, stands over the edit, or is all that is left."""
    if miss.place in (miss.start, miss.end) and miss.edit is Edit.MISSING:
        return _is_covered(miss.start, miss.end, exact)
    if miss.edit is Edit.REPLACED and miss.place in (miss.start, miss.end - 1):
        rest = (miss.start + 1, miss.end) if miss.place == miss.start else (miss.start, miss.end - 1)
        if _is_covered(*rest, exact):
            return True
    first = miss.place - 1 if miss.edit is Edit.MISSING else miss.place
    last = miss.place + (1 if miss.edit is Edit.SWAPPED else 0)
    if _is_covered(first, last + 1, exact) or _belongs_to_others(miss, exact):
        return True
    return folded[miss.end : miss.end + 1] in CUT and _is_cut(miss, folded)


def _is_covered(start: int, end: int, exact: _Exact) -> bool:
    return any(first <= start and end <= last for first, last in _nearby(start, end, exact))


def _belongs_to_others(miss: NearMiss, exact: _Exact) -> bool:
    """True where a right phrase reaches into the text from outside, up to the edit: …中心组|习近平…"""
    return any(
        (miss.place <= first < miss.end < last) or (first < miss.start < last <= miss.place)
        for first, last in _nearby(miss.start, miss.end, exact)
    )


def _nearby(start: int, end: int, exact: _Exact) -> Iterator[tuple[int, int]]:
    """Right phrases that may reach into [start, end): a page may hold very many."""
    for number in range(bisect_left(exact, (start - _LONGEST, 0)), len(exact)):
        if exact[number][0] >= end:
            break
        yield exact[number]


def _is_cut(miss: NearMiss, folded: str) -> bool:
    """True where the text ends in the beginning of a right phrase that holds the edit: it was cut, not misspelt."""
    ends = [folded[start : miss.end] for start in range(miss.start, miss.place)]
    return any(sought.kind == "exact" and sought.text.startswith(tuple(ends)) for sought in wording_rules().sought)


def _without_overlaps(found: list[_Suspicion]) -> list[_Suspicion]:
    """Of overlapping suspicions the weightiest: a pair, then a grave near miss, then the longest phrase."""
    kept: list[_Suspicion] = []
    taken: set[int] = set()
    for one in sorted(found, key=lambda one: (one.weight, -one.start), reverse=True):
        places = range(one.start, one.end)
        if taken.isdisjoint(places):
            kept.append(one)
            taken.update(places)
    return kept


# ── order ───────────────────────────────────────────────────────────────────────────────────


def _disorders(rules: WordingRules, texts: FoldedTexts, hits: _Hits) -> Iterator[_Suspicion]:
    seen: set[tuple[int, int]] = set()
    for number, start in hits.get("ordered", ()):
        one = rules.ordered[number]
        line = texts.folded.rfind(BREAK, 0, start) + 1
        for match in one.pattern.finditer(texts.folded, max(line, start - 60), start + 60):
            listed = sorted(one.members, key=match.group().find)
            if match.span() in seen or any(member not in match.group() for member in one.members):
                continue
            seen.add(match.span())
            if tuple(listed) != one.members:
                right = "、".join(one.members)
                reason = f"“{one.name}”各项的次序"
                yield _Suspicion(
                    *match.span(), right, f"{_BOOKED}{one.name}", WordingSeverity.HINT, "固定次序", reason, (0, 0)
                )


# ── telling ─────────────────────────────────────────────────────────────────────────────────


def _observation(page: Page, texts: FoldedTexts, found: _Suspicion) -> WordingObservation | None:
    """What is told of a suspicion; None where the text only speaks about the wording."""
    number, start, end = texts.locate(found.start, found.end)
    unit = texts.unit(page, number)
    beside = (texts.line(number - 1), texts.line(number + 1))
    quotation = Quotation(unit.text, start, end, found.right, *beside, page.title)
    if is_quotation(quotation) or _is_excused(found, quotation.sentence):
        return None
    wrong = unit.text[start:end]
    return WordingObservation(
        text=wrong,
        suggestion=found.right,
        rule=found.rule,
        severity=found.severity,
        sentence=quotation.sentence,
        category=found.category,
        reason=found.reason,
        place=unit.place,
        target=(unit.href and page.join(unit.href)) or page.url,
        path=unit.path,
        offset=raw_place(page.text, unit.text, start, end),
    )


def _is_excused(found: _Suspicion, sentence: str) -> bool:
    unless = _excuses().get(found.rule)
    return unless is not None and bool(unless.search(sentence))


@cache
def _excuses() -> dict[str, re.Pattern[str]]:
    return {pair.rule: pair.unless for pair in wording_rules().pairs if pair.unless is not None}
