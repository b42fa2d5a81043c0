"""Titles, keywords and descriptions that advertise instead of naming the page.

The static title is the poisoned one; a script may show visitors the true one. So the raw text
is read, entities undone, not what a browser would show.
"""

from __future__ import annotations

import html
import re

from govspider.extract.dark.dark_words import (
    DarkWord,
    find_words,
    speaks_of_crime_or_care,
    strong_words,
    title_shapes,
)
from govspider.extract.dark.raw_links import masked_text
from govspider.extract.dark.screen import screened
from govspider.extract.dark.tampering_rules import tampering_rules
from govspider.extract.dark.word_screen import adverts_in
from govspider.extract.document.page import Page
from govspider.items import Strength, TamperingObservation

_TITLE = re.compile(r"<title\b[^>]{0,200}>", re.IGNORECASE)
_TITLE_END = re.compile(r"<?/title|<(?!!)[a-z!/]", re.IGNORECASE)
_ENTITY_RUN = re.compile(r"(?:&#(?:x[0-9a-f]{2,5}|\d{4,6});){2,400}", re.IGNORECASE)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_HEAD_TEXT = 20_000


def poisoned_head(page: Page) -> tuple[TamperingObservation, ...]:
    """Poisoned title, keywords and description of a page; empty when its head is in order."""
    title, offset = raw_title(page)
    metas = head_texts(page)[: tampering_rules().limits["metas"]]
    worded = bool(adverts_in("\n".join([title, *(content for _, content in metas)])))
    found = [_judge_title(page, title, offset, worded)] if title else []
    if worded:
        found += [_judge_description(page, name, content) for name, content in metas if content]
    return tuple(observation for observation in found if observation is not None)


def head_texts(page: Page) -> list[tuple[str, str]]:
    """Name and content of the keywords and descriptions of a page, the same one once."""
    named = ((name.lower(), content) for name, content in page.metas)
    return list(dict.fromkeys(pair for pair in named if pair[0] in ("keywords", "description")))


def raw_title(page: Page) -> tuple[str, int]:
    """The title as it stands in the text, and where; a damaged end tag ends it as well."""
    return page.once(_raw_title)


def _raw_title(page: Page) -> tuple[str, int]:
    text = page.text
    opening = _TITLE.search(text)
    if opening is not None and "<!--" in text[: opening.start()]:
        text = masked_text(page)
        opening = _TITLE.search(text)
    if opening is None:
        return "", 0
    limit = opening.end() + tampering_rules().limits["title"]
    closing = _TITLE_END.search(text, opening.end(), limit)
    return text[opening.end() : closing.start() if closing else limit].strip(), opening.start()


def is_encoded(raw: str) -> bool:
    """True when a text holds Han characters written as entities in a row: no editor does that."""
    run = int(tampering_rules().grades["encoded_run"])
    return "&#" in raw and any(
        len(_HAN.findall(html.unescape(part.group()))) >= run for part in _ENTITY_RUN.finditer(raw)
    )


def _judge_title(page: Page, title: str, offset: int, worded: bool) -> TamperingObservation | None:
    rules = tampering_rules()
    strong = strong_words(find_words(title)) if worded else ()
    shapes, encoded = title_shapes(title), is_encoded(title)
    if not strong:
        return _judge_shapes(title, offset, shapes, encoded)
    told = speaks_of_crime_or_care(title)
    several = len(strong) >= rules.grades["title_words"] and not _told_in_body(page, strong)
    if (told and not encoded) or not (shapes or encoded or several):
        return None
    reasons = [rules.names["poisoned_title"], _words(strong), *[f"标题呈推广形态：{shape}" for shape in shapes]]
    if encoded:
        reasons.append("标题以字符实体编码掩饰")
    return head_observation("poisoned_title", html.unescape(title), reasons, Strength.STRONG, title, offset)


def _judge_shapes(title: str, offset: int, shapes: tuple[str, ...], encoded: bool) -> TamperingObservation | None:
    """A title without a listed word: shapes alone are weak, and never on a title that names a public body."""
    rules = tampering_rules()
    plain = html.unescape(title)
    certain = [shape for shape in shapes if shape in rules.certain_shapes]
    enough = bool(certain) or len(shapes) >= 2 or (bool(shapes) and encoded)
    if not enough or speaks_of_crime_or_care(plain) or any(word in plain for word in rules.public_words):
        return None
    reasons = [rules.names["poisoned_title"], *[f"标题呈推广形态：{shape}" for shape in shapes]]
    return head_observation("poisoned_title", plain, reasons, Strength.WEAK, title, offset)


def _judge_description(page: Page, name: str, content: str) -> TamperingObservation | None:
    rules = tampering_rules()
    strong = strong_words(find_words(content))
    if len(strong) < rules.grades["description_weak"] and not (strong and is_encoded(page.text[:_HEAD_TEXT])):
        return None
    encoded = _is_encoded_in_source(page, content)
    if speaks_of_crime_or_care(content) and not encoded and not title_shapes(content):
        return None
    certain = encoded or len(strong) >= rules.grades["description_strong"] or _names_stranger(page, content)
    if not encoded and _told_in_body(page, strong) and not title_shapes(raw_title(page)[0]):
        return None
    if not encoded and len(strong) < rules.grades["description_weak"]:
        return None
    kind = f"poisoned_{name}"
    reasons = [rules.names[kind], _words(strong), *(["以字符实体编码掩饰"] if encoded else [])]
    offset = page.text.find(content)
    grade = Strength.STRONG if certain else Strength.WEAK
    return head_observation(kind, content, reasons, grade, content, offset if offset >= 0 else None)


def _names_stranger(page: Page, content: str) -> bool:
    return any(host in content for host in screened(page).strangers) or "www." in content


def _is_encoded_in_source(page: Page, content: str) -> bool:
    head = page.text[:_HEAD_TEXT]
    return is_encoded(head) and content not in html.unescape(_ENTITY_RUN.sub("", head))


def _told_in_body(page: Page, strong: tuple[DarkWord, ...]) -> bool:
    """True when the page's own text explains the words of its head: a news item, a warning, a rule."""
    rules = tampering_rules()
    text = masked_text(page)
    start = max(text.lower().find("<body"), 0)
    plain = _TAGS.sub(" ", text[start : start + 20 * rules.limits["body_text"]])
    sentences = [part for part in re.split(r"[。；！？\s]+", plain[: rules.limits["body_text"] * 4]) if part]
    wanted = [entry.word for entry in strong]
    told = sum(1 for part in sentences[:400] if any(word in part for word in wanted) and speaks_of_crime_or_care(part))
    return told >= rules.grades["body_context"]


def _words(strong: tuple[DarkWord, ...]) -> str:
    return f"含{strong[0].category}词“{'、'.join(entry.word for entry in strong[:5])}”"


def head_observation(
    kind: str, text: str, reasons: list[str], strength: Strength, snippet: str, offset: int | None
) -> TamperingObservation:
    """An observation cut to the lengths of tampering.yaml."""
    limits = tampering_rules().limits
    return TamperingObservation(
        kind=kind,
        text=" ".join(text.split())[: limits["text"]],
        reasons=tuple(reasons),
        strength=strength,
        snippet=snippet[: limits["snippet"]],
        offset=offset,
    )
