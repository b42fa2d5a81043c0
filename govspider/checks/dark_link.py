"""Links that visitors are not meant to see (暗链).

Applies to: every page seen. Always suspected: only a person may say that a hidden link is an attack.
"""

from __future__ import annotations

from datetime import date

from govspider.checks.outcome import Certainty, Fault, FindingKind, Outcome
from govspider.checks.windows import Parameters
from govspider.items import Strength
from govspider.seen import SeenDarkLink, SeenSite


class DarkLink(Parameters):
    """No parameters: the extractor already decided what counts as hidden."""


def judge(site: SeenSite, check_day: date, parameters: DarkLink) -> Outcome:
    """One fault per hidden target; strong evidence speaks first where several places hide it."""
    targets: dict[str, SeenDarkLink] = {}
    for link in sorted(site.dark_links, key=lambda link: link.strength is not Strength.STRONG):
        targets.setdefault(link.url, link)
    return Outcome(1, faults=tuple(_fault(link) for link in targets.values()))


def _fault(link: SeenDarkLink) -> Fault:
    strength = "强" if link.strength is Strength.STRONG else "弱"
    return Fault(
        kind=FindingKind.DARK_LINK,
        certainty=Certainty.SUSPECTED,
        key=link.url,
        url=link.url,
        reason=f"疑似暗链（证据{strength}）",
        evidence=f"页面 {link.source_url} 上隐藏的链接「{link.anchor}」，手法 {link.technique}："
        + "；".join(link.reasons),
        source_url=link.source_url,
        evidence_sha256=link.evidence_sha256,
    )
