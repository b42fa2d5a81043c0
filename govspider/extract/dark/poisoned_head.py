"""Titles, keywords and descriptions that advertise instead of naming the page.

The static title is the poisoned one: a script may show visitors the true one. So the raw text
is read, entities undone, not what a browser would show.
"""

from __future__ import annotations

import html
import re

from govspider.extract.dark.dark_words import (
    DarkWord,
    find_words,
    may_hold_strong_word,
    speaks_of_crime_or_care,
    strong_words,
    title_shapes,
)
from govspider.extract.dark.raw_links import masked_text
from govspider.extract.dark.tampering_rules import tampering_rules
from govspider.extract.document.page import Page
from govspider.items import Strength, TamperingObservation

_TITLE = re.compile(r"<title\b[^>]{0,200}>", re.IGNORECASE)
_TITLE_END = re.compile(r"<?/title|<(?!!)[a-z!/]", re.IGNORECASE)
_ENTITY_RUN = re.compile(r"(?:&#(?:x[0-9a-f]{2,5}|\d{4,6});){2,400}", re.IGNORECASE)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_TAGS = re.compile(r"<[^>]{0,2000}>")


def poisoned_head(page: Page) -> tuple[TamperingObservation, ...]:
    """Poisoned title, keywords and description of a page; empty when its head is in order."""
    if not _may_be_poisoned(page):
        return ()
    found = []
    title, offset = _raw_title(page)
    if title:
        found.append(_judge_title(page, title, offset))
    for name in ("keywords", "description"):
        found += [_judge_description(page, name, content) for content in _contents(page, name)]
    return tuple(observation for observation in found if observation is not None)


def _may_be_poisoned(page: Page) -> bool:
    head = [_raw_title(page)[0], *_contents(page, "keywords"), *_contents(page, "description")]
    return any(may_hold_strong_word(part) or strong_words(find_words(part)) for part in head)


def _raw_title(page: Page) -> tuple[str, int]:
    """The title as it stands in the text, and where; a damaged end tag ends it as well."""
    text = masked_text(page)
    opening = _TITLE.search(text)
    if opening is None:
        return "", 0
    limit = opening.end() + tampering_rules().limits["title"]
    closing = _TITLE_END.search(text, opening.end(), limit)
    return text[opening.end() : closing.start() if closing else limit].strip(), opening.start()


def _contents(page: Page, name: str) -> list[str]:
    return [content for found, content in page.metas if found.lower() == name and content]


def is_encoded(raw: str) -> bool:
    """True when a text holds Han characters written as entities in a row: no editor does that."""
    run = int(tampering_rules().grades["encoded_run"])
    return any(len(_HAN.findall(html.unescape(found.group()))) >= run for found in _ENTITY_RUN.finditer(raw))


def _judge_title(page: Page, title: str, offset: int) -> TamperingObservation | None:
    rules = tampering_rules()
    strong, shapes, encoded = strong_words(find_words(title)), title_shapes(title), is_encoded(title)
    told = speaks_of_crime_or_care(title)
    several = len(strong) >= rules.grades["title_words"] and not _body_tells_of_crime(page)
    if not strong or (told and not encoded) or not (shapes or encoded or several):
        return None
    reasons = [rules.names["poisoned_title"], _words(strong), *[f"标题呈推广形态：{shape}" for shape in shapes]]
    if encoded:
        reasons.append("标题以字符实体编码掩饰")
    return _observation("poisoned_title", html.unescape(title), reasons, Strength.STRONG, title, offset)


def _judge_description(page: Page, name: str, content: str) -> TamperingObservation | None:
    rules = tampering_rules()
    strong = strong_words(find_words(content))
    encoded = bool(strong) and _is_encoded_in_source(page, content)
    if speaks_of_crime_or_care(content) and not encoded and not title_shapes(content):
        return None
    if not encoded and len(strong) < rules.grades["description_weak"]:
        return None
    if not encoded and _body_tells_of_crime(page) and not title_shapes(_raw_title(page)[0]):
        return None
    kind = f"poisoned_{name}"
    reasons = [rules.names[kind], _words(strong), *(["以字符实体编码掩饰"] if encoded else [])]
    grade = Strength.STRONG if encoded or len(strong) >= rules.grades["description_strong"] else Strength.WEAK
    offset = page.text.find(content)
    return _observation(kind, content, reasons, grade, content, offset if offset >= 0 else None)


def _is_encoded_in_source(page: Page, content: str) -> bool:
    return content not in html.unescape(_ENTITY_RUN.sub("", page.text[:20000])) and is_encoded(page.text[:20000])


def _body_tells_of_crime(page: Page) -> bool:
    """True when the page's own text explains the words of its title: a news item, a warning, a rule."""
    rules = tampering_rules()
    text = masked_text(page)
    start = max(text.lower().find("<body"), 0)
    plain = _TAGS.sub(" ", text[start : start + 20 * rules.limits["body_text"]])
    sentences = [part for part in re.split(r"[。；！？\s]+", plain[: rules.limits["body_text"] * 4]) if part]
    told = sum(1 for part in sentences[:400] if strong_words(find_words(part)) and speaks_of_crime_or_care(part))
    return told >= rules.grades["body_context"]


def _words(strong: tuple[DarkWord, ...]) -> str:
    return f"含{strong[0].category}词“{'、'.join(entry.word for entry in strong[:5])}”"


def _observation(
    kind: str, text: str, reasons: list[str], strength: Strength, snippet: str, offset: int | None
) -> TamperingObservation:
    limits = tampering_rules().limits
    return TamperingObservation(
        kind=kind,
        text=" ".join(text.split())[: limits["text"]],
        reasons=tuple(reasons),
        strength=strength,
        snippet=snippet[: limits["snippet"]],
        offset=offset,
    )
