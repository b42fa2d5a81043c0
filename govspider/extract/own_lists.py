"""What a page itself shows of its list, before anything else is fetched: islands, script arrays, markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from govspider.extract.dom_groups import dom_groups
from govspider.extract.islands import Island, script_arrays, xml_islands
from govspider.extract.list_choice import Choice, choose
from govspider.extract.page import Page
from govspider.extract.records import Group
from govspider.extract.regions import placed_outline

_JPAGE_CALL = re.compile(r"\.jpage\s*\(|dataproxy\.jsp", re.I)
_GKMLPT_PATH = "/gkmlpt/"
_DOMINANT = 2


@dataclass(slots=True)
class OwnLists:
    """Groups a page shows.

    `delivered` says that a known loader brings the list, so that markup beside it is not the list.
    """

    choice: Choice
    total: int | None = None
    says_empty: bool = False
    delivered: bool = False

    @property
    def settled(self) -> bool:
        """True when nothing needs to be fetched to know the list."""
        return self.says_empty or (bool(self.choice.groups) and self.choice.certain)


def own_lists(page: Page) -> OwnLists:
    """The list of a column page as its own bytes tell it. Ask through `page.once(own_lists)`."""
    for islands in (xml_islands(page), script_arrays(page)):
        found = _from_islands(islands)
        if found is not None:
            return found
    delivered = is_delivered(page)
    if delivered:
        return OwnLists(Choice(), delivered=True)
    return OwnLists(choose(page, page.once(dom_groups), home=False))


def home_groups(page: Page) -> list[Group]:
    """Every dated block of a home page: islands, script arrays and markup together."""
    islands = [island.group for island in (*xml_islands(page), *script_arrays(page)) if island.group is not None]
    markup = choose(page, page.once(dom_groups), home=True).groups
    return [*islands, *markup]


def is_delivered(page: Page) -> bool:
    """True when the page names a loader that is known to bring the whole list (Hanweb jpage, gkmlpt)."""
    if _GKMLPT_PATH in page.url and "_CONFIG" in page.text:
        return True
    scripts = page.once(placed_outline).scripts
    return any(_JPAGE_CALL.search(script.text or "") for _, script in scripts)


def _from_islands(islands: Sequence[Island]) -> OwnLists | None:
    filled = sorted(
        (island for island in islands if island.group is not None),
        key=lambda island: (island.total or 0, len(island.group.records) if island.group else 0),
        reverse=True,
    )
    if filled:
        return _from_filled(filled)
    if islands and all(island.total == 0 for island in islands):
        return OwnLists(Choice(), total=0, says_empty=True)
    return None


def _from_filled(filled: Sequence[Island]) -> OwnLists:
    """One island is the list; of several, the one that clearly holds most, else they are blocks of a portal."""
    groups = [island.group for island in filled if island.group is not None]
    if len(groups) == 1:
        return OwnLists(Choice(groups, certain=True), total=filled[0].total)
    sizes = [island.total or len(group.records) for island, group in zip(filled, groups, strict=True)]
    if sizes[0] >= sizes[1] * _DOMINANT:
        return OwnLists(Choice(groups[:1], certain=True), total=filled[0].total)
    newest = {max((r.reading.day for r in group.records if r.reading.day), default=None) for group in groups}
    return OwnLists(Choice(groups, portal=True, certain=True, rivals=len(newest) > 1))
