"""Where a page sends its visitor on by itself: a meta refresh, or a script on a page without words.

No script is run: only an address that a script names in full, outside a choice between browsers,
counts. A page that shows something to read is read, not left.
"""

from __future__ import annotations

import re

from govspider.extract.document.address import browser_address
from govspider.extract.document.page import Page
from govspider.extract.document.page_sketch import glance_at
from govspider.extract.lexicons import read_lexicon
from govspider.extract.links.script_links import script_addresses

_REFRESH = re.compile(
    r"(?P<seconds>[\d.]++)\s*+[;,]\s*+(?:url\s*+=\s*+)?(?P<quote>[\"']?)(?P<address>.+?)(?P=quote)$", re.I | re.S
)
# then the script chooses: which way it goes is known to a browser only
_CHOICE = re.compile(r"userAgent|navigator\.|\bif\s*\(|addEventListener|onclick|\bfunction\s+\w+\s*\(", re.IGNORECASE)


def find_jump(page: Page) -> str | None:
    """Absolute address the page sends every visitor to, None when it stays or the way cannot be read."""
    return page.once(_jump)


def _jump(page: Page) -> str | None:
    for meta in page.elements("meta"):
        if (meta.get("http-equiv") or "").lower() != "refresh":
            continue
        target = _refresh_target(page, meta.get("content") or "")
        if target is not None:
            return target
    limits = read_lexicon("dead_pages")["limits"]
    if glance_at(page).characters > limits["redirect_text"] or len(page.xpath("//a[@href]")) > 3:
        return None
    for script in page.xpath("//script[not(@src)]"):
        source = script.text or ""
        if _CHOICE.search(source):
            continue
        for raw in script_addresses(source):
            return _elsewhere(page, raw)
    return None


JUMP = _jump
"""What `find_jump` asks a page, for those who say which of its answers are kept."""


def _refresh_target(page: Page, content: str) -> str | None:
    found = _REFRESH.match(content.strip())
    if found is None or _seconds(found["seconds"]) > read_lexicon("dead_pages")["limits"]["jump_seconds"]:
        return None
    return _elsewhere(page, found["address"])


def _seconds(written: str) -> float:
    try:
        return float(written)
    except ValueError:  # such as 1.2.3
        return 0.0


def _elsewhere(page: Page, raw: str) -> str | None:
    target = browser_address(page.base_url, raw, page.encoding)
    return None if target == page.url else target
