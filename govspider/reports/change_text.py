"""Changes, streaks, repeat offenders and exemptions as text for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from govspider.judging.evaluation import Evaluation, ExemptionEffect
from govspider.reports.pass_rates import GroupRate
from govspider.reports.rate_changes import GroupChange, History, biggest_movers
from govspider.reports.words import words
from govspider.scoring import PassRate

_MOVERS = 5
_RESULTS = {"pass": "合格", "fail": "不合格", "unknown": "未知", None: "未判定"}


def changes_text(changes: Sequence[GroupChange], previous: str) -> str:
    """Each group's rate before and now with its change in percentage points, then the biggest movers."""
    names = words("sections")
    lines = [f"与 {previous} 比较（百分点，由未取舍的合格率计算）"]
    for one in changes:
        if one.section in {"overall", "parts", "districts", "departments"}:
            lines.append(f"  {names[one.section]} {one.name}：{_shown(one.before)} → {_shown(one.now)}{_moved(one)}")
    movers = biggest_movers(changes, _MOVERS)
    if movers:
        lines.append("变化最大：" + "、".join(f"{one.name} {_signed(one.points)}" for one in movers))
    return "\n".join(lines) + "\n"


def _shown(group: GroupRate) -> str:
    rate = group.rate
    return f"{rate.rate}%" if rate.rate is not None else "—"


def _moved(one: GroupChange) -> str:
    moved = f"，{_signed(one.points)} 个百分点" if one.points is not None else "，不可比（有一期没有可判定的网站）"
    score = f"；平均分 {one.now.score.average}，{_signed(one.score)} 分" if one.score is not None else ""
    return moved + score


def _signed(value: Decimal | None) -> str:
    return "—" if value is None else f"{value:+}"


def history_text(history: History) -> str:
    """Streaks at 100 % and sites that failed again and again."""
    names = words("sections")
    lines = [f"连续监测周期（同一指标，由近到远）：{'、'.join(history.periods)}"]
    for one in history.streaks:
        open_sites = f"（其间未知 {one.unknown} 个网站次）" if one.unknown else ""
        lines.append(f"  连续 {one.periods} 期 100%：{names[one.section]} {one.name}{open_sites}")
    lines += [f"  连续 {one.periods} 期不合格：{one.code} {one.name}" for one in history.offenders]
    return "\n".join(lines) + "\n"


def exemptions_text(effect: ExemptionEffect) -> str:
    """Every exemption in force, and the pass rate with and without them."""
    lines = [f"栏目豁免 {len(effect.exemptions)} 项"]
    for one in effect.exemptions:
        who = f"录入 {one.author}，批准 {one.approver or '未注明'}"
        lines.append(f"  {one.site_code} {one.site}「{one.column}」：{one.reason}（{who}，至 {one.expires_on}）")
    was, now = _rate(effect.without), _rate(effect.with_them)
    lines.append(f"不计豁免的合格率 {_fraction(was)}，计入后 {_fraction(now)}")
    for code, (before, after) in effect.changed.items():
        lines.append(f"  {code} {effect.with_them.names[code]}：{_RESULTS[before]} → {_RESULTS[after]}")
    return "\n".join(lines) + "\n"


def _fraction(rate: PassRate) -> str:
    shown = "—" if rate.rate is None else f"{rate.rate}%"
    return f"{shown}（{rate.passed} ÷ {rate.judged}，未知 {rate.unknown}）"


def _rate(found: Evaluation) -> PassRate:
    counts = Counter(found.of_site(code) for code in found.results)
    return PassRate(counts["pass"], counts["fail"], sum(counts.values()) - counts["pass"] - counts["fail"])
