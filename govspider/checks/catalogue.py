"""Every check by its name: what a rubric may ask, and how.

A name is a noun phrase for the failing state; it is the name of the check's file, of its test and of
the entry in a rubric.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from govspider.checks import (
    article_undated,
    column_kind_stale,
    columns_blank,
    columns_should_update,
    columns_stale,
    dark_link,
    date_suspicious,
    home_stale,
    link_dead,
    mark_missing,
    registry_mismatch,
    retired_site_answers,
    tags_missing,
    tampering,
    wording,
)
from govspider.checks.outcome import FindingKind, Outcome
from govspider.checks.windows import Parameters
from govspider.seen import SeenSite


@dataclass(frozen=True, slots=True)
class Check:
    """One question to the observations of a site.

    `kinds` the findings it may make; `by_page`: a finding it no longer makes is fixed once the page
    it stood on was seen again (else the check itself names what is settled).
    """

    parameters: type[Parameters]
    judge: Callable[[SeenSite, date, Any], Outcome]
    kinds: frozenset[FindingKind]
    by_page: bool = False


def _check(
    parameters: type[Parameters],
    judge: Callable[[SeenSite, date, Any], Outcome],
    *kinds: FindingKind,
    by_page: bool = False,
) -> Check:
    return Check(parameters, judge, frozenset(kinds), by_page)


_K = FindingKind

CHECKS: dict[str, Check] = {
    "home_stale": _check(home_stale.HomeStale, home_stale.judge, _K.HOME_STALE),
    "column_kind_stale": _check(column_kind_stale.ColumnKindStale, column_kind_stale.judge, _K.COLUMN_STALE),
    "columns_stale": _check(columns_stale.ColumnsStale, columns_stale.judge, _K.COLUMN_STALE),
    "columns_should_update": _check(
        columns_should_update.ColumnsShouldUpdate, columns_should_update.judge, _K.COLUMN_STALE, _K.COLUMN_BLANK
    ),
    "columns_blank": _check(columns_blank.ColumnsBlank, columns_blank.judge, _K.COLUMN_BLANK),
    "link_dead": _check(link_dead.LinkDead, link_dead.judge, _K.LINK_DEAD, _K.LINK_HIJACKED, by_page=True),
    "dark_link": _check(dark_link.DarkLink, dark_link.judge, _K.DARK_LINK, _K.LINK_HIJACKED, by_page=True),
    "tampering": _check(tampering.Tampering, tampering.judge, _K.TAMPERING, by_page=True),
    "wording": _check(wording.Wording, wording.judge, _K.WORDING, by_page=True),
    "mark_missing": _check(mark_missing.MarkMissing, mark_missing.judge, _K.MARK_MISSING, _K.MARK_INVALID),
    "tags_missing": _check(tags_missing.TagsMissing, tags_missing.judge, _K.TAGS_MISSING),
    "article_undated": _check(article_undated.ArticleUndated, article_undated.judge, _K.ARTICLE_UNDATED),
    "date_suspicious": _check(date_suspicious.DateSuspicious, date_suspicious.judge, _K.DATE_SUSPICIOUS),
    "retired_site_answers": _check(
        retired_site_answers.RetiredSiteAnswers, retired_site_answers.judge, _K.RETIRED_SITE_ANSWERS
    ),
    "registry_mismatch": _check(registry_mismatch.RegistryMismatch, registry_mismatch.judge, _K.REGISTRY_MISMATCH),
}
