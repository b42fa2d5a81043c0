"""The name service of the bench: every name is this machine."""

from __future__ import annotations

import socket
from typing import Any

from govspider.throttle.resolver import GuardedResolver
from tests.bench.mixed_sites import DEAD


class BenchResolver(GuardedResolver):
    """The product's resolver; whatever is asked stands on loopback, so no real site is ever contacted."""

    @staticmethod
    def look_up(name: str) -> list[Any]:
        nobody_listens = name.removeprefix("www.").startswith(DEAD)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.2" if nobody_listens else "127.0.0.1", 0))]
