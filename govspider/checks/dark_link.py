"""Links that visitors are not meant to see (暗链).

Applies to: every page seen. Always suspected: only a person may say that a hidden link is an attack.
One fault per hidden container, however many links it holds and on however many pages it stands.
The clause speaks of linking, not of hiding: open links whose target turned into such a page stand here too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from govspider.checks.link_dead import planted_targets
from govspider.checks.outcome import Certainty, Fault, FindingKind, Outcome, Unsettled
from govspider.checks.unchanged_pages import unchanged_note
from govspider.checks.windows import Parameters
from govspider.checks.words import SIGHT_WORDS
from govspider.items import INNOCENT_DOMAINS, DomainVerdict, Sight, Strength
from govspider.seen import SeenDarkLink, SeenSite, SeenUnread

_VERDICT_WORDS = {DomainVerdict.DARK: "该域名已判定为暗链域名", DomainVerdict.EXPIRED: "该域名已判定为到期后被他人注册"}


class DarkLink(Parameters):
    """No parameters: the extractor already decided what counts as hidden."""


def judge(site: SeenSite, check_day: date, parameters: DarkLink) -> Outcome:
    """One fault per set of targets that are hidden together; strong evidence speaks first."""
    containers: dict[tuple[str, str, str], list[SeenDarkLink]] = {}
    for link in site.dark_links:
        if not _is_cleared(link):
            containers.setdefault((link.source_url, link.path, link.technique), []).append(link)
    alike: dict[frozenset[str], list[list[SeenDarkLink]]] = {}
    for links in containers.values():
        alike.setdefault(frozenset(link.url for link in links), []).append(links)
    faults = (*(_fault(same) for same in alike.values()), *planted_targets(site))
    return Outcome(1, faults=faults, unsettled=unread_pages(site.dark_unread), notes=unchanged_note(site))


def unread_pages(pages: Iterable[SeenUnread]) -> tuple[Unsettled, ...]:
    """Pages that were searched only up to a bound, or not at all: nothing found there is not a pass."""
    return tuple(
        Unsettled(page.source_url, page.reason, f"页面 {page.source_url} 未检查完：{page.detail}") for page in pages
    )


def is_strong(link: SeenDarkLink) -> bool:
    """True where more than the hiding accuses: the page's own evidence, other sites, or a person's verdict."""
    return link.strength is Strength.STRONG or bool(link.owners) or link.verdict is DomainVerdict.DARK


def _is_cleared(link: SeenDarkLink) -> bool:
    """True where nothing but the hiding accuses, and a person knows the domain as harmless or a browser shows the link.

    What other sites hide too is not cleared by being visible here.
    """
    if link.strength is not Strength.WEAK:
        return False
    return link.verdict in INNOCENT_DOMAINS or (link.sight is Sight.VISIBLE and not is_strong(link))


def _fault(containers: Sequence[Sequence[SeenDarkLink]]) -> Fault:
    links = max(containers, key=lambda links: any(is_strong(link) for link in links))
    first = next((link for link in links if is_strong(link)), links[0])
    strength = "强" if is_strong(first) else "弱"
    return Fault(
        kind=FindingKind.DARK_LINK,
        certainty=Certainty.SUSPECTED,
        key=min(link.url for link in links),
        url=first.url,
        reason=f"疑似暗链（证据{strength}）",
        evidence=_evidence(first, links, len({links[0].source_url for links in containers})),
        source_url=first.source_url,
        evidence_sha256=first.evidence_sha256,
    )


def _evidence(first: SeenDarkLink, links: Sequence[SeenDarkLink], pages: int) -> str:
    told = f"页面 {first.source_url} 上隐藏的链接「{first.anchor}」，手法 {first.technique}："
    told += "；".join((*first.reasons, *_reasons_beyond_the_page(first)))
    if len(links) > 1:
        told += f"。同一隐藏区域共 {len(links)} 个链接：" + "，".join(_named(links))
    return told + (f"。另有 {pages - 1} 个页面含同样的隐藏区域" if pages > 1 else "")


def _named(links: Iterable[SeenDarkLink]) -> Iterable[str]:
    return (f"「{link.anchor}」{link.url}" for link in links)


def _reasons_beyond_the_page(link: SeenDarkLink) -> Iterable[str]:
    if link.owners:
        yield f"域名 {link.domain} 在 {link.owners} 个主办方的网站上以隐藏方式出现，无一处公开链接"
    if link.sight:
        kept = f"，截图 sha256 {link.picture_sha256}" if link.picture_sha256 else ""
        yield f"浏览器复看：{SIGHT_WORDS[link.sight]}{kept}"
    if link.verdict in _VERDICT_WORDS:
        yield f"{_VERDICT_WORDS[link.verdict]}（{link.verdict_reason}）"
