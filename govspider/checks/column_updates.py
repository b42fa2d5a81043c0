"""Counts the columns of a site that were not updated within their windows: shared by two clauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from govspider.checks.freshness import Age, Freshness, weigh
from govspider.checks.outcome import Certainty, Fault, FindingKind, Outcome, Unsettled
from govspider.checks.windows import ColumnWindow, Window
from govspider.checks.words import KIND_WORDS, REASON_WORDS
from govspider.items import UnknownReason
from govspider.seen import SeenColumn, SeenSite


@dataclass(slots=True)
class _Count:
    faults: list[Fault] = field(default_factory=list)
    unsettled: list[Unsettled] = field(default_factory=list)
    settled: set[str] = field(default_factory=set)
    judged: int = 0


def count_stale(
    site: SeenSite,
    check_day: date,
    *,
    windows: Sequence[ColumnWindow],
    threshold: int,
    min_kind_confidence: float,
) -> Outcome:
    """Weigh every column that one of the windows is about.

    Exempted columns are left out. A column whose kind was guessed below `min_kind_confidence` is at
    most suspected: the wrong kind would be the wrong window.
    """
    gap = missing_columns(site)
    count = _Count()
    kinds = {kind for entry in windows for kind in entry.kinds}
    for column in site.distinct_columns:
        if column.kind not in kinds:
            continue
        window = _window_of(column, windows)
        if window is None or exempted(column, check_day):
            continue
        sure = column.kind_source != "guess" or column.kind_confidence >= min_kind_confidence
        _add(count, column, window, check_day, sure=sure)
    return Outcome(
        threshold,
        faults=tuple(count.faults),
        unsettled=tuple(count.unsettled),
        settled=frozenset(count.settled),
        applicable=count.judged > 0 or bool(count.unsettled),
        whole=gap is None,
        notes=_notes(gap, count),
    )


def _notes(gap: str | None, count: _Count) -> tuple[str, ...]:
    if gap:
        return (gap,)
    return () if count.judged or count.unsettled else ("没有适用本条的栏目",)


def missing_columns(site: SeenSite) -> str | None:
    """Why the columns of the site cannot have been seen whole; None when nothing speaks against it."""
    if site.home is None or not site.home.answered:
        return "首页未能打开，栏目可能没有找全"
    return None if site.columns else "没有登记、也没有发现任何栏目"


def exempted(column: SeenColumn, check_day: date) -> bool:
    """True while an exemption of the column holds, its last day included."""
    return column.exempted_until is not None and column.exempted_until >= check_day


def _window_of(column: SeenColumn, windows: Sequence[ColumnWindow]) -> Window | None:
    found = (entry.window_for(column.kind, column.level, column.update_days) for entry in windows)
    return next((window for window in found if window is not None), None)


def _add(count: _Count, column: SeenColumn, window: Window, check_day: date, *, sure: bool) -> None:
    freshness = weigh(column.lists, column.articles, window, check_day)
    if freshness.age not in {Age.NO_LIST, Age.UNKNOWN}:
        count.judged += 1
    if freshness.age is Age.UNKNOWN:
        count.unsettled.append(unsettled_column(column, freshness))
    elif freshness.age is Age.FRESH:
        count.settled.add(column.url)
    elif freshness.age in {Age.STALE, Age.SUSPECTED}:
        count.faults.append(_fault(column, freshness, window, check_day, sure=sure))


def unsettled_column(column: SeenColumn, freshness: Freshness) -> Unsettled:
    """A column that could not be established, with the failure of its page where there was one."""
    reason = freshness.reason or UnknownReason.NOT_CHECKED
    why = freshness.why
    if not column.lists and (column.failed or column.failure):
        reason, why = column.failed or reason, column.failure or "栏目页未能查看"
    return Unsettled(column.url, reason, f"栏目「{column.name}」无法判定（{REASON_WORDS[reason]}）：{why}")


def _fault(column: SeenColumn, freshness: Freshness, window: Window, check_day: date, *, sure: bool) -> Fault:
    certain = sure and freshness.age is Age.STALE
    kind = KIND_WORDS[column.kind]
    guess = "" if sure else f"；栏目类别“{kind}”为推断，把握 {column.kind_confidence:.0%}"
    page = freshness.page
    return Fault(
        kind=FindingKind.COLUMN_STALE,
        certainty=Certainty.CONFIRMED if certain else Certainty.SUSPECTED,
        key=column.url,
        url=column.url,
        reason=f"{kind}类栏目「{column.name}」{window.words()}内未更新",
        evidence=f"栏目「{column.name}」（{kind}）：{freshness.why}，监测时间点 {check_day} 前{window.words()}"
        f"（{window.first_day(check_day)} 起）未见更新{guess}",
        source_url=page.final_url if page else None,
        evidence_sha256=page.evidence_sha256 if page else None,
        column_id=column.id,
    )
