"""What judged sites bring to the database, as lines that are ready to be copied into it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govspider.checks.outcome import Result
from govspider.db.engine import Connection
from govspider.db.findings import change_lines, read_findings, sighting_lines
from govspider.db.observations import LatestLook
from govspider.db.site_scores import score_lines
from govspider.db.verdicts import SITE_CLAUSE, verdict_lines
from govspider.judging.batches import Judging
from govspider.judging.findings import changes_of, sightings_of
from govspider.judging.verdicts import SiteVerdicts


@dataclass(frozen=True, slots=True)
class JudgedRows:
    """Rows of some sites by temporary table; `results` counts sites by verdict, `certainties` their faults."""

    lines: dict[str, str]
    results: Counter[Result]
    certainties: Counter[str]


def judged_rows(connection: Connection, judging: Judging, looks: Sequence[LatestLook]) -> Iterator[JudgedRows]:
    """Rows of these looks, a batch of sites at a time. Stores nothing."""
    for judged in judging.batches(looks):
        sightings = [sighting for one in judged for sighting in sightings_of(one)]
        stored = read_findings(connection, [one.site.id for one in judged])
        rows = verdict_rows([one.verdicts for one in judged])
        rows.lines["fresh_sighting"] = sighting_lines(sightings)
        rows.lines["fresh_change"] = change_lines(changes_of(judged, stored, judging.check_day))
        rows.certainties.update(fault.certainty.value for one in judged for fault, _ in one.faults.values())
        yield rows


def verdict_rows(found: Sequence[SiteVerdicts]) -> JudgedRows:
    """Rows of verdicts and scores alone."""
    verdicts = [row for one in found for row in one.rows]
    scores = [one.score_row for one in found if one.score_row is not None]
    return JudgedRows(
        lines={"fresh_verdict": verdict_lines(verdicts), "fresh_score": score_lines(scores)},
        results=Counter(Result(row.result) for row in verdicts if row.clause == SITE_CLAUSE),
        certainties=Counter(),
    )
