"""Signs of tampering that are not links: poisoned titles, cloaking scripts, cover frames.

Applies to: every page seen. Always suspected: a person decides.
"""

from __future__ import annotations

from datetime import date

from govspider.checks.dark_link import unread_pages
from govspider.checks.outcome import Certainty, Fault, FindingKind, Outcome
from govspider.checks.unchanged_pages import unchanged_note
from govspider.checks.windows import Parameters
from govspider.seen import SeenSite, SeenTampering


class Tampering(Parameters):
    """No parameters: the extractor already decided what counts as a sign."""


def judge(site: SeenSite, check_day: date, parameters: Tampering) -> Outcome:
    """One fault per kind of tampering: what was put into a template stands on every page, and is one fault."""
    kinds: dict[str, list[SeenTampering]] = {}
    for seen in sorted(site.tampering, key=lambda seen: seen.source_url):
        kinds.setdefault(seen.kind, []).append(seen)
    return Outcome(
        1,
        faults=tuple(_fault(kind, places) for kind, places in kinds.items()),
        unsettled=unread_pages(site.dark_unread),
        notes=unchanged_note(site),
    )


def _fault(kind: str, places: list[SeenTampering]) -> Fault:
    first = places[0]
    pages = len({seen.source_url for seen in places})
    more = f"（同样的迹象见于 {pages} 个页面）" if pages > 1 else ""
    return Fault(
        kind=FindingKind.TAMPERING,
        certainty=Certainty.SUSPECTED,
        key=kind,
        url=first.source_url,
        reason=f"疑似页面被篡改（{kind}）",
        evidence=f"页面 {first.source_url}：“{first.text}”，" + "；".join(first.reasons) + more,
        source_url=first.source_url,
        evidence_sha256=first.evidence_sha256,
    )
