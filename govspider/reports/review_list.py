"""The queue of findings as text: one after the other, or in groups that can be decided at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govspider.db.review_queue import QueuedFinding
from govspider.reports.terminal_text import visible
from govspider.reports.words import words

GROUPS = ("container", "domain", "rule", "site", "kind")
_SNIPPET = 300


def finding_lines(finding: QueuedFinding) -> Iterator[str]:
    """One finding: number, fault, evidence, and the page's own words, everything harmless to a terminal."""
    head = f"{finding.id}  {finding.fingerprint[:12]}  {finding.state}  {finding.site_code} {visible(finding.site)}"
    yield head
    yield f"    {visible(finding.headline)}  {visible(finding.url)}"
    yield f"    {visible(finding.evidence)}"
    if finding.snippet and finding.snippet not in finding.evidence:
        yield f"    原文：{visible(finding.snippet, _SNIPPET)}"


def group_lines(findings: Sequence[QueuedFinding], by: str) -> Iterator[str]:
    """Groups by container, domain, rule, site or kind: how many findings, of how many sites, and an example."""
    for name, members in groups_of(findings, by):
        sites = len({finding.site_code for finding in members})
        kinds = "、".join(sorted({words("kinds")[finding.kind] for finding in members}))
        yield f"{len(members)} 项  {sites} 个网站  {kinds}  {visible(name)}"
        yield f"    例：{members[0].id}  {visible(members[0].headline)}  {visible(members[0].url)}"


def groups_of(findings: Sequence[QueuedFinding], by: str) -> list[tuple[str, list[QueuedFinding]]]:
    """Groups by what they have in common, the largest first."""
    groups: dict[str, list[QueuedFinding]] = {}
    for finding in findings:
        groups.setdefault(finding.group(by), []).append(finding)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
