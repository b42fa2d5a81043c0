"""A page as it stands after its scripts have written their own lines: `document.write('<li>…</li>')`.

Only what a script writes word for word is read. Values that it computes are left out, so a row
that is written in a loop has no title and is no record.
"""

from __future__ import annotations

import re

from govspider.extract.document.enclosed import replaced
from govspider.extract.document.js_literals import unescaped
from govspider.extract.document.page import Page

_LITERAL = r"(?:\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)"
_SCRIPT, _SCRIPT_END = re.compile(r"<script\b[^>]{0,2000}>", re.I), re.compile(r"</script\s*>", re.I)
_WRITES = re.compile(
    rf"document\.write(?:ln)?\s*\(\s*(?={_LITERAL})"
    rf"|\.innerHTML\s*\+?=\s*(?={_LITERAL})"
    rf"|\.(?:append|html|prepend)\s*\(\s*(?={_LITERAL})"
    rf"|(?<![\w$.])[A-Za-z_$][\w$]*\s*\+?=\s*(?=['\"`]\s*<)"
    rf"|\.push\s*\(\s*(?=['\"`]\s*<)"
)
_PIECES = re.compile(rf"\s*(?P<literal>{_LITERAL})|\s*\+\s*|\s*(?P<value>[A-Za-z_$][\w$.\[\]]*(?:\([^()]*\))?)")
_TEXT_LIMIT = 1_000_000
_LINK = re.compile(r"<a[\s>]", re.I)
_RECORDS = 1


def written_page(page: Page) -> Page | None:
    """The page with the written lines in the place of their scripts; None where no script writes a link."""
    if len(page.text) > _TEXT_LIMIT or "<" not in page.text:
        return None
    written = 0

    def shown(script: str, source: str) -> str:
        nonlocal written
        folded = source.lower()
        if "<a" not in folded and "3ca" not in folded:  # "\\x3ca" and "\\u003ca" are links too
            return script
        markup = written_markup(source)
        links = len(_LINK.findall(markup))
        written += links
        return markup if links else script

    text = replaced(page.text, _SCRIPT, _SCRIPT_END, shown)
    if written < _RECORDS:
        return None
    return Page(page.url, text.encode("utf-8"), "text/html; charset=utf-8", page.status, rendered=page.rendered)


def written_markup(script: str) -> str:
    """Everything that a script writes word for word, joined in its order."""
    return "".join(joined_literals(script, match.end()) for match in _WRITES.finditer(script))


def joined_literals(script: str, start: int) -> str:
    """The literals of one expression `'a' + b + 'c'`; what is no literal is left out."""
    return read_joined(script, start)[0]


def read_joined(script: str, start: int) -> tuple[str, int]:
    """The same, and where the expression ends."""
    parts, position = [], start
    while match := _PIECES.match(script, position):
        if match["literal"]:
            parts.append(unescaped(match["literal"]))
        position = match.end()
        if match["value"] or match["literal"]:
            following = re.match(r"\s*\+\s*(?!=)", script[position : position + 20])
            if following is None:
                break
            position += following.end()
    return "".join(parts), position
