"""The links of one page, entered for the look: some at a time, because a page may hold twenty thousand of them."""

from __future__ import annotations

import asyncio

from govspider.extract.dark.dark_links import find_dark_links
from govspider.extract.document.page import Page
from govspider.extract.links.link_parts import parts_of
from govspider.extract.links.links import find_links, link_blocks, links_were_cut
from govspider.items import PageSeen
from govspider.spiders.outbound import OutboundBook
from govspider.spiders.site_links import SiteLinks

_AT_ONCE = 1000


async def enter_links(seen: PageSeen, page: Page, links: SiteLinks, outbound: OutboundBook) -> list[str]:
    """Enter what a page links to, for the link check and among the domains the site leads to.

    Parameters: `page` that of `seen`, which can be read. Returns what the look has to say of it, in words.
    """
    hidden = {dark.url for dark in page.once(find_dark_links)}
    entered = 0
    for part in parts_of(page.once(find_links), page.once(link_blocks), at_most=_AT_ONCE):
        if entered + len(part.links) > _AT_ONCE:
            await asyncio.sleep(0)  # whoever waits for an answer goes first
            entered = 0
        links.add(part)
        outbound.add(seen.final_url, part, hidden)
        entered += len(part.links)
    return [f"{seen.url} holds more links than are read"] if page.once(links_were_cut) else []
