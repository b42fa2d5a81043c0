"""The two badges of a footer: 党政机关网站标识 and the entry of “我为政府网站找错”.

A badge counts when it is the central one: the certificate page of bszs.conac.cn, the platform
of zfwzgl.www.gov.cn. A picture without a link, a link to `#` and a form of the site's own are
told as what they are, never as the mark. Rules: 国办秘函〔2019〕19号 rows 网站标识 and
我为政府网站找错; hosts and markup are data (lexicons/footer_marks.yaml).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lxml.html import HtmlElement

from govspider.extract.document.hosts import host_of
from govspider.extract.document.script_text import COMPUTED
from govspider.extract.marks.mark_numbers import is_site_code
from govspider.extract.marks.mark_patterns import pattern, rule
from govspider.extract.marks.mark_places import Place, Sighting, hiding_element, inline_scripts
from govspider.extract.marks.named_elements import BADGES, any_holds, named_elements, text_of
from govspider.extract.marks.normal_text import squeeze
from govspider.items import MarkState, UnknownReason

_DEAD_HREFS = ("", "#")


def conac_sightings(place: Place) -> Iterator[Sighting]:
    """Certificate links, badge scripts, badge images, and pictures that only look like the badge."""
    yield from _conac_links(place)
    yield from _conac_scripts(place)
    yield from _conac_images(place)
    yield from _conac_pictures(place)


def _conac_links(place: Place) -> Iterator[Sighting]:
    for element in place.page.xpath("//a[@href]"):
        href = element.get("href").strip()
        if pattern("conac", "link").search(href):
            match = pattern("conac", "link_id").search(href)
            identifier = match.group(1).strip() if match else ""
            if re.fullmatch(rule("conac")["id_format"], identifier, re.IGNORECASE):
                yield _shown(place, element, identifier.upper(), None)
            elif COMPUTED in identifier:
                yield _computed(place, element, "证书编号由脚本计算得出")
            else:
                yield _bad(place, element, identifier or None, f"党政机关标识链接“{href}”没有32位证书编号")


def _conac_scripts(place: Place) -> Iterator[Sighting]:
    for element in place.page.xpath("//script[@src]"):
        source = element.get("src").strip()
        match = pattern("conac", "script").search(source)
        if not match:
            continue
        *path, number = match.groups()
        if all(path) and not number.startswith("".join(path)):
            reason = f"{UnknownReason.CONTRADICTORY}：标识脚本“{source}”的路径与编号不一致"
            yield Sighting(MarkState.UNKNOWN, f"CA{number}", reason, place.where("script"))
            continue
        own = host_of(place.page.join(source) or "") != rule("conac")["script_host"]
        yield _shown(place, element, f"CA{number}", f"标识脚本不在官方地址：{source}" if own else None, kind="script")


def _conac_images(place: Place) -> Iterator[Sighting]:
    rules = rule("conac")
    for element in place.page.xpath("//img[@src]"):
        match = pattern("conac", "image").search(element.get("src"))
        if match and match.group(1) in rules["image_error"]:
            yield _bad(place, element, match.group(1), f"标识图片为 {match.group(1)}.png：证书与域名不符或证书有问题")
        elif match and match.group(1) in rules["image_good"]:
            yield _shown(place, element, None, None)


def _conac_pictures(place: Place) -> Iterator[Sighting]:
    reserved = frozenset(rule("conac")["placeholder_ids"])
    holders = " or ".join(f"@id='{name}' or @class='{name}'" for name in sorted(reserved))
    for element in place.page.xpath(f"//*[{holders}]"):
        if not element.xpath(".//a | .//img"):
            reason = f"{UnknownReason.NEEDS_BROWSER}：标识的占位元素是空的，由脚本填写"
            yield Sighting(MarkState.UNKNOWN, None, reason, place.where("attribute"), weak=True)
    named, wanted = named_elements(place.page).badges, pattern("conac", "picture")
    if not any_holds((names for _, names in named), wanted):
        return
    for element, (_, names) in zip(place.page.elements(*BADGES), named, strict=True):
        if element.tag in ("img", "a", "input") and wanted.search(names):
            identity = (element.get("id"), element.get("class"))
            if (element.tag == "img" or any(one is not None for one in identity)) and reserved.isdisjoint(identity):
                yield _picture(place, element, "党政机关标识只是图片", "没有链到证书页")


def jiucuo_sightings(place: Place) -> Iterator[Sighting]:
    """Central entries in all their forms, old hosts included, then forms of the site's own."""
    yield from _jiucuo_scripts(place)
    yield from _jiucuo_links(place)
    yield from _jiucuo_in_script_source(place)
    yield from _own_forms(place)


def _jiucuo_scripts(place: Place) -> Iterator[Sighting]:
    rules = rule("jiucuo")
    for element in place.page.xpath("//script[@id or @src]"):
        source = (element.get("src") or "").strip()
        host = host_of(place.page.join(source) or "")
        named = element.get("id") == rules["script_id"]
        central = host in rules["hosts"] or host in rules["old_hosts"]
        if not named and not (central and pattern("jiucuo", "script_file").search(source)):
            continue
        if not source:
            yield _bad(place, element, None, "找错脚本没有地址", kind="script")
            continue
        note = _host_note(host) or (None if central else f"找错脚本不在统一平台：{source}")
        yield _coded(place, element, (element.get("sitecode") or "").strip(), note, "script")


def _jiucuo_links(place: Place) -> Iterator[Sighting]:
    for element in place.page.xpath("//*[@href or @onclick or @url]"):
        opened = element.get("onclick") or ""
        for value in (element.get("href"), opened, element.get("url")):
            for address in _platform_addresses(value) if value else ():
                note = _host_note(host_of(address))
                code = pattern("jiucuo", "link_code").search(address)
                if pattern("jiucuo", "oldest").search(address):
                    yield _shown(place, element, None, note)
                elif pattern("jiucuo", "link").search(address):
                    yield _coded(place, element, code.group(1) if code else "", note, "attribute")
        clicked = pattern("jiucuo", "onclick").search(opened) if opened else None
        if clicked and is_site_code(clicked.group(1).strip().lower()):
            yield _coded(place, element, clicked.group(1).strip(), None, "attribute")


def _jiucuo_in_script_source(place: Place) -> Iterator[Sighting]:
    """An address opened by a function of the page: there is an entry, which only a browser can prove."""
    for source in inline_scripts(place.page):
        for address in _platform_addresses(source):
            code = pattern("jiucuo", "link_code").search(address)
            if code and pattern("jiucuo", "link").search(address):
                reason = f"{UnknownReason.NEEDS_BROWSER}：找错地址在脚本里，是否有入口须用浏览器确认"
                yield Sighting(MarkState.UNKNOWN, code.group(1) or None, reason, place.where("script"))


def _own_forms(place: Place) -> Iterator[Sighting]:
    named = named_elements(place.page).badges
    pictured = any_holds((names for _, names in named), pattern("jiucuo", "picture"))
    explained = any_holds((address for address, _ in named), pattern("jiucuo", "information_page"))
    elements = list(place.page.elements("*"))
    worded = any_holds((element.text or "" for element in elements), pattern("jiucuo", "own_form_words"))
    if not (pictured or explained or worded):
        return
    left = iter(named)
    for element in elements:
        if element.tag in BADGES:
            yield from _own_badge(place, element, *next(left))
        elif worded and element.tag not in ("script", "style", "title"):
            yield from _own_words(place, element)


def _own_badge(place: Place, element: HtmlElement, address: str, names: str) -> Iterator[Sighting]:
    if pattern("jiucuo", "information_page").search(address):
        yield _bad(place, element, None, "链到“找错”平台的介绍页，不是入口", weak=True)
    elif pattern("jiucuo", "picture").search(names) and not _platform_addresses(address):
        yield _picture(place, element, "“找错”入口不是统一平台的", "没有链接")


def _own_words(place: Place, element: HtmlElement) -> Iterator[Sighting]:
    if (text := element.text) and pattern("jiucuo", "own_form_words").search(text):
        words = squeeze(text_of(element))
        if len(words) <= rule("jiucuo")["own_form_text_limit"]:
            yield _bad(place, element, None, f"“{words}”是本站自己的入口，不是统一的“找错”平台", weak=True)


def _platform_addresses(text: str) -> list[str]:
    """Addresses of the platform, of any age, in an attribute or a script."""
    return [match.group() for match in _platform_pattern().finditer(text)] if "//" in text else []


@cache
def _platform_pattern() -> re.Pattern[str]:
    hosts = "|".join(re.escape(host) for host in (*rule("jiucuo")["hosts"], *rule("jiucuo")["old_hosts"]))
    return re.compile(rf"(?:https?:)?//(?:{hosts})/[^\s'\"<>)]*", re.IGNORECASE)


def _host_note(host: str) -> str | None:
    return f"入口用的是旧地址 {host}" if host in rule("jiucuo")["old_hosts"] else None


def _coded(place: Place, element: HtmlElement, code: str, note: str | None, kind: str) -> Sighting:
    """An entry with the site code it carries: without a right code it is not properly embedded."""
    code = code.lower()
    if COMPUTED in code:
        return _computed(place, element, "找错入口的标识码由脚本计算得出")
    if not code:
        return _bad(place, element, None, "找错入口没有带网站标识码", kind=kind)
    if not is_site_code(code):
        return _bad(place, element, code, f"找错入口带的“{code}”不是网站标识码", kind=kind)
    return _shown(place, element, code, note, kind=kind)


def _picture(place: Place, element: HtmlElement, what: str, without_link: str) -> Sighting:
    """A picture or link that names the mark but does not lead to it."""
    link = next((node for node in (element, *element.iterancestors("a")) if node.tag == "a"), None)
    href = (link.get("href") or "").strip() if link is not None else ""
    if COMPUTED in href:
        return _computed(place, element, f"{what}的地址由脚本计算得出")
    reason = f"{what}，{without_link}" if href in _DEAD_HREFS else f"{what}，链到“{href}”"
    if element.tag == "iframe":
        reason = f"{what}，用的是“{element.get('src')}”"
    return _bad(place, element, None, reason, weak=True)


def _shown(
    place: Place, element: HtmlElement, value: str | None, note: str | None, kind: str = "attribute"
) -> Sighting:
    """A right badge: present unless it is hidden."""
    footer = place.element_in_footer(element)
    hiding = _hiding(element)
    if hiding is None:
        return Sighting(MarkState.PRESENT, value, note, place.where(kind), footer)
    limit = rule("place")["hidden_block_characters"]
    if len(squeeze(str(hiding.text_content()))) > limit:
        reason = f"{UnknownReason.NEEDS_BROWSER}：在一段隐藏的内容里，须用浏览器确认是否显示"
        return Sighting(MarkState.UNKNOWN, value, reason, place.where(kind), footer)
    return Sighting(MarkState.INVALID, value, "入口被隐藏（display:none）", place.where(kind), footer)


def _hiding(element: HtmlElement) -> HtmlElement | None:
    """What hides a badge: a script is never shown itself, a link goes with the only picture in it."""
    if element.tag == "script":
        parent = element.getparent()
        return None if parent is None else hiding_element(parent)
    hiding = hiding_element(element)
    images = element.xpath(".//img")
    if hiding is None and images and not squeeze(str(element.text_content())):
        inner = [hiding_element(image) for image in images]
        return inner[0] if all(one is not None for one in inner) else None
    return hiding


def _bad(
    place: Place, element: HtmlElement, value: str | None, reason: str, weak: bool = False, kind: str = "attribute"
) -> Sighting:
    return Sighting(MarkState.INVALID, value, reason, place.where(kind), place.element_in_footer(element), weak)


def _computed(place: Place, element: HtmlElement, reason: str) -> Sighting:
    words = f"{UnknownReason.NEEDS_BROWSER}：{reason}"
    return Sighting(MarkState.UNKNOWN, None, words, place.where("script"), place.element_in_footer(element))
