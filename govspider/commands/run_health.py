"""What a run says of itself at its end: how many sites it could see, why not the others, and whether to distrust it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from govspider.db.run_health import RunHealth


@dataclass(frozen=True, slots=True)
class Clocks:
    """Both clocks of the machine at one moment, in seconds: the one people set, and the one nobody can."""

    wall: float
    steady: float

    @classmethod
    def read(cls) -> Clocks:
        return cls(time.time(), time.monotonic())

    def jump_since(self, before: Clocks) -> float:
        """By how many seconds the wall clock was moved since; negative when it was put back."""
        return (self.wall - before.wall) - (self.steady - before.steady)


@dataclass(frozen=True, slots=True)
class HealthReport:
    """`line` for every run, `alarms` for one not to be trusted unread, `counters` for the table run."""

    line: str
    alarms: tuple[str, ...]
    counters: Mapping[str, int]


def report_health(health: RunHealth, clock_jump: float) -> HealthReport:
    """The health line of a run with its alarms.

    Parameters: `clock_jump` seconds by which the machine's clock was moved while the run went on.
    """
    rules = _rules()
    alarms = []
    if is_alarming(health):
        alarms.append(
            f"警报：{health.targets} 个网站中有 {health.missed} 个未能查看，超过 {rules['alarm']['percent']}% "
            f"且多于 {rules['alarm']['sites']} 个；请先检查本机的网络、代理和域名解析，再采信本次结果"
        )
    if abs(clock_jump) > rules["clock_jump_seconds"]:
        alarms.append(
            f"警报：巡检期间本机时钟跳动了 {clock_jump:+.0f} 秒（或机器曾休眠），记录的时间不可信；请校准时钟后重新巡检"
        )
    counters = {
        "govspider/health/targets": health.targets,
        "govspider/health/unseen": health.missed,
        "govspider/health/alarms": len(alarms),
        **{f"govspider/health/unseen/{reason}": count for reason, count in health.unseen.items()},
    }
    return HealthReport(_line(health), tuple(alarms), counters)


def is_alarming(health: RunHealth) -> bool:
    """True when more sites could not be looked at than single sites' trouble explains."""
    alarm = _rules()["alarm"]
    return bool(health.missed > alarm["sites"] and health.missed * 100 > alarm["percent"] * health.targets)


def _line(health: RunHealth) -> str:
    words = [f"覆盖：应查 {health.targets} 个网站，看到首页 {health.targets - health.missed} 个"]
    if health.missed:
        words.append(f"未能查看 {health.missed} 个（{_counted(health.unseen, _rules()['reasons'])}）")
    if health.excluded:
        words.append(f"不在统计范围 {sum(health.excluded.values())} 个（{_counted(health.excluded, {})}）")
    return "，".join(words)


def _counted(counts: Mapping[str, int], words: Mapping[str, str]) -> str:
    return "、".join(f"{words.get(reason, reason)} {count}" for reason, count in counts.items())


@cache
def _rules() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(files(__package__).joinpath("health.yaml").read_text("utf-8"))
    return loaded
