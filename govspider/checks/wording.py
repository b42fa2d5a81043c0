"""Wrong wordings (表述错误): what the pages show, and what other vendors' text checks reported about them.

Applies to: title, article and list titles of every page seen. Always suspected: a person decides.
A report of a vendor about a wording that was seen here too is the same fault, told once with both sources.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from govspider.checks.dark_link import unread_pages
from govspider.checks.outcome import Certainty, Fault, FindingKind, Outcome
from govspider.checks.unchanged_pages import unchanged_note
from govspider.checks.windows import Parameters
from govspider.items import WordingSeverity
from govspider.seen import SeenSite, SeenWording

_WORDS = {WordingSeverity.GRAVE: "疑似严重表述错误", WordingSeverity.HINT: "表述提示"}


class Wording(Parameters):
    """`severity`: 严重 for grave errors, 提示 for what editors should look at."""

    severity: WordingSeverity


def judge(site: SeenSite, check_day: date, parameters: Wording) -> Outcome:
    """One fault per wrong wording and text; one sentence on many pages is one fault."""
    groups = [group for group in _groups(site.wording) if group.severity is parameters.severity]
    unread = unread_pages(site.wording_unread)
    return Outcome(1, faults=tuple(map(_fault, groups)), unsettled=unread, notes=unchanged_note(site))


@dataclass(frozen=True, slots=True)
class ReportedFault:
    """The fault that a vendor's report falls under. `shared`: the wording was seen here as well."""

    key: str
    shared: bool


def fault_of_report(site: SeenSite, report: SeenWording) -> ReportedFault:
    """The fault that holds this report of a vendor. Raises LookupError where the site has no such report."""
    for group in _groups(site.wording):
        if report in group.places:
            return ReportedFault(group.key, any(not one.vendor for one in group.places))
    raise LookupError(f"site {site.code} has no report of {report.vendor} about {report.text!r} on {report.url}")


@dataclass(slots=True)
class _Group:
    """Places that show the same fault; the first one names it."""

    places: list[SeenWording] = field(default_factory=list)

    @property
    def first(self) -> SeenWording:
        return self.places[0]

    @property
    def key(self) -> str:
        return f"{_bare(self.first.text)}\n{self.first.url}"

    @property
    def severity(self) -> WordingSeverity:
        grave = any(one.severity is WordingSeverity.GRAVE for one in self.places)
        return WordingSeverity.GRAVE if grave else WordingSeverity.HINT

    def holds(self, seen: SeenWording) -> bool:
        """Whether the place shows this group's fault: the same wording in the same text, or in the same sentence."""
        return any(_is_same(one, seen) for one in self.places)


def _groups(wording: Iterable[SeenWording]) -> list[_Group]:
    """Our own places first, so that a fault keeps its name when a vendor reports it as well."""
    groups: list[_Group] = []
    by_text: dict[str, list[_Group]] = {}
    for seen in sorted(wording, key=lambda one: (bool(one.vendor), one.source_url != one.url, one.url, one.text)):
        candidates = groups if seen.vendor else by_text.get(_bare(seen.text), [])
        group = next((one for one in candidates if one.holds(seen)), None)
        if group is None:
            group = _Group()
            groups.append(group)
            by_text.setdefault(_bare(seen.text), []).append(group)
        group.places.append(seen)
    return groups


def _is_same(one: SeenWording, other: SeenWording) -> bool:
    wrong, reported = _bare(one.text), _bare(other.text)
    if other.vendor:  # who reports may quote more or less of the wrong wording, and name either page
        same_text = wrong in reported or reported in wrong
        same_place = bool({one.url, one.source_url} & {other.url, other.source_url})
    else:
        same_text = wrong == reported
        same_place = one.url == other.url
    same_sentence = bool(one.sentence) and _bare(one.sentence) == _bare(other.sentence)
    return same_text and (same_place or same_sentence)


def _bare(text: str) -> str:
    return "".join(text.split())


def _fault(group: _Group) -> Fault:
    first = group.first
    return Fault(
        kind=FindingKind.WORDING,
        certainty=Certainty.SUSPECTED,
        key=group.key,
        url=first.url,
        reason=f"{_WORDS[group.severity]}：“{first.text}”，建议核对“{first.suggestion}”",
        evidence=_evidence(group),
        source_url=first.source_url,
        evidence_sha256=first.evidence_sha256,
    )


def _evidence(group: _Group) -> str:
    first = group.first
    vendors = sorted({one.vendor for one in group.places if one.vendor})
    pages = len({one.source_url for one in group.places})
    parts = [f"页面 {first.source_url}：“{first.sentence or first.text}”"]
    if first.reason:
        parts.append(first.reason)
    if pages > 1:
        parts.append(f"见于 {pages} 个页面")
    if vendors:
        parts.append(f"{'来源' if first.vendor else '另有来源'}：{'、'.join(vendors)}（导入）")
    return "；".join(parts)
