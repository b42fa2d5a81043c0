"""One slot per site or platform: politeness that holds across redirects and twin hosts.

Scrapy keeps a redirected request in the slot of the host it left (scrapy #2141), so ten
redirects to one host arrive there at once. Here the slot is always that of the address itself.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from scrapy import Request
from scrapy.core.downloader import Downloader
from scrapy.crawler import Crawler
from scrapy.utils.httpobj import urlparse_cached

BROWSER_SLOT = "browser pages"


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Hosts of every site that is inspected, whether this process looks at it or not: links lead to all of them.

    `platforms`: host and platform (集约化平台), '' where it stands on none. `own`: hosts that this process looks at.
    `processes`: how many share the sites (shard=K/N), each with the others' sites among its links.
    """

    platforms: Mapping[str, str]
    own: frozenset[str]
    processes: int = 1


class SiteDownloader(Downloader):
    """Downloader whose slots are sites: www and bare host share one, and so do sites of one platform."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._platforms: dict[str, str] = {}
        self._own: frozenset[str] = frozenset()
        self._processes = 1

    def settle(self, around: Neighbourhood) -> None:
        """Learn who belongs together, and whom other processes ask as well.

        Each of N processes asks a host that is not its own N times as slowly as its own: strangers that all of them
        link to are then asked no oftener than by one, and a site of another process less than twice as often.
        """
        for host, platform in around.platforms.items():
            if platform:
                self.share_slot(host, platform)
        self._own, self._processes = frozenset(map(_bare, around.own)), around.processes

    def share_slot(self, host: str, platform: str) -> None:
        """Let all hosts of one platform (集约化平台) wait for each other."""
        self._platforms[_bare(host)] = f"platform {platform}"

    def get_slot_key(self, request: Request) -> str:
        if request.meta.get("playwright"):
            # what a browser page asks is answered through the slots of its hosts; its own request may hold none
            return BROWSER_SLOT
        host = _bare(urlparse_cached(request).hostname or "")
        key = self._platforms.get(host, host)
        if self._processes > 1 and key not in self.slots and host not in self._own:
            self.per_slot_settings.setdefault(key, {}).setdefault("delay", self._delay * self._processes)
        return key

    def slow_down(self, request: Request, delay: float) -> None:
        """Keep at least `delay` seconds between requests of this site from now on."""
        key = self.get_slot_key(request)
        settings = self.per_slot_settings.setdefault(key, {})
        settings["delay"] = max(delay, self._delay, float(settings.get("delay", 0)))
        if key in self.slots:
            self.slots[key].delay = settings["delay"]

    def pause(self, request: Request, seconds: float) -> None:
        """Send nothing to this site for `seconds` from now."""
        slot = self.slots.get(self.get_slot_key(request))
        if slot is None:
            return
        # a slot waits `delay` after lastseen; a slot without delay never looks at lastseen
        slot.delay = max(slot.delay, _SHORTEST_DELAY)
        slot.lastseen = max(slot.lastseen, time.monotonic() + seconds - slot.delay)


_SHORTEST_DELAY = 0.001


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")
