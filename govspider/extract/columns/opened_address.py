"""Where a link leads whose address stands in a script: `onclick="window.open('/a.html')"` beside an empty href."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_OPENS = re.compile(
    r"""(?:window\.open\s*\(|location(?:\.href)?\s*=|location\.(?:assign|replace)\s*\()\s*(?P<quote>['"])"""
    r"""(?P<address>[^'"\\\s]{1,1000})(?P=quote)\s*(?=[,;)}]|$)"""
)


def opened_address(link: HtmlElement) -> str | None:
    """The one address that a click on the link opens, where it is written out; None for none, or for several."""
    scripts = (link.get("onclick") or "", link.get("href") or "")
    found = {match["address"] for script in scripts for match in _OPENS.finditer(script)}
    return found.pop() if len(found) == 1 else None
