"""How long a host is asked on that answers nothing but trouble: thousands of links may lead to one broken server."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

from govspider.extract.document.hosts import host_of
from govspider.extract.links.link_answer import Failure, LinkJudgement
from govspider.items import LinkFault, UnknownReason
from govspider.spiders.fetching import Answer

# what holds for a host and not for one of its pages
_SILENT = (
    UnknownReason.TIMEOUT,
    UnknownReason.BLOCKED,
    UnknownReason.DNS_TEMPORARY,
    UnknownReason.TLS_INCOMPATIBLE,
    UnknownReason.PRIVATE_ADDRESS,
)
_TROUBLE = (LinkFault.SERVER_ERROR, LinkFault.REFUSED)


class HostPatience:
    """Counts answers in a row by host.

    Parameters: `tries` for a host that is silent, refuses us or cannot be reached at all; `faults` for one whose
    server fails: that says more about the addresses, so more of them are asked before the rest is left unknown.
    """

    def __init__(self, tries: int, faults: int) -> None:
        self._tries = tries
        self._faults = faults
        self._silent: Counter[str] = Counter()
        self._troubled: Counter[str] = Counter()
        self._nameless: dict[tuple[str, int], Answer] = {}

    def count(self, url: str, rung: int, answer: Answer, judged: LinkJudgement) -> None:
        """Enter what an address of the host answered."""
        _raise_or_clear(self._silent, host_of(url), judged.reason in _SILENT)
        trouble = judged.fault in _TROUBLE or judged.reason is UnknownReason.NOT_CHECKED
        _raise_or_clear(self._troubled, _server_of(url), trouble)
        if answer.failure is Failure.DNS_NOT_FOUND and not answer.redirects:
            self._nameless[host_of(url), rung] = answer

    def is_over(self, url: str) -> bool:
        """True where the host is asked no more in this run."""
        return self._silent[host_of(url)] >= self._tries or self._troubled[_server_of(url)] >= self._faults

    def why(self, url: str) -> str:
        """The same in words (Chinese)."""
        times = max(self._silent[host_of(url)], self._troubled[_server_of(url)])
        return f"该主机连续{times}次未正常答复，本次巡检不再访问"

    def no_such_name(self, url: str, rung: int) -> Answer | None:
        """The answer that the name does not exist, where this look asked for it already: it holds for all its pages."""
        return self._nameless.get((host_of(url), rung))


def _raise_or_clear(counter: Counter[str], key: str, bad: bool) -> None:
    if bad:
        counter[key] += 1
    else:
        counter.pop(key, None)


def _server_of(url: str) -> str:
    return urlsplit(url).netloc.lower()
