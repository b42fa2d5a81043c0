"""Records that a page keeps in its scripts in other shapes than a named array.

The state of an application (`window.__INITIAL_STATE__ = {...}`, a script of type application/json),
a string of JSON, rows pushed one by one, and arrays that run beside each other: titles, addresses
and days. Only rows with days count: a script holds menus, pictures and links in the same shapes.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from govspider.extract.columns import dates
from govspider.extract.columns.data_records import claimed_total, data_group
from govspider.extract.columns.island import Island
from govspider.extract.columns.list_words import tokens_of, word_set, words
from govspider.extract.columns.outline import outline_of
from govspider.extract.columns.records import Group, is_title
from govspider.extract.document.js_literals import LiteralError, read_literal, unescaped
from govspider.extract.document.page import Page
from govspider.extract.document.written_markup import read_joined

_TEXT_LIMIT = 3_000_000
_DEPTH = 8
_ENOUGH = 3
_MOST = 0.8
# each alternative begins with a character of its own: then a script of 50 KB is passed over at the speed of C
_DATE_LIKE = re.compile(
    r"19\d\d\D{1,2}\d{1,2}\D{1,2}\d{1,2}|20\d\d\D{1,2}\d{1,2}\D{1,2}\d{1,2}|1(?<=\b1)\d{9}(?:\d{3})?\b|20\d{6}\b"
    r"|%[57]B|月(?<=\d月)\d+日|'(?:19|20)\d\d['\"]|\"(?:19|20)\d\d['\"]"
)
_JSON_ATTRIBUTE = re.compile(r"=\s*+(?:['\"]\s*+)?(?:[\[{]|&#|&l)")
# a name is met once, at the beginning of its run of letters: not again at each of them
_RUN = r"(?<![\w$.])[\d.]*"
_LITERAL = r"(?:\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')"
_ASSIGNED = re.compile(rf"(?:{_RUN}(?P<name>[A-Za-z_$][\w$.]*)\s*)?(?<![=!<>])=\s*(?=[{{\[])")
_JSON_STRING = re.compile(r"['\"`]\s*(?=[\[{]|%5B|%7B)", re.I)
_PUSHED = re.compile(r"(?<![\w$.])(?P<name>[\w$.]+)(?:\.push\(\s*|\[[\w$.]*\]\s*=\s*)(?=[{\[])")
_CALL = re.compile(
    rf"{_RUN}(?P<name>[A-Za-z_$][\w$.]*)\(\s*(?P<arguments>{_LITERAL}(?:\s*,\s*(?:{_LITERAL}|\d+))+)\s*\)"
)
_SET = re.compile(
    rf"{_RUN}(?P<name>[A-Za-z_$][\w$.]*?)(?:\[[^\]]{{0,40}}\]\s*=\s*|\.push\(\s*)(?P<value>{_LITERAL}|\d{{10,13}}\b)"
)
_NEW_ARRAY = re.compile(rf"new\s+Array\(\s*(?P<inner>(?:{_LITERAL}|\d+)(?:\s*,\s*(?:{_LITERAL}|\d+))*)\s*\)")
_CUT = re.compile(rf"(?<!\\)(?P<text>{_LITERAL})\.split\(\s*(?P<mark>{_LITERAL})\s*\)")
_CUT_BY_NAME = re.compile(rf"(?<![\w$.])([A-Za-z_$][\w$]*)\.split\(\s*({_LITERAL})\s*\)")
_STRINGS = re.compile(rf"{_RUN}(?P<name>[A-Za-z_$][\w$.]*)['\"]?\s*[=:]\s*(?=\[\s*(?:{_LITERAL}|\d))")
_ONE_LITERAL = re.compile(rf"(?<!\\){_LITERAL}")
_ADDRESS = re.compile(r"^(?:https?:)?/{1,2}\S+$|^\.{0,2}/\S+$|^[\w\-/]+\.(?:s?html?|jsp|aspx?|php|pdf)\S*$")
_WIDE_ESCAPE = re.compile(r"%u([0-9a-fA-F]{4})")
_LATER_CUT = rf"\s*=\s*(?P<text>{_LITERAL})"
_HAN = re.compile(r"[\u4e00-\u9fff]")
_DAY_WORDS = re.compile(r"[年月日号时分秒星期周一二三四五六七八九十零〇上下午]")


def script_values(page: Page) -> list[Island]:
    """Groups of dated records in a page's scripts and data attributes, each with the total it claims."""
    found: list[Island] = []
    for _, script in page.once(outline_of).scripts:
        text = script.text or ""
        if len(text) <= _TEXT_LIMIT and _DATE_LIKE.search(text):
            found.extend(_of_script(page, text))
    found.extend(_in_attributes(page))
    return _distinct(found)


def _of_script(page: Page, text: str) -> list[Island]:
    plain = _NEW_ARRAY.sub(lambda match: f"[{match['inner']}]", _CUT.sub(_cut_string, _cut_later(text)))
    for reader in (_states, _json_strings):
        if islands := list(reader(page, plain)):
            return islands
    islands = list(_row_by_row(page, plain))
    return islands or list(_side_by_side(page, plain))


def _distinct(islands: Sequence[Island]) -> list[Island]:
    """Each list once: the same records may stand in a string and in what is made of it."""
    kept: dict[tuple[str, ...], Island] = {}
    for island in islands:
        assert island.group is not None
        kept.setdefault(tuple(record.title for record in island.group.records), island)
    return list(kept.values())


def _states(page: Page, text: str) -> Iterator[Island]:
    """Objects given to the page whole: a script that is JSON, or an assignment of one."""
    reached = 0
    starts = [(match.end(), match["name"] or "") for match in _ASSIGNED.finditer(text)]
    if text.lstrip()[:1] in ("{", "["):
        starts.insert(0, (len(text) - len(text.lstrip()), ""))
    for start, name in starts:
        if start < reached:
            continue
        try:
            value, reached = read_literal(text, start)
        except LiteralError:
            continue
        yield from _lists_in(page, value, name)


def _json_strings(page: Page, text: str) -> Iterator[Island]:
    reached = 0
    for match in _JSON_STRING.finditer(text):
        if match.start() < reached:  # a part of the expression before it
            continue
        inner, reached = read_joined(text, match.start())
        yield from _json_lists(page, inner)


def _json_lists(page: Page, text: str) -> Iterator[Island]:
    """Lists in a text that is JSON, perhaps escaped for an address or for markup."""
    plain = unquote(_WIDE_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)) if "%" in text[:4] else text
    for spelled in (plain, html.unescape(plain)):
        try:
            value = json.loads(spelled, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _lists_in(page, value)
        return


def _in_attributes(page: Page) -> Iterator[Island]:
    """JSON in a data attribute, a hidden field or a hidden text."""
    in_attributes = _JSON_ATTRIBUTE.search(page.text) is not None
    for node in page.once(outline_of).nodes:
        texts: list[str] = []
        if in_attributes and node.attributes:
            told = node.attributes.items()
            texts = [value for name, value in told if name == "value" or name.startswith("data-")]
        if node.hidden or node.tag in ("textarea", "template"):
            texts.append(node.element.text or "")
        for text in texts:
            if text.lstrip()[:1] in ("[", "{") and _DATE_LIKE.search(text):
                yield from _json_lists(page, text)


def _lists_in(page: Page, value: Any, name: str = "") -> Iterator[Island]:
    """Lists of dated records in a value; those that a name on the way says fill a block beside the list are none."""
    for rows, holder, names in _arrays(value, {}, (name,), 0):
        if any(tokens_of(name) & word_set("side_arrays") for name in names):
            continue
        group = data_group(page, rows, "js_array") or data_group(page, _unnamed(rows), "js_array")
        if _dated(group) is not None:
            yield Island(group, claimed_total(holder))


def _unnamed(rows: Sequence[Any]) -> list[dict[str, str]]:
    """Rows whose names are not known, by what their values are."""
    values = [row if isinstance(row, list) else list(row.values()) for row in rows if isinstance(row, list | Mapping)]
    found = [_row_of(row) for row in values]
    kept = [row for row in found if row]
    # a row that cannot be read may be the newest one
    return kept if len(kept) == len(rows) else []


def _arrays(
    value: Any, holder: Mapping[str, Any], names: tuple[str, ...], depth: int
) -> Iterator[tuple[list[Any], Mapping[str, Any], tuple[str, ...]]]:
    """Every array of objects with the object it stands in and the keys that lead to it."""
    if depth > _DEPTH:
        return
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _arrays(inner, value, (*names, str(key)), depth + 1)
    elif isinstance(value, list) and value:
        if isinstance(value[0], Mapping) or _are_rows(value):
            yield value, holder, names
        for inner in value[:50]:
            yield from _arrays(inner, holder, names, depth + 1)


def _are_rows(value: Sequence[Any]) -> bool:
    """True for an array of arrays of one length that hold plain values: rows whose fields have no names."""
    if len(value) < _ENOUGH or not isinstance(value[0], list) or len(value[0]) < 2:
        return False
    return all(isinstance(row, list) and len(row) == len(value[0]) and not _holds_more(row) for row in value)


def _holds_more(row: Sequence[Any]) -> bool:
    return any(isinstance(part, list | Mapping) for part in row)


def _dated(group: Group | None) -> Group | None:
    if group is None:
        return None
    dated = sum(1 for record in group.records if record.reading.day)
    return group if dated * 2 >= len(group.records) else None


def _row_by_row(page: Page, text: str) -> Iterator[Island]:
    """`list.push({...})`, `list[0] = [...]` and `addItem("title", "url", "day")`, gathered by name."""
    rows: dict[str, list[Any]] = {}
    unread: set[str] = set()  # a row that cannot be read may be the newest one
    for match in _PUSHED.finditer(text):
        try:
            value, _ = read_literal(text, match.end())
        except LiteralError:
            continue
        row = value if isinstance(value, Mapping) else _row_of(value)
        if row:
            rows.setdefault(match["name"], []).append(row)
        else:
            unread.add(match["name"])
    for match in _CALL.finditer(text):
        row = _row_of([unescaped(literal) for literal in _ONE_LITERAL.findall(match["arguments"])])
        if row:
            rows.setdefault(match["name"], []).append(row)
    for name, found in rows.items():
        beside = name in unread or tokens_of(name) & word_set("side_arrays")
        if not beside and (group := _dated(data_group(page, found, "js_array"))):
            yield Island(group, None)


def _row_of(values: Any) -> dict[str, str] | None:
    """A record of values without names: the one that is a day, the one that is an address, the longest text."""
    texts = values if isinstance(values, list) else []
    days = [text for text in texts if isinstance(text, str) and _is_day(text)]
    urls = [text for text in texts if _is_address(text)]
    titles = [text for text in texts if text not in days and text not in urls and _is_name(text)]
    if len(days) > 1 or not titles or not (days or urls):
        return None
    parts = {"title": [max(titles, key=len)], "date": days, "url": urls[:1]}
    return {name: found[0] for name, found in parts.items() if found}


def _side_by_side(page: Page, text: str) -> Iterator[Island]:
    """Arrays of one length, of which one holds days and one titles; where two hold days, none is sure."""
    columns: dict[int, dict[str, list[Any]]] = {}
    for name, values in _string_arrays(text):
        if len(values) >= _ENOUGH:
            columns.setdefault(len(values), {})[name] = values
    for length, named in columns.items():
        days = [values for values in named.values() if _share(values, _is_day)] or _days_of_units(named)
        urls = [values for values in named.values() if _share(values, _is_address)]
        titles = [
            values
            for values in named.values()
            if _share(values, _is_name) and not any(values is other for other in (*days, *urls))
        ]
        if len(days) != 1 or not titles or any(tokens_of(name) & word_set("side_arrays") for name in named):
            continue
        title = max(titles, key=lambda values: sum(map(len, values)))
        rows = [{"title": title[index], "date": days[0][index]} for index in range(length)]
        for row, url in zip(rows, urls[0] if len(urls) == 1 else [], strict=False):
            row["url"] = url
        if group := _dated(data_group(page, rows, "js_array")):
            yield Island(group, None)


def _days_of_units(named: Mapping[str, Sequence[Any]]) -> list[list[str]]:
    """Days of three arrays named year, month and day; none where a name is missing or stands twice."""
    units: list[Sequence[Any]] = []
    for unit, limits in words("unit_arrays").items():
        found = [values for name, values in named.items() if _is_unit(name, unit, values, limits)]
        if len(found) != 1:
            return []
        units.append(found[0])
    return [["-".join(str(part).strip() for part in parts) for parts in zip(*units, strict=True)]]


def _is_unit(name: str, unit: str, values: Sequence[Any], limits: Mapping[str, Any]) -> bool:
    if not tokens_of(name) & {unit, *limits["names"]}:
        return False
    numbers = [int(str(value)) for value in values if str(value).strip().isdigit()]
    least, most = limits["between"]
    return len(numbers) >= len(values) * _MOST and all(least <= number <= most for number in numbers)


def _is_day(value: Any) -> bool:
    """True for a value that is a day and nothing else: a title may hold one as well."""
    if isinstance(value, str) and _HAN.search(_DAY_WORDS.sub("", value)):
        return False
    return dates.field_date(value) is not None


def _is_address(value: Any) -> bool:
    return isinstance(value, str) and _ADDRESS.match(value.strip()) is not None


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and is_title(value) and _HAN.search(value) is not None and not _is_day_text(value)


def _is_day_text(value: str) -> bool:
    return dates.whole_date(value) is not None


def _string_arrays(text: str) -> Iterator[tuple[str, list[Any]]]:
    for match in _STRINGS.finditer(text):
        try:
            value, _ = read_literal(text, match.end())
        except LiteralError:
            continue
        if all(isinstance(item, str | int) for item in value):
            yield match["name"], value
    gathered: dict[str, list[str]] = {}
    for match in _SET.finditer(text):
        gathered.setdefault(match["name"], []).append(
            unescaped(match["value"]) if match["value"][0] in "'\"" else match["value"]
        )
    yield from gathered.items()


def _share(values: Sequence[Any], holds: Callable[[Any], bool]) -> bool:
    return sum(1 for value in values if holds(value)) >= len(values) * _MOST


def _cut_later(text: str) -> str:
    """The text with strings that are cut further down, `names.split("|")`, cut where they are written."""
    for name, mark in set(_CUT_BY_NAME.findall(text)):
        assigned = re.search(rf"(?<![\w$.]){re.escape(name)}{_LATER_CUT}", text)
        if assigned:
            parts = unescaped(assigned["text"]).split(unescaped(mark) or ",")
            array = json.dumps(parts, ensure_ascii=False)
            text = f"{text[: assigned.start('text')]}{array}{text[assigned.end('text') :]}"
    return text


def _cut_string(match: re.Match[str]) -> str:
    parts = unescaped(match["text"]).split(unescaped(match["mark"]) or ",")
    return json.dumps(parts, ensure_ascii=False)
