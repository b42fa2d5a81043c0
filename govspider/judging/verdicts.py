"""Verdicts and score of one site, from the outcomes of its checks and what persons entered."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from govspider.checks.outcome import Fault, Outcome, Result
from govspider.db.manual_entries import ManualEntry
from govspider.db.site_scores import ScoreRow
from govspider.db.verdicts import SITE_CLAUSE, VerdictRow
from govspider.judging.fingerprints import fingerprint
from govspider.judging.frame import Frame
from govspider.judging.points import Charge, charge_checked, charge_entered, charge_open
from govspider.judging.score import Score, score_site
from govspider.rubrics.model import Rule
from govspider.scoring import rounded

NO_LOOK = "本监测周期内没有完成的巡检"
_ENTERED = {"hit": Result.FAIL, "clear": Result.PASS, "not_applicable": Result.NOT_APPLICABLE}
_ENTERED_WORDS = {"hit": "触发", "clear": "未触发", "not_applicable": "不适用"}
_PLACES = 4  # of stored points


@dataclass(slots=True)
class SiteVerdicts:
    """Everything judging says of one site. `open_clauses` are those that nobody entered (未录入)."""

    rows: list[VerdictRow] = field(default_factory=list)
    charges: list[Charge] = field(default_factory=list)
    score: Score | None = None
    score_row: ScoreRow | None = None
    open_clauses: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class JudgedObject:
    """The site that is judged: id, code, and the look that was taken; None without one."""

    id: int
    code: str
    look_id: int | None


def site_result(results: Collection[Result]) -> Result:
    """Verdict of a site over its clauses: one failure fails, one gap leaves it unknown."""
    if Result.FAIL in results:
        return Result.FAIL
    if Result.UNKNOWN in results or Result.PASS not in results:
        return Result.UNKNOWN
    return Result.PASS


def verdicts_of(judged: JudgedObject, frame: Frame, outcomes: Mapping[str, Outcome] | None) -> SiteVerdicts:
    """Verdict of every clause that can be decided, the score, and the verdict of the site (last row).

    Parameters: `outcomes` by clause; None for a site without a complete look.
    """
    found = SiteVerdicts()
    results = [_veto(found, judged, frame, rule, outcomes) for rule in frame.clauses("veto")]
    known = [result for result in results if result is not None]
    for rule in frame.clauses("deduct", "bonus"):
        found.charges.append(_charge(found, judged, frame, rule, outcomes))
    one = frame.object_class
    vetoed = Result.FAIL in known
    found.score = score_site(one, found.charges, vetoed=vetoed, without_service=frame.without_service)
    if found.score is not None and found.score.result != "open":
        known.append(Result(found.score.result))
    settled = vetoed or (None not in results and Result.UNKNOWN not in known)
    found.score_row = _score_row(judged.id, frame, found, settled=settled)
    found.rows.append(_site_row(judged, found, known, seen=outcomes is not None))
    return found


def _veto(
    found: SiteVerdicts, judged: JudgedObject, frame: Frame, rule: Rule, outcomes: Mapping[str, Outcome] | None
) -> Result | None:
    """Result of a veto clause, None while it waits for a person. A person's word on it is the last one."""
    entry = frame.entries.get(rule.id)
    if entry is not None:
        result = _ENTERED[entry.result]
        found.rows.append(_entered_row(judged, entry, result))
        return result
    if rule.status != "automatic":
        found.open_clauses.append(rule.id)
        return None
    if outcomes is None:
        found.rows.append(VerdictRow(judged.id, None, rule.id, Result.UNKNOWN.value, [NO_LOOK], []))
        return Result.UNKNOWN
    row = checked_row(judged, rule, outcomes[rule.id])
    found.rows.append(row)
    return outcomes[rule.id].result


def _charge(
    found: SiteVerdicts, judged: JudgedObject, frame: Frame, rule: Rule, outcomes: Mapping[str, Outcome] | None
) -> Charge:
    entry = frame.entries.get(rule.id)
    if entry is not None:
        charge = charge_entered(rule, entry)
        good = (charge.low > 0) == (rule.level == "bonus")
        found.rows.append(_entered_row(judged, entry, Result.PASS if good else Result.FAIL, charge))
        return charge
    if rule.check is None or outcomes is None:
        charge = charge_open(rule, frame.object_class)
        if rule.check is None:
            found.open_clauses.append(rule.id)
            return charge
        return Charge(rule, charge.low, charge.high, "unknown")
    charge = charge_checked(rule, frame.object_class, outcomes[rule.id])
    found.rows.append(checked_row(judged, rule, outcomes[rule.id], charge))
    return charge


def checked_row(judged: JudgedObject, rule: Rule, outcome: Outcome, charge: Charge | None = None) -> VerdictRow:
    """The verdict that a check's outcome makes."""
    return VerdictRow(
        site_id=judged.id,
        look_id=judged.look_id,
        clause=rule.id,
        result=outcome.result.value,
        reasons=outcome.reasons(),
        findings=sorted(_fingerprint(judged.code, fault) for fault in outcome.faults),
        bad=outcome.bad,
        suspected=outcome.suspected,
        unknown=outcome.unknown,
        threshold=outcome.threshold,
        points_low=_stored(charge.low) if charge else None,
        points_high=_stored(charge.high) if charge else None,
    )


def _fingerprint(code: str, fault: Fault) -> str:
    return fingerprint(code, fault.kind, fault.key)


def _entered_row(judged: JudgedObject, entry: ManualEntry, result: Result, charge: Charge | None = None) -> VerdictRow:
    said = _ENTERED_WORDS.get(entry.result) or f"{entry.points:f} 分"
    note = f"：{entry.note}" if entry.note else ""
    points = _stored(charge.low) if charge else None
    reasons = [f"人工录入（{entry.entered_by}）{said}{note}"]
    return VerdictRow(
        judged.id,
        judged.look_id,
        entry.clause,
        result.value,
        reasons,
        [],
        points_low=points,
        points_high=points,
    )


def _site_row(judged: JudgedObject, found: SiteVerdicts, results: Sequence[Result], *, seen: bool) -> VerdictRow:
    result = site_result(results)
    scored = {charge.rule.id for charge in found.charges}
    vetoes = [row for row in found.rows if row.clause not in scored]
    telling = [row for row in vetoes if row.result == result.value]
    reasons = [f"{row.clause}：{reason}" for row in telling for reason in row.reasons] if seen else [NO_LOOK]
    if found.score is not None and not found.score.vetoed and found.score.result == "fail":
        reasons.append(f"扣分后最多 {rounded(found.score.deduct_high or Fraction(0), 2)} 分，低于及格线")
    return VerdictRow(
        site_id=judged.id,
        look_id=judged.look_id,
        clause=SITE_CLAUSE,
        result=result.value,
        reasons=reasons,
        findings=sorted({mark for row in telling for mark in row.findings}),
        bad=sum(one is Result.FAIL for one in results),
        suspected=sum(row.suspected or 0 for row in vetoes),
        unknown=sum(one is Result.UNKNOWN for one in results),
        threshold=1,
    )


def _score_row(site_id: int, frame: Frame, found: SiteVerdicts, *, settled: bool) -> ScoreRow:
    """The score as it is stored: a total only once no veto and no clause is open any more."""
    score = found.score
    return ScoreRow(
        site_id=site_id,
        object_class=frame.object_class.id,
        result=score.result if score else None,
        vetoed=bool(score and score.vetoed),
        without_service=bool(score and score.without_service),
        deduct_low=_stored(score.deduct_low) if score else None,
        deduct_high=_stored(score.deduct_high) if score else None,
        total_low=_stored(score.total_low) if score else None,
        total_high=_stored(score.total_high) if score else None,
        total=_stored(score.total) if score and settled else None,
        open_clauses=list(found.open_clauses),
        unknown_clauses=list(score.unknown_clauses) if score else [],
        without_points=list(score.without_points) if score else [],
    )


def _stored(value: Fraction | None) -> Decimal | None:
    return None if value is None else rounded(value, _PLACES)
