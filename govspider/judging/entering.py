"""Clauses that persons decide: which are open for which site, and whether what was entered may be accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation

from govspider.db.engine import Engine
from govspider.db.manual_entries import ManualEntry, delete_entries, read_entries, write_entries
from govspider.db.observations import LatestLook, read_latest_looks
from govspider.db.periods import find_period
from govspider.judging.batches import Judging, load_website_rubric
from govspider.judging.frame import Frame
from govspider.rubrics.model import Rule

VETO_WORDS = {"触发": "hit", "未触发": "clear", "不适用": "not_applicable"}
_SHOWN = {result: word for word, result in VETO_WORDS.items()}


class LineRejectedError(ValueError):
    """A line that cannot be accepted; the message is the reason for its author."""


@dataclass(frozen=True, slots=True)
class FormLine:
    """One clause of one site, as a form shows it; `result` what was entered before, '' while it is open."""

    site_code: str
    site_name: str
    rule: Rule
    most: Decimal | None
    result: str
    note: str
    entered_by: str


@dataclass(frozen=True, slots=True)
class EnteredLine:
    """One line of a form that came back, as it was read. `row` as the user's program shows it."""

    row: int
    site_code: str
    clause: str
    result: str
    note: str
    entered_by: str
    cells: tuple[str, ...] = ()


@dataclass(slots=True)
class EnteringResult:
    """What an import did: lines accepted, lines that say what is known already, empty lines, rejected lines."""

    accepted: int = 0
    unchanged: int = 0
    empty: int = 0
    rejected: list[tuple[EnteredLine, str]] = field(default_factory=list)


def form_lines(engine: Engine, period_label: str, rubric_id: str) -> list[FormLine]:
    """Every clause that a person decides, of every included site. Raises UnknownPeriodError and RubricError."""
    period = find_period(engine, period_label)
    rubric = load_website_rubric(rubric_id)
    with engine.connect() as connection:
        judging = Judging(connection, period, rubric)
        return [
            line
            for look in read_latest_looks(connection, period.id)
            if look.included
            for line in _lines_of(look, judging.frame(look))
        ]


def _lines_of(look: LatestLook, frame: Frame) -> Iterator[FormLine]:
    for rule in frame.clauses("veto", "deduct", "bonus"):
        if rule.status == "automatic":
            continue
        entry = frame.entries.get(rule.id)
        shown = "" if entry is None else _SHOWN.get(entry.result) or f"{entry.points:f}"
        most = None if rule.level == "veto" else rule.most_for(frame.object_class.id)
        yield FormLine(
            look.code, look.name, rule, most, shown, entry.note if entry else "", entry.entered_by if entry else ""
        )


def enter(
    engine: Engine,
    period_label: str,
    rubric_id: str,
    lines: Sequence[EnteredLine],
    source: tuple[str, datetime],
    *,
    replace: bool = False,
) -> EnteringResult:
    """Accept the lines of a form, all that are in order, in one transaction; judge afterwards.

    Parameters: `source` name of the file and the instant of importing it; `replace` lets a line change
    what was entered before. Raises UnknownPeriodError and RubricError.
    """
    period = find_period(engine, period_label)
    rubric = load_website_rubric(rubric_id)
    found = EnteringResult()
    accepted: list[ManualEntry] = []
    with engine.begin() as connection:
        judging = Judging(connection, period, rubric)
        looks = {look.code: look for look in read_latest_looks(connection, period.id)}
        known = read_entries(connection, period.id, rubric.key)
        said = Counter((line.site_code, line.clause) for line in lines if line.result)
        for line in lines:
            if not line.result:
                found.empty += 1
                continue
            twice = said[line.site_code, line.clause] > 1
            before = known.get((line.site_code, line.clause))
            try:
                entry = _checked(line, looks.get(line.site_code), judging, twice=twice)
                if _is_news(entry, before, replace=replace):
                    accepted.append(entry)
                else:
                    found.unchanged += 1
            except LineRejectedError as error:
                found.rejected.append((line, str(error)))
        ids = {look.code: look.site_id for look in looks.values()}
        delete_entries(connection, period.id, rubric.key, [(ids[one.site_code], one.clause) for one in accepted])
        write_entries(connection, period.id, rubric.key, accepted, ids, source)
    found.accepted = len(accepted)
    return found


def _is_news(entry: ManualEntry, before: ManualEntry | None, *, replace: bool) -> bool:
    if before is None:
        return True
    if (before.result, before.points) == (entry.result, entry.points):
        return False
    if not replace:
        word = _SHOWN.get(before.result) or f"{before.points:f}"
        raise LineRejectedError(f"此前已由 {before.entered_by} 录入“{word}”：确需更改请加 --replace")
    return True


def _checked(line: EnteredLine, look: LatestLook | None, judging: Judging, *, twice: bool) -> ManualEntry:
    """The entry that a line makes. Raises LineRejectedError with the reason why it makes none."""
    if look is None:
        raise LineRejectedError(f"网站 {line.site_code!r} 不在监测周期 {judging.period.label} 的巡检范围内")
    if not look.included:
        raise LineRejectedError(f"网站 {line.site_code!r} 未纳入本监测周期的统计（{look.state_at_check}）")
    if twice:
        raise LineRejectedError(f"网站 {line.site_code} 的指标 {line.clause} 在文件中出现了不止一次")
    frame = judging.frame(look)
    rule = _enterable(line.clause, frame)
    if not line.entered_by:
        raise LineRejectedError("没有写明录入人")
    if rule.level != "veto":
        points = _points(line.result, rule.most_for(frame.object_class.id))
        return ManualEntry(line.site_code, rule.id, "points", points, line.note, line.entered_by)
    result = VETO_WORDS.get(line.result)
    if result is None:
        raise LineRejectedError(f"录入结果 {line.result!r} 不是 {'、'.join(VETO_WORDS)} 之一")
    return ManualEntry(line.site_code, rule.id, result, None, line.note, line.entered_by)


def _enterable(clause: str, frame: Frame) -> Rule:
    rule = next((rule for rule in frame.rubric.rules if rule.id == clause), None)
    if rule is None:
        raise LineRejectedError(f"指标 {clause!r} 不在 {frame.rubric.key} 中")
    if rule.status == "automatic":
        raise LineRejectedError(f"指标 {rule.id} 由程序判定：不同意其问题时请用 review.py 复核")
    if not frame.applies(rule):
        raise LineRejectedError(f"指标 {rule.id} 不适用于{frame.object_class.name}")
    return rule


def _points(text: str, most: Decimal | None) -> Decimal:
    try:
        points = Decimal(text)
    except InvalidOperation as error:
        raise LineRejectedError(f"录入结果 {text!r} 不是分数") from error
    limit = Decimal(100) if most is None else most
    if not points.is_finite() or not 0 <= points <= limit:
        raise LineRejectedError(f"录入结果 {text} 超出范围：应在 0 到 {limit} 之间")
    if points != round(points, 4):
        raise LineRejectedError(f"录入结果 {text} 的小数超过 4 位")
    return points
