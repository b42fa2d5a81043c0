"""What is known of hidden targets beyond the page they stand on: other sites that hide them, and persons' verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from govspider.db.domain_verdicts import JudgedDomain
from govspider.seen import SeenDarkLink, SeenSite


@dataclass(frozen=True, slots=True)
class TargetKnowledge:
    """Parameters: `shared` domain → owners that hide it, for those that nobody links openly; `judged` by domain."""

    shared: Mapping[str, int]
    judged: Mapping[str, JudgedDomain]

    def told(self, site: SeenSite) -> SeenSite:
        """The site with what is known of its hidden targets."""
        if not site.dark_links:
            return site
        return replace(site, dark_links=tuple(self._told(link) for link in site.dark_links))

    def _told(self, link: SeenDarkLink) -> SeenDarkLink:
        judged = self.judged.get(link.domain)
        return replace(
            link,
            owners=self.shared.get(link.domain, 0),
            verdict=judged.verdict if judged else None,
            verdict_reason=judged.reason if judged else "",
        )
