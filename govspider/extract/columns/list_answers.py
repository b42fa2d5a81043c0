"""Answers to list requests: Hanweb XML, JSON of several CMSs, HTML fragments, framed pages."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from govspider.extract.columns.data_records import claimed_total, data_group, record_lists
from govspider.extract.columns.islands import xml_islands
from govspider.extract.columns.list_words import words
from govspider.extract.columns.records import Group
from govspider.extract.document.page import Page

UNNAMED = "json"
"""Source of an answer whose interface has no name here."""
_CALLBACK = re.compile(r"^\s*[\w$.]+\s*\(\s*(?=[\[{])")
_DELIVERIES = (
    ("hanweb_dataproxy", re.compile(r"dataproxy\.jsp", re.I)),
    ("gkmlpt", re.compile(r"/gkmlpt/", re.I)),
    ("ucap_search", re.compile(r"/(?:common|search)/search/|/whmanuscriptList/", re.I)),
    ("query_list", re.compile(r"/queryList", re.I)),
    ("was_search", re.compile(r"/was5/|fjdzapp/search", re.I)),
    ("igs_search", re.compile(r"/igs/front/search", re.I)),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a list's own API answered: records, and the item count it claims. Both empty: no list answer at all."""

    group: Group | None
    total: int | None
    source: str

    @property
    def says_empty(self) -> bool:
        """True when the API itself claims that there is nothing: positive evidence of a blank column."""
        return self.total == 0 and self.group is None


def data_answer(page: Page) -> Answer | None:
    """The list in an XML or JSON body; None when the body is markup for people."""
    return page.once(_data_answer)


def _data_answer(page: Page) -> Answer | None:
    head = page.text.lstrip("\ufeff \t\r\n")
    if head.startswith("<?xml") or head[:11].lower() == "<datastore>":
        return _xml_answer(page)
    if head[:1] in ("{", "[") or _CALLBACK.match(head):
        return _json_answer(page, head)
    return None


def delivery_of(url: str, fallback: str) -> str:
    """Name of the delivery that an address belongs to."""
    return next((name for name, form in _DELIVERIES if form.search(url)), fallback)


def _xml_answer(page: Page) -> Answer | None:
    islands = xml_islands(page)
    if not islands:
        return None
    best = max(islands, key=lambda island: len(island.group.records) if island.group else -1)
    source = delivery_of(page.url, "hanweb_dataproxy")
    if best.group is not None:
        best.group.source = source
        _mark_xml(best.group)
    return Answer(best.group, best.total, source)


def _mark_xml(group: Group) -> None:
    group.notes.append("read from the list's XML answer")


def _json_answer(page: Page, head: str) -> Answer | None:
    value = _json_value(head)
    if value is None:
        return None
    source = delivery_of(page.url, UNNAMED)
    lists = list(record_lists({"list": value} if isinstance(value, list) else value))
    groups = [(group, holder) for _, rows, holder in lists if rows and (group := data_group(page, rows, source))]
    if groups:
        group, holder = max(groups, key=lambda pair: len(pair[0].records))
        total = claimed_total(holder)
        return Answer(group, total if total else None, source)
    totals = [claimed_total(holder) for _, rows, holder in lists if not rows]
    empty = bool(totals) and _all_zero(totals) and not _says_failure(value)
    return Answer(None, 0 if empty else None, source)


def _says_failure(value: Any) -> bool:
    """True for an answer that says itself that it failed: its count of 0 counts nothing."""
    if not isinstance(value, Mapping):
        return False
    rules = words("failed_answers")
    if any(str(value.get(name, "")).lower() == "false" for name in rules["flags"]):
        return True
    codes = [str(value.get(name, "")).strip() for name in rules["codes"]]
    least, most = rules["between"]
    return any(code == "-1" or (code.isdigit() and least <= int(code) <= most) for code in codes)


def _all_zero(totals: Sequence[int | None]) -> bool:
    return all(total == 0 for total in totals)


def _json_value(text: str) -> Any:
    """JSON, or JSON inside a callback; None when it is neither."""
    match = _CALLBACK.match(text)
    try:
        return json.JSONDecoder().raw_decode(text, match.end() if match else 0)[0]
    except (ValueError, RecursionError):
        return None
