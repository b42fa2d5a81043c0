"""Links that are dead or wrong (死链、错链).

Applies to: links of the pages seen, in the scopes the clause names (home page, inner pages).
Expects: no link that was dead at two answers of a run in a row, none whose page became a stranger's,
none to a site that the registry says is closed.
Confirmed: 404 or 410 from the site itself, or a name that does not exist, seen twice (decision 4); the faults
of `confirmed_by_later_run` too once a later run, most of a day after, saw the same and nothing better between.
Suspected: everything else, such as a soft 404 or a parked domain: a reading of words stays one however often.
Suspected as well: a dead link that stands only on pages which their server called unchanged (304) in this look.
Unknown: a link whose last answer settles nothing (blocked, timeout, login …) can neither pass nor fail the clause.
Links that a person excepted, with reason and end, are not counted.
Links that rest on answers of an earlier run (LINK_REUSE_DAYS) are told with the times of these answers.
A dead link of a shared header or footer is one fault with the number of its pages; where it stands on
the home page too, it counts there and not again among the inner pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from pydantic import Field

from govspider.checks.link_identity import changed_identity
from govspider.checks.outcome import Certainty, Fault, FindingKind, Outcome, Unsettled
from govspider.checks.unchanged_pages import unchanged_note
from govspider.checks.windows import Parameters
from govspider.items import LinkFault
from govspider.seen import (
    SeenClosedLink,
    SeenDeadLink,
    SeenIdentityChange,
    SeenLinkException,
    SeenSite,
    SeenUnknownLink,
)

_Seen = TypeVar("_Seen", SeenDeadLink, SeenIdentityChange, SeenClosedLink, SeenUnknownLink)
_HOME = "home"
_HIJACKED = {LinkFault.PARKED: "链接指向的域名已停放或出售", LinkFault.PLANTED: "链接指向赌博、色情等网页"}
_WORDS = {
    LinkFault.NO_NAME: "链接无法打开（域名不存在）",
    LinkFault.REFUSED: "链接无法打开（服务器拒绝连接）",
    LinkFault.REDIRECT_LOOP: "链接无法打开（反复跳转）",
    LinkFault.SOFT_404: "链接打开的是“页面不存在”（HTTP 200）",
    LinkFault.HOME_REDIRECT: "链接被转到首页，所链接的内容不存在",
    LinkFault.DEAD_JUMP: "链接的页面自动转到无法打开的地址",
    LinkFault.EMPTY: "链接打开后没有内容",
    LinkFault.WRONG_FILE: "链接的文件无法打开（内容与文件类型不符）",
}


_UNCHANGED = "；所在页面本次只经服务器答复“未修改”（HTTP 304），链接是否仍在页面上有待查看"


class LinkDead(Parameters):
    """What the clause gives: pages it counts, statuses that prove a page missing, states of a closed site."""

    scopes: tuple[str, ...] = Field(min_length=1)
    gone_statuses: tuple[int, ...] = Field(min_length=1)
    closed_states: tuple[str, ...] = ()
    confirmed_by_later_run: tuple[LinkFault, ...] = ()


def judge(site: SeenSite, check_day: date, parameters: LinkDead) -> Outcome:
    """One fault per target, however many pages link to it."""
    faults: dict[str, Fault] = {}
    for link in _counted(site.dead_links, parameters):
        faults.setdefault(link.url, _dead(link, parameters))
    for change in _counted(site.identity_changes, parameters):
        words = changed_identity(change.before, change.now)
        if words is not None:
            faults.setdefault(change.url, _changed(change, words))
    for closed in _counted(site.closed_links, parameters):
        if closed.site_state in parameters.closed_states:
            faults.setdefault(closed.url, _closed(closed))
    counted = [fault for fault in faults.values() if exception_of(site, fault.url) is None]
    left_out = len(faults) - len(counted)
    unsettled = tuple(
        Unsettled(link.url, link.reason, f"链接 {link.url} 无法判定：{link.detail}")
        for link in _counted(site.unsettled_links, parameters)
        if link.url not in faults and exception_of(site, link.url) is None
    )
    notes = (*([f"例外链接 {left_out} 个"] if left_out else ()), *_reused(site, parameters))
    if any(scope != _HOME for scope in parameters.scopes):
        notes += unchanged_note(site)
    # a site that was not seen showed no link: that nothing was found there establishes nothing
    seen = site.home is not None and site.home.answered
    return Outcome(1, faults=tuple(counted), unsettled=unsettled, whole=seen, notes=notes)


def _reused(site: SeenSite, parameters: LinkDead) -> list[str]:
    """What was not asked in this run: a pass rests on earlier answers there, and says so with their own times."""
    found = [one for one in site.reused_answers if one.scope in parameters.scopes]
    if not found:
        return []
    first, last = min(one.first for one in found), max(one.last for one in found)
    when = f"{first:%Y-%m-%d %H:%M}" if first == last else f"{first:%Y-%m-%d %H:%M} 至 {last:%Y-%m-%d %H:%M}"
    return [f"外部链接 {sum(one.links for one in found)} 个沿用此前巡检的答复（{when} 答复正常），本次没有再访问"]


def planted_targets(site: SeenSite) -> list[Fault]:
    """Links whose target is gambling or pornography now (链接…色情等内容), one per target, always suspected.

    A domain that is parked or belongs to somebody else is a wrong link and no such content.
    """
    faults = {link.url: _hijacked(link) for link in site.dead_links if link.fault is LinkFault.PLANTED}
    return [fault for url, fault in faults.items() if exception_of(site, url) is None]


def exception_of(site: SeenSite, url: str) -> SeenLinkException | None:
    """The exception in force that covers an address, the one that lasts longest."""
    covering = [one for one in site.link_exceptions if url.startswith(one.target)]
    return max(covering, key=lambda one: one.expires_on, default=None)


def _counted(links: Iterable[_Seen], parameters: LinkDead) -> list[_Seen]:
    """Links of the scopes; what stands on the home page as well is counted there."""
    listed = list(links)
    at_home = {link.url for link in listed if link.scope == _HOME} if _HOME not in parameters.scopes else set()
    return [link for link in listed if link.scope in parameters.scopes and link.url not in at_home]


def _dead(link: SeenDeadLink, parameters: LinkDead) -> Fault:
    certain = _is_proof(link, link.first_status, link.first_fault, parameters) and _is_proof(
        link, link.status, link.fault, parameters
    )
    again = link.dead_before is not None and link.fault in parameters.confirmed_by_later_run
    since = f"，{link.dead_before:%Y-%m-%d} 的巡检结果相同" if link.dead_before and again else ""
    answer = "域名不存在" if link.status is None and link.fault is None else f"HTTP {link.status}"
    words = _HIJACKED.get(link.fault) or _WORDS.get(link.fault) if link.fault else None
    detail = f"：{link.detail}" if link.detail else f"（{answer}）"
    return Fault(
        kind=FindingKind.LINK_HIJACKED if link.fault in _HIJACKED else FindingKind.LINK_DEAD,
        certainty=Certainty.CONFIRMED if (certain or again) and not link.on_unchanged else Certainty.SUSPECTED,
        key=link.url,
        url=link.url,
        reason=words or f"链接无法打开（{answer}）",
        evidence=f"{_place(link)}，两次访问结果一致{detail}{since}{_UNCHANGED if link.on_unchanged else ''}",
        source_url=link.source_url,
        evidence_sha256=link.evidence_sha256,
    )


def _hijacked(link: SeenDeadLink) -> Fault:
    return Fault(
        kind=FindingKind.LINK_HIJACKED,
        certainty=Certainty.SUSPECTED,
        key=link.url,
        url=link.url,
        reason=_HIJACKED[LinkFault.PLANTED],
        evidence=f"{_place(link)}，两次访问结果一致：{link.detail}",
        source_url=link.source_url,
        evidence_sha256=link.evidence_sha256,
    )


def _place(link: SeenDeadLink) -> str:
    """Where the link stands; a fault of a template is told once, with its extent."""
    anchor = f"「{link.anchor}」" if link.anchor else ""
    if link.pages > 1:
        return f"页面 {link.source_url} 等 {link.pages} 个页面上的链接{anchor}"
    return f"页面 {link.source_url} 上的链接{anchor}"


def _changed(change: SeenIdentityChange, words: str) -> Fault:
    anchor = f"「{change.anchor}」" if change.anchor else ""
    return Fault(
        kind=FindingKind.LINK_HIJACKED,
        certainty=Certainty.SUSPECTED,
        key=change.url,
        url=change.url,
        reason="链接指向的网站疑似已被他人占用",
        evidence=f"页面 {change.source_url} 上的链接{anchor}，与 {change.first_seen_at:%Y-%m-%d} 首次所见相比，{words}",
        source_url=change.source_url,
        evidence_sha256=change.evidence_sha256,
    )


def _closed(link: SeenClosedLink) -> Fault:
    anchor = f"「{link.anchor}」" if link.anchor else ""
    return Fault(
        kind=FindingKind.LINK_DEAD,
        certainty=Certainty.SUSPECTED,
        key=link.url,
        url=link.url,
        reason=f"链接指向{link.site_state}的网站“{link.site}”",
        evidence=f"页面 {link.source_url} 上的链接{anchor}；底账自 {link.since} 起状态为“{link.site_state}”",
        source_url=link.source_url,
        evidence_sha256=link.evidence_sha256,
    )


def _is_proof(link: SeenDeadLink, status: int | None, fault: LinkFault | None, parameters: LinkDead) -> bool:
    if status is None:
        return fault in (None, LinkFault.NO_NAME)
    return link.on_site and status in parameters.gone_statuses and fault in (None, LinkFault.GONE)
