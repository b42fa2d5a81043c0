"""A page in a few numbers, to tell whether two answers are the same page: title, words, what it wants of a visitor.

Sketches are kept for many addresses at once, so they hold hashes of the text and not the text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit
from zlib import crc32

from lxml import etree

from govspider.extract.document.page import Page
from govspider.extract.lexicons import read_lexicon

_READ = "not(parent::script or parent::style or parent::title or parent::textarea)"
# plain strings: a string that knows its element costs ten times as much
_TEXT: Any = etree.XPath(f"//text()[{_READ}]", smart_strings=False)
_UNFOLDED_TEXT: Any = etree.XPath(
    f"//text()[{_READ} and not(ancestor::noscript or ancestor::template or ancestor::select)]", smart_strings=False
)
_HAS_FOLDED = etree.XPath("boolean(//noscript | //template | //select)")
# what fills a page without words: then it is neither empty nor a shell
_FILLED = etree.XPath(
    "boolean(//img | //frame | //iframe | //embed | //object | //video | //canvas | //svg"
    " | //input[not(@type='hidden')])"
)
_SCRIPTED = etree.XPath("boolean(//script)")
_ASKS_PASSWORD = etree.XPath("boolean(//input[translate(@type,'PASWORD','pasword')='password'])")
_TITLE_PARTS = re.compile(r"\s*(?:[|｜_—]|\s-\s|--|-(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])-)\s*")
_CHANGING = re.compile(r"[\d\s:：/.\-]+")


@dataclass(frozen=True, slots=True)
class PageSketch:
    """What tells one page from another.

    `pieces` hash -> characters of each distinct stretch of visible text, digits and the page's own
    address left out; `characters` all visible characters; `shell` a page that only a browser fills;
    `login` a page that asks for a password; `error_title` and `error_words` what it says of being missing.
    """

    url: str
    title: str
    pieces: dict[int, int]
    characters: int
    empty: bool
    shell: bool
    login: bool
    error_title: bool
    error_words: str


def sketch_page(page: Page) -> PageSketch:
    """Sketch of a page, computed once per page."""
    return page.once(_sketch)


def differing_characters(one: PageSketch, other: PageSketch) -> int:
    """Visible characters that stand on one of two pages and not on the other; titles count."""
    only = [size for key, size in one.pieces.items() if key not in other.pieces]
    missing = [size for key, size in other.pieces.items() if key not in one.pieces]
    titles = 0 if _plain(one.title, one.url) == _plain(other.title, other.url) else max(len(one.title), 1)
    return max(sum(only), sum(missing)) + titles


@cache
def _patterns(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{entry})" for entry in read_lexicon("dead_pages")[name]), re.IGNORECASE)


def _limit(name: str) -> int:
    return int(read_lexicon("dead_pages")["limits"][name])


def _sketch(page: Page) -> PageSketch:
    texts = seen_texts(page)
    words = " ".join(texts)
    characters = sum(len("".join(text.split())) for text in texts)
    filled = bool(_FILLED(page.root))
    scripted = bool(_SCRIPTED(page.root))
    little = characters < _limit("shell_text")
    return PageSketch(
        url=page.url,
        title=page.title,
        pieces=_pieces(texts, page.url),
        characters=characters,
        empty=characters == 0 and not filled and not scripted,
        shell=little and scripted and not filled,
        login=bool(_ASKS_PASSWORD(page.root)),
        error_title=_is_error_title(page.title),
        error_words=_error_words(words),
    )


def seen_texts(page: Page) -> list[str]:
    """Stretches of text that a visitor sees, in document order, blanks folded; bounded by `visible_text`."""
    return list(page.once(_seen_texts))


def _seen_texts(page: Page) -> tuple[str, ...]:
    room = _limit("visible_text")
    found: list[str] = []
    for raw in (_UNFOLDED_TEXT if _HAS_FOLDED(page.root) else _TEXT)(page.root):
        text = " ".join(str(raw).split())
        if not text:
            continue
        found.append(text[:room])
        room -= len(text)
        if room <= 0:
            break
    return tuple(found)


def _pieces(texts: list[str], url: str) -> dict[int, int]:
    # most pages do not write their own address: then no piece of text is searched for its parts
    whole = "\n".join(texts)
    parts = [part for part in _address_parts(url) if part in whole]
    plain = (_CHANGING.sub("", text) for text in texts) if not parts else (_plain(text, url) for text in texts)
    return {crc32(text.encode("utf-8", "replace")): len(text) for text in plain if text}


def _plain(text: str, url: str) -> str:
    """Text without what differs from answer to answer: digits, dates, and the address asked for."""
    for part in _address_parts(url):
        text = text.replace(part, "")
    return _CHANGING.sub("", text)


@lru_cache(maxsize=256)
def _address_parts(url: str) -> tuple[str, ...]:
    path = urlsplit(url).path
    last = path.rstrip("/").rpartition("/")[2]
    wanted = (url, unquote(url), path, unquote(path), last, unquote(last))
    return tuple(sorted({part for part in wanted if len(part) > 2}, key=len, reverse=True))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()


def _is_error_title(title: str) -> bool:
    folded = _folded(title)
    parts = [folded, *_TITLE_PARTS.split(folded)[:1]]
    return any(part and _patterns("error_titles").fullmatch(part.strip()) for part in parts)


def _error_words(words: str) -> str:
    folded = _folded(words)
    if not any(word in folded for word in read_lexicon("dead_pages")["error_phrase_needs"]):
        return ""
    found = _patterns("error_phrases").search(folded)
    return found.group()[:60] if found else ""
