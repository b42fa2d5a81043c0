"""Signs of tampering that are not links: poisoned titles, cloaking scripts, cover frames.

Applies to: every page seen. Always suspected: a person decides.
"""

from __future__ import annotations

from datetime import date

from govspider.checks.outcome import Certainty, Fault, FindingKind, Outcome
from govspider.checks.windows import Parameters
from govspider.seen import SeenSite, SeenTampering


class Tampering(Parameters):
    """No parameters: the extractor already decided what counts as a sign."""


def judge(site: SeenSite, check_day: date, parameters: Tampering) -> Outcome:
    """One fault per page and kind of tampering."""
    places: dict[tuple[str, str], SeenTampering] = {}
    for seen in site.tampering:
        places.setdefault((seen.source_url, seen.kind), seen)
    return Outcome(1, faults=tuple(_fault(seen) for seen in places.values()))


def _fault(seen: SeenTampering) -> Fault:
    return Fault(
        kind=FindingKind.TAMPERING,
        certainty=Certainty.SUSPECTED,
        key=f"{seen.source_url} {seen.kind}",
        url=seen.source_url,
        reason=f"疑似页面被篡改（{seen.kind}）",
        evidence=f"页面 {seen.source_url}：“{seen.text}”，" + "；".join(seen.reasons),
        source_url=seen.source_url,
        evidence_sha256=seen.evidence_sha256,
    )
