"""A page in a few numbers: at a glance, what it is and wants of a visitor; as a sketch, to tell two pages apart.

Sketches are kept for many addresses at once, so they hold hashes of the text and not the text. Most pages are never
compared: their site knows missing pages from others.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from urllib.parse import unquote, urlsplit

from govspider.extract.document.block_memory import block_memory
from govspider.extract.document.page import Page
from govspider.extract.document.page_walk import walked
from govspider.extract.document.strand import SeenTexts, pieces_of, without_changing
from govspider.extract.lexicons import read_lexicon

# what fills a page without words: then it is neither empty nor a shell
_FILLING = ("img", "frame", "iframe", "embed", "object", "video", "canvas", "svg")
_TITLE_PARTS = re.compile(r"\s*(?:[|｜_—]|\s-\s|--|-(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])-)\s*")


@dataclass(frozen=True, slots=True)
class PageGlance:
    """What a page says of itself.

    `characters` all visible characters; `shell` a page that only a browser fills;
    `login` a page that asks for a password; `error_title` and `error_words` what it says of being missing,
    the latter of short pages only: an article may quote such words (see `error_words`).
    """

    url: str
    title: str
    characters: int
    empty: bool
    shell: bool
    login: bool
    error_title: bool
    error_words: str


@dataclass(frozen=True, slots=True)
class PageSketch(PageGlance):
    """What tells one page from another.

    `pieces` hash -> characters of each distinct stretch of visible text, digits and the page's own
    address left out.
    """

    pieces: dict[int, int]


def glance_at(page: Page) -> PageGlance:
    """A page at a glance, computed once per page."""
    return page.once(_glance)


def sketch_page(page: Page) -> PageSketch:
    """Sketch of a page, computed once per page. Ask for it where pages are compared, else for a glance."""
    return page.once(_sketch)


def expect_comparisons(host: str) -> None:
    """Remember that pages of a host are compared: each is best sketched while its text is at hand."""
    block_memory().put((PageSketch, host), True, 0)


def are_comparisons_expected(host: str) -> bool:
    """True where pages of the host were compared lately."""
    return block_memory().get((PageSketch, host)) is not None


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
    glance = page.once(_glance)
    pieces = _pieces(page.once(_seen_blocks), page.url)
    return PageSketch(**{one.name: getattr(glance, one.name) for one in fields(PageGlance)}, pieces=pieces)


def _glance(page: Page) -> PageGlance:
    blocks = page.once(_seen_blocks)
    characters = sum(block.characters for block in blocks)
    inputs = [element.get("type") or "" for element in page.elements("input")]
    little = characters < _limit("shell_text")
    # what fills a page is looked for where there is hardly a word
    filled = not little or _has(page, *_FILLING) or any(kind != "hidden" for kind in inputs)
    scripted = not little or _has(page, "script")
    return PageGlance(
        url=page.url,
        title=page.title,
        characters=characters,
        empty=characters == 0 and not filled and not scripted,
        shell=scripted and not filled,
        login=any(kind.lower() == "password" for kind in inputs),
        error_title=_is_error_title(page.title),
        error_words=error_words(page) if characters <= _limit("short_with_title") else "",
    )


def _has(page: Page, *tags: str) -> bool:
    return next(page.elements(*tags), None) is not None


SKETCHES = (_glance, _sketch)
"""What `glance_at` and `sketch_page` ask a page, for those who say which of its answers are kept."""


def seen_texts(page: Page) -> list[str]:
    """Stretches of text that a visitor sees, in document order, blanks folded; bounded by `visible_text`."""
    return list(page.once(_seen_texts))


def error_words(page: Page) -> str:
    """With which words a page of any length says that it is missing; '' where it does not."""
    return page.once(_error_words)


def _seen_texts(page: Page) -> tuple[str, ...]:
    return tuple(text for block in page.once(_seen_blocks) for text in block.texts)


def _seen_blocks(page: Page) -> Sequence[SeenTexts]:
    blocks = page.once(walked).strand.seen_blocks
    if sum(block.length for block in blocks) <= _limit("visible_text"):
        return blocks
    return [SeenTexts(tuple(_cut(text for block in blocks for text in block.texts)))]


def _cut(texts: Iterable[str]) -> Iterator[str]:
    room = _limit("visible_text")
    for text in texts:
        yield text[:room]
        room -= len(text)
        if room <= 0:
            break


def _pieces(blocks: Sequence[SeenTexts], url: str) -> dict[int, int]:
    found: dict[int, int] = {}
    for block in blocks:
        # most pages do not write their own address: then what is known of the block holds as it is
        if any(part in block.joined for part in _address_parts(url)):
            found.update(pieces_of(_plain(text, url) for text in block.texts))
        else:
            found.update(block.pieces)
    return found


def _plain(text: str, url: str) -> str:
    """Text without what differs from answer to answer: digits, dates, and the address asked for."""
    for part in _address_parts(url):
        text = text.replace(part, "")
    return without_changing(text)


@lru_cache(maxsize=256)
def _address_parts(url: str) -> tuple[str, ...]:
    path = urlsplit(url).path
    last = path.rstrip("/").rpartition("/")[2]
    wanted = (url, unquote(url), path, unquote(path), last, unquote(last))
    return tuple(sorted({part for part in wanted if len(part) > 2}, key=len, reverse=True))


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split()).lower()


def _is_error_title(title: str) -> bool:
    folded = _folded(title)
    parts = [folded, *_TITLE_PARTS.split(folded)[:1]]
    return any(part and _patterns("error_titles").fullmatch(part.strip()) for part in parts)


def _error_words(page: Page) -> str:
    folded = _folded(" ".join(page.once(_seen_texts)))
    if not any(word in folded for word in read_lexicon("dead_pages")["error_phrase_needs"]):
        return ""
    found = _patterns("error_phrases").search(folded)
    return found.group()[:60] if found else ""
