"""News in two weeks and first-level notices and policies in six months, counted together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from govspider.checks.columns_stale import ColumnsStale, judge
from govspider.checks.outcome import Certainty, Outcome, Result
from govspider.items import ColumnState, UnknownReason
from govspider.rubrics.model import load_rubric
from govspider.seen import SeenColumn
from tests.checks.seen_sites import HOME, ago, column, columns, home, shown, site
from tests.observed_city import CHECK_DAY

RULE = next(rule for rule in load_rubric("guoban-2019").rules if rule.id == "W-V4.1")
PARAMETERS = ColumnsStale.model_validate(RULE.parameters)


def judged(*seen: SeenColumn) -> Outcome:
    return judge(site(*seen), CHECK_DAY, PARAMETERS)


def test_fail_five_stale_news_columns() -> None:
    outcome = judged(*columns(5, newest=ago(15)))
    assert (outcome.result, outcome.bad) == (Result.FAIL, 5)


def test_fail_news_and_first_level_notices_and_policies_count_together() -> None:
    outcome = judged(
        *columns(2, "news", ago(20)),
        *columns(2, "notice", ago(200), level=1),
        column("policy", "policy", ago(200), level=1),
    )
    assert (outcome.result, outcome.bad) == (Result.FAIL, 5)


def test_pass_four_stale_columns() -> None:
    outcome = judged(*columns(4, newest=ago(15)), column("新", newest=ago(14)))
    assert (outcome.result, outcome.bad) == (Result.PASS, 4)
    assert outcome.settled == {f"{HOME}新/"}


def test_pass_notices_have_six_months() -> None:
    assert judged(*columns(6, "notice", ago(170), level=1)).result is Result.PASS


def test_unknown_four_stale_and_one_unseen() -> None:
    unseen = column("拦截", lists=(), failed=UnknownReason.BLOCKED, failure="HTTP 521")
    outcome = judged(*columns(4, newest=ago(15)), unseen)
    assert (outcome.result, outcome.bad, outcome.unknown) == (Result.UNKNOWN, 4, 1)
    assert "被防护设备拦截" in outcome.reasons()[-1]


def test_unknown_five_columns_stale_by_their_lists_only() -> None:
    outcome = judged(*columns(5, newest=ago(15), witnessed=False))
    assert (outcome.result, outcome.suspected) == (Result.UNKNOWN, 5)


def test_unknown_without_any_column() -> None:
    assert judged().result is Result.UNKNOWN


def test_unknown_where_the_home_page_did_not_answer_and_columns_may_be_missing() -> None:
    dark = site(column("新", newest=ago(1)), home=home(None, status=None, failed=UnknownReason.TIMEOUT))
    assert judge(dark, CHECK_DAY, PARAMETERS).result is Result.UNKNOWN


def test_not_applicable_without_a_column_of_these_kinds() -> None:
    assert judged(*columns(9, "static", ago(900))).result is Result.NOT_APPLICABLE


@pytest.mark.parametrize("level", [None, 2])
def test_notices_that_are_not_first_level_never_count(level: int | None) -> None:
    assert judged(*columns(9, "notice", ago(900), level=level)).result is Result.NOT_APPLICABLE


@pytest.mark.parametrize("kind", ["static", "interaction", "service", "navigation", "archive", "other"])
def test_other_kinds_never_count(kind: str) -> None:
    outcome = judged(*columns(9, kind, ago(900)), column("新", newest=ago(1)))
    assert (outcome.result, outcome.faults) == (Result.PASS, ())


def test_an_unread_column_of_another_kind_is_no_gap() -> None:
    unread = shown(None, ColumnState.UNKNOWN, reason=UnknownReason.NEEDS_BROWSER)
    outcome = judged(*columns(9, "service", lists=(unread,)), column("新", newest=ago(1)))
    assert (outcome.result, outcome.unknown) == (Result.PASS, 0)


def test_portals_are_judged_by_their_children() -> None:
    portal = shown(None, ColumnState.PORTAL)
    outcome = judged(*columns(9, lists=(portal,)), column("新", newest=ago(1)))
    assert (outcome.result, outcome.unknown) == (Result.PASS, 0)


def test_an_exempted_column_does_not_count_until_its_exemption_ends() -> None:
    exempt = columns(5, newest=ago(15), exempted_until=CHECK_DAY)
    assert judged(*exempt, column("新", newest=ago(1))).result is Result.PASS
    ended = columns(5, newest=ago(15), exempted_until=ago(1))
    assert judged(*ended).result is Result.FAIL


def test_a_kind_guessed_with_little_confidence_is_at_most_suspected() -> None:
    outcome = judged(*columns(5, newest=ago(15), kind_source="guess", kind_confidence=0.5))
    assert (outcome.result, outcome.bad, outcome.suspected) == (Result.UNKNOWN, 0, 5)
    sure = judged(*columns(5, newest=ago(15), kind_source="guess", kind_confidence=PARAMETERS.min_kind_confidence))
    assert sure.result is Result.FAIL


def test_two_columns_that_lead_to_one_page_are_one_fault() -> None:
    same = shown(ago(15), url="http://www.example.gov.cn/xw/")
    other = replace(same, final_url="https://www.example.gov.cn/xw")
    first, *rest = columns(5, newest=ago(15))
    outcome = judged(replace(first, lists=(same,)), *(replace(one, lists=(other,)) for one in rest))
    assert (outcome.result, outcome.bad) == (Result.PASS, 1)


def test_the_finding_names_column_date_and_window() -> None:
    fault = judged(column("要闻", newest=ago(15))).faults[0]
    assert fault.certainty is Certainty.CONFIRMED
    assert fault.key == fault.url == f"{HOME}要闻/"
    assert "14天内未更新" in fault.reason
    assert all(words in fault.evidence for words in ("要闻", str(ago(15)), str(CHECK_DAY), str(ago(14))))
