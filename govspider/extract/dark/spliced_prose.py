"""Prose that somebody worked over: a foreign term spliced into sentences, heaps of keywords, traditional characters.

No list of brands is needed for a splice: the term returns again and again between characters
that belong together (会…议), which no sentence of an editor does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from ahocorasick_rs import BytesAhoCorasick, MatchKind

from govspider.extract.dark.dark_words import find_words, places_in, speaks_of_crime_or_care, strong_words
from govspider.extract.dark.folding import folding_rules, is_han
from govspider.extract.dark.poisoned_head import head_observation, raw_title
from govspider.extract.dark.raw_links import masked_text
from govspider.extract.dark.screen import screened
from govspider.extract.dark.tampering_rules import tampering_rules
from govspider.extract.dark.word_screen import adverts, adverts_in
from govspider.extract.document.page import Page
from govspider.items import Strength, TamperingObservation

_TAGS = re.compile(r"<[^<>]{0,2000}>")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_PARTS = re.compile(r"\n|<[^<>]*>")
_TOKENS = re.compile(r"[\s,，、|/;；·_\-]+")
_GRAM = 3
_LONGEST_TERM = 12
_VARIETY = 0.5
_SAMPLE = 400
_SHORTEST_SENTENCE = 8
_LONG_LINE = re.compile(r"[^\n]{24,}")
_HEAP_REACH = 300
_MOST_HEAPS = 5
_TRADITIONAL = BytesAhoCorasick([char.encode("utf-8") for char in "國會發時"], matchkind=MatchKind.LeftmostFirst)
_TRADITIONAL_VERSION = re.compile(r"""(?i)lang\s*=\s*["']?zh-(?:tw|hk|mo|hant)|简体|簡體|charset\s*=\s*["']?big5""")


def spliced_terms(page: Page) -> list[TamperingObservation]:
    """Terms that stand again and again in the middle of sentences that they break."""
    pieces = page.text.split("。")
    if len(pieces) <= tampering_rules().grades["splice_sentences"]:
        return []
    prose = _prose(pieces)
    title = raw_title(page)[0]
    return [_splice(page, term, places, broken) for term, places, broken in _broken_by(prose) if term not in title]


def _sides(prose: str, term: str) -> dict[str, bool]:
    """The pairs of characters that a term stands between, and whether it parts a common word or phrase there."""
    sides: dict[str, bool] = {}
    for match in re.finditer(re.escape(term), prose):
        start, end = match.span()
        if start:
            pair = prose[start - 1] + prose[end : end + 1]
            sides[pair] = sides.get(pair, False) or _parts(prose[max(start - 3, 0) : start], prose[end : end + 3])
    return sides


def _parts(before: str, behind: str) -> bool:
    """Whether what stands around a term is one common word, or one fixed phrase, without it."""
    rules = tampering_rules()
    if before[-1:] + behind[:1] in rules.common_words:
        return True
    return any(
        before[-left:] + behind[:right] in rules.common_phrases
        for left, right in ((2, 2), (1, 2), (2, 1), (1, 3), (3, 1))
    )


def _prose(pieces: Iterable[str]) -> str:
    """Different sentences without markup inside, as many as tampering.yaml allows; `pieces` between full stops."""
    left = tampering_rules().limits["prose"]
    sentences: dict[str, None] = {}
    # most sentences that return do so with the markup in front of them
    for piece in dict.fromkeys(pieces):
        start = piece.rfind(">") + 1
        size = len(piece) - start
        if _SHORTEST_SENTENCE <= size <= left and (sentence := piece[start:]) not in sentences:
            sentences[sentence] = None
            left -= size
            if left < _SHORTEST_SENTENCE:
                break
    return "。".join(sentences)


def _broken_by(prose: str) -> Iterator[tuple[str, int, int]]:
    """(term, occurrences, sentences it breaks) of terms that do."""
    grades = tampering_rules().grades
    for gram in _beginnings(prose):
        term = _widened(prose, gram)
        if _is_ordinary(term):
            continue
        sides = _sides(prose, term)
        broken = sum(sides.values())
        if len(sides) >= grades["splice_count"] and broken >= max(2, grades["splice_broken"] * len(sides)):
            yield term, len(sides), broken


def _beginnings(prose: str) -> Iterator[str]:
    """Groups of three characters that return behind ever other ones."""
    least = int(tampering_rules().grades["splice_count"])
    pairs = _frequent_pairs(prose, least)
    firsts = {pair[0] for pair in pairs}
    # of three characters that return, the last two do so as well
    begun = (pair for pair in pairs if pair[1] in firsts)
    places = sorted(place for pair in begun for place in places_in(prose, pair) if place)
    for gram, count in Counter([prose[place : place + _GRAM] for place in places]).items():
        if count >= least and all(map(is_han, gram)):
            lefts = {prose[place - 1] for place in places_in(prose, gram) if place}
            if len(lefts) >= max(least, _VARIETY * count):
                yield gram


def _frequent_pairs(prose: str, least: int) -> list[str]:
    """Pairs of Chinese characters that return: counted as whole numbers, which is quicker than as strings."""
    data = prose.encode("utf-32-le")
    counts = Counter[int]()
    for shift in (0, 4):
        counts.update(memoryview(data)[shift : shift + (len(data) - shift) // 8 * 8].cast("Q"))
    frequent = [pair for pair, count in counts.items() if count >= least]
    pairs = (chr(pair & 0xFFFFFFFF) + chr(pair >> 32) for pair in frequent)
    return [pair for pair in pairs if all(map(is_han, pair))]


def _widened(prose: str, gram: str) -> str:
    """The longest text that follows at (nearly) every place of a repeated beginning."""
    places = [match.start() for match in re.finditer(re.escape(gram), prose)]
    end = len(gram)
    while end < _LONGEST_TERM and (char := _shared(prose, places, end)):
        end += len(char)
    return prose[places[0] : places[0] + end]


def _shared(prose: str, places: list[int], shift: int) -> str:
    chars = Counter(prose[place + shift] for place in places if place + shift < len(prose))
    char, count = chars.most_common(1)[0] if chars else ("", 0)
    return char if count >= 0.8 * len(places) and char and is_han(char) else ""


def _is_ordinary(term: str) -> bool:
    """A term made mostly of official language is the subject of its article, unless the lexicon knows it."""
    common = tampering_rules().common_words
    covered = {
        index for place in range(len(term) - 1) if term[place : place + 2] in common for index in (place, place + 1)
    }
    return len(term) < _GRAM or (2 * len(covered) > len(term) and not strong_words(find_words(term)))


def _splice(page: Page, term: str, places: int, broken: int) -> TamperingObservation:
    strong = strong_words(find_words(term))
    reasons = [tampering_rules().names["brand_splice"], f"“{term}”插入正文{places}处，其中{broken}处拆断词语"]
    reasons += [f"含{strong[0].category}词“{strong[0].word}”"] if strong else []
    grade = Strength.STRONG if strong else Strength.WEAK
    return head_observation("brand_splice", term, reasons, grade, "", page.text.find(term))


def traditional_mirror(page: Page) -> TamperingObservation | None:
    """A page in traditional characters that does not say it is the traditional version."""
    grades = tampering_rules().grades
    if len(_TRADITIONAL.find_matches_as_indexes(page.utf8)) < grades["mirror_characters"]:
        return None
    shown = _TAGS.sub("", masked_text(page))[: tampering_rules().limits["body_text"]]
    han = sum(1 for char in shown if is_han(char))
    changed = sum(1 for char in shown if char in folding_rules().traditional)
    if not han or changed < grades["mirror_share"] * han or _is_declared(page):
        return None
    reasons = [
        tampering_rules().names["mirror_traditional"],
        f"页面{changed * 100 // han}%的汉字为繁体，而页面未声明为繁体版",
    ]
    strength = Strength.WEAK
    if adverts(page) and screened(page).strangers:
        reasons.append("同时含推广词与站外链接")
        strength = Strength.STRONG
    return head_observation("mirror_traditional", raw_title(page)[0] or shown.strip()[:80], reasons, strength, "", None)


def _is_declared(page: Page) -> bool:
    address = page.url.lower()
    named = any(mark in address for mark in tampering_rules().traditional_marks)
    return named or page.encoding.startswith("big5") or _TRADITIONAL_VERSION.search(page.text) is not None


def keyword_farms(page: Page) -> list[TamperingObservation]:
    """Heaps of advertised words without links, at most five."""
    grades = tampering_rules().grades
    if len(adverts(page)) < 2 or not _stand_together(page.text, adverts(page)):
        return []
    found: list[TamperingObservation] = []
    for block in _LONG_LINE.findall(_TAGS.sub("\n", masked_text(page))):
        tokens = [token for token in _TOKENS.split(block[: tampering_rules().limits["body_text"]]) if token]
        if len(tokens) >= grades["heap_tokens"] and adverts_in(block) and not speaks_of_crime_or_care(block):
            found += _heap(page, block.strip(), tokens)
        if len(found) == _MOST_HEAPS:
            break
    return found


def _stand_together(text: str, words: frozenset[str]) -> bool:
    """Whether as many of the words as make a heap stand close together in one line of text, no tag between them."""
    least = int(tampering_rules().grades["heap_words"])
    places = sorted(place for word in words for place in islice(places_in(text, word), _SAMPLE))
    return any(
        last - first < _HEAP_REACH and not _PARTS.search(_COMMENT.sub("", text[first:last]))
        for first, last in zip(places, places[least - 1 :], strict=False)
    )


def _heap(page: Page, block: str, tokens: list[str]) -> list[TamperingObservation]:
    grades = tampering_rules().grades
    short = [token for token in tokens[:_SAMPLE] if len(token) <= grades["farm_anchor"]]
    worded = [words[0] for token in short if (words := strong_words(find_words(token)))]
    if len(worded) < max(grades["heap_words"], grades["farm_share"] * len(tokens)):
        return []
    reasons = [
        tampering_rules().names["keyword_farm"],
        f"{len(tokens)}个词堆砌，其中{len(worded)}个为推广词，如{worded[0].category}词“{worded[0].word}”",
    ]
    return [head_observation("keyword_farm", block, reasons, Strength.STRONG, block, page.text.find(block[:40]))]
