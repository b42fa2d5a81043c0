"""Reading a sheet of judged domains (域名判定表): a CSV file with the columns 域名, 判定, 理由."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO

from govspider.formula_text import original
from govspider.items import DomainVerdict

_COLUMNS = ("域名", "判定", "理由")
_DOMAIN = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+")
VERDICT_WORDS = {
    DomainVerdict.VENDOR: "建站厂商",
    DomainVerdict.STATISTICS: "统计服务",
    DomainVerdict.SOCIAL: "社交分享",
    DomainVerdict.GOVERNMENT: "公共机构",
    DomainVerdict.DARK: "暗链",
    DomainVerdict.EXPIRED: "过期易主",
}
"""The verdicts as people write them."""


class DomainSheetError(ValueError):
    """A sheet that cannot be read at all."""


class DomainRowError(ValueError):
    """A domain or a verdict that is none; the sentence quotes it."""


@dataclass(frozen=True, slots=True)
class DomainRow:
    """One judged domain as it was written."""

    domain: str
    verdict: DomainVerdict
    reason: str


def read_domain_row(domain: str, verdict: str, reason: str) -> DomainRow:
    """A row from its three texts; the verdict in Chinese or by its English name. Raises DomainRowError."""
    name = domain.strip().lower().rstrip(".")
    if not name.isascii():
        name = name.encode("idna").decode("ascii") if _is_idna(name) else name
    if not _DOMAIN.fullmatch(name):
        raise DomainRowError(f"“{domain.strip()}”不是域名：请写成 example.com 的形式，不带 http:// 和路径")
    by_word = {word: one for one, word in VERDICT_WORDS.items()} | {one.value: one for one in DomainVerdict}
    chosen = by_word.get(verdict.strip())
    if chosen is None:
        raise DomainRowError(f"{name} 的判定“{verdict.strip()}”无效：应为 {'、'.join(VERDICT_WORDS.values())} 之一")
    if not reason.strip():
        raise DomainRowError(f"{name} 没有写理由")
    return DomainRow(name, chosen, reason.strip())


def read_domain_sheet(body: bytes) -> tuple[list[DomainRow], list[str]]:
    """Rows of a CSV file, and a sentence for each line that was rejected. Raises DomainSheetError.

    Parameters: `body` UTF-8, with or without a byte order mark, else GB18030.
    """
    reader = csv.DictReader(StringIO(_decoded(body), newline=""))
    missing = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise DomainSheetError(f"首行缺少列 {'、'.join(missing)}；应有 {'、'.join(_COLUMNS)}")
    rows: list[DomainRow] = []
    rejected: list[str] = []
    for line in reader:
        try:
            rows.append(read_domain_row(*(original(line[column] or "") for column in _COLUMNS)))
        except DomainRowError as error:
            rejected.append(f"第 {reader.line_num} 行：{error}")
    return rows, rejected


def domain_lines(rows: Iterable[DomainRow]) -> Iterable[tuple[str, str, str]]:
    """The lines of a sheet, its heading first: what `read_domain_sheet` reads."""
    yield _COLUMNS
    for row in rows:
        yield row.domain, VERDICT_WORDS[row.verdict], row.reason


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return body.decode("gb18030")
    except UnicodeDecodeError as error:
        raise DomainSheetError(f"既不是 UTF-8 也不是 GB18030 编码：第 {error.start} 字节无法解读") from error


def _is_idna(name: str) -> bool:
    try:
        name.encode("idna")
    except UnicodeError:
        return False
    return True
