"""The bench as a command: what it refuses, what its last line holds, and what it compares with what."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.bench import __main__ as bench
from tests.bench import peers
from tests.bench.extractors import ARTICLE, COLUMN, HOME, STEPS, profile
from tests.bench.floors import below_floors, read_floors, table
from tests.bench.mixed_sites import LARGEST, hosts, serving_mixed, urls
from tests.bench.office import BenchError, Office
from tests.bench.pages import BaseSite, make_bases
from tests.bench.postgres_time import postgres_seconds
from tests.bench.server import Served
from tests.traps.peers import PEERS

AT = datetime(2026, 11, 22, 4, tzinfo=UTC)
PORT = 18_000
Figures = dict[str, object]


@pytest.fixture(scope="module")
def bases() -> list[BaseSite]:
    return make_bases(AT, PORT, small=True)[:2]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--sites", "-1"], "'-1' is no number of sites"),
        (["--sites", "many"], "'many' is no number of sites"),
        (["--turns", "0"], "'0' is no number of turns"),
        (["--delay", "0"], "'0' is no delay"),
        (["--delay", "soon"], "'soon' is no delay"),
        (["--growth", "20"], "'20' are no ascending numbers"),
        (["--growth", "200,20"], "'200,20' are no ascending numbers"),
        (["--growth", "0,20"], "'0,20' are no ascending numbers"),
    ],
)
def test_a_bad_argument_ends_with_a_sentence_that_quotes_it(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        bench.main(words)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_a_database_that_is_away_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    assert bench.main([]) == 2
    (line,) = [line for line in capsys.readouterr().err.splitlines() if line]
    assert line.startswith("bench: there is no PostgreSQL to write to: ")


@pytest.fixture
def main(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    monkeypatch.setenv("DATABASE_URL", database_url)
    return lambda *words: bench.main([*words])


def _measuring(schedule: Callable[[], Figures], pages: Callable[[], Figures] = dict) -> Callable[..., None]:
    def measure(run: bench.Bench, *_: object) -> None:
        run.part("schedule", schedule)
        run.part("pages", pages)
        run.figures["failed"] = run.failed

    return measure


def _broken() -> Figures:
    raise BenchError("scrapy ended with 1:\nits words")


def _near(ratio: float) -> Callable[[], Figures]:
    return lambda: {"schedule_vs_bound": ratio}


def test_the_last_line_names_every_figure_of_the_contract_even_where_its_part_was_left_out(
    main: Callable[..., int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench.Bench, "measure", _measuring(_near(1.1)))
    assert main("--check") == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["schedule_vs_bound"] == 1.1
    assert told["full_vs_stock"] is None and told["full_vs_download"] is None


def test_a_part_that_fails_is_named_and_the_others_still_run(
    main: Callable[..., int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench.Bench, "measure", _measuring(_broken, lambda: {"full_vs_stock": 2.0}))
    assert main() == 3
    said = capsys.readouterr()
    assert "bench: the part 'schedule' failed: scrapy ended with 1" in said.err
    told = json.loads(said.out.splitlines()[-1])
    assert (told["failed"], told["full_vs_stock"], told["schedule_vs_bound"]) == (["schedule"], 2.0, None)


def test_a_figure_below_its_floor_fails_only_where_it_is_checked(
    main: Callable[..., int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench.Bench, "measure", _measuring(_near(99.0)))
    assert main() == 0
    assert main("--check") == 1
    assert "below its floor: schedule_vs_bound is 99, at most" in capsys.readouterr().out


def test_every_floor_has_a_bound_and_the_wanted_ones_are_those_of_the_bench() -> None:
    floors = read_floors()
    assert all(("floor" in limits) != ("most" in limits) for limits in floors.values())
    assert (floors["full_vs_stock"]["wanted"], floors["full_vs_stock"]["goal"]) == (1.5, 2.5)
    assert (floors["full_vs_download"]["wanted"], floors["full_vs_download"]["goal"]) == (0.25, 0.4)
    assert (floors["schedule_vs_bound"]["wanted"], floors["growth"]["wanted"]) == (1.25, 1.15)


def test_floors_are_from_below_or_from_above_and_what_was_not_run_is_no_fault() -> None:
    floors = {"rate": {"floor": 0.5, "wanted": 1.0}, "cost": {"most": 1.2, "wanted": 0.6}}
    assert below_floors({"rate": 0.5, "cost": 1.2}, floors) == []
    assert below_floors({"rate": None}, floors) == []
    assert len(below_floors({"rate": 0.49, "cost": 1.21}, floors)) == 2
    lines = list(table({"rate": 0.5, "cost": 1.2}, floors))
    assert [line.split()[-2:] for line in lines[1:]] == [["50", "%"], ["50", "%"]]
    assert "not run" in list(table({}, floors))[1]


def test_pages_of_a_site_are_counted_once_and_only_its_own(bases: list[BaseSite]) -> None:
    served = Served(PORT, bases)
    host = f"www.s00001b01.bench-demo.gov.cn:{PORT}"
    home, missing = f"http://{host}/", f"http://{host}/nothing.html"
    assert served.own_pages([home, home, missing, f"http://www.friend01-demo.org.cn:{PORT}/"]) == 1
    copies = [f"http://www.s0000{copy}b01.bench-demo.gov.cn:{PORT}/" for copy in (1, 3)]
    assert served.own_pages(copies) == 2


def test_each_step_is_asked_of_the_kinds_of_pages_that_a_crawl_asks_it_of(bases: list[BaseSite]) -> None:
    assert {kind for step in STEPS.values() for kind in step.kinds} == {HOME, COLUMN, ARTICLE}
    spent = profile(bases, 1000)
    assert set(spent) == set(STEPS)
    assert spent["parse"] > 0


def test_the_mixed_sites_hold_one_that_is_by_far_the_largest_and_count_who_was_asked() -> None:
    largest = [host for host in hosts(60) if f"e{LARGEST}n" in host]
    assert len(largest) == 1
    with serving_mixed() as mixed:
        assert mixed.asked() == {}
        assert f"http://{largest[0]}:{mixed.port}/" in urls(60, mixed.port)


def test_peers_are_known_to_the_traps_and_one_that_is_missing_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(peers.NAMES) <= {peer.name for peer in PEERS}
    monkeypatch.setattr("tests.traps.peers._ENVIRONMENT", Path("/nonexistent"))
    monkeypatch.setenv("PATH", "")
    assert [peers.installed(name) for name in peers.NAMES] == [None, None]


def _peer(folder: Path, *lines: str) -> str:
    program = folder / "peer"
    program.write_text(f"#!{sys.executable}\n" + "\n".join(lines) + "\n", "utf-8")
    program.chmod(0o755)
    return str(program)


def _office(folder: Path) -> Office:
    return Office("postgresql://unused", folder)


def test_a_peer_finds_every_name_on_this_machine_and_is_metered(tmp_path: Path) -> None:
    words = ("import socket, sys", "found = socket.getaddrinfo('www.anything-demo.gov.cn', 80)")
    program = _peer(tmp_path, *words, "sys.exit(7 if {entry[4][0] for entry in found} != {'127.0.0.1'} else 1)")
    spent = peers.run_peer(_office(tmp_path), "LinkChecker", program, ["http://www.anything-demo.gov.cn/"])
    assert spent.whole
    assert spent.cpu > 0


def test_a_peer_that_fails_is_quoted_and_one_without_end_is_stopped(tmp_path: Path) -> None:
    words = ("import os, sys", "print('no such option', file=sys.stderr, flush=True)", "os._exit(3)")
    with pytest.raises(BenchError, match="ended with 3: no such option"):
        peers.run_peer(_office(tmp_path), "LinkChecker", _peer(tmp_path, *words), [])
    endless = _peer(tmp_path, "import time", "time.sleep(600)")
    assert not peers.run_peer(_office(tmp_path), "LinkChecker", endless, [], longest=0.2).whole


def test_the_time_of_the_server_is_told_where_it_runs_here(database_url: str) -> None:
    spent = postgres_seconds(database_url)
    assert spent is None or spent > 0
    assert (postgres_seconds(database_url) or 0) >= (spent or 0)
