"""The publish time that an article shows, and a fingerprint of its text.

A visible time counts first: 国办秘函〔2019〕19号 holds an article without a shown publish time to be
not updated. A generation time (HtmlGenerateTime, 页面生成时间) is today on every page and never counts.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import date

from govspider.extract.columns.dates import date_in_url, dates_in, field_date, may_hold_date, normalise
from govspider.extract.columns.list_words import any_of, word_set, words
from govspider.extract.columns.outline import Node, Outline
from govspider.extract.columns.regions import FRAME_REGIONS, placed_outline
from govspider.extract.document.page import Page
from govspider.items import ArticleObservation

_META_LINE = 160
_HEAD_SHARE = 0.5
_LABEL_GAP = 12
_NO_LETTERS = re.compile(r"[\W_]+")


def observe_article(page: Page) -> ArticleObservation:
    """Title, shown publish time, the page tags' time, and the sha256 of the normalised main text."""
    outline = page.once(placed_outline)
    meta = _meta_date(page)
    day, text, source = _visible(outline) or _tagged(page) or (meta, "", "meta" if meta else "none")
    return ArticleObservation(
        title=_title(page),
        published=day,
        date_text=text or (day.isoformat() if day else ""),
        date_source=source,
        meta_published=meta,
        content_sha256=_content_hash(outline),
        url_date=date_in_url(page.url).day,
    )


def _title(page: Page) -> str:
    tag = " ".join((page.meta("ArticleTitle") or "").split())
    if tag:
        return tag
    heading = next((" ".join(node.text_content().split()) for node in page.xpath("//h1")), "")
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
        for element in page.xpath(f"//{name}"):
            text = normalise(element.text_content())
            day = field_date(text)
            if day:
                return day, text, "tag"
    return None


def _visible(outline: Outline) -> tuple[date, str, str] | None:
    """A labelled time near the head of the main part, else a bare date line right above the text."""
    ranked: list[tuple[int, int, date, str]] = []
    for number in outline.numbers_with(any_of("article_labels")):
        if _counts(outline.nodes[outline.owners[number]]) and (found := _labelled(outline, number)):
            ranked.append((found[0], number, found[1], found[2]))
    if ranked:
        _, _, day, text = min(ranked)
        return day, text, "visible"
    return _bare_line(outline)


def _counts(node: Node) -> bool:
    return node.region not in FRAME_REGIONS and node.region != "side" and not node.hidden


def _labelled(outline: Outline, number: int) -> tuple[int, date, str] | None:
    """(rank of the label, day, text) of a label and its date in one short line, or in two neighbouring texts."""
    text = normalise(outline.texts[number])
    if len(text) > _META_LINE:
        return None
    for rank, label in enumerate(words("article_labels")):
        place = _label_place(text, label)
        if place < 0:
            continue
        behind = text[place + len(label) :]
        if not behind.strip(" :："):
            behind = _next_text(outline, number) or behind
        found = dates_in(behind[: _LABEL_GAP + 30])
        if found and len(behind[: found[0].start].strip(" :：[(")) == 0:
            return rank, found[0].day, f"{label}：{found[0].text}"
    return None


def _next_text(outline: Outline, number: int) -> str:
    """The text that follows in the main part, '' behind the last one."""
    for index in range(number + 1, len(outline.texts)):
        if _counts(outline.nodes[outline.owners[index]]):
            return normalise(outline.texts[index])
    return ""


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


def _bare_line(outline: Outline) -> tuple[date, str, str] | None:
    """A line of date and source under the title, such as `2026-09-12 10:00 来源：办公室`; only one day may be there."""
    lines = []
    counted = [number for number, owner in enumerate(outline.owners) if _counts(outline.nodes[owner])]
    length = sum(len(outline.texts[number]) for number in counted)
    passed = 0
    for number in counted:
        if passed > length * _HEAD_SHARE:
            break
        if may_hold_date(outline.texts[number]):
            text = normalise(outline.texts[number])
            found = dates_in(text)
            if len(found) == 1 and _is_meta_line(text, found[0].start, found[0].end):
                lines.append((found[0].day, text))
        passed += len(outline.texts[number])
    days = {day for day, _ in lines}
    return (lines[0][0], lines[0][1], "visible") if len(days) == 1 else None


def _is_meta_line(text: str, start: int, end: int) -> bool:
    """True when the date opens or closes a line that says nothing else but source, author and views."""
    rest = (text[:start] + " " + text[end:]).strip()
    rest = re.sub(r"\d{1,2}:\d{2}(?::\d{2})?", "", rest).strip(" |[]()【】")
    return not rest or (
        len(rest) < 40 and re.match(r"(?:来源|作者|编辑|责任编辑|浏览|点击|阅读|字体|信息来源)", rest) is not None
    )


def _content_hash(outline: Outline) -> str:
    """sha256 of the letters and digits of the article's body, '' where no body is found."""
    body = _body(outline)
    if body is None:
        return ""
    # marks go first: a text without full-width ones is its own normal form in most cases, which is quickly seen
    letters = unicodedata.normalize("NFKC", _NO_LETTERS.sub("", "".join(outline.texts[body.first : body.last])))
    return hashlib.sha256(letters.encode("utf-8")).hexdigest() if letters else ""


def _body(outline: Outline) -> Node | None:
    """The element that CMSs name as the body, the longest of them; else the block with most prose."""
    named = [*outline.named(word_set("article_body_tokens")), *outline.tagged("ucapcontent")]
    best = max((node for node in named if _counts(node)), key=outline.length_of, default=None)
    if best is not None and outline.length_of(best) > _META_LINE:
        return best
    return _prose_block(outline)


def _prose_block(outline: Outline) -> Node | None:
    weights: dict[int, int] = {}
    for node in outline.tagged("p"):
        if node.parent >= 0 and _counts(node):
            weights[node.parent] = weights.get(node.parent, 0) + outline.length_of(node)
    if not weights:
        return None
    return outline.nodes[max(weights, key=lambda index: weights[index])]
