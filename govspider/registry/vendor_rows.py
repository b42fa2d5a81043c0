"""Findings of other vendors' text checks, from the tables in which they deliver them.

Columns are found by their headers (headers.yaml, subject `vendor`), states and severities by their words
(vendor_words.yaml). A row that cannot be read is rejected with its reason; the others are kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from govspider.entries import Origin, Reject, VendorReport
from govspider.items import WordingSeverity
from govspider.registry.addresses import read_address
from govspider.registry.cells import read_day, tidy
from govspider.registry.headers import Header, find_header, is_footer
from govspider.registry.sheets import read_table_file
from govspider.registry.site_rows import RowError
from govspider.registry.tables import RegistryFileError, Row
from govspider.registry.words import read_words

_LONGEST_WORDING = 200


@dataclass(slots=True)
class VendorTable:
    """What a file of a vendor says: readable rows, rejected ones, rows that repeat another, and the headers."""

    reports: list[VendorReport] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    repeated: int = 0
    headers: dict[str, tuple[str, ...]] = field(default_factory=dict)


def read_vendor_table(path: Path) -> VendorTable:
    """Read an xlsx or csv. Raises RegistryFileError where no sheet holds addresses and wordings."""
    table = VendorTable()
    for sheet in read_table_file(path).sheets:
        header = find_header(sheet, "vendor")
        if header is None:
            continue
        table.headers[sheet.name] = header.texts
        for row in header.data:
            if not is_footer(row):
                _take(table, header, row, Origin(sheet.name, row.number, row.cells))
    if not table.headers:
        raise RegistryFileError(f"文件“{path.name}”中没有同时含“问题网址”和“错误表述”两列的工作表：请核对表头。")
    return table


def _take(table: VendorTable, header: Header, row: Row, origin: Origin) -> None:
    try:
        report = _report(header, row, origin)
    except RowError as error:
        table.rejects.append(Reject(origin, str(error)))
        return
    if any(report.same_place(known) for known in table.reports):
        table.repeated += 1
    else:
        table.reports.append(report)


def _report(header: Header, row: Row, origin: Origin) -> VendorReport:
    """The report of a row. Raises RowError with the reason why it makes none."""
    wrong = tidy(header.value(row, "wrong_text"))
    if not wrong:
        raise RowError("错误表述是空的")
    if len(wrong) > _LONGEST_WORDING:
        raise RowError(
            f"错误表述有 {len(wrong)} 个字，超过 {_LONGEST_WORDING} 个：请只填写出错的词语，整句放在“所在句子”列"
        )
    day_text = tidy(header.value(row, "reported_on"))
    day = read_day(day_text) if day_text else None
    if day_text and day is None:
        raise RowError(f"发现日期“{day_text}”不是日期，例如 2026-11-22")
    return VendorReport(
        origin=origin,
        site_code=tidy(header.value(row, "site_code")),
        url=_address(header.value(row, "url")),
        wrong_text=wrong,
        suggestion=tidy(header.value(row, "suggestion")),
        severity=WordingSeverity(_word(header.value(row, "severity"), "severities", "严重程度")),
        sentence=tidy(header.value(row, "sentence")),
        state=_word(header.value(row, "state"), "states", "状态"),
        reviewer=tidy(header.value(row, "reviewer")),
        reason=tidy(header.value(row, "reason")),
        reported_on=day,
    )


def _address(text: str) -> str:
    try:
        return read_address(text)
    except ValueError as error:
        raise RowError(f"问题网址：{error}") from error


def _word(text: str, section: str, header: str) -> str:
    """Key of a word of vendor_words.yaml; an empty cell means the entry's `default`."""
    plain = tidy(text)
    known: Mapping[str, list[str]] = read_words("vendor_words")[section]
    for key, words in known.items():
        if plain in words:
            return key
    listed = "、".join(word for words in known.values() for word in words if word)
    raise RowError(f"{header}“{plain}”不认识：可以写 {listed}")
