"""What a page without a list is: refused, moved away, an article, a form, blank, or filled in by a script."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govspider.extract.hosts import host_of, registrable_domain
from govspider.extract.list_words import any_of, date_labels, pattern, word_set, words
from govspider.extract.outline import Node, Outline, Piece, outline_of
from govspider.extract.page import Page
from govspider.extract.records import Group
from govspider.extract.regions import FRAME_REGIONS, placed_outline
from govspider.items import UnknownReason

_REFRESH = re.compile(r"^\s*\d*\s*;?\s*url\s*=\s*['\"]?(?P<url>[^'\"]+)", re.I)
_MOVE = re.compile(
    r"(?:window|self|top|document)?\.?location(?:\.href)?\s*=\s*['\"](?P<url>https?://[^'\"]+)['\"]"
    r"|location\.replace\(\s*['\"](?P<url2>https?://[^'\"]+)['\"]"
)
_TEXT_INPUTS = frozenset({"", "text", "email", "tel", "number", "date", "file"})
_PROSE = 15
_FURNITURE_TEXT = 60
_FEW_RECORDS = 2
_LIST_OF_ITEMS = 5
_MOVED_PAGE_TEXT = 200
_FORM_FIELDS = 3
_LOADER_ANCESTORS = 4
_STATUS_ERROR = 400
_STATUS_LOGIN = 401


def refusal(page: Page) -> tuple[UnknownReason, str] | None:
    """Why the page cannot be judged at all, with the words it rests on: a challenge, an error page, a login wall."""
    if page.status == _STATUS_LOGIN:
        return UnknownReason.NEEDS_LOGIN, f"status {page.status}"
    if page.status in words("challenge_statuses"):
        return UnknownReason.BLOCKED, f"status {page.status}"
    if page.status >= _STATUS_ERROR:
        return UnknownReason.NOT_CHECKED, f"status {page.status}"
    outline = page.once(outline_of)
    length = outline.length_between(0, outline.end + 1)
    challenge = any_of("challenge_marks").search(page.text)
    if challenge and length < int(words("challenge_length")) and not _has_prose(outline):
        return UnknownReason.BLOCKED, challenge.group()
    spoken = outline.text_between(0, outline.end + 1) if length < int(words("error_length")) else ""
    error = any_of("error_marks").search(f"{page.title} {spoken}")
    if error and length < int(words("error_length")):
        return UnknownReason.NOT_CHECKED, error.group()
    return None


def _has_prose(outline: Outline) -> bool:
    return sum(1 for piece in outline.pieces if len(piece.text) > _PROSE) > _FORM_FIELDS


def moved_to(page: Page) -> str | None:
    """Address on another domain that the page sends its visitor to at once; None when it stays."""
    target = _refresh_target(page) or _script_target(page)
    if target is None:
        return None
    host = host_of(target)
    if not host or registrable_domain(host) == registrable_domain(page.host):
        return None
    return target


def _refresh_target(page: Page) -> str | None:
    for meta in page.xpath("//meta[@http-equiv and @content]"):
        if meta.get("http-equiv").lower() == "refresh" and (match := _REFRESH.match(meta.get("content"))):
            return page.join(match["url"])
    return None


def _script_target(page: Page) -> str | None:
    """A script that leaves, on a page that says next to nothing: on a full page such scripts wait for a click."""
    outline = page.once(outline_of)
    if outline.length_between(0, outline.end + 1) > _MOVED_PAGE_TEXT:
        return None
    for _, script in outline.scripts:
        text = script.text or ""
        if "function" not in text and (match := _MOVE.search(text)):
            return match["url"] or match["url2"]
    return None


def is_article(page: Page, groups: Sequence[Group]) -> bool:
    """True when the page is one text: prose outside of records and links that outweighs every list beside it.

    A page that carries an article's own furniture (links to its neighbours, letter sizes, a
    filled ArticleTitle) needs little prose, for the lists beside it are often long.
    """
    outline = page.once(placed_outline)
    records = [record for group in groups for record in group.records]
    prose = _prose_length(outline, groups)
    dated = sum(1 for record in records if record.reading.day)
    if has_article_tags(page):
        return dated <= _FEW_RECORDS or prose >= int(words("article_signed_length"))
    listed = sum(len(record.title) for record in records)
    if prose >= max(int(words("article_signed_length")), listed) and _has_article_furniture(outline):
        return True
    if dated >= _LIST_OF_ITEMS:
        return False
    return prose >= int(words("article_length")) and prose > listed * (1 if _has_publish_line(outline) else 2)


def _has_article_furniture(outline: Outline) -> bool:
    sign = pattern("article_signs")
    return any(
        len(piece.text) < _FURNITURE_TEXT
        and outline.nodes[piece.node].region not in FRAME_REGIONS
        and sign.search(piece.text)
        for piece in outline.pieces
    )


def has_article_tags(page: Page) -> bool:
    """True when the page tags name an article: ArticleTitle is filled in."""
    return bool(page.meta("ArticleTitle"))


def _prose_length(outline: Outline, groups: Sequence[Group]) -> int:
    ranges = [(record.start, record.end) for group in groups for record in group.records if record.start >= 0]
    inside = sorted(ranges)
    total, cursor = 0, 0
    for piece in outline.pieces:
        while cursor < len(inside) and inside[cursor][1] <= piece.start:
            cursor += 1
        covered = cursor < len(inside) and inside[cursor][0] <= piece.start
        if not covered and len(piece.text) >= _PROSE and _is_prose(outline, piece):
            total += len(piece.text)
    return total


def _is_prose(outline: Outline, piece: Piece) -> bool:
    owner = outline.nodes[piece.node]
    if owner.hidden or owner.region in FRAME_REGIONS or owner.region == "side":
        return False
    return not any(node.tag in ("a", "form", "label") for node in (owner, *outline.ancestors(owner.index)))


def _has_publish_line(outline: Outline) -> bool:
    return any(
        date_labels().search(piece.text) and re.search(r"\d{4}", piece.text)
        for piece in outline.pieces
        if len(piece.text) < 100 and outline.nodes[piece.node].region not in FRAME_REGIONS
    )


def is_form(page: Page) -> bool:
    """True when the main part asks for input: several fields or a text area, not just a search box."""
    fields = [node for node in page.once(placed_outline).nodes if _is_field(node)]
    return len(fields) >= _FORM_FIELDS or any(node.tag == "textarea" for node in fields)


def _is_field(node: Node) -> bool:
    if node.region in FRAME_REGIONS:
        return False
    if node.tag == "input":
        return (node.element.get("type") or "").lower() in _TEXT_INPUTS
    return node.tag in ("textarea", "select") and node.region != "side"


def asks_for_password(page: Page) -> bool:
    """True when a password field stands anywhere in the page: it may be what guards the list."""
    return any(
        (node.element.get("type") or "").lower() == "password"
        for node in page.once(outline_of).nodes
        if node.tag == "input"
    )


def blank_words(page: Page) -> str:
    """The words by which a visible part of the main region says that there is nothing, '' when none does."""
    outline = page.once(placed_outline)
    searched = any(_is_field(node) for node in outline.nodes)
    for piece in outline.pieces:
        if len(piece.text) <= int(words("blank_length")) and any_of("blank_words").search(piece.text):
            owner = outline.nodes[piece.node]
            if searched and any_of("search_words").search(piece.text):
                continue  # a search that found nothing says nothing of the column
            if not owner.hidden and _in_main(outline, owner) and not _filled_by_script(page, outline, owner):
                return piece.text
    return ""


def _in_main(outline: Outline, owner: Node) -> bool:
    if owner.region:
        return False
    return all(node.tag not in ("a", "label", "form") for node in (owner, *outline.ancestors(owner.index)))


def _filled_by_script(page: Page, outline: Outline, owner: Node) -> bool:
    """True when a loading script names an element around the words: they may be what stands there before loading."""
    if _template_mark(page) or _empty_application(outline):
        return True
    loaders = [script.text for _, script in outline.scripts if any_of("loader_marks").search(script.text or "")]
    around = (owner, *list(outline.ancestors(owner.index))[:_LOADER_ANCESTORS])
    names = [name for node in around for name in _names_of(node)]
    return any(re.search(rf"['\"#.]{re.escape(name)}\b", text) for text in loaders if text for name in names)


def _names_of(node: Node) -> list[str]:
    return [
        name for name in ((node.element.get("id") or "").strip(), *(node.element.get("class") or "").split()) if name
    ]


def shell_mark(page: Page) -> str:
    """What shows that a script fills the page in: template syntax, an empty application root, a loader. '' for none."""
    outline = page.once(placed_outline)
    if mark := _template_mark(page):
        return mark
    if _empty_application(outline):
        return "empty application root"
    for _, script in outline.scripts:
        found = any_of("loader_marks").search(f"{script.get('src') or ''} {script.text or ''}")
        if found:
            return found.group()
    return ""


def _template_mark(page: Page) -> str:
    found = any_of("template_marks").search(page.text)
    return found.group() if found else ""


def _empty_application(outline: Outline) -> bool:
    return any(
        node.element.get("id") in word_set("application_ids") and outline.length_of(node) == 0 for node in outline.nodes
    )
