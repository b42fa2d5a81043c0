"""Scripts folded back to what they say: joined literals, undone escapes, unpacked packers.

Nothing is run. Folding is text replacement in a few bounded rounds, enough for the packers
that planted scripts use; what it cannot read is named in `marks`.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote

from ahocorasick_rs import BytesAhoCorasick, MatchKind

_ROUNDS = 4
_GROWTH_LIMIT = 600_000
_PIECES_OF_CONCEALMENT = 3
_SHORT_PIECE = 4
_SHORT_NAME = 12
_ESCAPES_OF_OBFUSCATION = 10
_NAMES_OF_OBFUSCATION = 3
_CODES_OF_OBFUSCATION = 5

_LITERAL = r"""(?:"(?:[^"\\\n]|\\.){0,2000}"|'(?:[^'\\\n]|\\.){0,2000}')"""
# the closing quote may be missing: such a literal is consumed to the end of its line, so that
# every character is read once
_OPEN_LITERAL = r"""(?:"(?:[^"\\\n]|\\.)*+"?|'(?:[^'\\\n]|\\.)*+'?)"""
_JOINED = re.compile(rf"{_OPEN_LITERAL}(?:\s*+\+\s*+{_OPEN_LITERAL})*+")
_ONE_LITERAL = re.compile(_OPEN_LITERAL)
_RUN_LITERAL = re.compile(rf"\b(?:eval|Function)\s*\(\s*({_OPEN_LITERAL})\s*\)")
_BACKSLASHED = re.compile(r"\\(.)")
_HEX = re.compile(r"\\x([0-9a-fA-F]{2})")
_UNICODE = re.compile(r"\\u([0-9a-fA-F]{4})")
_CHAR_CODES = re.compile(
    r"String\.fromCharCode\(\s*((?:0x[0-9a-fA-F]{1,4}|\d{1,5})(?:\s*,\s*(?:0x[0-9a-fA-F]{1,4}|\d{1,5})){0,4000})\s*\)"
)
_UNESCAPE = re.compile(r"""(?:unescape|decodeURIComponent|decodeURI)\(\s*("[^"\n]*"|'[^'\n]*')\s*\)""")
_PERCENT_UNICODE = re.compile(r"%u([0-9a-fA-F]{4})")
_ATOB = re.compile(r"""(?:window\.)?atob\(\s*["']([A-Za-z0-9+/=]{8,})["']\s*\)""")
_MEMBER = re.compile(r"""(?<=[\w\])])\[\s*["']([A-Za-z_$][\w$]*)["']\s*\]""")
_ARRAY = re.compile(
    rf"""(?:var|let|const)\s+([A-Za-z_$][\w$]*)\s*=\s*\[\s*({_LITERAL}(?:\s*,\s*{_LITERAL})*)\s*,?\s*\]"""
)
_PACKED = re.compile(
    r"""\}\s*\(\s*("(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+')\s*,\s*(\d{1,3})\s*,\s*(\d{1,5})\s*,"""
    r"""\s*("(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+')\s*\.\s*split\(\s*["']\|["']\s*\)"""
)
_PACKED_START = re.compile(r"\}\s*\(\s*[\"']")
_PACKER_LIMIT = 50
_WORD = re.compile(r"\b\w+\b")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SIGNS_OF_DISGUISE = (
    "fromCharCode", "atob", "![]", "+[]", "_0x", "sojson", "jsjiami", "JsJiaMi", "SoJson", "\\x", "\\u",
)  # fmt: skip
_SIGNS_OF_DECODING = ("eval", "unescape", "decodeURI", "Function", "split(")
_SIGNS = BytesAhoCorasick(
    [sign.encode("ascii") for sign in (*_SIGNS_OF_DISGUISE, *_SIGNS_OF_DECODING)], matchkind=MatchKind.LeftmostFirst
)
# run or decoded from a literal; split at the sign that packers use
_RUN_OR_DECODED = re.compile(
    r"""(?:eval|Function|unescape|decodeURI\w*)\s*\(\s*(?:["']|function|String|unescape)|split\(\s*["']\|"""
)
# a plus sign between two literals, up to the quotation mark of the second; the sign first, for it is rare
_SUM_OF_LITERALS = re.compile(r"""\+\s*+(?=["'])""")
_SHORT_BEFORE = re.compile(r"""["'][^"'\n]{0,8}\Z""")
_SHORT_BEHIND = re.compile(r"""[^"'\n]{0,8}["']""")
_SHORT_LITERAL = 9
# a letter or digit written with a percent sign: honest addresses escape only signs
_PERCENT_LETTER = re.compile(r"%(?:[46][1-9a-fA-F]|[57][0-9aA]|3[0-9])(?![0-9a-fA-F]?%[89a-fA-F])")
_MEMBER_START = re.compile(r"""\[(?:(?<=[\w\])=]\[)["'][A-Za-z_$]|(?<=\s\[)\s*+["'])""")
# name, what any match holds, pattern
_MARKS = (
    ("packer", "eval", re.compile(r"eval\s*\(\s*function\s*\(\s*p\s*,\s*a\s*,\s*c\s*,\s*k\s*,\s*e")),
    ("jsfuck", "[]", re.compile(r"\(!\[\]\+\[\]\)|\[!\[\]\+|\(\+\[\]\)\[")),
    ("base64", "atob", _ATOB),
)


@dataclass(frozen=True, slots=True)
class FoldedScript:
    """A script after folding.

    `marks` names the ways it was obfuscated (packer, escapes, renamed, char_codes, base64,
    jsjiami, jsfuck); `concealed` holds literals that were split into crumbs, such as tesi
    from "t"+"e"+"s"+"i" or none from "no"+"ne": nobody writes that for any reader but a scanner.
    """

    text: str
    marks: frozenset[str]
    concealed: frozenset[str]


_AS_IT_STANDS = FoldedScript("", frozenset(), frozenset())


def fold_script(source: str) -> FoldedScript:
    """Fold a script's text. Work is bounded: at most four rounds, growth stops at 600,000 characters."""
    if not source or source.isspace():
        return _AS_IT_STANDS
    if not _needs_folding(source):
        return FoldedScript(source, frozenset(), frozenset())
    marks = _marks(source)
    concealed: set[str] = set()
    text = source
    for _ in range(_ROUNDS):
        folded = _fold_once(text, concealed)
        if folded == text or len(folded) > _GROWTH_LIMIT:
            break
        text = folded
        marks |= _marks(text)
        if not _needs_folding(text):
            break
    return FoldedScript(text, frozenset(marks), frozenset(concealed))


def _needs_folding(source: str) -> bool:
    """False for a script that folding would leave as it is and that bears no mark; most scripts do."""
    for sign, start, _ in _SIGNS.find_matches_as_indexes(source.encode("ascii", "replace")):
        if sign < len(_SIGNS_OF_DISGUISE) or _RUN_OR_DECODED.match(source, start):
            return True
    if "[" in source and any(_opens_member(source, found) for found in _MEMBER_START.finditer(source)):
        return True
    return "+" in source and any(_is_concealing(source, *sum_.span()) for sum_ in _SUM_OF_LITERALS.finditer(source))


def _opens_member(source: str, found: re.Match[str]) -> bool:
    """Whether a bracket with a literal behind it asks for a member, or opens an array that is assigned."""
    if not source[found.start() - 1].isspace():
        return True
    place = _last_sign(source, found.start())
    return place >= 0 and source[place] == "="


def _is_concealing(source: str, start: int, end: int) -> bool:
    """Whether the literals around a plus sign are crumbs, or parts of one word; long pieces are joined everywhere.

    Parameters: `start` where the plus sign stands, `end` where the second one's first quotation mark.
    """
    start = _last_sign(source, start)
    if start < 0 or source[start] not in "\"'":
        return False
    end += 1
    if _SHORT_BEFORE.search(source[max(start - _SHORT_LITERAL, 0) : start]) or _SHORT_BEHIND.match(source, end):
        return True
    before, behind = source[start - 1 : start] if start else "", source[end : end + 1]
    return before.isascii() and before.isalpha() and behind.isascii() and behind.isalpha()


def _last_sign(source: str, place: int) -> int:
    """Where the last character in front of a place stands that is no blank; -1 for none."""
    place -= 1
    while place >= 0 and source[place].isspace():
        place -= 1
    return place


def _marks(text: str) -> set[str]:
    found = {name for name, sign, pattern in _MARKS if sign in text and pattern.search(text)}
    lowered = text.lower()
    if "jsjiami" in lowered or "sojson" in lowered:
        found.add("jsjiami")
    if "\\x" in text and len(_HEX.findall(text)) + len(_UNICODE.findall(text)) >= _ESCAPES_OF_OBFUSCATION:
        found |= {"escapes"} if _HEX.search(text) else set()
    if text.count("_0x") >= _NAMES_OF_OBFUSCATION:
        found.add("renamed")
    if text.count("%") >= _ESCAPES_OF_OBFUSCATION and len(_PERCENT_LETTER.findall(text)) >= _ESCAPES_OF_OBFUSCATION:
        found.add("percent")
    if "fromCharCode" in text and any(codes.count(",") >= _CODES_OF_OBFUSCATION for codes in _CHAR_CODES.findall(text)):
        found.add("char_codes")
    return found


def _fold_once(text: str, concealed: set[str]) -> str:
    if "split(" in text:
        text = _unpack(text)
    if "\\x" in text or "\\u" in text:
        text = _UNICODE.sub(_escaped, _HEX.sub(_escaped, text))
    if "fromCharCode" in text:
        text = _CHAR_CODES.sub(_from_codes, text)
    if "unescape" in text or "decodeURI" in text:
        text = _UNESCAPE.sub(_unescaped, text)
    if "atob" in text:
        text = _ATOB.sub(_from_base64, text)
    if "eval" in text or "Function" in text:
        text = _RUN_LITERAL.sub(_run, text)
    if "]" in text:
        text = _MEMBER.sub(r".\1", _inline_arrays(text))
    return _join_literals(text, concealed)


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "") + '"'


def _escaped(match: re.Match[str]) -> str:
    char = chr(int(match.group(1), 16))
    # a quote or a backslash that was written as an escape must not end the literal it stands in
    return "\\" + char if char in "\"'\\" else (char if char.isprintable() else " ")


def _from_codes(match: re.Match[str]) -> str:
    codes = [int(code.strip(), 0) if "x" in code else int(code) for code in match.group(1).split(",")]
    return _quoted("".join(chr(code) for code in codes if code < 0xD800 or 0xE000 <= code <= 0xFFFF))


def _unescaped(match: re.Match[str]) -> str:
    inner = match.group(1)[1:-1]
    decoded = _PERCENT_UNICODE.sub(lambda found: chr(int(found.group(1), 16)), inner)
    return _quoted(unquote(decoded.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), errors="replace"))


def _run(match: re.Match[str]) -> str:
    """A script that another one runs from a literal, as if it stood there itself."""
    literal = match.group(1)
    if not _is_closed(literal):
        return match.group(0)
    inner = literal[1:-1].replace("\\n", "\n")
    return _BACKSLASHED.sub(r"\1", inner)


def _from_base64(match: re.Match[str]) -> str:
    try:
        return _quoted(base64.b64decode(match.group(1), validate=True).decode("utf-8", "replace"))
    except (binascii.Error, ValueError):  # not base64 after all: the text stays as it stands
        return match.group(0)


def _inline_arrays(text: str) -> str:
    """Replace names[3] by the literal that stands there, for arrays of literals only."""
    for name, body in _ARRAY.findall(text)[:20]:
        if f"{name}[" not in text:
            continue
        values = _ONE_LITERAL.findall(body)
        use = re.compile(rf"(?<![\w$]){re.escape(name)}\[\s*(0x[0-9a-fA-F]{{1,4}}|\d{{1,5}})\s*\]")

        def literal(match: re.Match[str], values: list[str] = values) -> str:
            place = int(match.group(1), 0) if "x" in match.group(1) else int(match.group(1))
            return values[place] if place < len(values) else match.group(0)

        text = use.sub(literal, text)
    return text


def _join_literals(text: str, concealed: set[str]) -> str:
    if "+" not in text:
        return text

    def joined(match: re.Match[str]) -> str:
        literals = _ONE_LITERAL.findall(match.group(0))
        if len(literals) == 1 or not all(_is_closed(literal) for literal in literals):
            return match.group(0)
        pieces = [_bare(literal) for literal in literals]
        value = "".join(pieces)
        crumbs = len(pieces) >= _PIECES_OF_CONCEALMENT and len(value) <= _SHORT_PIECE * len(pieces)
        if crumbs or len(value) <= _SHORT_NAME:
            concealed.add(value)
        return '"' + value + '"'

    return _JOINED.sub(joined, text)


def _is_closed(literal: str) -> bool:
    return len(literal) > 1 and literal[0] == literal[-1]


def _bare(piece: str) -> str:
    """Inside of a literal, written so that it may stand between double quotes."""
    inner = piece[1:-1]
    return inner if piece[0] == '"' else inner.replace("\\'", "'").replace('"', '\\"').replace('\\\\"', '\\"')


def _unpack(text: str) -> str:
    """Undo the p,a,c,k,e,d packer: numbers in a base back to the words of its dictionary.

    The unpacked text is put behind the packer, so that the rest of the script stays readable.
    """
    unpacked: list[str] = []
    for start in islice(_PACKED_START.finditer(text), _PACKER_LIMIT):
        match = _PACKED.match(text, start.start())
        if match:
            unpacked.append(_unpacked(match))
            text = text[: match.start()] + " " * (match.end() - match.start()) + text[match.end() :]
    return "\n".join([text, *unpacked]) if unpacked else text


def _unpacked(match: re.Match[str]) -> str:
    payload, base, words = match.group(1)[1:-1], int(match.group(2)), match.group(4)[1:-1].split("|")
    if not 2 <= base <= len(_DIGITS):
        return payload
    payload = payload.replace("\\'", "'").replace('\\"', '"').replace("\\\\", "\\")

    def word(found: re.Match[str]) -> str:
        place = _number(found.group(0), base)
        return words[place] if 0 <= place < len(words) and words[place] else found.group(0)

    return _WORD.sub(word, payload)


def _number(digits: str, base: int) -> int:
    """Value of a packed word in its base; -1 when it is no such number."""
    value = 0
    for digit in digits[:6]:
        place = _DIGITS.find(digit)
        if not 0 <= place < base:
            return -1
        value = value * base + place
    return value if len(digits) <= 6 else -1
