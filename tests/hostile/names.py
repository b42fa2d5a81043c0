"""Names of the hostile world, and a resolver that knows them and nothing else.

Every name stands on 127.0.0.1, the only address that the crawl may contact. Some change their mind.
"""

from __future__ import annotations

import socket
from collections import Counter
from typing import Any, ClassVar

from govspider.throttle.resolver import GuardedResolver
from tests.hostile.case import PRIVATE

OURS = "127.0.0.1"
REBINDING = "rebinding.hostile-demo.com"
"""Public at the first look-up, private at every later one."""
PRIVATE_NAME = "private-name.hostile-demo.com"
MIXED_NAME = "mixed-name.hostile-demo.com"
"""One address that may be contacted, and one that may not."""
_ENDINGS = ("hostile-demo.com", "-demo.gov.cn")


class HostileResolver(GuardedResolver):
    """The product's resolver with a name service of the test's own behind it."""

    asked: ClassVar[Counter[str]] = Counter()

    @staticmethod
    def look_up(name: str) -> list[Any]:
        if not name.endswith(_ENDINGS):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        HostileResolver.asked[name] += 1
        again = HostileResolver.asked[name] > 1
        if name == PRIVATE_NAME or (name == REBINDING and again):
            return [_answer(PRIVATE)]
        return [_answer(OURS), _answer(PRIVATE)] if name == MIXED_NAME else [_answer(OURS)]


def _answer(address: str) -> tuple[Any, ...]:
    return (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0))
