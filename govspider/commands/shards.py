"""Which sites stay in one process where several share a run: those that wait for each other there (shard=K/N)."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Sequence

from govspider.extract.document.hosts import host_of, site_key
from govspider.items import SiteTarget

_SHARES_TRIED = 10


def shard_of(targets: Iterable[SiteTarget], shares: int) -> dict[int, int]:
    """Number from 1 to `shares` of each site, by its id; the same targets always get the same numbers.

    Sites of one platform stay together, and so do sites whose home pages stand on one host (…/jyj/ and …/wjw/):
    two processes would ask that host twice as often as is polite.
    """
    every = sorted(targets, key=lambda target: target.code)
    groups = _Groups()
    for target in every:
        groups.join(*_waits_with(target))
    return {target.site_id: zlib.crc32(groups.name(_waits_with(target)[0]).encode()) % shares + 1 for target in every}


def enough_shares(targets: Sequence[SiteTarget], most: int) -> int:
    """The smallest number of shares none of which has more than `most` sites; 0 where no number helps.

    Shares are only about equal, and some sites cannot be parted.
    """
    least = -(-len(targets) // most)
    for shares in range(max(2, least), 2 * least + _SHARES_TRIED):
        if max(Counter(shard_of(targets, shares).values()).values()) <= most:
            return shares
    return 0


def _waits_with(target: SiteTarget) -> list[str]:
    """What a site has in common with those it waits for, its own code last."""
    host = site_key(host_of(target.home_url))
    platform = [f"platform {target.platform}"] if target.platform else []
    return [*platform, f"host {host}", target.code]


class _Groups:
    """Names that belong together; each group is called by the first name that came into it."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def name(self, one: str) -> str:
        while (above := self._above.setdefault(one, one)) != one:
            one = above
        return one

    def join(self, *names: str) -> None:
        found = [self.name(name) for name in names]
        for one in found[1:]:
            self._above[self.name(one)] = self.name(found[0])
