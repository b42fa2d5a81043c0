"""Addresses that scripts and style sheets name in full: no script is run, nothing is put together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govspider.extract.lexicons import read_lexicon

_LIMIT = int(read_lexicon("links")["script_limit"])
_LITERAL_LIMIT = int(read_lexicon("links")["script_link_limit"])

# every branch also matches when its end is missing, so no start is scanned twice
_COMMENT_OR_STRING = re.compile(
    r"""(?P<string>"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?)|//[^\n]*|<!--[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/)?"""
)
_OBJECT = r"(?<![\w$.])(?:window\.|self\.|top\.|parent\.|document\.)*"
# what follows the literal must end the expression: 'a' + b is not an address
_GOES_TO = re.compile(
    rf"""(?:{_OBJECT}location(?:\.href)?\s*=|{_OBJECT}location\.(?:assign|replace)\s*\(|{_OBJECT}window\.open\s*\()"""
    rf"""\s*(?P<quote>["'])(?P<address>(?:(?!(?P=quote))[^\\\n]|\\.){{1,{_LITERAL_LIMIT}}})(?P=quote)"""
    r"""[ \t]*(?=[,;)}\n]|$)"""
)
_ESCAPED = re.compile(r"\\(?:u(?P<code>[0-9A-Fa-f]{4})|(?P<char>.))")
_STYLE_ADDRESS = re.compile(
    r"""(?P<imported>@import\s+)?(?:url\(\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^()"'\s]*))\s*\)|(?<=@import\s)["']([^"'\n]*)["'])""",
    re.IGNORECASE,
)


def script_addresses(source: str) -> Iterator[str]:
    """Addresses a script goes to or opens, where the whole address is one literal; comments are left out.

    Parameters: `source` text of a script, an `onclick` or a `javascript:` address.
    """
    if "location" not in source and "window.open" not in source:
        return
    code = _COMMENT_OR_STRING.sub(lambda found: found["string"] or " ", source[:_LIMIT])
    for found in _GOES_TO.finditer(code):
        yield _ESCAPED.sub(_unescape, found["address"])


def _unescape(found: re.Match[str]) -> str:
    return chr(int(found["code"], 16)) if found["code"] else found["char"]


def style_addresses(source: str) -> Iterator[tuple[str, bool]]:
    """Addresses in CSS and whether each is an imported style sheet; comments are left out."""
    if "url(" not in source.lower() and "@import" not in source.lower():
        return
    for found in _STYLE_ADDRESS.finditer(_without_comments(source[:_LIMIT])):
        address = next((group for group in found.groups()[1:] if group), "")
        imported = found["imported"] is not None or found.group().startswith(('"', "'"))
        if address:
            yield address, imported


def _without_comments(css: str) -> str:
    kept: list[str] = []
    rest = css
    while True:
        before, opened, after = rest.partition("/*")
        kept.append(before)
        _, closed, rest = after.partition("*/")
        if not opened or not closed:
            return " ".join(kept)
