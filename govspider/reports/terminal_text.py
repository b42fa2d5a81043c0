"""Text of pages on a terminal: what would steer the terminal, or turn the line round, is shown and not obeyed."""

from __future__ import annotations

import re
import unicodedata

_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")


def visible(text: str, longest: int = 0) -> str:
    """The text on one line with control and direction characters written out as escapes.

    Parameters: `longest` cuts the text to so many characters, 0 leaves it whole.
    """
    shown = _UNSAFE.sub(_written, " ".join(text.split(" ")))
    return f"{shown[:longest]}…" if longest and len(shown) > longest else shown


def _written(match: re.Match[str]) -> str:
    char = match.group()
    if char in "\t\n\r":
        return " "
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if unicodedata.category(char) else char
