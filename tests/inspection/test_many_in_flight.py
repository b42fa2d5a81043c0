"""A crawl asked to stop with two hundred requests in flight: it ends, says what is missing, and can be gone on with."""

from __future__ import annotations

import csv
import json
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from govspider import settings
from tests.inspection.conftest import NewDesk
from tests.inspection.crawling import Desk
from tests.inspection.sameness import differences, observations
from tests.loopback.recording_server import Asked, RecordingServer, Reply, serving

pytestmark = pytest.mark.city
_SITES = 210
_IN_FLIGHT = 200
_FEW = 5
_PERIOD = "停一"
_HTML = {"Content-Type": "text/html; charset=utf-8"}
_LONGEST = 400.0
# a machine that is behind would begin no more than forty, and their requests would time out in the hall
_ALL_AT_ONCE = {"SITES_AT_LEAST": str(_SITES)}

_EXTENSIONS = json.dumps({**settings.EXTENSIONS, "tests.inspection.dropped_start.DroppedStart": 900})


class _Hall:
    """Home pages that wait for each other while `held`, so that all are in flight at once."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.waiting = 0
        self._lock = threading.Lock()

    def answer(self, asked: Asked) -> Reply:
        parts = urlsplit(asked.url)
        if parts.path != "/":
            return Reply(404, b"nothing here", _HTML)
        with self._lock:
            self.waiting += 1
        self.open.wait(_LONGEST)
        title = (parts.hostname or "").partition(".")[0]
        return Reply(200, f"<html><head><title>{title}</title></head><body>{title}</body></html>".encode(), _HTML)


@pytest.fixture
def hall() -> _Hall:
    return _Hall()


@pytest.fixture
def proxy(hall: _Hall) -> Iterator[RecordingServer]:
    with serving(hall.answer) as server:
        yield server
        hall.open.set()


def _registry(path: Path, sites: int = _SITES) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("网站标识码", "网站名称", "首页网址", "主办单位"))
        for number in range(sites):
            name = f"第{number}站"
            writer.writerow((f"99013{number:05d}", name, f"http://s{number}.stop-demo.gov.cn/", f"{name}办公室"))
    return path


def test_two_hundred_requests_in_flight_are_not_lost_when_the_crawl_is_asked_to_stop(
    hall: _Hall, proxy: RecordingServer, new_desk: NewDesk
) -> None:
    desk = new_desk(proxy.address)
    desk.import_registry(_registry(desk.folder / "registry.csv"))
    process = desk.start_crawl(_ALL_AT_ONCE, period=_PERIOD)
    assert desk.wait_until(lambda _: hall.waiting >= _IN_FLIGHT, process)
    process.send_signal(signal.SIGTERM)
    hall.open.set()
    stopped = desk.finish(process).expect(3)
    assert "未完成" in stopped.sentences[-1]
    finished = desk.one("select count(*) from look where state = 'complete'")
    assert finished < _SITES
    desk.crawl(period=_PERIOD).expect(0)
    assert desk.rows("select state, detail from run") == [("complete", "")]
    assert differences(observations(_undisturbed(proxy, new_desk)), observations(desk)) == []


def test_a_crawl_asked_to_stop_ends_beside_sites_that_never_answer(
    hall: _Hall, proxy: RecordingServer, new_desk: NewDesk
) -> None:
    """Nobody answers before the crawl has ended, and it would wait for longer than this test does."""
    desk = new_desk(proxy.address)
    desk.import_registry(_registry(desk.folder / "registry.csv", _FEW))
    patient = {"DOWNLOAD_TIMEOUT": "1000", "STOP_SECONDS": "0.5", "EXTENSIONS": _EXTENSIONS}
    process = desk.start_crawl(patient, period=_PERIOD)
    assert desk.wait_until(lambda _: hall.waiting >= _FEW, process)
    process.send_signal(signal.SIGTERM)
    stopped = desk.finish(process).expect(3)
    assert "未完成" in stopped.sentences[-1]
    assert "Traceback" not in stopped.words
    assert desk.one("select count(*) from look where state = 'complete'") == 0
    hall.open.set()
    desk.crawl(period=_PERIOD).expect(0)
    assert desk.rows("select state, detail from run") == [("complete", "")]
    assert differences(observations(_undisturbed(proxy, new_desk, _FEW)), observations(desk)) == []


def _undisturbed(proxy: RecordingServer, new_desk: NewDesk, sites: int = _SITES) -> Desk:
    desk = new_desk(proxy.address)
    desk.import_registry(_registry(desk.folder / "registry.csv", sites))
    desk.crawl(period=_PERIOD).expect(0)
    return desk
