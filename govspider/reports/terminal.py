"""Text of other people's pages made harmless for a terminal: no escape sequence, no reversed line, no new line."""

from __future__ import annotations

import json
import re
from typing import Any

# controls of both sets, and the marks that turn the direction of a line; a tab or a line end would break a row
_ACTIVE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# JSON writes the first set of controls as escapes itself, and its own line ends stay
_ACTIVE_IN_JSON = re.compile("[\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def plain(text: str) -> str:
    r"""The text with every character that a terminal would act on written out, such as \x1b."""
    return _ACTIVE.sub(lambda found: _written(found.group()), text)


def plain_lines(text: str) -> str:
    """The same for a text of several lines, whose line ends stay."""
    return "\n".join(plain(line) for line in text.split("\n"))


def plain_json(value: Any) -> str:
    r"""A value as indented JSON that a terminal can show: what `plain` writes out becomes a JSON escape (\u009b)."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _ACTIVE_IN_JSON.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def _written(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
