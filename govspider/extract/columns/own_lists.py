"""What a page itself shows of its list, before anything else is fetched: islands, script arrays, markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import mean

from govspider.extract.columns.dom_groups import dom_groups
from govspider.extract.columns.island import Island
from govspider.extract.columns.islands import script_arrays, xml_islands
from govspider.extract.columns.list_choice import Choice, choose
from govspider.extract.columns.list_standing import stands_beside
from govspider.extract.columns.outline import outline_of
from govspider.extract.columns.placed_text import SIDE
from govspider.extract.columns.records import Group
from govspider.extract.columns.script_values import script_values
from govspider.extract.document.page import Page
from govspider.extract.document.written_markup import written_page

_JPAGE_CALL = re.compile(r"\.jpage\s*\(|dataproxy\.jsp", re.I)
_JPAGE_UNIT = re.compile(r"['\"]#([\w-]+)['\"]\s*\)\.jpage")
_GKMLPT_PATH = "/gkmlpt/"
_DOMINANT = 2
_ITEM_TITLE = 12


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
    def from_markup(self) -> bool:
        """True when the groups are blocks of the markup: no data of the list's own, no loader, no portal."""
        if self.says_empty or self.delivered or self.choice.portal:
            return False
        return all(group.source == "dom" for group in self.choice.groups)

    @property
    def settled(self) -> bool:
        """True when nothing needs to be fetched to know the list."""
        return self.says_empty or (bool(self.choice.groups) and self.choice.certain)

    @property
    def waits(self) -> bool:
        """True when a script will bring the list: a known loader, or an empty list box."""
        return self.delivered or self.choice.unfilled


def own_lists(page: Page) -> OwnLists:
    """The list of a column page as its own bytes tell it. Ask through `page.once(own_lists)`."""
    found = _from_islands(xml_islands(page))
    if found is not None:
        return found
    if is_delivered(page):
        rendered = _rendered_groups(page)
        return OwnLists(choose(page, rendered, home=False)) if rendered else OwnLists(Choice(), delivered=True)
    markup = OwnLists(choose(page, page.once(dom_groups), home=False))
    if markup.settled and markup.choice.paged:
        return markup
    scripted = _from_islands(script_arrays(page))
    if scripted is None and not markup.settled:
        scripted = _of_values(page, markup) or _written(page)
    return markup if scripted is None else _stronger(scripted, markup)


def _of_values(page: Page, markup: OwnLists) -> OwnLists | None:
    """The list in a script's values, whose names say nothing: not where the page shows more records than that."""
    scripted = _from_islands(script_values(page))
    if scripted is None or markup.choice.groups:
        return scripted
    beside = _item_groups(page)
    return (
        OwnLists(Choice([*scripted.choice.groups, *beside], rivals=True))
        if _outnumbered(scripted, beside)
        else scripted
    )


def _written(page: Page) -> OwnLists | None:
    """The list that scripts write line by line, where it stands as sure as one in the markup."""
    after = written_page(page)
    if after is None:
        return None
    lists = OwnLists(choose(after, after.once(dom_groups), home=False))
    if not lists.settled or lists.choice.portal or not any(_newest(group) for group in lists.choice.groups):
        return None
    lists.choice.groups = [_of_script(group) for group in lists.choice.groups]
    return lists


def _of_script(group: Group) -> Group:
    return Group(group.records, source="js_array", notes=["the rows are written by a script of the page"])


def _stronger(scripted: OwnLists, markup: OwnLists) -> OwnLists:
    """Of an array in a script and a list in the markup the fuller one; where they differ without need, neither.

    A page may hand a short array to its slide show, or keep a static list beside its own data.
    """
    shown = [group for group in markup.choice.groups if _newest(group) and group.region != SIDE]
    if not shown or scripted.says_empty or {_newest(group) for group in shown} == {_newest_of(scripted)}:
        return scripted if not shown or not scripted.says_empty else markup
    if markup.choice.rivals or markup.choice.paged:
        return markup
    sizes = [sum(len(group.records) for group in lists) for lists in (scripted.choice.groups, shown)]
    if sizes[0] >= sizes[1] * _DOMINANT:
        return scripted
    if sizes[1] >= sizes[0] * _DOMINANT:
        return markup
    return OwnLists(Choice([*scripted.choice.groups, *shown], rivals=True))


def _outnumbered(scripted: OwnLists, beside: Sequence[Group]) -> bool:
    """True when the main part shows more records than the script holds, and other ones: the script may fill a block."""
    told = sum(len(group.records) for group in scripted.choice.groups)
    shown = [record for group in beside for record in group.records]
    if not told or len(shown) < told:
        return False
    titles = {record.title for group in scripted.choice.groups for record in group.records}
    return not titles & {record.title for record in shown}


def _item_groups(page: Page) -> list[Group]:
    """Groups of the main part, none of them in a narrow column, whose titles are as long as those of articles."""
    outline = page.once(outline_of)
    placed = [group for group in page.once(dom_groups) if not group.region]
    found = [group for group in placed if group.parent < 0 or not stands_beside(outline, outline.node(group.parent))]
    return [group for group in found if mean(len(record.title) for record in group.records) >= _ITEM_TITLE]


def _newest(group: Group) -> date | None:
    return max((record.reading.day for record in group.records if record.reading.day), default=None)


def _newest_of(lists: OwnLists) -> date | None:
    return max((day for group in lists.choice.groups if (day := _newest(group))), default=None)


def _rendered_groups(page: Page) -> list[Group]:
    """Groups inside the element that a jpage call fills: a page saved from a browser holds them already."""
    outline = page.once(outline_of)
    text = "\n".join(script.text or "" for _, script in outline.scripts)
    boxes = outline.identified(frozenset(_JPAGE_UNIT.findall(text)))
    return [group for group in page.once(dom_groups) if any(box.start < group.start < box.end for box in boxes)]


def home_groups(page: Page) -> list[Group]:
    """Every dated block of a home page: islands, script arrays and markup together."""
    islands = [island.group for island in (*xml_islands(page), *script_arrays(page)) if island.group is not None]
    markup = choose(page, page.once(dom_groups), home=True).groups
    return [*islands, *markup]


def is_delivered(page: Page) -> bool:
    """True when the page names a loader that is known to bring the whole list (Hanweb jpage, gkmlpt)."""
    if _GKMLPT_PATH in page.url and "_CONFIG" in page.text:
        return True
    scripts = page.once(outline_of).scripts
    return any(_calls_loader(script.text or "") for _, script in scripts)


def _calls_loader(text: str) -> bool:
    folded = text.lower()
    return ("jpage" in folded or "dataproxy" in folded) and _JPAGE_CALL.search(text) is not None


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
    newest = {_newest(group) for group in groups}
    return OwnLists(Choice(groups, portal=True, certain=True, rivals=len(newest) > 1))
