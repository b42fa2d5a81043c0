"""Cell values as text: codes stay digits, spaces and full-width characters become ordinary ones."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_SPACES = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()}
_ADDRESS_SIGNS = str.maketrans("：／．？＆＝＿－＃％～。", ":/.?&=_-#%~.")
_BRACKETS = str.maketrans("()", "（）")
_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?"
)
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{5}")
_SERIAL_ZERO = date(1899, 12, 30)  # Excel counts days from here, for days after February 1900


def tidy(text: str) -> str:
    """Ordinary letters and digits, one ordinary space, nothing invisible, no space at the ends."""
    plain = _INVISIBLE.sub("", text.translate(_FULL_WIDTH))
    return _SPACES.sub(" ", plain).strip()


def tidy_name(text: str) -> str:
    """Name of a site, unit or column: Chinese brackets, no spaces between Chinese characters, no quotation marks."""
    plain = tidy(text).translate(_BRACKETS)
    plain = re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", plain)
    return plain.strip("“”\"' ")


def tidy_address(text: str) -> str:
    """Address with ordinary signs; several addresses stay apart by one space."""
    return tidy(text).translate(_ADDRESS_SIGNS)


def cell_text(value: object) -> str:
    """Text of a spreadsheet cell. A number becomes its digits: 3401000059 and 3401000059.0, never 3.4E+09.

    Digits that the spreadsheet dropped, such as leading zeros, are not invented.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M:%S")
    return str(value)


def read_day(text: str) -> date | None:
    """Day of a text: 2023-9-1, 2023/9/1, 2023.9.1, 2023年9月1日, 20230901 or an Excel serial number; else None."""
    if _SERIAL.fullmatch(text):
        return _SERIAL_ZERO + timedelta(days=int(text))
    found = _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
