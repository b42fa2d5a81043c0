"""Where a site openly leads to: the domains outside it, each counted once per link, with one example."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from govspider.extract.document.hosts import host_of, registrable_domain
from govspider.items import Link, OutboundDomain


@dataclass(slots=True)
class _Linked:
    links: int
    url: str
    source_url: str


class OutboundBook:
    """Hosts that the pages of one look link. Kept by host: few, while links are many."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Linked] = {}

    def add(self, source_url: str, links: Iterable[Link], hidden: Collection[str]) -> None:
        """Enter the links of a page that visitors can see.

        Parameters: `hidden` addresses that the page hides from them.
        """
        for link in links:
            if link.url in hidden:
                continue
            host = host_of(link.url)
            known = self._hosts.get(host)
            if known is None:
                self._hosts[host] = _Linked(1, link.url, source_url)
            else:
                known.links += 1

    def domains(self, own_hosts: Iterable[str]) -> tuple[OutboundDomain, ...]:
        """The domains that are not the site's own, by name."""
        own = {registrable_domain(host) for host in own_hosts}
        found: dict[str, OutboundDomain] = {}
        for host, linked in self._hosts.items():
            domain = registrable_domain(host) if host else ""
            if not domain or domain in own:
                continue
            before = found.get(domain)
            count = linked.links + (before.links if before else 0)
            first = before or linked
            found[domain] = OutboundDomain(domain, count, first.url, first.source_url)
        return tuple(found[domain] for domain in sorted(found))
