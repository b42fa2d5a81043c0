"""Scripts that send some visitors elsewhere: search-engine visitors, spiders, phones.

A gate counts only when it names an address of a stranger; redirecting to the site's own
mobile pages, to public bodies and to known services is ordinary.
"""

from __future__ import annotations

import re

from govspider.extract.dark.link_targets import TargetKind, target_of
from govspider.extract.dark.poisoned_head import is_encoded, raw_title
from govspider.extract.dark.raw_links import document_end
from govspider.extract.dark.screen import screened
from govspider.extract.dark.tampering_rules import tampering_rules
from govspider.extract.document.address import browser_address
from govspider.extract.document.hosts import registrable_domain
from govspider.extract.document.page import Page
from govspider.extract.document.scripts_of_page import InlineScript, scripts_of
from govspider.items import Strength, TamperingObservation

_ADDRESS = re.compile(r"""/\\?/([a-zA-Z0-9][\w.-]{2,100}\.[a-zA-Z]{2,10}[^\s"'<>()]{0,200})""")
_REFERRER = re.compile(r"document\s*\.\s*referrer")
_AGENT = re.compile(r"\buserAgent\b")
_REDIRECT = re.compile(
    r"\blocation(?:\.href)?\s*=(?!=)|\blocation\.(?:replace|assign)\s*\(|\bwindow\.(?:open|navigate)\s*\("
)
_LOAD = re.compile(
    r"""<(?:script|iframe)\b[^>]{0,200}\bsrc\s*=|createElement\(\s*["'](?:script|iframe)["']""", re.IGNORECASE
)
_TITLE_SET = re.compile(r"document\s*\.\s*title\s*=(?!=)")
_TITLE_SHOWN = re.compile(r"""title\s*=\s*["']([^"'\n]{1,100})["']""")
# a script with none of these sends nobody anywhere and loads nothing
_MOVES = ("location", "open", "createElement", "src", "navigate")
_DOCUMENT_START = re.compile(r"<html\b|<!doctype", re.IGNORECASE)
_LATE_START = 5000
_WRITTEN_FRAME = re.compile(r"<iframe\b[^<>]{0,1000}>", re.IGNORECASE)
_FULL_SIDE = re.compile(r"""\b(?:width|height)\s*[:=]\s*\\?["']?100(?:%|v[wh])""", re.IGNORECASE)
_HIDES = re.compile(r"""display\s*[=:]\s*["']?none""")
_UNREADABLE = frozenset({"packer", "percent", "escapes", "char_codes", "base64", "renamed", "jsjiami"})
_ENCODED_SOURCE = re.compile(r"(?:&#x?[0-9a-f]{2,5};){4,200}", re.IGNORECASE)


def script_gates(page: Page) -> tuple[TamperingObservation, ...]:
    """Gates, title switches and encoded addresses in the inline scripts of a page."""
    found = []
    for script in scripts_of(page)[: tampering_rules().limits["gates"]]:
        judged = _loaded(script, page) if script.src else _judged(script, page)
        if judged:
            found.append(judged)
    return tuple(found)


def _judged(script: InlineScript, page: Page) -> TamperingObservation | None:
    return _title_switch(script, page) or _gate(script, page) or _cover(script, page)


def _cover(script: InlineScript, page: Page) -> TamperingObservation | None:
    """A script that writes a stranger's frame over the whole window; strong when it hides everything else as well."""
    text = script.folded.text
    if "<iframe" not in text or not _may_send(script, page):
        return None
    frame = _WRITTEN_FRAME.search(text)
    stranger = _stranger(frame.group(), page) if frame and len(_FULL_SIDE.findall(text)) > 1 else None
    if stranger is None:
        return None
    hides = "children" in text and _HIDES.search(text) is not None
    reasons = [f"脚本写出铺满窗口的框架，来自站外域名{stranger}", *(["并隐藏页面其余内容"] if hides else [])]
    return _observation("cover_frame", script, reasons, Strength.STRONG if hides else Strength.WEAK)


def _loaded(script: InlineScript, page: Page) -> TamperingObservation | None:
    return _encoded_source(script, page) or _outside(script, page)


def _outside(script: InlineScript, page: Page) -> TamperingObservation | None:
    """A stranger's script in front of the document or behind it, where no editor and no system writes."""
    first, last = page.once(_document_span)
    behind = script.start > last
    if first <= script.start <= last:
        return None
    url = browser_address(page.base_url, script.src, page.encoding)
    target = target_of(url, registrable_domain(page.host)) if url else None
    if target is None or target.kind is not TargetKind.FOREIGN:
        return None
    where = "文档结束标记之后" if behind else "文档开始标记之前"
    return _observation("foreign_script", script, [f"{where}加载{target.domain}的脚本"], Strength.WEAK)


def _document_span(page: Page) -> tuple[int, int]:
    """Where the document starts and ends in the text; a late start and a document behind the first do not count."""
    start, end = _DOCUMENT_START.search(page.text, 0, _LATE_START), document_end(page)
    joined = end is not None and _DOCUMENT_START.search(page.text, end) is not None
    return start.start() if start else 0, len(page.text) if end is None or joined else end


def _title_switch(script: InlineScript, page: Page) -> TamperingObservation | None:
    """`document.title` set by the visitor's user agent: the static title is meant for spiders only."""
    text = script.folded.text
    if "title" not in text or "userAgent" not in text:
        return None
    setting = _TITLE_SET.search(text)
    agent = _AGENT.search(text)
    if setting is None or agent is None or not _named(text, (*tampering_rules().spiders, "baidu")):
        return None
    shown = _TITLE_SHOWN.search(text, setting.start())
    both = [f"源码标题“{raw_title(page)[0][:100]}”，访客看到“{shown.group(1)}”"] if shown else []
    return _observation("title_by_agent", script, ["脚本按蜘蛛标识改写页面标题", *both], Strength.STRONG)


def _may_send(script: InlineScript, page: Page) -> bool:
    """Cheap: does a script name a way to go or to load, and is there a stranger, plain or disguised, to go to?"""
    text = script.folded.text
    named = any(move in text for move in _MOVES) and "/" in text
    return named and (text != script.source or bool(screened(page).strangers))


def _gate(script: InlineScript, page: Page) -> TamperingObservation | None:
    text = script.folded.text
    unreadable = bool(script.folded.marks & _UNREADABLE)
    if not (unreadable or "referrer" in text) or not _may_send(script, page):
        return None
    stranger = _stranger(text, page) if _REDIRECT.search(text) or _LOAD.search(text) else None
    if stranger is None:
        return None
    if unreadable:
        reasons = [f"脚本经混淆，展开后加载或跳转至{stranger}"]
        return _observation("obfuscated_gate", script, reasons, Strength.STRONG)
    named = _named(text, tampering_rules().engines)
    if not _REFERRER.search(text) or not named:
        return None
    strong = len(named) >= tampering_rules().grades["engine_names"]
    reasons = [f"按来源（{'、'.join(named[:4])}）跳转至{stranger}"]
    return _observation("engine_gate", script, reasons, Strength.STRONG if strong else Strength.WEAK)


def _stranger(text: str, page: Page) -> str | None:
    """Domain of the first address in a script that belongs to a stranger."""
    own = registrable_domain(page.host)
    for match in _ADDRESS.finditer(text):
        target = target_of("http://" + match.group(1).replace("\\", "").lower(), own)
        if target is not None and target.kind is TargetKind.FOREIGN:
            return target.domain
    return None


def _encoded_source(script: InlineScript, page: Page) -> TamperingObservation | None:
    if not _ENCODED_SOURCE.search(script.src) and not is_encoded(script.src):
        return None
    return _observation("encoded_script", script, ["脚本地址以字符实体编码掩饰"], Strength.STRONG)


def _named(text: str, names: tuple[str, ...]) -> list[str]:
    lowered = text.lower()
    return [name for name in names if name in lowered and re.search(rf"[^\w]{re.escape(name)}", lowered)]


def _observation(kind: str, script: InlineScript, reasons: list[str], strength: Strength) -> TamperingObservation:
    rules = tampering_rules()
    shown = " ".join((script.src or script.folded.text).split())
    return TamperingObservation(
        kind=kind,
        text=shown[: rules.limits["text"]],
        reasons=(rules.names[kind], *reasons),
        strength=strength,
        snippet=script.source[: rules.limits["snippet"]],
        offset=script.start,
    )
