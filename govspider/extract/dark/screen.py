"""What a clean page is let off with: one look over the raw text with tools written in C.

A page without an address of a stranger, without an advertised word and without a script that
hides what it does needs no further search for dark links. The screen may let too much through,
never too little: everything that accuses starts from what it sees.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import islice, product

from ahocorasick_rs import BytesAhoCorasick, Implementation

from govspider.extract.dark.dark_words import DarkWord, lexicon
from govspider.extract.dark.folding import folding_rules, is_han
from govspider.extract.dark.link_targets import TargetKind, target_of_host
from govspider.extract.document.hosts import registrable_domain
from govspider.extract.document.page import Page
from govspider.items import Strength

_HOST = re.compile(r"//([\w-][\w.\u3002-]*\.[\w-]+)")
# two references close together that are no blanks: a page writes its addresses or words in them
_ENCODED = re.compile(r"&#(?!160|x[aA]0)x?[0-9a-fA-F]{2,5};[^\s<>&]{0,2}&#(?!160|x[aA]0)")
# what begins with one byte is searched by the byte: several times quicker than two bytes in a row
_REFERENCE = re.compile(rb"&(?=#)")
_TWICE_ENCODED = re.compile(rb"&(?=amp;#)")
_SLASHED = re.compile(rb"\\(?=\\|/\\/)")
# every sign that UTF-8 begins with these bytes is a separator, a quotation mark or invisible
_WIDE_SIGNS = re.compile(rb"\xe2[\x80-\x9f][\x80-\xbf]")
_MIDDLE_DOT = "·".encode()
_CHINESE_PUNCTUATION = "、，。丨"
_MOST_SPELLINGS = 24
_MOST_HOSTS = 5000


@dataclass(frozen=True)
class Screened:
    """What the raw text of a page shows at first sight."""

    strangers: Counter[str]
    """Hosts of strangers named anywhere in the text, and how often."""
    others: frozenset[str]
    """Hosts of public bodies and known services that are named as well."""


def screened(page: Page) -> Screened:
    """Hosts of strangers that a page names; asked once per page."""
    return page.once(_screened)


def _screened(page: Page) -> Screened:
    named = _named_hosts(page.text, _SLASHED.search(page.utf8) is not None)
    if _is_encoded(page):
        plain = html.unescape(page.text)
        named += _named_hosts(plain, _SLASHED.search(plain.encode("utf-8")) is not None)
    own, others = registrable_domain(page.host), set[str]()
    strangers: Counter[str] = Counter()
    for host, count in named.items():
        target = target_of_host(host, own)
        if target.kind is TargetKind.FOREIGN:
            strangers[host] += count
        elif target.kind is not TargetKind.OWN:
            others.add(host)
    return Screened(strangers, frozenset(others))


def _named_hosts(text: str, slashed: bool) -> Counter[str]:
    """Hosts in lower case; `slashed` says that backslashes may stand for slashes."""
    hosts = _HOST.findall(text)
    if slashed:
        hosts += _HOST.findall(text.replace("\\", "/"))
    found: Counter[str] = Counter()
    for host, count in Counter(hosts[:_MOST_HOSTS]).items():
        found[host.lower()] += count
    return found


def _is_encoded(page: Page) -> bool:
    return page.once(_is_text_encoded)


def _is_text_encoded(page: Page) -> bool:
    return _REFERENCE.search(page.utf8) is not None and is_encoded_somewhere(page.text)


def is_encoded_somewhere(text: str) -> bool:
    """True when a text writes two characters in a row, blanks aside, as references."""
    return "&#" in text and _ENCODED.search(text) is not None


def adverts(page: Page) -> frozenset[str]:
    """Strong words of the lexicon that the raw text holds, plainly or with separators, traditional or wide characters.

    Words disguised by character references are seen only where the text holds such references.
    """
    return page.once(_adverts)


def _adverts(page: Page) -> frozenset[str]:
    if _is_encoded(page) or _TWICE_ENCODED.search(page.utf8):
        return adverts_in(page.text)
    return _strong_words(page.text, page.utf8)


def adverts_in(text: str) -> frozenset[str]:
    """The same for any text."""
    plain = html.unescape(html.unescape(text)) if is_encoded_somewhere(text) or "&amp;#" in text else text
    return _strong_words(plain, plain.encode("utf-8"))


def _strong_words(text: str, data: bytes) -> frozenset[str]:
    """Strong words in a text without references; `data` is the same as UTF-8."""
    automaton, spellings = _automaton()
    found = {spellings[index] for index, _, _ in automaton.find_matches_as_indexes(_squeezed(data))}
    return frozenset(word for spelling, word in found if not spelling.isascii() or _stands_in(word, text))


def _stands_in(word: str, text: str) -> bool:
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text, re.IGNORECASE) is not None


@cache
def _automaton() -> tuple[BytesAhoCorasick, tuple[tuple[bytes, str], ...]]:
    """The strong words in all spellings, squeezed, and the spellings with the words that they stand for."""
    spellings: dict[bytes, str] = {}
    for entry in lexicon().words:
        if entry.strength is Strength.STRONG:
            for spelling in _spellings(entry):
                spellings.setdefault(_squeezed(spelling.encode("utf-8")), entry.word)
    matcher = BytesAhoCorasick(list(spellings), implementation=Implementation.DFA)
    return matcher, tuple(spellings.items())


def _spellings(entry: DarkWord) -> set[str]:
    """A word and its traditional, look-alike and wide spellings."""
    others = _others()
    choices = [(char, *others.get(char, ())) for char in entry.word]
    found = {"".join(chosen) for chosen in islice(product(*choices), _MOST_SPELLINGS)}
    found.add("".join(choice[-1] for choice in choices))
    found.add("".join(choice[min(1, len(choice) - 1)] for choice in choices))
    found |= {sign.join(entry.word) for sign in _CHINESE_PUNCTUATION}
    return found | {"".join(map(_wide, word)) for word in (entry.word, entry.word.upper())}


@cache
def _others() -> dict[str, tuple[str, ...]]:
    """The characters that are read as a character."""
    found: dict[str, list[str]] = {}
    for other, char in folding_rules().table.items():
        found.setdefault(char, []).append(other)
    return {char: tuple(others) for char, others in found.items() if is_han(char)}


def _wide(char: str) -> str:
    return chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char


@cache
def _squeezing() -> tuple[bytes, bytes]:
    """A table that lowers letters, and the ASCII separators to drop."""
    table = bytes(code + 32 if 65 <= code <= 90 else code for code in range(256))
    separators = folding_rules().disguises | folding_rules().punctuation
    return table, bytes(sorted(ord(char) for char in separators if ord(char) < 128))


def _squeezed(data: bytes) -> bytes:
    """UTF-8 in lower case, without separators; Chinese punctuation stays (see `_spellings`)."""
    table, narrow = _squeezing()
    squeezed = _WIDE_SIGNS.sub(b"", data.translate(table, narrow))
    return squeezed.replace(_MIDDLE_DOT, b"") if _MIDDLE_DOT in squeezed else squeezed
