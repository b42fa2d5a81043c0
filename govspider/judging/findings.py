"""How findings change from look to look: found, fixed, regressed, exempted.

A finding is fixed only where a later look saw that the fault is gone. A page that could not be seen,
a link whose answer settles nothing, an article that was not visited again: none of these fixes anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime

from govspider.checks.column_updates import exempted
from govspider.checks.link_dead import exception_of
from govspider.checks.outcome import FindingKind
from govspider.db.findings import Sighting, StateChange, StoredFinding
from govspider.judging.fingerprints import fingerprint
from govspider.judging.site import JudgedSite
from govspider.seen import SeenSite

_JUDGING = "judging"
_OPEN = frozenset({"suspected", "confirmed", "notified", "regressed"})
_COLUMN_KINDS = frozenset({FindingKind.COLUMN_STALE, FindingKind.COLUMN_BLANK})
_LINK_KINDS = frozenset({FindingKind.LINK_DEAD, FindingKind.LINK_HIJACKED})


def sightings_of(judged: JudgedSite) -> Iterator[Sighting]:
    """Every fault that the look showed, dismissed ones included: they were seen all the same."""
    site = judged.site
    for mark, (fault, clause) in sorted((judged.faults | judged.dismissed).items()):
        yield Sighting(
            fingerprint=mark,
            site_id=site.id,
            site_column_id=fault.column_id,
            look_id=site.look_id,
            run_id=site.run_id,
            seen_at=_seen_at(site, fault.kind, fault.url),
            kind=fault.kind.value,
            clause=clause,
            certainty=judged.certainty[mark].value,
            url=fault.url,
            source_url=fault.source_url,
            headline=fault.reason,
            evidence=fault.evidence,
            evidence_sha256=fault.evidence_sha256,
        )


def changes_of(judged: Sequence[JudgedSite], stored: Sequence[StoredFinding], check_day: date) -> list[StateChange]:
    """Changes of state that these looks bring to new and stored findings of their sites."""
    by_site: defaultdict[int, list[StoredFinding]] = defaultdict(list)
    for finding in stored:
        by_site[finding.site_id].append(finding)
    changes: list[StateChange] = []
    for one in judged:
        held = by_site[one.site.id]
        known = {finding.fingerprint for finding in held}
        changes.extend(_new(one, mark) for mark in sorted(one.faults) if mark not in known)
        # only an open finding of the kind could be settled by it
        kinds = {FindingKind(finding.kind) for finding in held if finding.state in _OPEN}
        settled = {fingerprint(one.site.code, kind, key) for kind in kinds for key in one.settled[kind]}
        moved = (_moved(one, finding, settled, check_day) for finding in held)
        changes.extend(change for change in moved if change is not None and change.to_state != change.from_state)
    return changes


def _new(judged: JudgedSite, mark: str) -> StateChange:
    fault, _ = judged.faults[mark]
    return StateChange(mark, None, fault.certainty.value, _JUDGING, "首次发现", judged.site.run_id)


def _moved(judged: JudgedSite, finding: StoredFinding, settled: Collection[str], check_day: date) -> StateChange | None:
    """The change of one stored finding. An older look than its last one brings none, nor does a dismissed one move."""
    seen_at = _seen_at(judged.site, finding.kind, finding.url)
    if seen_at < finding.last_seen_at or finding.state == "dismissed":
        return None
    until = _exempted_until(judged.site, finding, check_day)
    if until is not None:
        words = "栏目豁免" if finding.kind in _COLUMN_KINDS else "链接例外"
        return _change(judged, finding, "exempted", f"{words}至 {until}", until)
    if finding.fingerprint in judged.faults:
        state, reason = _state_when_seen(judged, finding, seen_at)
        return _change(judged, finding, state, reason)
    gone = finding.fingerprint in settled or _left_its_page(judged, finding)
    if gone and finding.state in _OPEN and seen_at > finding.last_seen_at:
        return _change(judged, finding, "fixed", "最近一次完成的巡检中不再出现")
    return None


def _change(
    judged: JudgedSite, finding: StoredFinding, state: str, reason: str, until: date | None = None
) -> StateChange:
    return StateChange(finding.fingerprint, finding.state, state, _JUDGING, reason, judged.site.run_id, until)


def _seen_at(site: SeenSite, kind: str, url: str) -> datetime:
    """When the site was last looked at for this: an address may have been asked again on request since its look."""
    return site.rechecked.get(url, site.looked_at) if kind in _LINK_KINDS else site.looked_at


def _state_when_seen(judged: JudgedSite, finding: StoredFinding, seen_at: datetime) -> tuple[str, str]:
    certainty = judged.faults[finding.fingerprint][0].certainty.value
    if finding.state in {"notified", "regressed"}:
        return finding.state, ""
    if finding.state == "fixed" and finding.fixed_at is not None:
        if seen_at > finding.fixed_at:
            return "regressed", "整改后再次出现"
        if seen_at < finding.fixed_at:
            return "fixed", ""
    return certainty, "证据强度变化" if finding.state in {"suspected", "confirmed"} else "再次出现"


def _exempted_until(site: SeenSite, finding: StoredFinding, check_day: date) -> date | None:
    if finding.state == "fixed":
        return None
    if finding.kind in _LINK_KINDS:
        exception = exception_of(site, finding.url)
        return None if exception is None else exception.expires_on
    if finding.kind not in _COLUMN_KINDS:
        return None
    columns = (column for column in site.columns if column.id == finding.site_column_id)
    return next((column.exempted_until for column in columns if exempted(column, check_day)), None)


def _left_its_page(judged: JudgedSite, finding: StoredFinding) -> bool:
    if finding.kind not in judged.page_kinds or finding.fingerprint in judged.dismissed:
        return False
    return finding.source_url in judged.site.answered_urls and finding.url not in judged.site.unknown_links
