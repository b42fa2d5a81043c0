"""The header row of a table: which column holds the title, which the publish date."""

from __future__ import annotations

from collections import defaultdict

from govspider.extract.columns.list_words import any_of
from govspider.extract.columns.outline import Node, Outline
from govspider.extract.columns.record_dates import label_at_end

_HEADER_TEXT = 16
_TABLES = ("table", "tbody", "thead")


class TableHeaders:
    """Headers of every table of an outline, read when first asked for."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._cells: dict[int, list[Node]] = defaultdict(list)
        self._first_rows: dict[int, Node] = {}
        self._named: dict[int, list[str]] = {}
        for node in outline.tagged("td", "th"):
            self._cells[node.parent].append(node)
        for node in outline.tagged("tr"):
            self._first_rows.setdefault(self._table_of(node), node)

    def is_header(self, row: Node) -> bool:
        """True for the first row of a table when most of its cells are known header words."""
        first = self._first_rows.get(self._table_of(row))
        return first is not None and first.index == row.index and bool(self._names(row))

    def of_row(self, row: Node) -> dict[int, str]:
        """Header text by node number of each cell of a row; empty where the table has no header."""
        first = self._first_rows.get(self._table_of(row))
        if first is None or first.index == row.index:
            return {}
        names = self._names(first)
        if not names:
            return {}
        headers, column = {}, 0
        for cell in self._cells[row.index]:
            if column < len(names):
                headers[cell.index] = names[column]
            column += _span(cell)
        return headers

    def _table_of(self, row: Node) -> int:
        """Number of the table a row belongs to, or of its parent where there is no table."""
        node = self._outline.node(row.parent) if row.parent >= 0 else row
        while node.tag in ("tbody", "thead") and node.parent >= 0:
            node = self._outline.node(node.parent)
        return node.index

    def _names(self, row: Node) -> list[str]:
        if row.index not in self._named:
            self._named[row.index] = self._read_names(row)
        return self._named[row.index]

    def _read_names(self, row: Node) -> list[str]:
        texts: list[str] = []
        for cell in self._cells[row.index]:
            text = self._outline.text_of(cell).replace(" ", "").strip(":：")
            texts.extend([_known(text)] * _span(cell))
        spoken = [cell for cell in self._cells[row.index] if self._outline.length_of(cell)]
        named = sum(1 for text in texts if text)
        return texts if len(texts) > 1 and named > 1 and named * 2 >= len(spoken) else []


def _known(text: str) -> str:
    """A header's text when it is one (a title, a date or another known word), else ''."""
    if not text or len(text) > _HEADER_TEXT:
        return ""
    label = label_at_end(text)
    if label:
        return label
    return text if any_of("title_headers").search(text) or any_of("header_words").search(text) else ""


def _span(cell: Node) -> int:
    text = (cell.attributes.get("colspan") or "1").strip()
    return max(1, min(int(text), 50)) if text.isdigit() else 1
