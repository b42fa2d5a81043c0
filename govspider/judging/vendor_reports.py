"""Taking in the findings of another vendor's text check: stored, judged with ours, and decided as their people decided.

A report about what was seen here as well becomes the same finding (the check `wording` tells which), so nothing
counts twice. A state that the vendor's people gave is written down as a review in the name that came with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from govspider.checks.outcome import FindingKind
from govspider.checks.wording import fault_of_report
from govspider.db.engine import Engine
from govspider.db.observations import LatestLook, read_latest_looks
from govspider.db.periods import find_period
from govspider.db.reviews import read_decisions
from govspider.db.vendor_wording import read_hosts, write_vendor_reports
from govspider.entries import VendorReport
from govspider.judging.batches import Judging, load_website_rubric
from govspider.judging.fingerprints import fingerprint
from govspider.judging.period import judge
from govspider.judging.reviewing import ReviewRequest, review
from govspider.seen import SeenSite

_DECISIONS = {"confirmed": "confirm", "dismissed": "dismiss"}


@dataclass(frozen=True, slots=True)
class VendorFile:
    """Where reports come from. `reviewer` stands in for rows that name nobody, '' for none."""

    vendor: str
    file: str
    reviewer: str = ""


@dataclass(slots=True)
class VendorResult:
    """What an import did. `shared` reports were about what was seen here as well."""

    accepted: int = 0
    shared: int = 0
    decided: int = 0
    rejected: list[tuple[VendorReport, str]] = field(default_factory=list)


def take_vendor_reports(
    engine: Engine,
    labels: tuple[str, str],
    reports: Sequence[VendorReport],
    source: VendorFile,
    now: datetime,
) -> VendorResult:
    """Store the reports of a file, judge their sites, and enter the decisions that came with them.

    Parameters: `labels` of the period and the rubric. Raises UnknownPeriodError and RubricError.
    """
    found = VendorResult()
    period_label, rubric_id = labels
    period = find_period(engine, period_label)
    with engine.begin() as connection:
        looks = {look.code: look for look in read_latest_looks(connection, period.id)}
        hosts = read_hosts(connection)
        taken: list[tuple[LatestLook, VendorReport]] = []
        for report in reports:
            look, refusal = _look_of(report, looks, hosts, source)
            if look is None:
                found.rejected.append((report, refusal))
            else:
                taken.append((look, report))
        rows = [(look.site_id, report) for look, report in taken]
        write_vendor_reports(connection, period.id, source.vendor, rows, (source.file, now))
    found.accepted = len(taken)
    codes = {look.code for look, _ in taken}
    if codes:
        judge(engine, period_label, rubric_id, now, site_codes=sorted(codes))
        found.decided = _decide(engine, labels, taken, source, found, now)
    return found


def _look_of(
    report: VendorReport, looks: dict[str, LatestLook], hosts: dict[str, set[str]], source: VendorFile
) -> tuple[LatestLook | None, str]:
    """The look of the reported site, or the reason why the report cannot be taken."""
    host = (urlsplit(report.url).hostname or "").lower()
    codes = {report.site_code} if report.site_code else hosts.get(host, set())
    if len(codes) != 1:
        what = "不属于底账中的任何网站" if not codes else f"属于 {len(codes)} 个网站，请填写网站标识码"
        return None, f"网址的主机 {host} {what}"
    look = looks.get(next(iter(codes)))
    if look is None or not look.included or look.look_id is None:
        return None, f"网站 {next(iter(codes))!r} 未纳入本监测周期的统计，或还没有完成的巡检"
    if look.code not in hosts.get(host, set()):
        return None, f"网址的主机 {host} 不属于网站 {look.code}：请核对网址"
    if report.state != "suspected" and not (report.reviewer or source.reviewer):
        return None, "已确认或核减的行必须写明复核人：请填写“复核人”列，或加 --reviewer"
    return look, ""


def _decide(
    engine: Engine,
    labels: tuple[str, str],
    taken: Sequence[tuple[LatestLook, VendorReport]],
    source: VendorFile,
    found: VendorResult,
    now: datetime,
) -> int:
    """Reviews for the states that came with reports; a person's earlier decision here is never overruled."""
    period = find_period(engine, labels[0])
    looks = {look.code: look for look, _ in taken}
    with engine.connect() as connection:
        judging = Judging(connection, period, load_website_rubric(labels[1]))
        sites = {one.site.code: one.site for one in judging.batch(list(looks.values()))}
        decisions = read_decisions(connection, [site.id for site in sites.values()])
    requests: dict[str, ReviewRequest] = {}
    for look, report in taken:
        mark, shared = _finding_of(sites[look.code], report, source)
        found.shared += shared
        decision = _DECISIONS.get(report.state)
        if decision is None:
            continue
        known = decisions.get(mark)
        if known is not None and known.decision != decision:
            found.rejected.append((report, f"状态未采用：{known.reviewer} 此前已有不同的复核结论"))
        elif known is None:
            reason = report.reason or f"导入：{source.vendor}标记"
            requests[mark] = ReviewRequest(mark, decision, report.reviewer or source.reviewer, reason)
    review(engine, list(requests.values()), now)
    return len(requests)


def _finding_of(site: SeenSite, report: VendorReport, source: VendorFile) -> tuple[str, bool]:
    """Fingerprint of the finding that holds a report, and whether we saw the wording ourselves."""
    name = (source.vendor, report.url, report.wrong_text)
    told = next(one for one in site.wording if (one.vendor, one.url, one.text) == name)
    fault = fault_of_report(site, told)
    return fingerprint(site.code, FindingKind.WORDING, fault.key), fault.shared
