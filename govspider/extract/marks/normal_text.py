"""Text in its normal form (Unicode NFKC), in which the patterns of the marks are written."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
# most of a Chinese text: normal as it is, whatever stands beside it
_UNTOUCHED = "\x00-\x7f\u3001\u3002\u4e00-\u9fff“”"
_OTHERS = re.compile(f"[^{_UNTOUCHED}]")
# marks join the character before them, and so do some letters (Korean)
_MAY_JOIN = frozenset({"Mn", "Mc", "Me", "Lo", "Lm", "Cn"})


def normal(text: str) -> str:
    """Text in NFKC, as `unicodedata.normalize` gives it, for long Chinese texts in a fifth of its time.

    Where nothing joins its neighbours, few different characters are not in their normal form, and each is replaced.
    """
    replaced = {char: _alone(char) for char in set(_OTHERS.findall(text))}
    for char, form in replaced.items():
        if form is None:
            return unicodedata.normalize("NFKC", text)
        if form != char:
            text = text.replace(char, form)
    return text


def squeeze(text: str) -> str:
    """NFKC without invisible characters, white space single."""
    return " ".join(INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).split())


@lru_cache(maxsize=4096)
def _alone(char: str) -> str | None:
    """Normal form of a character that is the same wherever it stands; None where its neighbours may count."""
    form = unicodedata.normalize("NFKC", char)
    alone = form == char and unicodedata.category(char) not in _MAY_JOIN
    return form if alone or form.isascii() else None
