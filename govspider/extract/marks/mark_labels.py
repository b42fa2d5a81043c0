"""The footer's words: who runs the site, how to reach them, where the site map is.

Only the footer is read for the first two: an article names 主办单位 of every event it reports.
Rules: 国办秘函〔2019〕19号 row 网站标识 (主办单位, 联系方式), 国办发〔2017〕47号 footer area (站点地图);
words are data (lexicons/footer_marks.yaml).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from govspider.extract.document.script_text import COMPUTED
from govspider.extract.marks.mark_patterns import pattern, rule
from govspider.extract.marks.mark_places import Place, Sighting, hiding_element
from govspider.extract.marks.named_elements import any_holds, named_elements
from govspider.extract.marks.normal_text import squeeze
from govspider.items import MarkState, UnknownReason


def sponsor_sightings(place: Place) -> Iterator[Sighting]:
    """`主办单位：X`, `主办：X` and `X主办`; 版权所有 alone is unknown with its value."""
    text = place.footer_text
    for name in _sponsors(text):
        yield Sighting(MarkState.PRESENT, name, None, place.where("text"))
    for owner in _owners(text):
        reason = f"{UnknownReason.NOT_CHECKED}：只写了版权所有，没有写主办单位，须人工确认"
        yield Sighting(MarkState.UNKNOWN, owner, reason, place.where("text"))


def _sponsors(text: str) -> Iterator[str]:
    for form in ("label", "label_without_colon"):
        for match in pattern("sponsor", form).finditer(text):
            name = _name_at(text, match.end())
            if name:
                yield name
    for match in pattern("sponsor", "suffix").finditer(text):
        yield match.group(1).strip(" ,、")


def _owners(text: str) -> Iterator[str]:
    """Whose copyright the footer claims: `版权所有：X`, else `X 版权所有`."""
    for form in rule("sponsor")["weak"]:
        for match in re.finditer(form, text, re.IGNORECASE):
            name = _name_at(text, match.start(1))
            if name:
                yield name[: match.end(1) - match.start(1)]


def _name_at(text: str, offset: int) -> str:
    """The name that begins at an offset and ends with its line or where another label begins."""
    line = text[offset:].split("\n", 1)[0]
    name = pattern("sponsor", "stop").split(line, maxsplit=1)[0].strip(" ,、")
    longest: int = rule("sponsor")["longest"]
    return name[:longest]


def contact_sightings(place: Place) -> Iterator[Sighting]:
    """A telephone, an address, a mailbox, or a link 联系我们 that leads somewhere."""
    text = place.footer_text
    for form in rule("contact")["values"]:
        match = re.search(form, text, re.IGNORECASE)
        if match:
            value = pattern("contact", "stop").split(match.group(), maxsplit=1)[0]
            value = squeeze(value)
            yield Sighting(MarkState.PRESENT, value, None, place.where("text"))
    yield from _links(place, "contact", "联系我们")
    words = pattern("contact", "words").search(text)
    if words:
        reason = f"“{words.group()}”只是文字，没有链接，也没有电话、地址、邮箱"
        yield Sighting(MarkState.INVALID, None, reason, place.where("text"), weak=True)


def sitemap_sightings(place: Place) -> Iterator[Sighting]:
    """A link 网站地图 or 站点地图, in words, title or picture."""
    yield from _links(place, "sitemap", "网站地图")
    words = pattern("sitemap", "words").search(place.footer_text)
    if words:
        reason = f"“{words.group()}”只是文字，没有链接"
        yield Sighting(MarkState.INVALID, None, reason, place.where("text"), weak=True)


def _links(place: Place, mark: str, name: str) -> Iterator[Sighting]:
    limit, wanted, words = rule("sitemap")["text_limit"], pattern(mark, "words"), named_elements(place.page).links
    if not any_holds(words, wanted):
        return
    for element, said in zip(place.page.elements("a"), words, strict=True):
        if len(said) <= limit and wanted.search(said) and hiding_element(element) is None:
            yield _link(place, element, name)


def _link(place: Place, element: HtmlElement, name: str) -> Sighting:
    href = (element.get("href") or "").strip()
    where, footer = place.where("attribute"), place.element_in_footer(element)
    if href.lower().startswith("javascript") or COMPUTED in href or element.get("onclick"):
        reason = f"{UnknownReason.NEEDS_BROWSER}：“{name}”由脚本打开"
        return Sighting(MarkState.UNKNOWN, None, reason, where, footer)
    if href in ("", "#"):
        return Sighting(MarkState.INVALID, None, f'“{name}”的链接是空的（href="{href}"）', where, footer, weak=True)
    return Sighting(MarkState.PRESENT, place.page.join(href) or href, None, where, footer)
