"""Scores: caps per item, thresholds, bonus, sites without services, and bounds while something is open."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from govspider.checks.outcome import Certainty, Fault, FindingKind, Outcome, Unsettled
from govspider.items import UnknownReason
from govspider.judging.points import Charge, charge_checked, charge_open
from govspider.judging.score import Score, score_site
from govspider.rubrics.model import load_rubric
from govspider.rubrics.scoring_rules import ObjectClass

RUBRIC = load_rubric("guoban-2019")
CLASSES = {one.id: one for one in RUBRIC.scoring.objects}
PORTAL = CLASSES["portal"]


def points(clause: str, low: str, high: str | None = None, state: str = "settled") -> Charge:
    return Charge(RUBRIC.clause(clause), Fraction(low), Fraction(high or low), state)


def scored(*charges: Charge, one: ObjectClass = PORTAL, vetoed: bool = False, without_service: bool = False) -> Score:
    score = score_site(one, charges, vetoed=vetoed, without_service=without_service)
    assert score is not None
    return score


# 40 points: 信息提交 7, 留言公开 6, 办理答复 7, 在线申请 5, 办事指南 8, 动态要闻 5, 机构职能 2
FORTY = [
    points("W-D3.1", "7"),
    points("W-D3.3a", "6"),
    points("W-D3.4a", "7"),
    points("W-D2.2a", "5"),
    points("W-D2.4a", "8"),
    points("W-D1.4a", "5"),
    points("W-D1.2a", "2"),
]


def test_sixty_passes_and_below_sixty_fails() -> None:
    assert scored(*FORTY).total == 60
    assert scored(*FORTY).result == "pass"
    below = scored(*FORTY, points("W-D4.7a", "0.1"))
    assert (below.total, below.result) == (Fraction("59.9"), "fail")


def test_exactly_eighty_gets_no_bonus_and_above_it_does() -> None:
    twenty = [points("W-D3.1", "7"), points("W-D3.3a", "6"), points("W-D3.4a", "7")]
    bonus = points("W-B3.1a", "3")
    assert scored(*twenty, bonus).total == 80
    less = [points("W-D3.1", "7"), points("W-D3.3a", "6"), points("W-D3.4a", "6.9")]
    assert scored(*less, bonus).total == Fraction("83.1")


def test_a_total_above_a_hundred_stands() -> None:
    assert scored(points("W-B3.1a", "3"), points("W-B5.1", "3")).total == 106


def test_deductions_stop_at_the_value_of_their_item() -> None:
    charges = [points("W-D3.3a", "6"), points("W-D3.3b", "5"), points("W-D3.3c", "3")]
    assert scored(*charges).deduct_high == 94
    entries = [points("W-D4.4a", "1"), points("W-D4.4b", "1"), points("W-D4.4c", "3"), points("W-D4.4d", "3")]
    assert scored(*entries).deduct_high == 96, "entry 1 and reply 3 have caps of their own"


def test_of_two_exclusive_bonus_clauses_the_better_counts() -> None:
    both = scored(points("W-B1.1a", "2"), points("W-B1.1b", "1"))
    assert both.total == 102


def test_a_veto_stops_the_score() -> None:
    vetoed = scored(points("W-D3.1", "7"), vetoed=True)
    assert (vetoed.total, vetoed.result, vetoed.vetoed) == (None, "fail", True)
    local = load_rubric("local-example-110").scoring.objects[1]
    assert scored(one=local, vetoed=True).total == 59


def test_a_department_without_services_is_scored_out_of_75_times_four_thirds() -> None:
    ministry = CLASSES["ministry-portal"]
    fifteen = [points("W-D3.1", "7"), points("W-D3.3a", "6"), points("W-D1.3a", "2")]
    score = scored(*fifteen, one=ministry, without_service=True)
    assert score.total == 80
    assert score.without_service
    assert scored(*fifteen, one=ministry).total == 85


def test_points_of_a_dropped_group_may_be_spread_over_the_others() -> None:
    rubric = load_rubric("local-example-110")
    charge = Charge(rubric.clause("L-D4.2"), Fraction(8), Fraction(8), "settled")
    assert scored(charge, one=rubric.scoring.objects[1], without_service=True).total == 90


def test_a_third_is_rounded_once_and_half_up() -> None:
    score = scored(points("W-D1.7", "1"), one=CLASSES["ministry-portal"], without_service=True)
    assert score.total == Fraction("98.67")


def test_an_open_clause_leaves_bounds_and_no_total() -> None:
    opened = scored(points("W-D3.1", "7"), points("W-D3.3a", "0", "6", "open"))
    assert opened.deduct_low == 87
    assert opened.deduct_high == 93
    assert opened.total is None
    assert opened.open_clauses == ("W-D3.3a",)


def test_the_verdict_does_not_wait_for_clauses_that_cannot_change_it() -> None:
    assert scored(points("W-D3.3a", "0", "6", "open")).result == "pass"
    assert scored(*FORTY, points("W-D1.7", "1"), points("W-D3.2", "0", "3", "open")).result == "fail"
    assert scored(*FORTY, points("W-D3.2", "0", "3", "open")).result == "open"
    assert scored(*FORTY, points("W-D3.2", "0", "3", "unknown")).result == "unknown"


def test_the_best_case_has_the_bonus_that_the_worst_case_has_not() -> None:
    score = scored(points("W-D2.4a", "0", "8", "unknown"), *FORTY[:2], points("W-B3.1a", "3"))
    assert score.total_low == 79
    assert score.total_high == 90


def test_a_class_without_a_score_has_none() -> None:
    assert score_site(CLASSES["other"], [], vetoed=False, without_service=False) is None


# ── what the outcome of a check is worth ────────────────────────────────────────────────────


def outcome(bad: int = 0, suspected: int = 0, unknown: int = 0, *, whole: bool = True) -> Outcome:
    kinds = [Certainty.CONFIRMED] * bad + [Certainty.SUSPECTED] * suspected
    faults = [Fault(FindingKind.LINK_DEAD, one, str(number), "http://x/", "", "") for number, one in enumerate(kinds)]
    gaps = [Unsettled(str(number), UnknownReason.TIMEOUT, "") for number in range(unknown)]
    return Outcome(1, faults=tuple(faults), unsettled=tuple(gaps), whole=whole)


@pytest.mark.parametrize(
    ("clause", "found", "low", "high"),
    [
        ("W-D4.2", outcome(2), "1", "1"),
        ("W-D4.2", outcome(2, suspected=1, unknown=1), "1", "2"),
        ("W-D4.2", outcome(9), "3", "3"),
        ("W-D4.2", outcome(whole=False), "0", "3"),
        ("W-D4.3a", outcome(3), "0.6", "0.6"),
        ("W-D4.3a", outcome(30), "1", "1"),
        ("W-D4.4a", outcome(1), "1", "1"),
        ("W-D4.4a", outcome(), "0", "0"),
        ("W-D4.7a", outcome(suspected=1), "0", "1"),
    ],
)
def test_confirmed_faults_are_charged_and_softer_ones_only_at_most(
    clause: str, found: Outcome, low: str, high: str
) -> None:
    charge = charge_checked(RUBRIC.clause(clause), PORTAL, found)
    assert (charge.low, charge.high) == (Fraction(low), Fraction(high))
    assert (charge.state == "settled") == (low == high)


def test_a_clause_whose_official_points_were_not_found_leaves_the_score_open() -> None:
    rubric = load_rubric("guoban-2015")
    website = rubric.scoring.objects[0]
    rule = rubric.clause("P15-D2.2a")
    stale = charge_checked(rule, website, outcome(1))
    assert stale.high is None
    score = scored(stale, one=website)
    assert (score.total, score.deduct_low, score.without_points) == (None, None, ("P15-D2.2a",))
    assert charge_checked(rule, website, outcome()).high == 0
    assert charge_open(rubric.clause("P15-D3.1"), website).high is None


def test_an_open_clause_may_cost_all_that_its_cap_allows() -> None:
    assert charge_open(RUBRIC.clause("W-D2.4b"), PORTAL).high == 8
    assert charge_open(RUBRIC.clause("W-D3.1"), PORTAL).high == 7
    assert charge_open(RUBRIC.clause("W-B2.2"), PORTAL).high == 2


def test_a_ministry_has_no_overview_column_and_more_points_for_its_functions() -> None:
    rule = RUBRIC.clause("W-D1.2a")
    assert (rule.points_for("ministry-portal"), rule.points_for("portal")) == (Decimal(4), Decimal(2))
    assert RUBRIC.clause("W-D1.1a").not_for == ("ministry-portal",)
