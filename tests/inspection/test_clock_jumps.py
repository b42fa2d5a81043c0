"""A clock that is moved in the middle of a crawl: nothing waits for days, nothing is lost, and the run says so."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.city.server import City, serve
from tests.inspection.conftest import NewDesk, Town
from tests.inspection.crawling import Desk
from tests.inspection.sameness import differences, observations

pytestmark = pytest.mark.city
_SITE = "9901220003"
_HOST = "zrj.tingsong-demo.gov.cn"
_PERIOD = "钟一"
# what is read from dates changes with the day; everything else must not
_DATELESS = ("looks", "pages", "links", "marks", "tags", "dark links", "tampering", "link answers", "evidence")
_LIBRARIES = sorted(Path("/usr").glob("lib/*/faketime/libfaketimeMT.so.1"))
needs_faketime = pytest.mark.skipif(not _LIBRARIES, reason="libfaketime is not installed (Debian: libfaketime)")


@dataclass(frozen=True)
class _MovedDesk(Desk):
    """An office whose machine takes its time from a file; the clock that nobody can set goes on."""

    clock: Mapping[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        return {**super().environment(), **self.clock}


def _clock(file: Path) -> dict[str, str]:
    return {
        "LD_PRELOAD": str(_LIBRARIES[0]),
        "FAKETIME_TIMESTAMP_FILE": str(file),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


@needs_faketime
def test_jumps_of_days_in_both_directions_lose_nothing_and_raise_the_alarm(town: Town, new_desk: NewDesk) -> None:
    with serve(town.plan) as city:
        calm = new_desk(city.proxy_url)
        calm.import_registry(town.registry)
        calm.crawl(period=_PERIOD, sites=_SITE).expect(0)
        whole = city.count(_HOST)
        city.forget()
        plain = new_desk(city.proxy_url)
        plain.import_registry(town.registry)
        file = plain.folder / "clock"
        file.write_text("+0", "ascii")
        desk = _MovedDesk(plain.database_url, plain.folder, plain.proxy_url, clock=_clock(file))
        process = desk.start_crawl(period=_PERIOD, sites=_SITE)
        _move_when(desk, process, city, whole // 4, file, "+2d")
        _move_when(desk, process, city, whole // 2, file, "-3d")
        ended = desk.finish(process).expect(0)
    assert any("警报" in sentence and "时钟" in sentence for sentence in ended.sentences)
    wanted, found = observations(calm), observations(desk)
    assert differences({name: wanted[name] for name in _DATELESS}, {name: found[name] for name in _DATELESS}) == []


def _move_when(desk: Desk, process: subprocess.Popen[str], city: City, requests: int, file: Path, offset: str) -> None:
    assert desk.wait_until(lambda _: city.count(_HOST) >= requests, process)
    file.write_text(offset, "ascii")
