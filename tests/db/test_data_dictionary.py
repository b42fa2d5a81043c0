from __future__ import annotations

from pathlib import Path

from govspider.db.data_dictionary import data_dictionary
from govspider.db.tables import metadata

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "data-dictionary.md"


def test_the_data_dictionary_is_current() -> None:
    assert DOCUMENT.read_text("utf-8") == data_dictionary(), "run `python scripts/data_dictionary.py`"


def test_every_column_of_every_table_is_explained() -> None:
    sections = data_dictionary().split("\n## ")[1:]
    rows = {section.partition("\n")[0]: section.count("\n| `") for section in sections}
    assert rows == {table.name: len(table.columns) for table in metadata.tables.values()}
