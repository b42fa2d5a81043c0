"""The demo city under every rubric of websites, against what documents and plan alone say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import pytest

from govspider.db.engine import make_engine
from govspider.db.observations import read_latest_looks
from govspider.db.periods import find_period
from govspider.judging.batches import Judging, load_website_rubric
from govspider.judging.verdicts import SiteVerdicts
from govspider.rubrics.model import load_rubric, rubric_ids
from tests.city.rubric_truth import DOCUMENTS, NEVER_FAIL, ScoredSite, rubric_truth
from tests.inspection.conftest import PERIOD, Inspected

pytestmark = pytest.mark.city
_SEEDS = (7, 2026)


@pytest.fixture(scope="module", params=_SEEDS)
def inspected(request: pytest.FixtureRequest, inspect_city: Callable[[int], Inspected]) -> Inspected:
    """The city of one seed."""
    return inspect_city(request.param)


@pytest.fixture(scope="module", params=sorted(DOCUMENTS))
def rubric(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def judged_in_memory(inspected: Inspected, rubric: str) -> dict[str, SiteVerdicts]:
    """Everything that judging says of each included site; stores nothing, for other tests read the stored verdicts."""
    engine = make_engine(inspected.desk.database_url)
    period = find_period(engine, PERIOD)
    with engine.connect() as connection:
        judging = Judging(connection, period, load_website_rubric(rubric))
        looks = [look for look in read_latest_looks(connection, period.id) if look.included]
        seen = [look for look in looks if look.look_id is not None]
        found = {one.site.code: one.verdicts for batch in judging.batches(seen) for one in batch}
        for look in looks:
            found.update((look.code, one) for one in judging.unseen([look]))
    engine.dispose()
    return found


def test_every_decided_clause_score_and_site_is_as_the_documents_say(inspected: Inspected, rubric: str) -> None:
    wanted = rubric_truth(inspected.plan, rubric)
    found = judged_in_memory(inspected, rubric)
    assert sorted(found) == sorted(wanted)
    differences = [line for code in sorted(wanted) for line in _differences(code, wanted[code], found[code])]
    assert not differences, f"{len(differences)} differences from the truth:\n" + "\n".join(differences)


def _differences(code: str, wanted: ScoredSite, found: SiteVerdicts) -> Iterator[str]:
    rows = {row.clause: row for row in found.rows}
    for clause in sorted({*wanted.clauses, *rows}):
        result = rows[clause].result if clause in rows else None
        truth = wanted.clauses.get(clause)
        if result != truth and not (truth == NEVER_FAIL and result in ("pass", "unknown")):
            yield f"{code} {clause}: truth {truth}, found {result}"
    for clause, points in wanted.charged.items():
        charged = Fraction(rows[clause].points_low or 0) if clause in rows else None
        if charged != points:
            yield f"{code} {clause}: truth charges {points}, found {charged}"
    highest = found.score.deduct_high if found.score else None
    if wanted.highest != highest:
        yield f"{code}: truth leaves {wanted.highest} points at most, found {highest}"
    if found.score and found.score.vetoed != wanted.vetoed:
        yield f"{code}: truth vetoed {wanted.vetoed}, found {found.score.vetoed}"


def test_a_score_lies_between_its_bounds_and_a_vetoed_site_has_the_documents_own(
    inspected: Inspected, rubric: str
) -> None:
    printed = DOCUMENTS[rubric].vetoed
    for one in judged_in_memory(inspected, rubric).values():
        score = one.score
        if score is not None and score.vetoed:
            assert (score.total_low, score.total_high) == (printed, printed)
        elif score is not None and score.deduct_low is not None and score.deduct_high is not None:
            assert 0 <= score.deduct_low <= score.deduct_high <= 100


def test_the_truth_knows_every_rubric_of_websites() -> None:
    assert {one for one in rubric_ids() if load_rubric(one).meta.object == "website"} == set(DOCUMENTS)


def test_the_truth_of_the_city_has_passes_failures_and_gaps_under_every_rubric(
    inspected: Inspected, rubric: str
) -> None:
    results = {one.clauses["site"] for one in rubric_truth(inspected.plan, rubric).values()}
    assert results == {"pass", "fail", "unknown"}
