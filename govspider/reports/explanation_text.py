"""An explanation as text for people: clause, parameters, observations, evidence, what would change the answer."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from govspider.db.look_pages import LookPage
from govspider.db.period_labels import SHANGHAI
from govspider.judging.explanation import Explanation
from govspider.reports.terminal import plain_lines
from govspider.reports.words import words
from govspider.rubrics.model import Rule


def explanation_text(found: Explanation) -> str:
    """The whole chain, one block after the other."""
    names = words("explanation")
    blocks = (
        (names["site"], _site(found)),
        (names["clause"], _clause(found)),
        (names["result"], _result(found)),
        (names["observations"], iter(found.reasons or [names["none"]])),
        (names["evidence"], _evidence(found)),
        *([(names["reused"], _reused(found))] if found.reused else []),
        *([(names["unchanged"], _unchanged(found))] if found.unchanged else []),
        (names["would_change"], iter(found.would_change)),
    )
    told = "\n".join(f"{title}\n" + "\n".join(f"  {line}" for line in lines) for title, lines in blocks)
    return plain_lines(told) + "\n"


def _site(found: Explanation) -> Iterator[str]:
    look, period = found.look, found.period
    yield f"{look.code} {look.name}（{found.frame.object_class.name}）"
    yield f"监测周期 {period.label}，监测时间点 {period.check_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    if look.looked_at is not None:
        yield f"依据的巡检：第 {look.look_id} 次，{look.looked_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S} 完成"


def _clause(found: Explanation) -> Iterator[str]:
    rubric, rule = found.rubric, found.rule
    yield f"{rubric.meta.title}，{rubric.meta.document_number}（{rubric.file}，SHA-256 {rubric.sha256}）"
    if rule is None:
        yield f"网站整体：{rubric.scoring.verdict_label}"
        return
    yield f"{rule.id} {rule.name}：{rule.clause}"
    yield from _points(found, rule)
    if rule.parameters or rule.facts:
        shown = yaml.safe_dump(rule.parameters or rule.facts, allow_unicode=True, default_flow_style=True, width=10**6)
        yield f"参数：{shown.strip()}"
    sources = "；".join(rubric.meta.sources[key] for key in rule.source)
    yield f"来源：{sources}（{rule.confidence}）"
    if rule.notes:
        yield f"说明：{' '.join(rule.notes.split())}"


def _points(found: Explanation, rule: Rule) -> Iterator[str]:
    if rule.level in {"deduct", "bonus"}:
        level = words("entry_form")[rule.level]
        points = rule.points_for(found.frame.object_class.id)
        cap = rule.cap_for(found.frame.object_class.id)
        worth = f"{points:f} 分" if points is not None else "分值见分档" if rule.tiers else "官方分值未查到"
        yield f"{level}：{rule.group}，{worth}" + (f"，本项合计不超过 {cap:f} 分" if cap is not None else "")


def _result(found: Explanation) -> Iterator[str]:
    names = words("explanation")
    yield names[found.result]
    outcome = found.outcome
    if outcome is not None:
        counts = f"确认 {outcome.bad} 项，疑似 {outcome.suspected} 项，无法判定 {outcome.unknown} 项"
        yield f"{counts}，门槛 {outcome.threshold} 项"
    if found.stored is not None and found.stored != found.result:
        yield f"数据库中的判定为“{names[found.stored]}”，已经过时：请重新运行 scripts/judge.py"


def _evidence(found: Explanation) -> Iterator[str]:
    if not found.evidence:
        yield words("explanation")["none"]
    for page in found.evidence:
        yield f"{page.url}（{_answered(page)}）"
        yield f"  SHA-256 {page.evidence_sha256}，{page.size} 字节{_dropped(page)}"


def _reused(found: Explanation) -> Iterator[str]:
    for link in found.reused:
        status = "" if link.status is None else f"，HTTP {link.status}"
        at = link.answered_at.astimezone(SHANGHAI)
        yield f"{link.url}（沿用第 {link.asked_in_run} 次巡检的答复，{at:%Y-%m-%d %H:%M:%S} 答复{status}）"


def _unchanged(found: Explanation) -> Iterator[str]:
    for page in found.unchanged:
        asked, came = (at.astimezone(SHANGHAI) for at in (page.asked_at, page.bytes_at))
        yield f"{page.url}（{asked:%Y-%m-%d %H:%M:%S} 答复 HTTP 304，内容为 {came:%Y-%m-%d %H:%M:%S} 收到的）"
        yield f"  SHA-256 {page.evidence_sha256}"


def _answered(page: LookPage) -> str:
    """Status and time; where the server called the page unchanged, both answers with their own times."""
    at = page.fetched_at.astimezone(SHANGHAI)
    if page.bytes_at is None:
        return f"HTTP {page.status}，{at:%Y-%m-%d %H:%M:%S}"
    came = page.bytes_at.astimezone(SHANGHAI)
    return f"HTTP 304 未修改，{at:%Y-%m-%d %H:%M:%S}；内容为 {came:%Y-%m-%d %H:%M:%S} 收到的，HTTP {page.status}"


def _dropped(page: LookPage) -> str:
    return "" if page.dropped_at is None else f"，{page.dropped_at.astimezone(SHANGHAI):%Y-%m-%d} 按保存期限删除"
