"""Where a site openly leads to: the domains outside it, each counted once per link, with one example."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from govspider.extract.document.hosts import host_of, registrable_domain
from govspider.extract.links.link_parts import LinkPart
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
        self._blocks: dict[str, tuple[tuple[_Linked, int], ...]] = {}

    def add(self, source_url: str, part: LinkPart, hidden: Collection[str]) -> None:
        """Enter the links of a page that visitors can see. The links of a block are counted out once.

        Parameters: `hidden` addresses that the page hides from them.
        """
        counted = None if hidden else self._blocks.get(part.digest)
        if counted is None:
            counted = self._count(source_url, part.links, hidden)
            if part.digest and not hidden:
                self._blocks[part.digest] = counted
        for linked, number in counted:
            linked.links += number

    def _count(
        self, source_url: str, links: Iterable[Link], hidden: Collection[str]
    ) -> tuple[tuple[_Linked, int], ...]:
        """How many of these links lead to each host; a host that is new is named with the first of them."""
        numbers: dict[str, int] = {}
        for link in links:
            if link.url in hidden:
                continue
            host = host_of(link.url)
            numbers[host] = numbers.get(host, 0) + 1
            if host not in self._hosts:
                self._hosts[host] = _Linked(0, link.url, source_url)
        return tuple((self._hosts[host], number) for host, number in numbers.items())

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
