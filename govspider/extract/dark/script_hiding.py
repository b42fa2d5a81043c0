"""What scripts hide: elements by id, and stretches of text wrapped in a box that a script writes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from govspider.extract.document.hiding import declarations, hiding_rules, pixels, technique_of_style, technique_of_tag
from govspider.extract.document.page import Page
from govspider.extract.document.scripts_of_page import InlineScript, scripts_of

_BY_ID = r"""getElementById\(\s*["']([^"'\n]{1,80})["']\s*\)"""
_QUOTED = r"""["']([^"'\n]{0,300})["']"""
_STYLE_SET = re.compile(rf"{_BY_ID}\s*\.\s*style\s*\.\s*(\w{{1,30}})\s*=\s*{_QUOTED}")
_STYLE_ATTRIBUTE = re.compile(rf"""{_BY_ID}\s*\.\s*setAttribute\(\s*["']style["']\s*,\s*{_QUOTED}""")
_NAMED = re.compile(rf"([\w$]{{1,40}})\s*=\s*(?:\w{{1,20}}\.)?{_BY_ID}")
_NAMED_STYLE_SET = re.compile(rf"([\w$]{{1,40}})\.style\.(\w{{1,30}})\s*=\s*{_QUOTED}")
_JQUERY_HIDE = re.compile(
    r"""(?:\$|jQuery)\(\s*["']#([\w-]{1,80})["']\s*\)\s*\.\s*(?:hide\(\s*\)|css\(\s*["'](\w+)["']\s*,\s*["']([^"'\n]{1,40})["']\s*\))"""
)
_JQUERY_SHOW = re.compile(
    r"""(?:\$|jQuery)\(\s*["'][^"'\n]{0,40}#([\w-]{1,80})["']\s*\)\s*\.\s*(?:show|toggle|slideDown|slideToggle|fadeIn|addClass|animate)\b"""
)
_CAPITAL = re.compile(r"([A-Z])")
_WRITTEN = re.compile(r"""\bwrite(?:ln)?\s*\(\s*("(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+')""")
_WRITTEN_TAG = re.compile(r"<(/?)(\w{1,20})([^<>]{0,1000})>")
_ATTRIBUTE = re.compile(r"""([\w-]{1,40})\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_BOX_END = re.compile(r"</?(?:td|tr|table|div|body|html|form|ul|script)\b", re.IGNORECASE)
_BOX_TAGS = frozenset(
    ("div", "span", "p", "marquee", "ul", "li", "table", "td", "font", "section", "b", "strong", "center", "dl")
)
_MATCH_LIMIT = 200


@dataclass(frozen=True, slots=True)
class ScriptHiding:
    """An id that a script hides. `concealed`: the statement itself was split into crumbs."""

    technique: str
    concealed: bool


@dataclass(frozen=True, slots=True)
class Wrapper:
    """A stretch of the page's text inside a hidden box that one script opens and another closes."""

    start: int
    end: int
    technique: str
    concealed: bool


def ids_hidden_by_script(page: Page) -> dict[str, ScriptHiding]:
    """Ids that a script hides when the page loads and never shows again.

    Statements inside functions wait for a visitor's action and do not count, unless they are
    concealed.
    """
    return page.once(_ids_hidden)


def _ids_hidden(page: Page) -> dict[str, ScriptHiding]:
    hidden: dict[str, ScriptHiding] = {}
    shown: set[str] = set()
    for script in scripts_of(page):
        text = script.folded.text
        if "getElementById" not in text and "#" not in text:
            continue
        shown |= {match.group(1) for match in _JQUERY_SHOW.finditer(text)}
        for place, identifier, style in _statements(text):
            if technique_of_style(style) is None:
                shown |= {identifier} if set(style) & {"display", "visibility"} else set()
                continue
            concealed = bool(script.folded.concealed & {identifier, *style.values(), *style})
            if concealed or _at_top_level(text, place):
                hidden[identifier] = ScriptHiding("script_hidden", concealed)
    return {key: value for key, value in hidden.items() if value.concealed or key not in shown}


def _statements(text: str) -> list[tuple[int, str, dict[str, str]]]:
    """(place, id, style it sets) of every statement that sets a style of an element by its id."""
    found = [(m.start(), m.group(1), _style(m.group(2), m.group(3))) for m in _STYLE_SET.finditer(text)]
    found += [(m.start(), m.group(1), declarations(m.group(2))) for m in _STYLE_ATTRIBUTE.finditer(text)]
    for match in _JQUERY_HIDE.finditer(text):
        style = _style(match.group(2), match.group(3)) if match.group(2) else {"display": "none"}
        found.append((match.start(), match.group(1), style))
    names = {match.group(1): match.group(2) for match in _NAMED.finditer(text)}
    for match in _NAMED_STYLE_SET.finditer(text):
        if match.group(1) in names:
            found.append((match.start(), names[match.group(1)], _style(match.group(2), match.group(3))))
    return found[:_MATCH_LIMIT]


def _style(name: str, value: str) -> dict[str, str]:
    if name == "cssText":
        return declarations(value)
    css_name = _CAPITAL.sub(lambda found: "-" + found.group(1).lower(), name)
    style = declarations(f"{css_name}:{value}")
    # an offset set by script moves a box that a style sheet has positioned
    return {**style, "position": "absolute"} if pixels(style.get(css_name)) is not None else style


def _at_top_level(text: str, place: int) -> bool:
    before = text[:place]
    return before.count("{") <= before.count("}")


def wrappers(page: Page) -> tuple[Wrapper, ...]:
    """Stretches of text that scripts wrap into a hidden box with document.write."""
    return page.once(_wrappers)


def _wrappers(page: Page) -> tuple[Wrapper, ...]:
    limits = hiding_rules().limits
    scripts = [(script, _written(script)) for script in scripts_of(page)]
    found = []
    for index, (script, written) in enumerate(scripts):
        opened = _opened_hidden(written)
        if opened is None:
            continue
        tag, _ = opened
        closers = [later.start for later, text in scripts[index + 1 :] if f"</{tag}" in text.lower()]
        end = closers[0] if closers else _open_end(page.text, script.end)
        end = min(end, script.end + limits["wrapper_reach"])
        found.append(Wrapper(script.end, end, "document_write", bool(script.folded.concealed)))
    return tuple(found)


def _open_end(text: str, start: int) -> int:
    """End of a box that no script closes: the first structural tag, for it may be closed there."""
    behind = text.find(">", start) + 1
    found = _BOX_END.search(text, behind, behind + hiding_rules().limits["unclosed_reach"])
    return found.start() if found else behind


def _written(script: InlineScript) -> str:
    """HTML that a script writes as plain literals."""
    text = script.folded.text
    if "write" not in text:
        return ""
    pieces = [match.group(1)[1:-1] for match in _WRITTEN.finditer(text)]
    return "".join(pieces).replace('\\"', '"').replace("\\'", "'").replace("\\/", "/")


def _opened_hidden(written: str) -> tuple[str, str] | None:
    """Tag and technique of the hidden box that written HTML opens and leaves open; None when there is none."""
    stack: list[tuple[str, str | None]] = []
    for match in _WRITTEN_TAG.finditer(written):
        tag = match.group(2).lower()
        if not match.group(1):
            stack.append((tag, _technique(tag, match.group(3))))
        elif tag in [name for name, _ in stack[-20:]]:
            while stack.pop()[0] != tag:
                continue
    return next(((tag, technique) for tag, technique in stack if technique), None)


def _technique(tag: str, attributes: str) -> str | None:
    if tag not in _BOX_TAGS:
        return None
    return technique_of_tag(tag, {name.lower(): value.strip("\"'") for name, value in _ATTRIBUTE.findall(attributes)})
