"""Columns made to exhaust their reader, and pages that arrived broken: an answer in bounded time, or unknown."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from random import Random
from types import FrameType

import pytest

from govspider.extract.columns.column import observe_column
from govspider.extract.document.page import Page
from govspider.extract.lexicons import read_lexicon
from govspider.items import ColumnObservation, ColumnState, UnknownReason
from tests.extract.columns.column_pages import (
    COLUMN_URL,
    DAYS,
    NOW,
    PLAIN_ROW,
    column_page,
    plain_list,
    rows,
    unordered,
)

_TITLE = "关于第一号事项的通知公告"
_ROW = f'<li><a href="/1.html">{_TITLE}</a><span>2026-11-01</span></li>'
_CPU_SECONDS = 10
_TRUE_DAY = date(2026, 11, 1)

# each shape repeated until a reader that looks back at what it has read would need hours
_SHAPES = {
    "an attribute of blanks": f"<ul>{_ROW}</ul><p title=" + " " * 400_000 + "x>",
    "elements in each other": '<div class="a">' * 100_000 + f"<ul>{_ROW}</ul>",
    "rows in each other": f"<ul>{_ROW.removesuffix('</li>')}" * 10_000,
    "links in blocks in each other": f'<div><a href="/1.html">{_TITLE}</a>' * 10_000,
    "tables in each other": f'<table><tr><td><a href="/1.html">{_TITLE}</a></td><td>2026-11-01</td>' * 10_000,
    "one list for each item": f"<ul>{_ROW}</ul>" * 10_000,
    "a box around each list": f"<div><ul>{_ROW}</ul></div>" * 4_000,
    "lists without days": f'<ul><li><a href="/1.html">{_TITLE}</a></li></ul>' * 10_000,
    "a day in each tooltip": f'<ul><li><a href="/1.html" title="发布时间：2026-11-01">{_TITLE}</a></li></ul>' * 10_000,
    "a pager behind each list": f'<ul>{_ROW}</ul><div class="pager more"><a>下一页</a></div>' * 10_000,
    "a heading above each list": f"<h3>2026年11月</h3><ul>{_ROW.replace('2026-', '')}</ul>" * 10_000,
    "words of emptiness": "<p>暂无内容，版权所有 2026-11-01 1-1</p>" * 10_000,
    "pieces of days": f"<ul><li><a href='/1.html'>{_TITLE}</a>{'<span>1</span>' * 50_000}</li></ul>",
    "pictures without words": '<a href="/a"><img alt=" "></a>' * 10_000,
    "tags that never end": "<a " * 100_000,
    "arrays that never end": f"<script>{'docs=[' * 10_000}</script>",
    "a loader behind signs": f"<script>{'=' * 20_000} dataproxy.jsp</script>",
}


@contextmanager
def _bounded() -> Iterator[None]:
    """Raises TimeoutError in what uses more processor time than any of these pages may cost."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"more than {_CPU_SECONDS} s of processor time")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, _CPU_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _read(body: bytes) -> ColumnObservation:
    return observe_column(Page(COLUMN_URL, body), NOW)


@pytest.mark.parametrize("shape", _SHAPES)
def test_a_shape_repeated_without_end_is_answered_in_bounded_time_and_never_wrongly(shape: str) -> None:
    with _bounded():
        column = _read(f"<html><body>{_SHAPES[shape]}</body></html>".encode())
    assert column.state is not ColumnState.BLANK
    assert column.newest in (None, _TRUE_DAY)
    assert column.state is not ColumnState.UNKNOWN or column.reason is not None


_LARGEST = """
import resource, sys
from datetime import UTC, datetime
from govspider.extract.columns.column import observe_column
from govspider.extract.document.page import Page

resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
resource.setrlimit(resource.RLIMIT_CPU, (90, 90))
row = '<li><a href="/tzgg/{0}.html">关于第{0}号事项的通知公告</a><span>2026-{1:02}-10</span></li>'
rows = int(sys.argv[1])
inner = "".join(row.format(number, 11 - number * 10 // rows) for number in range(rows))
body = f"<html><body><ul class='list'>{inner}</ul></body></html>".encode()
column = observe_column(Page("http://www.example.gov.cn/tzgg/", body), datetime(2026, 11, 22, 4, tzinfo=UTC))
print(column.state.value, column.newest, column.reason and column.reason.value)
"""
_TAGS_OF_A_ROW = 6


def _largest(rows: int) -> list[str]:
    """What a list of so many rows is called. 2 GiB of addresses and 90 s of processor time are the kernel's limits."""
    command = [sys.executable, "-c", _LARGEST, str(rows)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr[-2000:]
    return ended.stdout.split()


def test_the_largest_list_that_is_read_is_read_in_bounded_time_and_memory() -> None:
    rows = read_lexicon("page_limits")["tags"] // _TAGS_OF_A_ROW - 100
    assert _largest(rows) == ["list", "2026-11-10", "None"]


def test_a_list_beyond_the_limit_is_unknown_and_dates_nothing() -> None:
    assert _largest(160_000) == ["unknown", "None", "too_big"]


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_page_cut_off_anywhere_tells_its_true_day_or_none(encoding: str) -> None:
    markup = column_page(plain_list()).body.decode().replace('charset="utf-8"', f'charset="{encoding}"')
    body = markup.encode(encoding)
    told = {_read(body[:length]).newest for length in range(len(body) // 3, len(body), 2)}
    assert told == {None, date.fromisoformat(DAYS[0])}


def test_a_page_cut_off_anywhere_is_never_blank() -> None:
    body = column_page('<div class="main"><p>本栏目暂无内容</p><p>请稍后再来</p></div>').body
    whole = column_page(plain_list()).body
    assert _read(body).state is ColumnState.BLANK
    assert ColumnState.BLANK not in {_read(whole[:length]).state for length in range(0, len(whole), 11)}


def test_a_page_of_two_encodings_keeps_its_days() -> None:
    body = column_page(unordered(rows())).body
    begins = body.index(PLAIN_ROW.encode()[:10])
    ends = body.index(b"</ul>", begins)
    mixed = body[:begins] + body[begins:ends].decode().encode("gbk") + body[ends:]
    column = _read(mixed)
    assert (column.newest, column.items) == (date.fromisoformat(DAYS[0]), len(DAYS))


def test_a_list_in_the_second_of_two_documents_is_read() -> None:
    shell = b"<html><head><title>x</title></head><body><div></div></body></html>\n"
    column = _read(shell + column_page(plain_list()).body)
    assert (column.state, column.newest, column.items) == (ColumnState.LIST, date.fromisoformat(DAYS[0]), len(DAYS))


@pytest.mark.parametrize(
    "swap", [("</li>", ""), ("</a>", ""), ("<span>", "<span><p>"), ("</ul>", ""), ("<li>", "<li <li>")]
)
def test_markup_that_is_malformed_tells_the_true_day_or_none(swap: tuple[str, str]) -> None:
    column = _read(column_page(plain_list().replace(*swap)).body)
    assert column.newest in (None, date.fromisoformat(DAYS[0]))
    assert column.state is not ColumnState.BLANK


def test_days_that_no_calendar_has_are_no_days() -> None:
    column = _read(column_page(plain_list(("2026-02-30", "2026-13-01", "2026-00-10", "0000-00-00"))).body)
    assert (column.newest, column.list_items and column.list_items[0].published) == (None, None)


@pytest.mark.parametrize("head", [b"", b"\x89PNG\r\n\x1a\n", b"%PDF-1.4\n", b"PK\x03\x04", b"<html><body><div>"])
@pytest.mark.parametrize("length", [300, 5_000, 60_000])
def test_bytes_that_are_no_text_are_unknown_with_a_reason(head: bytes, length: int) -> None:
    column = _read(head + Random(f"{head!r}{length}").randbytes(length))
    assert (column.state, column.reason, column.newest) == (ColumnState.UNKNOWN, UnknownReason.DRIFT, None)
    assert column.evidence_text


def test_a_page_with_a_few_control_characters_is_text() -> None:
    column = _read(column_page(plain_list()).body.replace(b"</li>", b"\x00\x08</li>", 3))
    assert (column.state, column.newest) == (ColumnState.LIST, date.fromisoformat(DAYS[0]))
