"""What a page without a list is: refused, moved away, an article, a form, blank, or filled in by a script."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govspider.extract.columns.column_kind import guess_column_kind
from govspider.extract.columns.list_standing import column_names
from govspider.extract.columns.list_words import (
    any_of,
    date_labels,
    first_of,
    list_hint,
    pattern,
    word_set,
    words,
)
from govspider.extract.columns.outline import Node, Outline, outline_of
from govspider.extract.columns.placed_text import FRAME, SIDE
from govspider.extract.columns.records import Group
from govspider.extract.document.hosts import host_of, registrable_domain
from govspider.extract.document.page import Page
from govspider.items import ColumnKind, UnknownReason

_REFRESH = re.compile(r"^\s*+\d*+\s*+;?\s*+url\s*+=\s*+['\"]?(?P<url>[^'\"]+)", re.I)
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
_PUBLISH_LINE = 100
_FOUR_DIGITS = re.compile(r"\d{4}")
_FIELD_TAGS = ("input", "textarea", "select")
_STATUS_ERROR = 400
_STATUS_LOGIN = 401
_NEVER_IN_TEXT = bytes(code for code in range(32) if chr(code) not in "\t\n\v\f\r\x1b")
"""Control characters; escape begins the shifts of ISO-2022 and HZ."""


def refusal(page: Page) -> tuple[UnknownReason, str] | None:
    """Why the page cannot be judged at all, with the words it rests on: a challenge, an error page, a login wall."""
    if refused := _refusal_by_status(page.status):
        return refused, f"status {page.status}"
    if _is_no_text(page):
        return UnknownReason.DRIFT, "the answer is a file or noise, no text"
    outline = page.once(outline_of)
    length = outline.length
    if gate := _gate(page, outline, length):
        return UnknownReason.BLOCKED, gate
    if length >= int(words("error_length")):
        return None
    error = any_of("error_marks").search(f"{page.title} {' '.join(outline.texts)}")
    return (UnknownReason.NOT_CHECKED, error.group()) if error else None


def _refusal_by_status(status: int) -> UnknownReason | None:
    if status == _STATUS_LOGIN:
        return UnknownReason.NEEDS_LOGIN
    if status in words("challenge_statuses"):
        return UnknownReason.BLOCKED
    return UnknownReason.NOT_CHECKED if status >= _STATUS_ERROR else None


def _is_no_text(page: Page) -> bool:
    """True for bytes that no text holds: a picture, an archive, noise. UTF-16 is full of NUL, and text."""
    if page.encoding.lower().startswith(("utf-16", "utf_16")):
        return False
    rules = words("no_text")
    head = page.body[: int(rules["bytes"])]
    return len(head) - len(head.translate(None, _NEVER_IN_TEXT)) > len(head) * float(rules["share"])


def _gate(page: Page, outline: Outline, length: int) -> str:
    """The mark of a challenge on a page that says next to nothing else, '' for none."""
    if length < int(words("cookie_length")) and (cookie := pattern("cookie_gate").search(page.text)):
        return cookie.group()[:60]
    if length < int(words("challenge_length")) and not _has_prose(outline):
        return first_of("challenge_marks", page.text)
    return ""


def _has_prose(outline: Outline) -> bool:
    return sum(1 for text in outline.texts if len(text) > _PROSE) > _FORM_FIELDS


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
    for meta in page.elements("meta"):
        told = (meta.get("http-equiv") or "").lower(), meta.get("content")
        if told[0] == "refresh" and told[1] and (match := _REFRESH.match(told[1])):
            return page.join(match["url"])
    return None


def _script_target(page: Page) -> str | None:
    """A script that leaves, on a page that says next to nothing: on a full page such scripts wait for a click."""
    outline = page.once(outline_of)
    if outline.length > _MOVED_PAGE_TEXT:
        return None
    for _, script in outline.scripts:
        text = script.text or ""
        if "location" in text and "function" not in text and (match := _MOVE.search(text)):
            return match["url"] or match["url2"]
    return None


def is_article(page: Page, groups: Sequence[Group]) -> bool:
    """True when the page is one text: prose outside of records and links that outweighs every list beside it.

    A page that carries an article's own furniture (links to its neighbours, letter sizes, a
    filled ArticleTitle) needs little prose, for the lists beside it are often long.
    """
    outline = page.once(outline_of)
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
    if not dated and prose >= int(words("article_static_length")) and _is_static(page) and not shell_mark(page):
        return True
    return prose >= int(words("article_length")) and prose > listed * (1 if _has_publish_line(outline) else 2)


def _is_static(page: Page) -> bool:
    """True when the column is by its name one that holds one text: 领导信息, 机构职能, 公开指南."""
    return any(guess_column_kind(name).kind is ColumnKind.STATIC for name in page.once(column_names))


def _has_article_furniture(outline: Outline) -> bool:
    return any(
        len(piece.text) < _FURNITURE_TEXT and outline.node(piece.node).region != FRAME
        for piece in outline.pieces_with(pattern("article_signs"))
    )


def has_article_tags(page: Page) -> bool:
    """True when the page tags name an article: ArticleTitle is filled in."""
    return bool(page.meta("ArticleTitle"))


def _prose_length(outline: Outline, groups: Sequence[Group]) -> int:
    ranges = [(record.start, record.end) for group in groups for record in group.records if record.start >= 0]
    inside = sorted(ranges)
    total, cursor = 0, 0
    for number, text in enumerate(outline.texts):
        if len(text) < _PROSE or outline.regions[outline.owners[number]]:
            continue
        start = outline.text_starts[number]
        while cursor < len(inside) and inside[cursor][1] <= start:
            cursor += 1
        covered = cursor < len(inside) and inside[cursor][0] <= start
        if not covered and _is_prose(outline, outline.node(outline.owners[number])):
            total += len(text)
    return total


def _is_prose(outline: Outline, owner: Node) -> bool:
    if owner.hidden:
        return False
    return not any(
        node.tag in ("a", "label") or (node.tag == "form" and not page_wide(outline, node))
        for node in (owner, *outline.ancestors(owner.index))
    )


def page_wide(outline: Outline, form: Node) -> bool:
    """True for the form that WebForms puts around the whole page: nothing is asked for by it."""
    return outline.length_of(form) > outline.length * float(words("region_share_limit"))


def _has_publish_line(outline: Outline) -> bool:
    return any(
        len(piece.text) < _PUBLISH_LINE and outline.node(piece.node).region != FRAME and _FOUR_DIGITS.search(piece.text)
        for piece in outline.pieces_with(date_labels(), list_hint())
    )


def is_form(page: Page) -> bool:
    """True when the main part asks for input: several fields or a text area, not just a search box."""
    fields = fields_of(page.once(outline_of))
    if len(fields) >= _FORM_FIELDS or any(node.tag == "textarea" for node in fields):
        return True
    return bool(fields) and asks_for_password(page) and _asks_for_receipt(page)


def _asks_for_receipt(page: Page) -> bool:
    """True when a password field belongs to a query by number and code, and not to a login."""
    outline = page.once(outline_of)
    for node in outline.tagged("form"):
        if node.region == FRAME or page_wide(outline, node):
            continue
        marks = [str(value) for element in node.element.iter("input", "button") for value in element.attrib.values()]
        spoken = f"{outline.text_of(node)} {' '.join(marks)}"
        if any_of("query_words").search(spoken) and not any_of("login_words").search(spoken.lower()):
            return True
    return False


def fields_of(outline: Outline) -> list[Node]:
    """Fields of the main part that a visitor fills in."""
    return [node for node in outline.tagged(*_FIELD_TAGS) if _is_field(node)]


def _is_field(node: Node) -> bool:
    if node.region == FRAME:
        return False
    if node.tag == "input":
        return node.attributes.get("type", "").lower() in _TEXT_INPUTS
    return node.tag in ("textarea", "select") and node.region != SIDE


def asks_for_password(page: Page) -> bool:
    """True when a password field stands anywhere in the page: it may be what guards the list."""
    fields = page.once(outline_of).tagged("input")
    return any(node.attributes.get("type", "").lower() == "password" for node in fields)


def shell_mark(page: Page) -> str:
    """What shows that a script fills the page in: template syntax, an empty application root, a loader. '' for none."""
    return page.once(_shell_mark)


def _shell_mark(page: Page) -> str:
    outline = page.once(outline_of)
    if mark := template_mark(page):
        return mark
    if empty_application(outline):
        return "empty application root"
    for _, script in outline.scripts:
        if found := first_of("loader_marks", f"{script.get('src') or ''} {script.text or ''}"):
            return found
    return ""


def template_mark(page: Page) -> str:
    """Template syntax of the page, '' for none."""
    return page.once(_template_mark)


def _template_mark(page: Page) -> str:
    # the marks are ASCII: in the bytes of any encoding but UTF-16 they are found sooner than in wide text
    wide = page.encoding.lower().startswith(("utf-16", "utf_16"))
    if not wide and not any(mark.encode("ascii") in page.body for mark in words("template_marks")):
        return ""
    return first_of("template_marks", page.text)


def empty_application(outline: Outline) -> bool:
    """True when the root of an application is empty: its scripts fill the page."""
    return any(node.first == node.last for node in outline.identified(word_set("application_ids")))
