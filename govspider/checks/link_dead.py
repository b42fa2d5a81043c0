"""Links that are dead (死链、错链).

Applies to: links of the pages seen, in the scopes the clause names (home page, inner pages).
Expects: no link that was dead at both answers of a run.
Confirmed: 404 or 410 from the site itself, or a name that does not exist, seen twice (decision 4).
Suspected: any other address that was dead twice, such as a 404 of somebody else's site.
"""

from __future__ import annotations

from datetime import date

from pydantic import Field

from govspider.checks.outcome import Certainty, Fault, FindingKind, Outcome
from govspider.checks.windows import Parameters
from govspider.seen import SeenDeadLink, SeenSite


class LinkDead(Parameters):
    """Which pages count, and which answers mean that a target is gone."""

    scopes: tuple[str, ...] = Field(min_length=1)
    gone_statuses: tuple[int, ...] = Field(min_length=1)


def judge(site: SeenSite, check_day: date, parameters: LinkDead) -> Outcome:
    """One fault per dead target, however many pages link to it."""
    targets: dict[str, SeenDeadLink] = {}
    for link in site.dead_links:
        if link.scope in parameters.scopes:
            targets.setdefault(link.url, link)
    return Outcome(1, faults=tuple(_fault(link, parameters) for link in targets.values()))


def _fault(link: SeenDeadLink, parameters: LinkDead) -> Fault:
    certain = all(_is_proof(link, status, parameters) for status in (link.first_status, link.status))
    no_name = link.status is None
    answer = "域名不存在" if no_name else f"HTTP {link.status}"
    detail = f"，{link.detail}" if link.detail else ""
    anchor = f"「{link.anchor}」" if link.anchor else ""
    return Fault(
        kind=FindingKind.LINK_DEAD,
        certainty=Certainty.CONFIRMED if certain else Certainty.SUSPECTED,
        key=link.url,
        url=link.url,
        reason=f"链接无法打开（{answer}）",
        evidence=f"页面 {link.source_url} 上的链接{anchor}两次访问均无法打开（{answer}{detail}）",
        source_url=link.source_url,
        evidence_sha256=link.evidence_sha256,
    )


def _is_proof(link: SeenDeadLink, status: int | None, parameters: LinkDead) -> bool:
    return status is None or (link.on_site and status in parameters.gone_statuses)
