"""Type of a site and its place in the organisation tree, from the words of its row."""

from __future__ import annotations

import re
from collections.abc import Mapping

from govspider.entries import Place, Region
from govspider.registry.cells import tidy, tidy_name
from govspider.registry.regions import (
    government_region,
    join_regions,
    merge_regions,
    regions_of_code,
    regions_of_name,
)
from govspider.registry.words import read_words, words_to_key


def site_type_of(words: str, name: str, sponsor: str) -> str | None:
    """portal, department or special: by the registry's word, else by the patterns of site_types.yaml.

    None when the registry uses a word that no list knows.
    """
    plain = tidy_name(words)
    if plain:
        known: str | None = words_to_key("site_types", "words").get(plain)
        return known
    for rule in read_words("site_types")["name_patterns"]:
        if re.search(rule["site"], name) and re.search(rule.get("sponsor", ""), sponsor):
            return str(rule["type"])
    return str(read_words("site_types")["default"])


def unit_name_of(site_name: str) -> str:
    """Name of the unit in a site's name: 市教育局 for 市教育局官方网站."""
    for ending in read_words("site_types")["site_name_endings"]:
        if site_name.endswith(ending) and len(site_name) > len(ending) + 1:
            return site_name.removesuffix(ending)
    return site_name


def read_place(
    fields: Mapping[str, str], code: str, name: str, sponsor: str | None, site_type: str, region_code: str | None
) -> Place:
    """Place of a site. `fields`: cells by field name; `code`: site code or temporary code.

    The superior the registry gives comes first, then the region it names, then the digits of the code; what none of
    them places is 未分区. A portal hangs at its region itself: its government runs it, whatever office does the work.
    """
    unit = sponsor or unit_name_of(name)
    coded = regions_of_code(_division(code, region_code))
    superior = tidy_name(fields.get("superior", ""))
    superior = "" if superior == unit else superior
    above = regions_of_name(government_region(superior) or superior)
    named = join_regions(above, regions_of_name(tidy_name(fields.get("region", ""))))
    if site_type == "portal":
        named = join_regions(named, _government(unit, name))
    regions = merge_regions(named, coded)
    superior_unit = superior if superior and not above and _stands_in(superior, regions) else None
    runs_region = site_type == "portal" and bool(regions) and regions[0].kind != "department"
    position = tidy(fields.get("position", ""))
    return Place(
        regions,
        None if runs_region else unit,
        None if runs_region else superior_unit,
        "registry" if named or superior_unit else "region_code" if coded else "none",
        tidy_name(fields.get("line", "")) or None,
        int(position) if position.isdecimal() else None,
    )


def _division(code: str, region_code: str | None) -> str:
    """The division code that counts: the registry's own column, else the first digits of the site code."""
    if region_code:
        return region_code
    if code.startswith("bm"):
        return code
    return "" if code.startswith("N") else code[:6]


def _stands_in(superior: str, regions: tuple[Region, ...]) -> bool:
    """False for a superior of an upper region (合肥市教育局 above a unit of 蜀山区): that is a line, not the tree."""
    upper = (step.name for step in regions[:-1] if step.name)
    deepest = regions[-1].name if regions else None
    return not any(superior.startswith(name) for name in upper) or bool(deepest and deepest in superior)


def _government(unit: str, name: str) -> tuple[Region, ...]:
    """The region whose government runs a portal, by the unit's name or the site's."""
    by_unit, by_name = (regions_of_name(government_region(text) or "") for text in (unit, unit_name_of(name)))
    return join_regions(by_unit, by_name)
