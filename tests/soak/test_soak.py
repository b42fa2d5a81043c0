"""What the soak says of memory is a line through samples of a living process, and its world is mixed throughout."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from govspider.settings import SITES_PER_PROCESS
from tests.soak.__main__ import site_count
from tests.soak.many_links import address
from tests.soak.resident import Sample, slope, watch
from tests.soak.world import Ports, write_registry

_HOLDS = 80
# holds many megabytes, says so, and waits for the end of its input
_PROGRAM = f"import sys; held = b'x' * {_HOLDS} * 2**20; print('held', flush=True); sys.stdin.read()"
needs_proc = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="/proc: only Linux has it")


def test_the_slope_is_that_of_the_line_through_all_samples() -> None:
    growing = [Sample(60.0 * minute, 100.0 + 2 * minute, 0.0) for minute in range(10)]
    assert slope(growing) == pytest.approx(120.0)
    assert slope([Sample(float(second), 250.0, 0.0) for second in range(5)]) == 0.0


def test_one_sample_has_no_slope() -> None:
    with pytest.raises(ValueError, match="1 samples"):
        slope([Sample(0.0, 100.0, 100.0)])


@needs_proc
def test_another_process_is_watched_until_it_ends() -> None:
    pipe = subprocess.PIPE
    process = subprocess.Popen([sys.executable, "-c", _PROGRAM], stdin=pipe, stdout=pipe, text=True)
    assert process.stdout is not None and process.stdin is not None
    assert process.stdout.readline() == "held\n"
    seen: list[Sample] = []

    def enough(sample: Sample) -> None:
        seen.append(sample)
        if len(seen) == 2 and process.stdin is not None:
            process.stdin.close()

    samples = watch(process, 0.01, enough)
    assert process.returncode == 0
    assert samples == seen
    assert samples[0].megabytes > _HOLDS
    assert samples[0].peak >= samples[0].megabytes


def test_every_ten_sites_of_the_soak_are_of_the_same_mix(tmp_path: Path) -> None:
    path = write_registry(60, Ports(8001, 6, 8002), tmp_path / "soak.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        homes = [row["首页网址"] for row in csv.DictReader(file)]
    kinds = ["healthy" if ":8001/" in home else home.removeprefix("http://")[:4] for home in homes]
    assert len(set(homes)) == 60
    mixes = {tuple(sorted(Counter(kinds[start : start + 10]).items())) for start in range(0, 60, 10)}
    assert mixes == {(("dead", 1), ("healthy", 6), ("site", 1), ("slow", 1), ("stal", 1))}


def test_a_soak_however_long_has_no_more_sites_than_one_process_takes() -> None:
    assert [site_count(minutes) for minutes in (0.1, 20, 600)] == [60, 2400, SITES_PER_PROCESS]


def test_no_two_sites_share_a_link() -> None:
    links = {address(site, link, 80) for site in range(1, 40) for link in range(30)}
    assert len(links) == 39 * 30
