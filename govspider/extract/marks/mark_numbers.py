"""The three numbers of a footer: 网站标识码, ICP备案编号, 公安机关备案号.

Each function reads one place and tells every sighting of its number, right or wrong. A number
is given in one spelling whatever the page's own: `苏ICP备05009012号-1`, `苏公网安备32010602010331号`.
Rules: 国办秘函〔2019〕19号 row 网站标识; forms and placeholders are data (lexicons/footer_marks.yaml).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from govspider.extract.document.hosts import host_of
from govspider.extract.document.script_text import COMPUTED
from govspider.extract.marks.mark_patterns import pattern, rule
from govspider.extract.marks.mark_places import Place, Sighting
from govspider.extract.marks.named_elements import named_elements
from govspider.extract.marks.normal_text import squeeze
from govspider.items import MarkState, UnknownReason

HIDDEN_REASON = f"{UnknownReason.NEEDS_BROWSER}：只出现在隐藏的元素里，须用浏览器确认是否显示"


@dataclass(frozen=True, slots=True)
class _Text:
    """A stretch of text with the place it came from: the lines of a page, or one attribute."""

    text: str
    place: Place
    kind: str
    footer: bool = False

    def in_footer(self, offset: int) -> bool:
        return self.place.in_footer(offset) if self.kind == "text" else self.footer

    def hidden(self, offset: int) -> bool:
        return self.kind == "text" and self.place.is_hidden_at(offset)

    @property
    def where(self) -> str:
        return self.place.where(self.kind)


def site_code_sightings(place: Place) -> Iterator[Sighting]:
    """Codes that stand after the words 网站标识码."""
    rules = rule("site_code")
    for text in _texts(place):
        for match in pattern("site_code", "label").finditer(text.text):
            rest = text.text[match.end() :].lstrip()
            right = pattern("site_code", "value").match(rest)
            wrong = pattern("site_code", "wrong").match(rest)
            if right:
                code = right.group(1).lower()
                fault = f"“{code}”是模板占位号" if re.search(rules["placeholder"], code) else None
                yield _judged(text, match.start(), code, fault)
            elif wrong:
                yield _judged(text, match.start(), wrong.group(1), f"“{wrong.group(1)}”不是10位网站标识码")
            elif rest.startswith(COMPUTED):
                reason = f"{UnknownReason.NEEDS_BROWSER}：网站标识码由脚本计算得出"
                yield Sighting(MarkState.UNKNOWN, None, reason, text.where)
            elif text.in_footer(match.start()):
                reason = f"{UnknownReason.NEEDS_BROWSER}：“网站标识码”后面没有编号，可能由脚本填写"
                yield Sighting(MarkState.UNKNOWN, None, reason, text.where)


def is_site_code(code: str) -> bool:
    """True for ten digits, or bm and eight digits."""
    return bool(pattern("site_code", "format").match(code))


def icp_sightings(place: Place) -> Iterator[Sighting]:
    """ICP numbers, with or without 号, suffix on either side of it; 增值电信 numbers are none."""
    for text in _texts(place):
        matches = list(pattern("icp", "pattern").finditer(text.text))
        for match in matches:
            prefix, digits, suffix = match.groups()
            value = f"{prefix}ICP备{digits}号" + (f"-{suffix}" if suffix else "")
            yield _judged(text, match.start(), value, _icp_fault(digits), _icp_note(prefix))
        if not matches:
            for match in pattern("icp", "without_prefix").finditer(text.text):
                value = f"ICP备{match.group(1)}号"
                yield _judged(text, match.start(), value, f"“{squeeze(match.group())}”缺少省份简称")


def _icp_fault(digits: str) -> str | None:
    rules = rule("icp")
    if not digits.isdigit():
        return f"备案号“{digits}”里有字母"
    if re.search(rules["placeholder"], digits):
        return f"备案号“{digits}”是模板占位号"
    if len(digits) not in rules["digits"]:
        return f"备案号“{digits}”是{len(digits)}位，应为8位或10位"
    return None


def _icp_note(prefix: str) -> str | None:
    unusual = prefix in rule("icp")["unusual_prefixes"]
    return f"省份简称“{prefix}”与ICP备案常用写法不同，请核对" if unusual else None


def police_sightings(place: Place) -> Iterator[Sighting]:
    """Police numbers in text, and codes in links to the police register."""
    found_text = False
    for text in _texts(place):
        for match in pattern("police", "pattern").finditer(text.text):
            prefix, digits = match.groups()
            if sum(char.isdigit() for char in digits) >= rule("police")["minimum_digits"]:
                found_text = True
                yield _judged(text, match.start(), f"{prefix or ''}公网安备{digits}号", _police_fault(digits))
    for code, footer in _police_links(place):
        if code:
            seen = _judged(_Text("", place, "attribute", footer), 0, f"公网安备{code}号", _police_fault(code))
            yield replace(seen, from_link=True)
        elif not found_text:
            reason = f"{UnknownReason.NOT_CHECKED}：有公安备案链接但没有编号，编号可能在图片里"
            yield Sighting(MarkState.UNKNOWN, None, reason, place.where("attribute"), footer)


def _police_fault(digits: str) -> str | None:
    rules = rule("police")
    if not digits.isdigit():
        return f"备案号“{digits}”里有字母"
    if re.search(rules["placeholder"], digits):
        return f"备案号“{digits}”是模板占位号"
    if len(digits) not in rules["digits"]:
        return f"备案号“{digits}”是{len(digits)}位，应为14位"
    return None


def _police_links(place: Place) -> Iterator[tuple[str, bool]]:
    """Code ('' when there is none) of every link to the police register, and whether it stands in the footer."""
    for element in place.page.xpath("//*[@*[contains(., 'beian.')]]"):
        for value in element.attrib.values():
            address = str(value).strip()
            if host_of(address).removeprefix("www.") in rule("police")["link_hosts"] and element.tag != "img":
                match = pattern("police", "link_code").search(address)
                code = match.group(1).strip() if match else ""
                if COMPUTED not in code:
                    yield code, place.element_in_footer(element)


def _judged(text: _Text, offset: int, value: str, fault: str | None, note: str | None = None) -> Sighting:
    """Sighting of a number: invalid with its fault, else present, else unknown because it is only in hidden text."""
    footer = text.in_footer(offset)
    if text.hidden(offset):
        return Sighting(MarkState.UNKNOWN, value, HIDDEN_REASON, text.where, footer)
    if fault:
        return Sighting(MarkState.INVALID, value, fault, text.where, footer)
    if not footer and not note:
        note = "不在页脚位置"
    return Sighting(MarkState.PRESENT, value, note, text.where, footer)


def _texts(place: Place) -> Iterator[_Text]:
    """The visible text, then the words of images and links that stand in for text."""
    yield _Text(place.text, place, "text")
    for words, footer in named_elements(place.page).stand_ins:
        yield _Text(words, place, "attribute", place.all_footer or footer)
