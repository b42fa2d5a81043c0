"""The problem list (问题清单) of a period: suspected and confirmed findings, nothing unknown, nothing dismissed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from govspider.db.engine import Engine
from govspider.db.findings import ProblemRow, read_problems, split_evidence
from govspider.db.period_labels import SHANGHAI
from govspider.db.periods import find_period
from govspider.reports.spreadsheet import Sheet
from govspider.reports.words import words
from govspider.rubrics.model import load_rubric


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the list; the fields are the keys of the contract, in their order."""

    site_code: str
    site: str
    organisation: str
    kind: str
    clause: str
    state: str
    reason: str
    url: str
    source_url: str | None
    evidence: str
    first_seen: str
    last_seen: str


PROBLEM_KEYS = tuple(Problem.__dataclass_fields__)


def list_problems(engine: Engine, period_label: str, rubric_id: str) -> list[Problem]:
    """Problems by site code and kind, from the stored sightings; judge first.

    Raises UnknownPeriodError and RubricError.
    """
    rubric = load_rubric(rubric_id)
    period = find_period(engine, period_label)
    with engine.connect() as connection:
        rows = read_problems(connection, period.id, rubric.key)
    return [_problem(row) for row in rows if row.state not in {"dismissed", "exempted"}]


def problems_sheet(problems: Sequence[Problem], *, chinese: bool) -> Sheet:
    """The list as a table: with the keys of the contract as header for tools, or in Chinese for people."""
    names = words("problems")
    if not chinese:
        return Sheet(names["title"], PROBLEM_KEYS, [tuple(asdict(problem).values()) for problem in problems])
    kinds, states = words("kinds"), words("states")
    rows = [
        tuple({**asdict(problem), "kind": kinds[problem.kind], "state": states[problem.state]}.values())
        for problem in problems
    ]
    return Sheet(names["title"], [names[key] for key in PROBLEM_KEYS], rows)


def keys_sheet() -> Sheet:
    """What the keys of the header mean, for a workbook whose header holds keys."""
    names = words("problems")
    return Sheet("字段说明", ["字段", "含义"], [(key, names[key]) for key in PROBLEM_KEYS])


def _problem(row: ProblemRow) -> Problem:
    reason, evidence = split_evidence(row.evidence)
    return Problem(
        site_code=row.site_code,
        site=row.site,
        organisation=row.organisation,
        kind=row.kind,
        clause=row.clause,
        state="confirmed" if row.decision == "confirm" else row.certainty,
        reason=reason,
        url=row.url,
        source_url=row.source_url,
        evidence=evidence,
        first_seen=_shown(row.first_seen_at),
        last_seen=_shown(row.last_seen_at),
    )


def _shown(instant: datetime) -> str:
    return instant.astimezone(SHANGHAI).isoformat(timespec="seconds")
