"""What a link calls itself: its text, else its title, else the words of an image in it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from govspider.extract.lexicons import read_lexicon

_NODES = 64
_UNSEEN = frozenset(("script", "style", "noscript", "template"))


def link_name(node: HtmlElement) -> str:
    """Name of a link with single blanks, at most `text_limit` characters (lexicons/links.yaml), '' when it has none."""
    text = shortened(" ".join(seen_texts(node)))
    if text:
        return text
    named = [node, *islice(node.iterdescendants("img"), 3)]
    words = (one.get(attribute) for one in named for attribute in ("title", "alt"))
    return shortened(next((word for word in words if word and word.strip()), ""))


def seen_texts(node: HtmlElement) -> Iterator[str]:
    """Pieces of text in an element that a visitor sees, blank ones and scripts left out; only its first nodes."""
    pieces: list[str | None] = [node.text]
    for inner in islice(node.iterdescendants(), _NODES):
        if isinstance(inner.tag, str) and inner.tag not in _UNSEEN:
            pieces.append(inner.text)
        pieces.append(inner.tail)
    for piece in pieces:
        if piece and piece.strip():
            yield piece


def shortened(text: str) -> str:
    """Text with single blanks, cut to `text_limit` characters."""
    return " ".join(text.split())[: read_lexicon("links")["text_limit"]]
