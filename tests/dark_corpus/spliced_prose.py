"""Terms spliced into the sentences of captured pages: the prose of the generated ones is ten sentences."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator

from govspider.extract.dark.spliced_prose import spliced_terms
from govspider.extract.document.page import Page
from tests.dark_corpus.corpus import Specimen
from tests.dark_corpus.scene import planted_words, words_of

_SENTENCE = re.compile(r"[^<>。]{12,}(?=。)")
_INSIDE = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?=[\u4e00-\u9fff]{2})")
_TERMS_PER_PAGE = 6
_LEAST_SENTENCES = 6


def spliced_captured(pages: Iterable[Specimen]) -> dict[str, int]:
    """How many of the terms spliced into pages with prose are found; the pages themselves stay as they are."""
    found = total = 0
    for page in pages:
        for text in _spliced(Page(page.url, page.body).text):
            total += 1
            found += bool(spliced_terms(Page(page.url, text.encode("utf-8"), "text/html; charset=utf-8")))
    return {"pages": total, "found": found}


def _spliced(text: str) -> Iterator[str]:
    """The text with one term at five to nine places in the middle of its sentences, for several terms."""
    sentences = list(_SENTENCE.finditer(text))
    if len(sentences) < _LEAST_SENTENCES:
        return
    places = [sentence.start() + gap.start() for sentence in sentences for gap in _INSIDE.finditer(sentence.group())]
    rng = random.Random(f"spliced-{len(text)}")
    for _ in range(_TERMS_PER_PAGE):
        term = rng.choice(words_of(rng.choice(sorted(planted_words()["categories"]))))
        spliced = text
        for place in sorted(rng.sample(places, min(rng.randint(5, 9), len(places))), reverse=True):
            spliced = spliced[:place] + term + spliced[place:]
        yield spliced
