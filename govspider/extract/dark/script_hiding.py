"""What scripts hide: elements by id or class, when the page loads and for good."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from govspider.extract.document.hiding import declarations, hiding_rules, pixels, technique_of_style
from govspider.extract.document.page import Page
from govspider.extract.document.scripts_of_page import scripts_of

_NAME = r"""["']([^"'\n]{1,80})["']"""
# every way to name one element, read as one form: \x02#id\x03
_BY_ID = re.compile(rf"""(?:\w{{1,20}}\s*\.\s*)?getElementById\(\s*{_NAME}\s*\)""")
_BY_CLASS = re.compile(rf"""(?:\w{{1,20}}\s*\.\s*)?getElementsByClassName\(\s*{_NAME}\s*\)(?:\s*\[\s*\d\s*\])?""")
_BY_ALL = re.compile(rf"""\bdocument\s*\.\s*all\s*(?:\.\s*([\w$]{{1,80}})(?=\s*\.\s*style)|[\[(]\s*{_NAME}\s*[\])])""")
_BY_SELECTOR = re.compile(
    r"""(?:(?:\w{1,20}\s*\.\s*)?querySelector(?:All)?|\$|jQuery)\(\s*["']([^"'\n]{0,40}[#.][\w-]{1,80})["']\s*\)"""
)
_ONE = "\x02([#.][^\x03]{1,80})\x03"
_QUOTED = r"""["']([^"'\n]{0,300})["']"""
_STYLE_SET = re.compile(rf"{_ONE}\s*\.\s*style\s*\.\s*(\w{{1,30}})\s*=\s*{_QUOTED}")
_STYLE_ATTRIBUTE = re.compile(rf"""{_ONE}\s*\.\s*(?:setAttribute|attr)\(\s*["']style["']\s*,\s*{_QUOTED}""")
_WITH = re.compile(rf"with\s*\(\s*{_ONE}\s*\.\s*style\s*\)\s*+(?:\{{\s*+)?(\w{{1,30}})\s*=\s*{_QUOTED}")
_NAMED = re.compile(rf"([\w$]{{1,40}})\s*=\s*{_ONE}\s*(\.\s*style\b)?(?!\s*\.)")
_NAMED_STYLE_SET = re.compile(rf"(?<![\w$.])([\w$]{{1,40}})(?:\.style)?\.(\w{{1,30}})\s*=\s*{_QUOTED}")
_HIDE = re.compile(rf"{_ONE}\s*\.\s*(?:hide\(\s*\)|remove\(\s*\)|hidden\s*=\s*(?:true|!0)|fadeOut\(\s*+(?:0\s*+)?\))")
_CSS = re.compile(
    rf"""{_ONE}\s*\.\s*css\(\s*+(?:\{{\s*+)?["']?([\w-]{{1,30}})["']?\s*[,:]\s*["']([^"'\n]{{1,40}})["']"""
)
_SHOW = re.compile(
    r"""["'][^"'\n]{0,60}([#.][\w-]{1,80})["']\s*\)\s*\.\s*"""
    r"(?:show|toggle|slideDown|slideToggle|fadeIn|addClass|toggleClass|animate|tab|modal)\b"
)
_CAPITAL = re.compile(r"([A-Z])")
# what stands in front of a brace whose block runs by itself: ready handlers, called functions, with, try
_RUNS_ITSELF = re.compile(
    r"""(?:(?:\(|=|\.ready\(|onload\s*=|,)\s*(?:function\s*\w{0,40}\s*\([\w, ]{0,60}\)|\(?[\w, ]{0,40}\)?\s*=>)"""
    r"""|\btry|\bwith\s*\([^()]{0,200}\))\s*$"""
)
_ON_EVENT = re.compile(
    r"""(?:click|hover|mouse\w{1,8}|touch\w{1,8}|change|scroll|focus|blur|resize|submit|key\w{1,6}|bind|on|each"""
    r"""|addEventListener|attachEvent|done|success|get|post|ajax)\s*\([^()]{0,60}$""",
    re.IGNORECASE,
)
_BRACE = re.compile(r"[{}]")
_MATCH_LIMIT = 200
_LONGEST_BLOCK_HEAD = 240


@dataclass(frozen=True, slots=True)
class ScriptHiding:
    """An element that a script hides. `concealed`: the statement itself was split into crumbs."""

    technique: str
    concealed: bool


@dataclass(frozen=True, slots=True)
class _Statement:
    """A style that a script sets for a selector such as #id."""

    place: int
    selector: str
    style: dict[str, str]


def hidden_by_script(page: Page, selectors: frozenset[str]) -> dict[str, ScriptHiding]:
    """Selectors (#id, .class) that a script hides when the page loads and never shows again.

    Parameters: `selectors` those that matter; scripts that name none of them plainly and
    conceal nothing are not read. Statements that wait for a visitor's action do not count, unless
    they are concealed.
    """
    names = {selector[1:] for selector in selectors}
    hidden: dict[str, ScriptHiding] = {}
    shown: set[str] = set()
    for script in scripts_of(page):
        folded = script.folded
        if not any(name in folded.text for name in names):
            continue
        text = _unified(folded.text)
        shown |= {match.group(1) for match in _SHOW.finditer(folded.text)}
        statements = _statements(text)[:_MATCH_LIMIT]
        at_load = _at_load(text, [statement.place for statement in statements])
        for statement in statements:
            identifier, style = statement.selector, statement.style
            if technique_of_style(style) is None:
                shown |= {identifier} if set(style) & {"display", "visibility"} else set()
                continue
            parts = {identifier[1:], *style.values(), *style}
            concealed = bool(folded.concealed & parts) or any(identifier[1:] in crumb for crumb in folded.concealed)
            if concealed or statement.place in at_load:
                hidden[identifier] = ScriptHiding("script_hidden", concealed)
    return {key: value for key, value in hidden.items() if key in selectors and (value.concealed or key not in shown)}


def _unified(text: str) -> str:
    """Every way to name an element as one form."""
    if "getElementById" in text:
        text = _BY_ID.sub("\x02#\\1\x03", text)
    if "getElementsByClassName" in text:
        text = _BY_CLASS.sub("\x02.\\1\x03", text)
    if "all" in text:
        text = _BY_ALL.sub(lambda found: f"\x02#{found.group(1) or found.group(2)}\x03", text)
    return _BY_SELECTOR.sub(lambda found: f"\x02{_last(found.group(1))}\x03", text)


def _last(selector: str) -> str:
    return re.split(r"(?=[#.])", selector.rsplit(maxsplit=1)[-1])[-1]


def _statements(text: str) -> list[_Statement]:
    """Every statement that sets a style of an element."""
    found = [
        _Statement(match.start(), match.group(1), _style(match.group(2), match.group(3)))
        for pattern in (_STYLE_SET, _WITH, _CSS)
        for match in pattern.finditer(text)
    ]
    found += [_Statement(m.start(), m.group(1), declarations(m.group(2))) for m in _STYLE_ATTRIBUTE.finditer(text)]
    found += [_Statement(match.start(), match.group(1), {"display": "none"}) for match in _HIDE.finditer(text)]
    names = {match.group(1): match.group(2) for match in _NAMED.finditer(text)}
    if names:
        for match in _NAMED_STYLE_SET.finditer(text):
            if match.group(1) in names:
                style = _style(match.group(2), match.group(3))
                found.append(_Statement(match.start(), names[match.group(1)], style))
    return found


def _style(name: str, value: str) -> dict[str, str]:
    if name == "cssText":
        return declarations(value)
    css_name = _CAPITAL.sub(lambda found: "-" + found.group(1).lower(), name)
    style = declarations(f"{css_name}:{value}")
    # an offset set by script moves a box that a style sheet has positioned
    return {**style, "position": "absolute"} if pixels(style.get(css_name)) is not None else style


def _at_load(text: str, places: list[int]) -> frozenset[int]:
    """Those of the places that stand outside of functions which wait for somebody to call them."""
    left, found, waiting = sorted(set(places), reverse=True), set[int](), list[bool]()
    for brace in islice(_BRACE.finditer(text, 0, left[0] if left else 0), hiding_rules().limits["script_blocks"]):
        while left[-1] < brace.start():
            found |= set() if any(waiting[-1:]) else {left[-1]}
            left.pop()
        if brace.group() == "{":
            start = brace.start()
            # what stands in a block that waits, waits as well
            waiting.append(any(waiting[-1:]) or not _is_run(text[max(start - _LONGEST_BLOCK_HEAD, 0) : start]))
        elif waiting:
            waiting.pop()
    return frozenset(found if any(waiting[-1:]) else found.union(left))


def _is_run(before: str) -> bool:
    head = _RUNS_ITSELF.search(before)
    return head is not None and not _ON_EVENT.search(before[: head.start() + 1])
