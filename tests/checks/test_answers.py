"""Every check answers pass, fail and unknown: one site for each answer, asked with a clause's own parameters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from govspider.checks.catalogue import CHECKS
from govspider.checks.outcome import Certainty, Outcome, Result
from govspider.items import MarkState, PageRole, Strength, UnknownReason, WordingSeverity
from govspider.rubrics.model import Rule
from govspider.seen import (
    SeenDarkLink,
    SeenDeadLink,
    SeenFuture,
    SeenMark,
    SeenSite,
    SeenTags,
    SeenTampering,
    SeenWording,
)
from tests.checks.questions import RULES
from tests.checks.seen_sites import HOME, ago, article, blank_column, column, columns, home, site
from tests.observed_city import CHECK_DAY


def unseen(name: str, kind: str, **values: Any) -> Any:
    return column(name, kind, lists=(), failed=UnknownReason.TIMEOUT, **values)


def dead(status: int | None) -> SeenDeadLink:
    return SeenDeadLink(f"{HOME}gone", HOME, "home", "page", "链接", status, status, "", on_site=True)


def mark(state: MarkState, value: str = "3300000001") -> SeenMark:
    return SeenMark("conac", state, value)


TAGS = dict.fromkeys(("SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnType"), "有")
DARK = SeenDarkLink("http://bet.example.com/", HOME, "博彩", "display_none", Strength.STRONG, ())
WRONG = SeenWording("扫黑险恶", "扫黑除恶", WordingSeverity.GRAVE, "开展扫黑险恶斗争。", "", HOME, HOME)
RETIRED: dict[str, Any] = {"included": False, "state_at_check": "已下线", "hosts": frozenset({"www.example.gov.cn"})}
OLD_POLICY = columns(3, "policy", ago(300), level=1)
OTHER_CODE = SeenMark("site_code", MarkState.PRESENT, "3300000099")


def open_for_persons(clause: str, good: SeenSite, seen: SeenSite) -> tuple[str, SeenSite, SeenSite, SeenSite]:
    """A check that suspects only: the same site is unknown, and fails once a person confirmed."""
    return clause, good, seen, seen


# check → clause that asks it, and sites with the answers pass, fail, unknown
ANSWERS: dict[str, tuple[str, SeenSite, SeenSite, SeenSite]] = {
    "home_stale": ("W-V3", site(), site(home=home(ago(40))), site(home=None)),
    "columns_stale": (
        "W-V4.1",
        site(*columns(5, "news", ago(2))),
        site(*columns(5, "news", ago(40))),
        site(*columns(4, "news", ago(40)), unseen("拦截", "news")),
    ),
    "column_kind_stale": (
        "W-D1.5b",
        site(*OLD_POLICY, column("规章", "policy", ago(3), level=1)),
        site(*OLD_POLICY),
        site(*OLD_POLICY, unseen("规章", "policy", level=1)),
    ),
    "columns_should_update": (
        "W-V4.2",
        site(*columns(9, "yearly", ago(370))),
        site(*columns(10, "yearly", ago(370))),
        site(*columns(9, "yearly", ago(370)), unseen("人事", "yearly")),
    ),
    "columns_blank": (
        "W-V4.3",
        site(*(blank_column(f"空{number}") for number in range(4))),
        site(*(blank_column(f"空{number}") for number in range(5))),
        site(*(blank_column(f"空{number}", fetches=1) for number in range(5))),
    ),
    "link_dead": ("W-D4.3a", site(), site(dead_links=(dead(404),)), site(dead_links=(dead(500),))),
    "mark_missing": (
        "W-D4.2",
        site(marks=(mark(MarkState.PRESENT),)),
        site(marks=(mark(MarkState.ABSENT),)),
        site(marks=(mark(MarkState.UNKNOWN),)),
    ),
    "retired_site_answers": (
        "retired-site",
        site(**{**RETIRED, "home": home(None, status=404)}),
        site(**RETIRED),
        site(**{**RETIRED, "home": home(None, status=None, failed=UnknownReason.TIMEOUT)}),
    ),
    "dark_link": open_for_persons("W-V1.3", site(), site(dark_links=(DARK,))),
    "tampering": open_for_persons("W-V1.4", site(), site(tampering=(SeenTampering("title", "博彩", HOME, ()),))),
    "wording": open_for_persons("W-V1.1", site(), site(wording=(WRONG,))),
    "date_suspicious": open_for_persons(
        "W-V1.5", site(), site(home=home(ago(1), future=(SeenFuture("预告", None, ago(-3)),)))
    ),
    "article_undated": open_for_persons(
        "article-undated",
        site(column("要闻", "news", ago(1))),
        site(column("要闻", "news", ago(1), articles=(article(ago(1), None),))),
    ),
    "tags_missing": open_for_persons(
        "W-D4.7b",
        site(tags=(SeenTags(HOME, PageRole.COLUMN, {**TAGS}),)),
        site(tags=(SeenTags(HOME, PageRole.COLUMN, {**TAGS, "ColumnType": ""}),)),
    ),
    "registry_mismatch": open_for_persons(
        "registry-mismatch", site(marks=(replace(OTHER_CODE, value="3300000001"),)), site(marks=(OTHER_CODE,))
    ),
}
# what these see is for a person to decide: they fail only once a person confirmed the fault
DECIDED_BY_PERSONS = {
    "dark_link",
    "tampering",
    "wording",
    "date_suspicious",
    "article_undated",
    "tags_missing",
    "registry_mismatch",
    "retired_site_answers",
}


def asked(rule: Rule, seen: SeenSite) -> Outcome:
    assert rule.check is not None
    return CHECKS[rule.check].judge(seen, CHECK_DAY, rule.bind())


def confirmed(outcome: Outcome) -> Outcome:
    return outcome.reviewed(lambda fault: replace(fault, certainty=Certainty.CONFIRMED), "")


def test_every_check_of_the_catalogue_is_shown_here() -> None:
    assert set(ANSWERS) == set(CHECKS)


@pytest.mark.parametrize("check", ANSWERS)
def test_a_check_passes_a_site_in_order(check: str) -> None:
    clause, good, _, _ = ANSWERS[check]
    assert RULES[clause].check == check
    assert asked(RULES[clause], good).result is Result.PASS


@pytest.mark.parametrize("check", ANSWERS)
def test_a_check_fails_a_site_only_on_confirmed_faults(check: str) -> None:
    clause, _, bad, _ = ANSWERS[check]
    outcome = asked(RULES[clause], bad)
    assert (outcome.result is Result.FAIL) == (check not in DECIDED_BY_PERSONS)
    assert confirmed(outcome).result is Result.FAIL


@pytest.mark.parametrize("check", ANSWERS)
def test_a_check_does_not_guess_what_it_could_not_establish(check: str) -> None:
    clause, _, _, gap = ANSWERS[check]
    assert asked(RULES[clause], gap).result is Result.UNKNOWN
