"""Text as the lexicon spells it, every character still knowing where it stood.

Undone are: character references (twice), full width, letter case, invisible characters,
traditional and look-alike characters (folding.yaml) and, in the joined form, inserted
separators. Offsets point into the text as it was given.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import unquote_to_bytes, urlsplit

from govspider.extract.lexicons import read_lexicon

_TOKEN = re.compile(r"&(?:amp;)?#?\w{1,8};|.", re.DOTALL)
_INVISIBLE = frozenset(("Cf", "Mn", "Me", "Cc", "Cs"))
_KEPT_CONTROLS = frozenset("\t\n\r")
_FIRST_HAN, _LAST_HAN = "\u4e00", "\u9fff"
_BAR = "丨"


@dataclass(frozen=True)
class FoldingRules:
    """What folding.yaml says."""

    table: dict[str, str]
    """Traditional and look-alike characters and what they are read as."""
    traditional: frozenset[str]
    disguises: frozenset[str]
    punctuation: frozenset[str]
    parted: re.Pattern[str]
    """A Chinese character and a separator behind it."""
    gap: re.Pattern[str]
    """A short run of separators between two Chinese characters."""
    longest_gap: int
    limit: int
    latin_forms: tuple[tuple[int, int], ...]
    """First and last code point of blocks of characters that are read as Latin letters or digits."""


@cache
def folding_rules() -> FoldingRules:
    """The rules that ship with the package, read once."""
    data = read_lexicon("folding")
    traditional = _pairs(data["traditional"])
    separators = re.escape(data["disguises"] + data["punctuation"])
    han = f"[{_FIRST_HAN}-{_LAST_HAN}]"
    return FoldingRules(
        table={**traditional, **_pairs(data["lookalikes"])},
        traditional=frozenset(traditional),
        disguises=frozenset(data["disguises"]),
        punctuation=frozenset(data["punctuation"]),
        parted=re.compile(f"{han}[{separators}]"),
        gap=re.compile(f"(?<={han})[{separators}]{{1,{int(data['longest_gap'])}}}(?={han})"),
        longest_gap=int(data["longest_gap"]),
        limit=int(data["lookup_limit"]),
        latin_forms=tuple((int(first), int(last)) for first, last in data["latin_forms"]),
    )


def _pairs(rows: list[dict[str, str]]) -> dict[str, str]:
    return {left: right for row in rows for left, right in zip(str(row["from"]), str(row["to"]), strict=True)}


@dataclass(frozen=True)
class Folded:
    """A folded text: `starts[i]` and `ends[i]` say where its i-th character stood in the text as given."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Place in the original text of the folded characters from `start` to `end`."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> str:
    """The folded text without its offsets; separators stay."""
    return folded(text).text


@lru_cache(maxsize=4096)
def folded(text: str) -> Folded:
    """Fold a short text (anchor, title, description), separators kept; at most the first 20,000 characters."""
    text = text[: folding_rules().limit]
    if "&" not in text:
        read = [*map(_read, text)]
        plain = "".join(read)
        if len(plain) == len(text) and "" not in read:  # character by character: nothing moves
            return Folded(plain, range(len(text)), range(1, len(text) + 1))
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for token in _TOKEN.finditer(text):
        for char in _read(token.group()):
            chars.append(char)
            starts.append(token.start())
            ends.append(token.end())
    return Folded("".join(chars), tuple(starts), tuple(ends))


@lru_cache(maxsize=65536)
def _read(token: str) -> str:
    """One character, or one character reference, as the lexicon spells it; '' for what nobody sees."""
    plain = html.unescape(html.unescape(token)) if len(token) > 1 else token
    normal = unicodedata.normalize("NFKC", plain).lower()
    table = folding_rules().table
    return "".join(table.get(char, char) for char in normal if not _is_invisible(char))


def _is_invisible(char: str) -> bool:
    return unicodedata.category(char) in _INVISIBLE and char not in _KEPT_CONTROLS


def is_han(char: str) -> bool:
    """True for a common Chinese character."""
    return _FIRST_HAN <= char <= _LAST_HAN


def joined(given: Folded) -> Folded:
    """The same without short runs of separators between two Chinese characters."""
    rules, text = folding_rules(), given.text
    if not rules.parted.search(text):
        return given
    keep = _kept_of_signs(text) if _BAR in text else _kept(text)
    if len(keep) == len(text):
        return given
    return Folded(
        "".join([text[index] for index in keep]),
        [given.starts[index] for index in keep],
        [given.ends[index] for index in keep],
    )


def _kept(text: str) -> list[int]:
    """Places of the characters that stay when short gaps between Chinese characters are closed."""
    keep: list[int] = []
    place = 0
    for gap in folding_rules().gap.finditer(text):
        keep += range(place, gap.start())
        place = gap.end()
    return [*keep, *range(place, len(text))]


def _kept_of_signs(text: str) -> list[int]:
    """The same for a text with a sign that is a separator and a Chinese character at once."""
    rules = folding_rules()
    separators = rules.disguises | rules.punctuation
    keep: list[int] = []
    place = 0
    while place < len(text):
        if text[place] not in separators or not keep or not is_han(text[keep[-1]]):
            keep.append(place)
            place += 1
            continue
        end = place
        while end < len(text) and text[end] in separators:
            end += 1
        dropped = end - place <= rules.longest_gap and end < len(text) and is_han(text[end])
        keep += [] if dropped else range(place, end)
        place = end
    return keep


def is_one_word(given: Folded, original: str, start: int, end: int) -> bool:
    """Whether characters that joining brought together are one disguised word.

    Signs that only disguise may stand anywhere in it; ordinary punctuation only between all of
    its characters, three at least, or two sentences would make a word (打赌。博物馆).
    """
    gaps = [original[given.ends[index] : given.starts[index + 1]] for index in range(start, end - 1)]
    punctuated = [bool(set(gap) & folding_rules().punctuation) for gap in gaps]
    return not any(punctuated) or (all(punctuated) and len(punctuated) > 1)


def readable_address(url: str) -> str:
    """An address as a person reads it: percent signs and punycode undone, UTF-8 before GBK."""
    parts = urlsplit(url)
    host = ".".join(_label(label) for label in (parts.hostname or "").split("."))
    return f"{host}{_percent(parts.path)} {_percent(parts.query)}"


def _label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:  # xn-- in front of what is no punycode: the label stands as it is
        return label


def _percent(text: str) -> str:
    if "%" not in text:
        return text
    data = unquote_to_bytes(text)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")
