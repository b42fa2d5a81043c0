"""The health line of a run: coverage with reasons, and alarms when the fault may be on our side."""

from __future__ import annotations

from importlib.resources import files

import pytest
import yaml

from govspider.commands.run_health import Clocks, is_alarming, report_health
from govspider.db.run_health import NOT_LOOKED, RunHealth
from govspider.items import UnknownReason


def _health(targets: int, **unseen: int) -> RunHealth:
    return RunHealth(targets, unseen, {})


def test_the_line_counts_what_was_seen_and_names_every_reason() -> None:
    health = RunHealth(20, {"timeout": 2, NOT_LOOKED: 1}, {"已下线": 3, "例行维护": 1})
    line = report_health(health, 0.0).line
    assert line == (
        "覆盖：应查 20 个网站，看到首页 17 个，未能查看 3 个（超时 2、尚未巡检完成 1），"
        "不在统计范围 4 个（已下线 3、例行维护 1）"
    )


def test_a_run_that_saw_everything_says_so_and_raises_no_alarm() -> None:
    report = report_health(_health(9), 0.0)
    assert report.line == "覆盖：应查 9 个网站，看到首页 9 个"
    assert report.alarms == ()


@pytest.mark.parametrize(
    ("targets", "missed", "alarming"),
    [(10, 3, False), (10, 4, True), (80, 4, False), (79, 4, True), (1000, 50, False), (1000, 51, True), (3, 3, False)],
)
def test_more_than_five_percent_and_more_than_three_sites_raise_an_alarm(
    targets: int, missed: int, alarming: bool
) -> None:
    health = _health(targets, timeout=missed)
    assert is_alarming(health) is alarming
    assert bool(report_health(health, 0.0).alarms) is alarming


@pytest.mark.parametrize(("jump", "alarms"), [(0.4, 0), (-59.0, 0), (86_400.0, 1), (-86_400.0, 1)])
def test_a_clock_that_was_moved_raises_an_alarm(jump: float, alarms: int) -> None:
    before = Clocks(1_000_000.0, 50.0)
    after = Clocks(1_000_010.0 + jump, 60.0)
    report = report_health(_health(5), after.jump_since(before))
    assert len(report.alarms) == report.counters["govspider/health/alarms"] == alarms


def test_every_reason_has_words() -> None:
    text = files("govspider.commands").joinpath("health.yaml").read_text("utf-8")
    assert set(yaml.safe_load(text)["reasons"]) == {NOT_LOOKED, *UnknownReason}
