"""Where a block stands in a column page: under the column's own name, or in a narrow part beside it.

A list is known by the name above it: a column page repeats its name (page tag, breadcrumb, title)
right before its records, and blocks of other columns carry other names. A block in a narrow part
of the page (a third of a grid, a cell of 220 pixels) stands beside the list.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import islice

from govspider.extract.columns.column_kind import guess_column_kind
from govspider.extract.columns.list_words import any_of, list_hint, words
from govspider.extract.columns.outline import Node, Outline, outline_of
from govspider.extract.document.page import Page
from govspider.items import ColumnKind

_TITLE_PARTS = re.compile(r"\s*[-_|—–－>»]+\s*")
_GRID_THIRD = re.compile(r"(?:^|\s)(?:col-(?:xs|sm|md|lg|xl)-[1-4]|span[1-4]|layui-col-(?:xs|sm|md|lg)[1-4])(?:\s|$)")
_PIXELS = re.compile(r"(?:^|[;\s])width\s*:\s*(\d+)(?:\.\d+)?px")
_NAME_MARKS = " >›»·|:：【】[]()（）/\\-—•"
_SHORTEST_NAME = 2
_LONGEST_NAME = 20
_BLOCKS = frozenset({"td", "div", "table", "section", "ul", "th"})
_MARK = re.compile(r"[\s>›»·|:：【】\[\]/\\•]+")
_HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "b", "strong"})
_HEADING_LEVELS = 2
_MORE_WORDS = re.compile(r"(?:更多|more|RSS订阅|RSS)$", re.I)


def column_names(page: Page) -> frozenset[str]:
    """What the page calls its own column. Ask through `page.once(column_names)`."""
    parts = _TITLE_PARTS.split(page.title)
    told = [page.meta("ColumnName") or "", *parts[:1], *parts[-1:]]
    told.extend(_breadcrumb_leaves(page.once(outline_of)))
    site = _plain(page.meta("SiteName") or "")
    names = {_plain(name) for name in told}
    return frozenset(name for name in names if _SHORTEST_NAME <= len(name) <= _LONGEST_NAME and name != site)


def column_kinds(page: Page) -> frozenset[ColumnKind]:
    """The kinds of what the page calls its own column. Ask through `page.once(column_kinds)`."""
    return frozenset(guess_column_kind(name).kind for name in page.once(column_names))


def _breadcrumb_leaves(outline: Outline) -> list[str]:
    """The last text of the line that begins with 当前位置 and its kin."""
    leaves = []
    for piece in outline.pieces_with(any_of("breadcrumb_words"), list_hint()):
        if len(piece.text) < _LONGEST_NAME * 2:
            owner = outline.node(piece.node)
            line = outline.text_of(owner)
            if len(line) <= int(words("breadcrumb_length")):
                leaves.append(re.split(r"[>›»/\\]+", line)[-1])
    return leaves


def _plain(text: str) -> str:
    return _MARK.sub("", text)


def is_titled(heading: str, names: frozenset[str]) -> bool:
    """True when the words right before a block end with a name of the column."""
    plain = _MORE_WORDS.sub("", _plain(heading)).rstrip("".join(_NAME_MARKS))
    return any(plain.endswith(name) for name in names)


def is_under_another_name(page: Page, position: int) -> bool:
    """True when the heading right before a position names a column of a kind that this one is not of.

    政务动态 above the records of 政策文件 is another column. What no lexicon knows (文件列表) may be the list's own
    heading, and below a column that only holds others (信息公开) every name stands with right.
    """
    outline = page.once(outline_of)
    number = bisect_left(outline.text_starts, position) - 1
    if number < 0 or not _is_heading(outline, outline.owners[number]):
        return False
    kind = guess_column_kind(outline.texts[number]).kind
    own = page.once(column_kinds)
    return bool(own) and kind not in (*own, ColumnKind.OTHER, ColumnKind.ARCHIVE) and ColumnKind.NAVIGATION not in own


def _is_heading(outline: Outline, index: int) -> bool:
    around = (outline.node(index), *islice(outline.ancestors(index), _HEADING_LEVELS))
    return any(node.tag in _HEADING_TAGS for node in around)


def stands_beside(outline: Outline, node: Node) -> bool:
    """True when a block or a part around it is narrow: a third of a grid, or of few pixels."""
    return any(is_narrow(part) for part in (node, *outline.ancestors(node.index)))


def is_narrow(node: Node) -> bool:
    """True for a part of few pixels, or of at most a third of a grid."""
    if not node.attributes or node.tag not in _BLOCKS:
        return False
    get = node.attributes.get
    return _tells_narrow(get("width") or "", get("style") or "", get("class") or "")


@lru_cache(maxsize=8192)
def _tells_narrow(width: str, style: str, classes: str) -> bool:
    widths = [width, *_PIXELS.findall(style)[:1]]
    if any(width.isdigit() and int(width) <= int(words("narrow_pixels")) for width in widths):
        return True
    return _GRID_THIRD.search(classes) is not None
