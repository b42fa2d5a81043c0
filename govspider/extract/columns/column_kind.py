"""What a column is for, told from its name, its page tags, its address and its parent.

The kind decides which period a rubric holds against the column, so a guess says how sure it is
and why; a registry entry outweighs it. Unknown names are OTHER, which no veto ever counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit

from govspider.extract.columns.dates import normalise
from govspider.extract.lexicons import read_lexicon
from govspider.items import ColumnKind, ColumnKindGuess

_YEARS_ONLY = re.compile(r"(?:19|20)\d{2}\s*年?度?(?:\s*[-至~]\s*(?:19|20)\d{2}\s*年?度?)?(?:及?以前|之前)?")
_YEAR_IN_FRONT = re.compile(r"(?:19|20)\d{2}\s*年(?:度)?(?P<rest>\S{2,})")
_DECORATION = re.compile(r"[\s·•>»|【】\[\]()<＞、,，:：]+|\(\d+\)")
_CRUMB = re.compile(r"\s*(?:>+|»|›|/|\\|→|->|—>|＞)\s*")
_SHORTEST_ENDING = 2
_SHORTEST_INSIDE = 4


def guess_column_kind(
    name: str, *, url: str = "", column_type: str = "", parent: str = "", breadcrumb: str = ""
) -> ColumnKindGuess:
    """The kind of a column.

    Parameters: `name` its ColumnName or link text; `url` its address; `column_type` the page tag;
    `parent` the name of the column above; `breadcrumb` the text behind 当前位置. Order: the year
    archive, an exact name, an ending, a name inside the name, the address, the parent.
    """
    crumbs = _crumbs(breadcrumb)
    plain = _plain(name) or (crumbs[-1] if crumbs else "")
    above = _plain(parent) or (crumbs[-2] if len(crumbs) > 1 else "")
    if plain in _lexicon()["tied_to_parent"] and (tied := _by_name(above)):
        return _guess(tied[0], "parent", f"{plain}属于{above}")
    for guess in _ways(plain, url, _plain(column_type), above, crumbs):
        return guess
    return _guess(ColumnKind.OTHER, "nothing", f"no rule knows the name {plain!r}")


def _ways(plain: str, url: str, column_type: str, above: str, crumbs: list[str]) -> Iterator[ColumnKindGuess]:
    """Guesses in the order of trust; the first one is taken."""
    if plain and (archive := _archive(plain)):
        yield archive
    if found := _by_name(plain):
        yield _guess(*found)
    if column_type in _exact_names():
        yield _guess(_exact_names()[column_type], "column_type", f"ColumnType {column_type}")
    if crumbs and crumbs[-1] in _exact_names():
        yield _guess(_exact_names()[crumbs[-1]], "breadcrumb", f"breadcrumb ends in {crumbs[-1]}")
    if slug := _slug(url):
        yield _guess(slug[0], "slug", f"address part {slug[1]}")
    if tied := _by_name(above):
        yield _guess(tied[0], "parent", f"parent {above}")


def _guess(kind: ColumnKind, way: str, why: str) -> ColumnKindGuess:
    return ColumnKindGuess(kind, float(_lexicon()["confidence"][way]), why)


def _archive(name: str) -> ColumnKindGuess | None:
    """A year as a name is the sub-archive of its parent; a year in front of a name closes that column."""
    if _YEARS_ONLY.fullmatch(name):
        return _guess(ColumnKind.ARCHIVE, "archive", f"the name is a year: {name}")
    if match := _YEAR_IN_FRONT.fullmatch(name):
        return _guess(ColumnKind.ARCHIVE, "dated_name", f"the name belongs to one year: {match.group()}")
    return None


@lru_cache(maxsize=4096)
def _by_name(name: str) -> tuple[ColumnKind, str, str] | None:
    """(kind, way, why) of a name: exact, then the longest ending, then a beginning, then the longest name inside."""
    if not name:
        return None
    if name in _exact_names():
        return _exact_names()[name], "exact", f"name {name}"
    for ending, kind in _endings():
        if name.endswith(ending):
            return kind, "ending", f"name ends in {ending}"
    for beginning, kind in _pairs("beginnings"):
        if name.startswith(beginning):
            return kind, "beginning", f"name begins with {beginning}"
    for inside, kind in _endings():
        if len(inside) >= _SHORTEST_INSIDE and inside in name:
            return kind, "inside", f"name holds {inside}"
    return None


def _slug(url: str) -> tuple[ColumnKind, str] | None:
    slugs = _lexicon()["slugs"]
    for part in reversed(urlsplit(url).path.lower().split("/")):
        bare = re.sub(r"\.\w+$", "", part).rstrip("0123456789_")
        if bare in slugs:
            return ColumnKind(slugs[bare]), bare
    return None


def _plain(name: str) -> str:
    return _DECORATION.sub("", normalise(name))


def _crumbs(breadcrumb: str) -> list[str]:
    text = re.sub(r"^.*?(?:当前位置|您的位置|所在位置|我的位置)\s*[:：]?", "", breadcrumb)
    # single blanks: a run of a million would be tried from each of them
    return [plain for part in _CRUMB.split(" ".join(text.split())) if (plain := _plain(part))]


def _lexicon() -> dict[str, Any]:
    return read_lexicon("column_names")


@cache
def _exact_names() -> dict[str, ColumnKind]:
    return {str(name): ColumnKind(kind) for kind, names in _lexicon()["names"].items() for name in names}


@cache
def _endings() -> list[tuple[str, ColumnKind]]:
    """Endings and whole names, longest first, so that 政策解读 beats 政策 and 统计公报 beats 公报."""
    names = [(name, kind) for name, kind in _exact_names().items() if len(name) >= _SHORTEST_ENDING]
    pairs = {**dict(names), **dict(_pairs("endings"))}
    return sorted(pairs.items(), key=lambda pair: len(pair[0]), reverse=True)


@cache
def _pairs(section: str) -> list[tuple[str, ColumnKind]]:
    return [(str(word), ColumnKind(kind)) for kind, found in _lexicon()[section].items() for word in found]
