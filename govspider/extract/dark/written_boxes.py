"""Hidden boxes that one script opens with document.write and a later one closes (H4)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from govspider.extract.document.hiding import hiding_rules, technique_of_tag
from govspider.extract.document.page import Page
from govspider.extract.document.scripts_of_page import InlineScript, scripts_of

_WRITTEN = re.compile(r"""\bwrite(?:ln)?\s*\(\s*("(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+')""")
_WRITTEN_TAG = re.compile(r"<(/?)(\w{1,20})([^<>]{0,1000})>")
_ATTRIBUTE = re.compile(r"""([\w-]{1,40})\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_BOX_END = re.compile(r"</?(?:td|tr|table|div|body|html|form|ul|script)\b", re.IGNORECASE)
_BOX_TAGS = frozenset(
    ("div", "span", "p", "marquee", "ul", "li", "table", "td", "font", "section", "b", "strong", "center", "dl")
)


@dataclass(frozen=True, slots=True)
class WrittenBox:
    """A stretch of the page's text inside a hidden box that one script opens and another closes."""

    start: int
    end: int
    technique: str
    concealed: bool


def written_boxes(page: Page) -> tuple[WrittenBox, ...]:
    """Stretches of text that scripts wrap into a hidden box with document.write."""
    return page.once(_written_boxes)


def _written_boxes(page: Page) -> tuple[WrittenBox, ...]:
    limits = hiding_rules().limits
    scripts = [(script, written) for script in scripts_of(page) if (written := _written(script))]
    found = []
    for index, (script, written) in enumerate(scripts):
        opened = _opened_hidden(written)
        if opened is None:
            continue
        tag, _ = opened
        closers = [later.start for later, text in scripts[index + 1 :] if f"</{tag}" in text.lower()]
        end = closers[0] if closers else _open_end(page.text, script.end)
        end = min(end, script.end + limits["wrapper_reach"])
        found.append(WrittenBox(script.end, end, "document_write", bool(script.folded.concealed)))
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
