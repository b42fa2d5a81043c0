"""Footer marks that are missing or not valid (网站标识).

Applies to: home pages that answered.
Expects: each mark of the clause present. Confirmed missing: absent from the page, its frames and its
footer scripts, with none of these parts lost (decision 4). A mark that is there but not valid is
suspected, under its own kind.
Unknown: the extractor could not establish the mark.
"""

from __future__ import annotations

from datetime import date

from pydantic import Field

from govspider.checks.outcome import Certainty, Fault, FindingKind, Outcome, Unsettled
from govspider.checks.windows import Parameters
from govspider.checks.words import MARK_WORDS
from govspider.items import MarkState, UnknownReason
from govspider.seen import SeenHome, SeenMark, SeenSite


class MarkMissing(Parameters):
    """`marks` that must be there; `outside_footer` mark → kinds of places where no reader sees it."""

    marks: tuple[str, ...] = Field(min_length=1)
    outside_footer: dict[str, tuple[str, ...]]


def judge(site: SeenSite, check_day: date, parameters: MarkMissing) -> Outcome:
    """One fault per missing or invalid mark."""
    home = site.home
    if home is None or not home.answered:
        return Outcome(1, whole=False)
    outside = parameters.outside_footer
    marks = [mark.listed(outside.get(mark.mark, ())) for mark in site.marks if mark.mark in parameters.marks]
    absent = [_missing(mark, home) for mark in marks if mark.state is MarkState.ABSENT]
    invalid = [_invalid(mark, home) for mark in marks if mark.state is MarkState.INVALID]
    return Outcome(
        1,
        faults=(*absent, *invalid),
        unsettled=tuple(_unsettled(mark) for mark in marks if mark.state is MarkState.UNKNOWN),
        settled=frozenset(mark.mark for mark in marks if mark.state is MarkState.PRESENT),
    )


def _missing(mark: SeenMark, home: SeenHome) -> Fault:
    words = MARK_WORDS[mark.mark]
    lost = "；但有框架或脚本未能取得" if home.missing_parts else ""
    return Fault(
        kind=FindingKind.MARK_MISSING,
        certainty=Certainty.SUSPECTED if home.missing_parts else Certainty.CONFIRMED,
        key=mark.mark,
        url=home.final_url,
        reason=f"首页页脚缺少{words}",
        evidence=f"首页及其框架、页脚脚本中均未见{words}{lost}",
        source_url=home.final_url,
        evidence_sha256=home.evidence_sha256,
    )


def _invalid(mark: SeenMark, home: SeenHome) -> Fault:
    words = MARK_WORDS[mark.mark]
    value = f"“{mark.value}”" if mark.value else ""
    why = f"：{mark.reason}" if mark.reason else ""
    return Fault(
        kind=FindingKind.MARK_INVALID,
        certainty=Certainty.SUSPECTED,
        key=mark.mark,
        url=home.final_url,
        reason=f"首页页脚{words}不规范",
        evidence=f"首页页脚的{words}{value}不规范{why}",
        source_url=home.final_url,
        evidence_sha256=home.evidence_sha256,
    )


def _unsettled(mark: SeenMark) -> Unsettled:
    why = f"：{mark.reason}" if mark.reason else ""
    return Unsettled(mark.mark, UnknownReason.NOT_CHECKED, f"{MARK_WORDS[mark.mark]}无法判定{why}")
