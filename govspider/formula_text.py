"""Text that a spreadsheet would run as a formula, made harmless and back again.

Pages and registries decide what stands in our tables, and Excel, WPS and LibreOffice run a cell that begins like a
formula (https://owasp.org/www-community/attacks/CSV_Injection). An apostrophe before it keeps it a text. Every
writer of csv and xlsx goes through `harmless`, every reader of such files through `original`.
"""

from __future__ import annotations

import re

# what XML 1.0 cannot hold and spreadsheets drop: an `=` behind one would come to stand first
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# controls that a terminal obeys when a file is shown there, and marks that turn the direction of a whole cell;
# the marks of right-to-left scripts (U+200E, U+200F) stay: names in Uyghur need them
_ACTIVE = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# apostrophes first, so that a text that had some of its own gets them back; full-width signs are formulas to WPS too
_FORMULA = re.compile(r"'*(?:[\t\r\n]|[\s\ufeff\u200b]*[=+\-@＝＋－＠])")


def harmless(text: str) -> str:
    r"""Text that begins like a formula, with an apostrophe before it; other text as it is.

    Control characters are left out, or written out (such as \u202e) where they could be obeyed elsewhere; half a
    surrogate pair, which no encoding holds, becomes a question mark.
    """
    seen = _UNSEEN.sub("", text).encode("utf-8", "replace").decode("utf-8")
    seen = _ACTIVE.sub(lambda found: f"\\u{ord(found.group()):04x}", seen)
    return f"'{seen}" if _FORMULA.match(seen) else seen


def original(text: str) -> str:
    """The text that `harmless` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text
