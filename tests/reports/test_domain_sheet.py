"""Sheets of judged domains as people write them."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from govspider.items import DomainVerdict
from govspider.reports.domain_sheet import (
    DomainRow,
    DomainRowError,
    DomainSheetError,
    domain_lines,
    read_domain_row,
    read_domain_sheet,
)

ROWS = [DomainRow("bet.com", DomainVerdict.DARK, "博彩"), DomainRow("cnzz.com", DomainVerdict.STATISTICS, "统计")]


def sheet(rows: list[DomainRow]) -> str:
    text = StringIO()
    csv.writer(text).writerows(domain_lines(rows))
    return text.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_what_is_written_is_read_again_in_every_encoding_of_excel(encoding: str) -> None:
    assert read_domain_sheet(sheet(ROWS).encode(encoding)) == (ROWS, [])


def test_a_bad_line_is_told_with_its_number_and_the_others_are_read() -> None:
    body = "域名,判定,理由\nbet.com,暗链,博彩\nhttp://x.com/,暗链,博彩\na.com,坏人,博彩\nb.com,暗链, \n"
    rows, rejected = read_domain_sheet(body.encode())
    assert rows == ROWS[:1]
    assert [sentence[:6] for sentence in rejected] == ["第 3 行：", "第 4 行：", "第 5 行："]
    assert "“http://x.com/”" in rejected[0]
    assert "“坏人”" in rejected[1]


def test_a_sheet_without_its_columns_is_refused_by_their_names() -> None:
    with pytest.raises(DomainSheetError, match="判定、理由"):
        read_domain_sheet("域名\nbet.com\n".encode())


def test_a_chinese_domain_is_kept_as_browsers_ask_for_it() -> None:
    assert read_domain_row("博彩.com", "dark", "见通报").domain == "xn--9kro4z.com"


def test_a_verdict_may_be_written_by_its_english_name() -> None:
    assert read_domain_row("Bet.com.", "expired", "换了主人") == DomainRow("bet.com", DomainVerdict.EXPIRED, "换了主人")


def test_a_name_that_is_none_is_refused() -> None:
    with pytest.raises(DomainRowError, match="不是域名"):
        read_domain_row("a..com", "dark", "x")
