"""Large pages read in a process of their own: the same answers, a bound on what one costs, and nothing left behind."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

import pytest
from scrapy.crawler import Crawler
from scrapy.utils.test import get_crawler

from govspider.extract.columns.column_look import observe_look
from govspider.extract.document.page import Page
from govspider.extract.links.links import find_links
from govspider.extract.marks.marks import observe_marks
from govspider.extract.read_ahead import read_ahead
from govspider.items import PageRole
from govspider.spiders.reader_process import ReaderProcess

NOW = datetime(2026, 11, 3, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
_LIST = "<ul>" + "".join(f"<li><a href='/t20261102_{n}.html'>关于 {n} 的通知</a> 2026-11-02</li>" for n in range(40))
_PAGE = f"<html><head><title>云景市人民政府</title></head><body>{_LIST}</ul><h1>通知</h1>主办单位：云景市</body></html>"
_COSTLY = b"<html><body>" + b"".join(b"<a href=/%d>" % number for number in range(50_000))
_DAYS = (("http://www.x.gov.cn/t20261102_1.html", date(2026, 11, 2)),)


def page_of(body: bytes = _PAGE.encode()) -> Page:
    return Page("http://www.x.gov.cn/", body, "text/html; charset=utf-8")


def crawler_of(**settings: Any) -> Crawler:
    return get_crawler(settings_dict={"READ_ASIDE_BYTES": 1, "READ_ASIDE_SECONDS": 60, **settings})


def reader_of(**settings: Any) -> ReaderProcess:
    return ReaderProcess(crawler_of(**settings))


@pytest.fixture(scope="module")
def reader() -> Iterator[ReaderProcess]:
    made = reader_of()
    yield made
    made.end()


def _told(page: Page) -> dict[Any, str]:
    return {(key[0].__qualname__, key[1:]): repr(answer) for key, answer in page.asked_answers()}


@pytest.mark.parametrize("role", [PageRole.HOME, PageRole.COLUMN, PageRole.ARTICLE])
def test_a_page_is_read_as_it_would_be_here(role: PageRole, reader: ReaderProcess) -> None:
    here, beside = page_of(), page_of()
    read_ahead(here, role, NOW, article_days=_DAYS)
    asyncio.run(reader.read(beside, role, NOW, article_days=_DAYS))
    read_ahead(beside, role, NOW, article_days=_DAYS)
    there = _told(beside)
    assert ("find_links", ((), ())) in there
    assert there.items() <= _told(here).items()
    assert (beside.title, beside.encoding, beside.too_heavy) == (here.title, here.encoding, here.too_heavy)
    assert "_parsed" not in vars(beside)


def test_its_answers_are_known_after_it_has_rested(reader: ReaderProcess) -> None:
    page = page_of()
    asyncio.run(reader.read(page, PageRole.HOME, NOW))
    page.rest(awhile=True)
    assert page.once(find_links)
    assert page.once(observe_marks, (), ())
    options: dict[str, Any] = {"home": True, "second": None, "override": None, "article_days": ()}
    assert page.once(observe_look, NOW, (), **options).newest == date(2026, 11, 2)
    assert "_parsed" not in vars(page)


def test_a_page_that_costs_too_much_is_given_up_and_the_next_one_is_read() -> None:
    crawler = crawler_of(READ_ASIDE_SECONDS=1.0)
    reader = ReaderProcess(crawler)
    costly, plain = page_of(_COSTLY), page_of()

    async def read_both() -> None:
        await reader.read(costly, PageRole.HOME, NOW)
        await reader.read(plain, PageRole.HOME, NOW)

    asyncio.run(read_both())
    reader.end()
    assert "READ_ASIDE_SECONDS" in costly.given_up
    assert costly.too_heavy == costly.given_up
    assert costly.once(find_links) == ()
    assert (plain.given_up, plain.title) == ("", "云景市人民政府")
    assert crawler.stats is not None
    # what was spent in vain is told with the rest
    assert crawler.stats.get_value("govspider/reader/cpu_seconds") > 1.0
    assert crawler.stats.get_value("govspider/reader/given_up") == 1


def test_a_look_that_is_cancelled_leaves_its_answer_to_nobody_else(reader: ReaderProcess) -> None:
    large, small = page_of(_COSTLY[:200_000] + b"<title>large"), page_of()

    async def cancel_the_first() -> None:
        first = asyncio.ensure_future(reader.read(large, PageRole.HOME, NOW))
        await asyncio.sleep(0)
        first.cancel()
        with suppress(asyncio.CancelledError):
            await first
        await reader.read(small, PageRole.HOME, NOW)

    asyncio.run(cancel_the_first())
    assert small.title == "云景市人民政府"
    assert len(small.once(find_links)) == 40


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_being_asked_to_stop_is_for_the_crawl_and_costs_no_page(number: signal.Signals, reader: ReaderProcess) -> None:
    asyncio.run(reader.read(page_of(), PageRole.HOME, NOW))
    assert reader._process is not None
    assert reader._process.pid is not None
    os.kill(reader._process.pid, number)
    page = page_of()
    asyncio.run(reader.read(page, PageRole.HOME, NOW))
    assert (page.given_up, page.title) == ("", "云景市人民政府")


def test_where_no_process_can_be_begun_a_thread_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(process: SpawnProcess) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(SpawnProcess, "start", refuse)
    page = page_of()
    asyncio.run(reader_of().read(page, PageRole.HOME, NOW))
    assert page.once(find_links)
    assert page.given_up == ""


_KILLED = """
import asyncio, os, signal
from datetime import UTC, datetime
from scrapy.crawler import Crawler
from scrapy.utils.test import get_crawler
from govspider.extract.document.page import Page
from govspider.items import PageRole
from govspider.spiders import reader_process
if __name__ == "__main__":
    reader = reader_process.ReaderProcess(get_crawler(settings_dict={"READ_ASIDE_SECONDS": 60}))
    page = Page("http://www.x.gov.cn/", b"<title>read</title>")
    asyncio.run(reader.read(page, PageRole.HOME, datetime.now(UTC)))
    print(page.title, reader_process.__file__, reader._process.pid, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_from_an_egg_the_process_is_begun_and_it_ends_with_a_crawl_that_is_killed(tmp_path: Path) -> None:
    egg, program = tmp_path / "govspider.egg", tmp_path / "program.py"
    program.write_text(_KILLED, "utf-8")
    with zipfile.ZipFile(egg, "w") as archive:
        for file in (ROOT / "govspider").rglob("*"):
            if file.suffix not in (".pyc", ""):
                archive.write(file, file.relative_to(ROOT))
    # its standard output is inherited by the reader: the pipe ends when both are gone
    ended = subprocess.run(
        [sys.executable, str(program)],
        env={**os.environ, "PYTHONPATH": str(egg)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    title, where, _ = ended.stdout.split()
    assert title == "read"
    assert where.startswith(str(egg))
