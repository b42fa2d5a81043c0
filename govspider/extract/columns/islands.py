"""Records that a page carries beside its markup: XML islands, arrays in scripts, comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from govspider.extract.columns.data_records import claimed_total, data_group
from govspider.extract.columns.dom_groups import dom_groups
from govspider.extract.columns.island import Island
from govspider.extract.columns.list_words import word_set
from govspider.extract.columns.outline import outline_of
from govspider.extract.columns.records import Group
from govspider.extract.document.enclosed import insides
from govspider.extract.document.js_literals import LiteralError, read_literal
from govspider.extract.document.page import Page

_DATASTORE, _DATASTORE_END = re.compile(r"<datastore>", re.I), re.compile(r"</datastore>", re.I)
_RECORD, _RECORD_END = re.compile(r"<record>", re.I), re.compile(r"</record>", re.I)
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_TOTAL = re.compile(r"<totalrecord>\s*(\d+)\s*</totalrecord>", re.I)
_JPAGE_TOTAL = re.compile(r"\btotalRecord['\"]?\s*:\s*['\"]?(\d+)")
_COMMENT, _COMMENT_END = re.compile(r"<!--"), re.compile(r"-->")
_COMMENT_RECORDS = 3
_MARKUP_LIMIT = 2_000_000
_ARRAY = re.compile(r"[:=]\s*\[")
_COUNT_NAME = "channelsTagSelf"
_PART_OF_NAME = re.compile(r"[\w.]")
_ARTICLE_COUNT = re.compile(rf"\b{_COUNT_NAME}\s*=\s*(?=\{{)")
_SCRIPT_TYPES = ("", "text/javascript", "application/javascript", "module", "application/json")


def xml_islands(page: Page) -> list[Island]:
    """The `<datastore>` blocks of a Hanweb page or answer. An empty one with total 0 is a blank list."""
    if _DATASTORE.search(page.text) is None:
        return []
    blocks = insides(page.text, _DATASTORE, _DATASTORE_END)
    page_total = _JPAGE_TOTAL.search(page.text) if len(blocks) == 1 else None
    return [_island(page, block, int(page_total[1]) if page_total else None) for block in blocks]


def _island(page: Page, block: str, page_total: int | None) -> Island:
    fragments = [_without_cdata(record.strip()) for record in insides(block, _RECORD, _RECORD_END)]
    claimed = _TOTAL.search(block)
    total = int(claimed[1]) if claimed else page_total
    group = fragment_group(page, fragments, "xml_island")
    return Island(group, total)


def _without_cdata(record: str) -> str:
    whole = record.startswith(_CDATA) and record.endswith(_CDATA_END)
    return record[len(_CDATA) : -len(_CDATA_END)] if whole else record


def fragment_group(page: Page, fragments: list[str], source: str) -> Group | None:
    """One group from pieces of markup, each of them one record or a few."""
    markup = "".join(fragments)
    if not markup.strip() or len(markup) > _MARKUP_LIMIT:
        return None
    wrapped = f"<table>{markup}</table>" if "<tr" in fragments[0].lower() else f"<ul>{markup}</ul>"
    groups = fragment_page(page, wrapped).once(dom_groups)
    records = [record for group in groups for record in group.records]
    return Group(records, source=source) if records else None


def fragment_page(page: Page, markup: str) -> Page:
    """A page of some markup under the address of the page it came from."""
    document = f"<html><body>{markup}</body></html>"
    return Page(page.base_url, document.encode("utf-8"), "text/html; charset=utf-8")


def script_arrays(page: Page) -> list[Island]:
    """Arrays of records in a page's own scripts, as CMSs write them: articleList, dataList, infolist, docs, results."""
    found: list[Island] = []
    total = _own_article_count(page)
    for _, script in page.once(outline_of).scripts:
        text = script.text or ""
        kind = (script.get("type") or "").lower()
        if kind in _SCRIPT_TYPES and text:
            found.extend(_arrays_in(page, text, total))
    return found


def _arrays_in(page: Page, text: str, total: int | None) -> Iterator[Island]:
    if _ARRAY.search(text) is None:
        return
    reached = 0
    for match in _array_starts().finditer(text):
        if match.start() < reached or (match.start() and _PART_OF_NAME.match(text, match.start() - 1)):
            continue
        try:
            value, reached = read_literal(text, match.end() - 1)
        except LiteralError:
            continue
        rows = _flattened(value)
        group = data_group(page, rows, "js_array") if rows else None
        if group is not None and any(record.reading.day for record in group.records):
            yield Island(group, total)
        elif not rows and total == 0:
            yield Island(None, 0)


def _flattened(rows: Any) -> list[Any]:
    """Rows of `[{infolist: [...]}]` one level down; other arrays as they are."""
    if not isinstance(rows, list):
        return []
    inner = [
        value
        for row in rows
        if isinstance(row, dict)
        for key, value in row.items()
        if key in word_set("inline_arrays") and isinstance(value, list)
    ]
    return [row for part in inner for row in part] if inner else rows


@cache
def _array_starts() -> re.Pattern[str]:
    """Names of arrays and what follows them. What stands before a name is looked at afterwards: so it begins fast."""
    names = "|".join(sorted(word_set("inline_arrays"), key=len, reverse=True))
    return re.compile(rf"(?:{names})['\"]?\s*[:=]\s*\[")


def _own_article_count(page: Page) -> int | None:
    """The item count of the column itself, where the page's script says so."""
    match = _ARTICLE_COUNT.search(page.text) if _COUNT_NAME in page.text else None
    if match is None:
        return None
    try:
        own, _ = read_literal(page.text, match.end())
    except LiteralError:
        return None
    return claimed_total(own) if isinstance(own, dict) else None


def comment_group(page: Page) -> Group | None:
    """Records inside HTML comments: what some pages keep of a list that a script shows. Weak evidence."""
    best: Group | None = None
    for comment in insides(page.text, _COMMENT, _COMMENT_END):
        if len(comment) > _MARKUP_LIMIT or comment.lower().count("<a") < _COMMENT_RECORDS:
            continue
        groups = fragment_page(page, f"<div>{comment}</div>").once(dom_groups)
        for group in groups:
            dated = [record for record in group.records if record.reading.day and record.reading.source != "url"]
            enough = len(dated) >= _COMMENT_RECORDS and len(dated) * 2 > len(group.records)
            if enough and (best is None or len(group.records) > len(best.records)):
                best = Group(group.records, source="comment")
    return best
