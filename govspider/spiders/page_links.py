"""The links of one page, entered for the look: some at a time, because a page may hold twenty thousand of them."""

from __future__ import annotations

import asyncio

from govspider.extract.dark.dark_links import find_dark_links
from govspider.extract.document.page import Page
from govspider.extract.links.links import find_links, links_were_cut
from govspider.items import PageSeen
from govspider.spiders.outbound import OutboundBook
from govspider.spiders.site_links import SiteLinks

_AT_ONCE = 1000


async def enter_links(seen: PageSeen, page: Page, links: SiteLinks, outbound: OutboundBook) -> list[str]:
    """Enter what a page links to, for the link check and among the domains the site leads to.

    Parameters: `page` that of `seen`, which can be read. Returns what the look has to say of it, in words.
    """
    found = page.once(find_links)
    hidden = {dark.url for dark in page.once(find_dark_links)}
    for start in range(0, len(found), _AT_ONCE):
        if start:
            await asyncio.sleep(0)  # whoever waits for an answer goes first
        some = found[start : start + _AT_ONCE]
        links.add(some)
        outbound.add(seen.final_url, some, hidden)
    return [f"{seen.url} holds more links than are read"] if page.once(links_were_cut) else []
