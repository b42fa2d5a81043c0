"""Finding the header of a sheet: which row it is, and which field each of its cells names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from govspider.registry.cells import tidy
from govspider.registry.tables import Row, Sheet
from govspider.registry.words import read_words

_REMARK = re.compile(r"[(（\[【].*?[)）\]】]")
_SIGNS = re.compile(r"[\s*:：★※]+")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the fields stand in a sheet."""

    fields: Mapping[str, int]
    """Field -> position of its cell."""
    texts: tuple[str, ...]
    """Header text of every cell, as it stands there."""
    last_row: int
    """Number of the (lower) header row."""
    data: tuple[Row, ...]
    """The rows below the header."""

    def value(self, row: Row, field: str) -> str:
        """Text of a field in a row, '' when the sheet has no such column or the row ends before it."""
        position = self.fields.get(field)
        if position is None or position >= len(row.cells):
            return ""
        return row.cells[position]


def header_word(text: str) -> str:
    """A header text as it is compared: without spaces, stars, colons and bracketed remarks, in lower case."""
    plain = _SIGNS.sub("", tidy(text)).lower()
    return _REMARK.sub("", plain) or plain


def find_header(sheet: Sheet, subject: str) -> Header | None:
    """Header of a sheet for `site` or `column`, within its first rows; None when no row names the required fields.

    Two-level headers count as one: a cell of the lower row, or of the upper row where the lower is blank.
    """
    limit = int(read_words("headers")["header_rows"])
    best: Header | None = None
    for index in range(min(limit, len(sheet.rows))):
        for depth in (1, 2) if index + 1 < limit else (1,):
            candidate = _header_at(sheet.rows, index, depth, subject)
            if candidate and (best is None or len(candidate.fields) > len(best.fields)):
                best = candidate
    return best


def site_header(sheet: Sheet) -> Header | None:
    """Header of a sheet of websites. A sheet that also names columns (栏目名称) holds columns, not websites."""
    return None if find_header(sheet, "column") else find_header(sheet, "site")


def _header_at(rows: Sequence[Row], index: int, depth: int, subject: str) -> Header | None:
    lower = index + depth - 1
    if lower >= len(rows):
        return None
    texts = rows[index].cells if depth == 1 else _join_levels(rows[index].cells, rows[lower].cells)
    fields = _fields(texts, subject)
    required = read_words("headers")["required"][subject]
    if not all(any(field in fields for field in choice) for choice in required):
        return None
    if depth == 2 and _looks_like_data(rows[lower].cells):
        return None
    return Header(fields, texts, rows[lower].number, tuple(rows[lower + 1 :]))


def _join_levels(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    width = max(len(upper), len(lower))
    padded = [(*cells, *[""] * (width - len(cells))) for cells in (upper, lower)]
    return tuple(below if below.strip() else above for above, below in zip(*padded, strict=True))


def _looks_like_data(cells: Sequence[str]) -> bool:
    return any("://" in cell or re.search(r"\d{6}|\.\w+\.", cell) for cell in cells)


def _fields(texts: Sequence[str], subject: str) -> dict[str, int]:
    """Position of every field; of two cells that name one field, the one whose word stands first in the list."""
    words = [header_word(text) for text in texts]
    found: dict[str, int] = {}
    taken: set[int] = set()
    for field, aliases in read_words("headers")[subject].items():
        position = next((words.index(word) for word in map(header_word, aliases) if word in words), None)
        if position is not None and position not in taken:
            found[field] = position
            taken.add(position)
    if subject == "site" and "sponsor" not in found:
        _use_superior_as_sponsor(words, found)
    return found


def _use_superior_as_sponsor(words: Sequence[str], found: dict[str, int]) -> None:
    """主管单位 names the running unit where no other column does."""
    position = found.get("superior")
    if position is not None and words[position] in read_words("headers")["sponsor_fallback"]:
        found["sponsor"] = found.pop("superior")


def extra_positions(header: Header) -> dict[str, int]:
    """Columns no field claims, by their header text: kept beside the site. Serial numbers and persons are left out."""
    skipped = set(read_words("headers")["serial_headers"])
    left_out = {*header.fields.values(), *personal_positions(header)}
    return {
        tidy(text): position
        for position, text in enumerate(header.texts)
        if position not in left_out and tidy(text) and header_word(text) not in skipped
    }


def personal_positions(header: Header) -> set[int]:
    """Cells that hold personal data: the contact fields and further columns whose header speaks of persons."""
    words = read_words("headers")
    contacts = {header.fields[field] for field in words["contact_fields"] if field in header.fields}
    others = {
        position
        for position, text in enumerate(header.texts)
        if any(word in header_word(text) for word in words["personal_words"])
    }
    return contacts | (others - set(header.fields.values()))


def is_footer(row: Row) -> bool:
    """True for a row of sums or remarks below the data: its first word says so and it holds no address."""
    first = next((tidy(cell) for cell in row.cells if cell.strip()), "")
    words = tuple(read_words("headers")["footer_words"])
    starts = first.replace(" ", "").startswith(words)
    return starts and not any("://" in cell or "." in cell for cell in row.cells)
