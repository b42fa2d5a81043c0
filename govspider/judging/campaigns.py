"""Campaigns (团伙线索): sites that hide the same targets, taken together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from govspider.db.shared_targets import HiddenTarget


@dataclass(frozen=True, slots=True)
class Campaign:
    """Domains and the sites (codes) that hide them, connected through at least one shared domain."""

    domains: tuple[str, ...]
    sites: tuple[str, ...]
    anchors: tuple[str, ...]
    first_seen_at: datetime


def find_campaigns(targets: Iterable[HiddenTarget]) -> list[Campaign]:
    """Groups of hidden targets whose sites overlap; a target that one site alone hides is no campaign.

    Openly linked targets connect nobody: half the country links the same badge. The widest group comes first.
    """
    groups: list[list[HiddenTarget]] = []
    for target in targets:
        if target.open_sites:
            continue
        touching = [group for group in groups if any(set(target.sites) & set(other.sites) for other in group)]
        groups = [group for group in groups if group not in touching]
        groups.append([target, *(other for group in touching for other in group)])
    found = [_campaign(group) for group in groups]
    wide = [campaign for campaign in found if len(campaign.sites) > 1]
    return sorted(wide, key=lambda campaign: (-len(campaign.sites), campaign.domains))


def _campaign(group: list[HiddenTarget]) -> Campaign:
    return Campaign(
        domains=tuple(sorted(target.domain for target in group)),
        sites=tuple(sorted({site for target in group for site in target.sites})),
        anchors=tuple(sorted({anchor for target in group for anchor in target.anchors if anchor})),
        first_seen_at=min(target.first_seen_at for target in group),
    )
