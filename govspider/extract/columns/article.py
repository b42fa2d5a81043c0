"""The publish time that an article shows, and a fingerprint of its text.

A visible time counts first: 国办秘函〔2019〕19号 holds an article without a shown publish time to be
not updated. A generation time (HtmlGenerateTime, 页面生成时间) is today on every page and never counts.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import date
from functools import cache, lru_cache

from govspider.extract.columns.dates import date_in_url, dates_in, field_date, may_hold_date, normalise
from govspider.extract.columns.list_words import tokens_of, word_set, words
from govspider.extract.columns.placed_text import PlacedText, placed_text
from govspider.extract.document.page import Page
from govspider.items import ArticleObservation

_META_LINE = 160
_HEAD_SHARE = 0.5
_LABEL_GAP = 12
_NO_LETTERS = re.compile(r"[\W_]+")
# nearly all of them in most texts: taken out one by one in less than half the time of the pattern
_MARKS = "，。、；：“”（）《》 "


def observe_article(page: Page) -> ArticleObservation:
    """Title, shown publish time, the page tags' time, and the sha256 of the normalised main text."""
    placed = page.once(placed_text)
    meta = _meta_date(page)
    day, text, source = _visible(placed) or _tagged(page) or (meta, "", "meta" if meta else "none")
    return ArticleObservation(
        title=_title(page),
        published=day,
        date_text=text or (day.isoformat() if day else ""),
        date_source=source,
        meta_published=meta,
        content_sha256=_content_hash(placed),
        url_date=date_in_url(page.url).day,
    )


def _title(page: Page) -> str:
    tag = " ".join((page.meta("ArticleTitle") or "").split())
    if tag:
        return tag
    heading = next((" ".join(node.text_content().split()) for node in page.elements("h1")), "")
    return heading or page.title


def _meta_date(page: Page) -> date | None:
    """The page tags' time, unless the page says that it is the time of its own making: that is no publish time."""
    made = [content for name, content in page.metas if "生成时间" in content or name.lower() == "htmlgeneratetime"]
    for name in words("article_metas"):
        content = (page.meta(name) or "").strip()
        day = field_date(content)
        if day and not any(content in told for told in made):
            return day
    return None


def _tagged(page: Page) -> tuple[date, str, str] | None:
    """Date in an element that is named for it, such as `<publishtime>`."""
    for name in words("article_tags"):
        for element in page.elements(name):
            text = normalise(element.text_content())
            day = field_date(text)
            if day:
                return day, text, "tag"
    return None


def _visible(placed: PlacedText) -> tuple[date, str, str] | None:
    """A labelled time near the head of the main part, else a bare date line right above the text."""
    ranked: list[tuple[int, int, date, str]] = []
    for number in placed.numbers_with(_label_hints()):
        if placed.text_parts[number] == 0 and (found := _labelled(placed, number)):
            ranked.append((found[0], number, found[1], found[2]))
    if ranked:
        _, _, day, text = min(ranked)
        return day, text, "visible"
    return _bare_line(placed)


@cache
def _label_hints() -> tuple[str, ...]:
    """Labels that hold no other label: one of them stands where any of all stands."""
    labels: list[str] = words("article_labels")
    return tuple(label for label in labels if not any(other in label for other in labels if other != label))


def _labelled(placed: PlacedText, number: int) -> tuple[int, date, str] | None:
    """(rank of the label, day, text) of a label and its date in one short line, or in two neighbouring texts."""
    text = normalise(placed.texts[number])
    if len(text) > _META_LINE:
        return None
    for rank, label in enumerate(words("article_labels")):
        place = _label_place(text, label)
        if place < 0:
            continue
        behind = text[place + len(label) :]
        if not behind.strip(" :："):
            behind = _next_text(placed, number) or behind
        found = dates_in(behind[: _LABEL_GAP + 30])
        if found and len(behind[: found[0].start].strip(" :：[(")) == 0:
            return rank, found[0].day, f"{label}：{found[0].text}"
    return None


def _next_text(placed: PlacedText, number: int) -> str:
    """The text that follows in the main part, '' behind the last one."""
    following = (index for index in range(number + 1, len(placed.texts)) if placed.text_parts[index] == 0)
    index = next(following, None)
    return "" if index is None else normalise(placed.texts[index])


def _label_place(text: str, label: str) -> int:
    """Where a label stands as a label: not as the tail of another one, such as 截止时间."""
    place = text.find(label)
    if place < 0:
        return -1
    ignored = any(
        (start := text.find(word)) >= 0 and start <= place < start + len(word)
        for word in words("article_label_ignored")
    )
    before = text[place - 1] if place else " "
    general = label in ("时间", "日期")
    return -1 if ignored or (general and before.isalpha()) else place


def _bare_line(placed: PlacedText) -> tuple[date, str, str] | None:
    """A line of date and source under the title, such as `2026-09-12 10:00 来源：办公室`; only one day may be there."""
    lines = []
    counted = [text for text, part in zip(placed.texts, placed.text_parts, strict=True) if not part]
    length = sum(map(len, counted))
    passed = 0
    for raw in counted:
        if passed > length * _HEAD_SHARE:
            break
        if may_hold_date(raw):
            text = normalise(raw)
            found = dates_in(text)
            if len(found) == 1 and _is_meta_line(text, found[0].start, found[0].end):
                lines.append((found[0].day, text))
        passed += len(raw)
    days = {day for day, _ in lines}
    return (lines[0][0], lines[0][1], "visible") if len(days) == 1 else None


def _is_meta_line(text: str, start: int, end: int) -> bool:
    """True when the date opens or closes a line that says nothing else but source, author and views."""
    rest = (text[:start] + " " + text[end:]).strip()
    rest = re.sub(r"\d{1,2}:\d{2}(?::\d{2})?", "", rest).strip(" |[]()【】")
    return not rest or (
        len(rest) < 40 and re.match(r"(?:来源|作者|编辑|责任编辑|浏览|点击|阅读|字体|信息来源)", rest) is not None
    )


def _content_hash(placed: PlacedText) -> str:
    """sha256 of the letters and digits of the article's body, '' where no body is found."""
    body = _body(placed)
    if body is None:
        return ""
    text = "".join(placed.texts[placed.strand.firsts[body] : placed.strand.lasts[body]])
    # marks go first: a text without full-width ones is its own normal form in most cases, which is quickly seen
    letters = unicodedata.normalize("NFKC", _letters_of(text))
    return hashlib.sha256(letters.encode("utf-8")).hexdigest() if letters else ""


def _letters_of(text: str) -> str:
    for mark in _MARKS:
        text = text.replace(mark, "")
    return text if text.isalnum() else _NO_LETTERS.sub("", text)


def _body(placed: PlacedText) -> int | None:
    """The element that CMSs name as the body, the longest of them; else the block with most prose."""
    strand, parts = placed.strand, placed.parts
    named = sorted(
        element
        for (identity, classes), elements in strand.names.items()
        if _names_body(f"{identity or ''} {classes or ''}")
        for element in elements
    )
    named += strand.tagged("ucapcontent")
    best = max((element for element in named if parts[element] == 0), key=placed.length_of, default=None)
    if best is not None and placed.length_of(best) > _META_LINE:
        return best
    return _prose_block(placed)


@lru_cache(maxsize=16384)
def _names_body(key: str) -> bool:
    return not word_set("article_body_tokens").isdisjoint(tokens_of(key))


def _prose_block(placed: PlacedText) -> int | None:
    strand = placed.strand
    weights: dict[int, int] = {}
    for element in strand.tagged("p"):
        parent = strand.parents[element]
        if parent >= 0 and placed.parts[element] == 0:
            weights[parent] = weights.get(parent, 0) + placed.length_of(element)
    if not weights:
        return None
    return max(weights, key=lambda element: weights[element])
