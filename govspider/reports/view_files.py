"""Views as files: csv for Excel and WPS, Parquet for analysis programs, written block by block."""

from __future__ import annotations

import csv
import importlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from govspider.formula_text import harmless

Blocks = Iterable[Sequence[Sequence[Any]]]


class ParquetMissingError(RuntimeError):
    """The package that writes Parquet is not installed; the sentence says how to install it."""


def write_csv(path: Path, columns: Sequence[str], blocks: Blocks) -> int:
    """Write UTF-8 with byte order mark, every text harmless; returns the number of rows."""
    rows = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([harmless(name) for name in columns])
        for block in blocks:
            writer.writerows([_cell(value) for value in row] for row in block)
            rows += len(block)
    return rows


def write_parquet(path: Path, columns: Sequence[str], blocks: Blocks) -> int:
    """Write Parquet with the types of the database; returns the number of rows. Raises ParquetMissingError."""
    arrow, parquet = _library("pyarrow"), _library("pyarrow.parquet")
    tables = [arrow.table(_by_column(columns, block)) for block in blocks]
    whole = (
        arrow.concat_tables(tables, promote_options="permissive") if tables else arrow.table(_by_column(columns, []))
    )
    parquet.write_table(whole, path)
    return int(whole.num_rows)


def require_parquet() -> None:
    """Raise ParquetMissingError before anything is read for nothing."""
    _library("pyarrow.parquet")


def _library(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise ParquetMissingError(
            "写 Parquet 需要 pyarrow（约 55 MB）：请运行 .venv/bin/pip install '.[parquet]'，或改用 --format csv"
        ) from error


def _by_column(columns: Sequence[str], block: Sequence[Sequence[Any]]) -> dict[str, list[Any]]:
    return {name: [_structure(row[place]) for row in block] for place, name in enumerate(columns)}


def _structure(value: Any) -> Any:
    """Lists and objects as JSON text: their inner types differ from row to row."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value


def _cell(value: Any) -> Any:
    plain = _structure(value)
    return harmless(plain) if isinstance(plain, str) else plain
