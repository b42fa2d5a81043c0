"""Host names of the traps and where they stand; a resolver that knows them and nothing else.

A closed network cannot tell a name that does not exist from one that did not answer, so the traps
bring their own name service: setting TWISTED_DNS_RESOLVER, a subclass of the product's resolver.
Names stand on addresses of 127.0.0.0/8 of their own where the machine has them (Linux), so that tools
without that resolver can be led to them by number.
"""

from __future__ import annotations

import socket
from typing import Any

from govspider.throttle.resolver import GuardedResolver

SITE = "www.trap-demo.gov.cn"
SOFT_SITE = "www.soft-demo.gov.cn"
HOME_SITE = "www.home-demo.gov.cn"
CLOSED_SITE = "www.closed-demo.gov.cn"
OUTSIDE = (
    "out.trap-one.com", "wall.trap-two.com", "limit.trap-three.com", "parked.trap-four.com", "bet.trap-five.com",
    "news.trap-six.com", "spa.trap-seven.com", "dark_name.trap-eight.com", "robots.trap-nine.com", "busy.trap-ten.com",
    "tls.trap-eleven.com", "raw.trap-twelve.com", "agent.trap-fourteen.com", "sale.trap-fifteen.com",
    "lapsed.trap-sixteen.com", "slow.trap-seventeen.com", "hung.trap-eighteen.com", "soft.trap-nineteen.com",
    "same.trap-twenty.com", "app.trap-thirty.com",
)  # fmt: skip
IPV6_ONLY = "six.trap-thirteen.com"
NAMES = (SITE, SOFT_SITE, HOME_SITE, CLOSED_SITE, *OUTSIDE)
UNCERTAIN = "later.trap-dns.com"
"""A name whose servers do not answer just now. Every other name outside `NAMES` does not exist."""


def has_many_addresses() -> bool:
    """True where 127.0.0.2 can be listened on without preparation."""
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.2", 0))
        except OSError:
            return False
    return True


def address_of(name: str) -> str:
    """Loopback address of a trap host."""
    return f"127.0.0.{NAMES.index(name) + 1}" if has_many_addresses() else "127.0.0.1"


class TrapResolver(GuardedResolver):
    """The product's resolver with a name service of the test's own behind it."""

    @staticmethod
    def look_up(name: str) -> list[Any]:
        if name == UNCERTAIN:
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        if name == IPV6_ONLY:
            return [(socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("::1", 0, 0, 0))]
        bare = name if name in NAMES else f"www.{name}"
        if bare not in NAMES:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address_of(bare), 0))]
