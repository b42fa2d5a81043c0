"""The page's own `<style>` blocks as rules, each with whether it holds on every screen.

Every block is a sheet of its own, as in a browser: what one leaves open ends with it. A rule inside of
`@media print` or of a condition on the width of the window tells nothing of what a visitor sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from govspider.extract.document.hiding import hiding_rules, pixels
from govspider.extract.document.page import Page
from govspider.extract.document.scripts_of_page import scripts_of
from govspider.extract.document.skeleton import places_in, skeleton, skeleton_of

_STYLE = re.compile(r"<style\b([^>]{0,300})>", re.IGNORECASE)
_MEDIA = re.compile(r"""\bmedia\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_FEATURE = re.compile(
    r"\(\s*(?:(?:(min|max)-)?(?:device-)?(?:width|height)\s*(:|>=?|<=?)\s*(\d{0,7}\.?\d{1,7}(?:px|r?em|pt)?))\s*\)"
)
_NOT = re.compile(r"\bnot\b")
_SCREENS = ("", "all", "screen", "only all", "only screen", "not print", "not speech")


class Rule(NamedTuple):
    """One rule of a sheet: what stands before its brace, what it declares, whether it holds on every screen."""

    prelude: str
    body: str
    holds: bool


class _Block(NamedTuple):
    """A style block: where its text starts and ends in its source, and its media attribute."""

    start: int
    end: int
    media: str


class Sheets(NamedTuple):
    """What is read of a page's style blocks: (text, whether it holds on every screen) of each; their size in all."""

    read: tuple[tuple[str, bool], ...]
    characters: int
    rules: int


def style_sheets(page: Page) -> Sheets:
    """All style blocks, those that a script writes included, as far as hiding.yaml allows; sizes read or not."""
    return page.once(_sheets)


def style_rules(page: Page) -> Iterator[Rule]:
    """Rules of all sheets in order, as many as hiding.yaml allows; broken ones are passed over."""
    left = hiding_rules().limits["style_rules_read"]
    for css, holds in style_sheets(page).read:
        pieces = css.split("}")[:left]
        left -= len(pieces)
        yield from _rules(pieces, holds)


def _sheets(page: Page) -> Sheets:
    read: list[tuple[str, bool]] = []
    size = rules = 0
    limit = hiding_rules().limits["style_text"]
    written = [script.folded.text for script in scripts_of(page) if _writes_style(script.folded.text)]
    sources = [(page.text, skeleton(page)), *((text, skeleton_of(text)) for text in written)]
    for source, bones in sources:
        for start, end, media in _blocks(source, bones):
            if size < limit:
                read.append((_bare(source[start : min(end, start + limit - size)]), _holds_for_media(media)))
            size += end - start
            rules += bones.count(b"}", start, end)
    return Sheets(tuple(read), size, rules)


def _writes_style(script: str) -> bool:
    return "<" in script and "<style" in script


def _blocks(source: str, bones: bytes) -> Iterator[_Block]:
    """Every style block of a text with this skeleton; the last one may stay open."""
    place = 0
    for start in places_in(bones, b"<style"):
        opening = _STYLE.match(source, start) if start >= place else None
        if opening is None:
            continue
        closing = bones.find(b"</style", opening.end())
        place = closing if closing >= 0 else len(source)
        media = _MEDIA.search(opening.group(1)) if "=" in opening.group(1) else None
        named = next((group for group in media.groups() if group), "") if media else ""
        yield _Block(opening.end(), place, named)


def _bare(css: str) -> str:
    """A sheet without its comments and the marks that hid it from the first browsers; an open comment ends it."""
    if ("<" in css or ">" in css) and ("<!--" in css or "-->" in css):
        css = css.replace("<!--", " ").replace("-->", " ")
    if "*" not in css:
        return css
    pieces = css.split("/*")
    return pieces[0] + "".join(piece.partition("*/")[2] for piece in pieces[1:])


def _rules(pieces: list[str], holds: bool) -> Iterator[Rule]:
    """Rules of the pieces that end braces leave of a sheet."""
    around: list[bool] = []
    failing = 0 if holds else 1
    for piece in pieces:
        *preludes, body = piece.split("{")
        if not preludes:
            failing -= bool(around) and not around.pop()
            continue
        for prelude in preludes[:-1]:
            around.append(_holds_on_every_screen(prelude))
            failing += not around[-1]
        # a statement such as @import stands in front of the first rule
        yield Rule(preludes[-1].rpartition(";")[2].strip(), body, failing == 0)


def _holds_on_every_screen(prelude: str) -> bool:
    """Whether what stands in a block holds whatever the screen: @media screen, @layer, @supports without a not."""
    named, _, condition = prelude.rpartition(";")[2].strip().lower().partition(" ")
    if named == "@media" or named.startswith("@media("):
        return _holds_for_media(named.removeprefix("@media") + condition)
    return named == "@layer" or (named.startswith("@supports") and not _NOT.search(condition))


def _holds_for_media(queries: str) -> bool:
    """Whether a list of media queries is true for every screen; what cannot be read is not."""
    return any(_is_true(" ".join(query.split())) for query in queries.lower().split(","))


def _is_true(query: str) -> bool:
    kind, *features = re.split(r" and |(?<=screen)and |(?<=all)and ", query)
    if kind.startswith("("):
        kind, features = "", [kind, *features]
    if kind.startswith("not") and features:
        return False
    return kind in _SCREENS and all(map(_is_met_everywhere, features))


def _is_met_everywhere(feature: str) -> bool:
    """True for bounds that no screen in use misses: at least one pixel wide, at most a hundred thousand."""
    found = _FEATURE.fullmatch(feature.strip())
    size = pixels(found.group(3)) if found else None
    if found is None or size is None:
        return False
    thresholds, (edge, sign) = hiding_rules().thresholds, found.groups()[:2]
    if (edge, sign) == ("min", ":") or (edge is None and sign.startswith(">")):
        return size <= thresholds["every_screen_min_px"]
    if (edge, sign) == ("max", ":") or (edge is None and sign.startswith("<")):
        return size >= thresholds["every_screen_max_px"]
    return False
