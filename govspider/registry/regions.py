"""Where a site belongs: regions from their names (所属地区) and from division codes (区划代码)."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from govspider.entries import Region
from govspider.registry.words import read_words

_KINDS = ("province", "city", "district", "township")
_NO_PART = "00"


def regions_of_code(code: str) -> tuple[Region, ...]:
    """Way from the province to the division a code names; empty when its province does not exist.

    Codes have 6 digits, 9 for a township (12 with the village digits); bm and two more for a ministry.
    """
    words = read_words("regions")
    if code.startswith("bm"):
        return (Region("department", "bm", words["ministries"]),)
    name = words["provinces"].get(code[:2])
    if name is None:
        return ()
    steps = [Region("province", f"{code[:2]}0000", name)]
    if _has_city(code):
        steps.append(Region("city", f"{code[:4]}00", None))
    if code[4:6] != _NO_PART:
        steps.append(Region("district", code[:6], None))
    if code[6:9].strip("0"):
        steps.append(Region("township", code[:9], None))
    return tuple(steps)


def _has_city(code: str) -> bool:
    words = read_words("regions")
    below_province = code[:2] in words["municipalities"] or code[2:4] == words["direct_prefecture"]
    return code[2:4] != _NO_PART and not below_province


@cache
def _pattern() -> re.Pattern[str]:
    """Province, city, district and township, each optional, each ending in one of its words."""
    endings = read_words("regions")["endings"]
    groups = (f"(?P<{kind}>.{{1,12}}?(?:{'|'.join(map(re.escape, endings[kind]))}))?" for kind in _KINDS)
    return re.compile("".join(groups))


def regions_of_name(text: str) -> tuple[Region, ...]:
    """Regions a text names, from the top down: 安徽省合肥市蜀山区, 合肥市/蜀山区, 蜀山区; empty when it names none."""
    separators = read_words("regions")["separators"]
    steps: list[Region] = []
    for part in re.split(f"[\\s{re.escape(separators)}]+", text):
        steps += _split_part(part, below_city=any(step.kind == "city" for step in steps))
    return tuple(steps)


def _split_part(part: str, *, below_city: bool) -> list[Region]:
    municipality = _municipality(part)
    if municipality:
        rest = part.removeprefix(municipality.name or "")
        return [municipality, *_split_part(rest, below_city=True)] if rest else [municipality]
    found = _pattern().fullmatch(part)
    if not part or found is None:
        return []
    groups = {kind: name for kind, name in found.groupdict().items() if name}
    if below_city and "city" in groups and "district" not in groups:
        groups["district"] = groups.pop("city")
    return [Region(kind, _province_code(groups[kind]), groups[kind]) for kind in _KINDS if kind in groups]


def _municipality(part: str) -> Region | None:
    words = read_words("regions")
    names = (words["provinces"][digits] for digits in words["municipalities"])
    name = next((name for name in names if part.startswith(name)), None)
    return Region("province", _province_code(name), name) if name else None


def _province_code(name: str) -> str | None:
    """Code of a province by its name; None for every other name."""
    provinces: dict[str, str] = read_words("regions")["provinces"]
    return next((f"{digits}0000" for digits, known in provinces.items() if known == name), None)


def government_region(unit: str) -> str | None:
    """Region whose government (or government office) a unit is: 蜀山区 for 蜀山区人民政府办公室; else None."""
    for ending in read_words("regions")["government_endings"]:
        if unit.endswith(ending) and len(unit) > len(ending):
            name = unit.removesuffix(ending)
            return name if regions_of_name(name) else None
    return None


def join_regions(first: tuple[Region, ...], second: tuple[Region, ...]) -> tuple[Region, ...]:
    """One way down from two texts that name regions: the deeper text, below what the other names above it.

    Where both reach the same level, the first counts.
    """
    if not first or not second:
        return first or second
    upper, lower = sorted((second, first), key=lambda steps: _KINDS.index(steps[-1].kind))
    top = _KINDS.index(lower[0].kind)
    return (*(step for step in upper if _KINDS.index(step.kind) < top), *lower)


def merge_regions(named: tuple[Region, ...], coded: tuple[Region, ...]) -> tuple[Region, ...]:
    """One way down from what the registry names and what the code says.

    The deeper of the two decides how far down the site hangs: 合肥市 beside 340104 is the district 340104 of
    合肥市; 蜀山区 beside 340100 is a district of 340100. Where both name the same level, the name of the registry
    and the code belong together. A name in another province than the code leaves the code out.
    """
    if not coded or not named:
        return named or coded
    if named[0].kind == "province" and named[0].name != coded[0].name:
        return named  # another province than the code's: the registry's own words decide
    named = _fit_to_code(named, coded)
    by_kind = {step.kind: step for step in coded}
    for step in named:
        known = by_kind.get(step.kind)
        by_kind[step.kind] = replace(step, code=known.code if known else step.code)
    return tuple(by_kind[kind] for kind in (*_KINDS, "department") if kind in by_kind)


def _fit_to_code(named: tuple[Region, ...], coded: tuple[Region, ...]) -> tuple[Region, ...]:
    """A lone 市 is a county-level city where the code's last two digits say so (巢湖市, 340181)."""
    deepest = coded[-1]
    first_city = int(read_words("regions")["county_level_city_from"])
    code = deepest.code or ""
    is_county_city = deepest.kind == "district" and code[4:6].isdigit() and int(code[4:6]) >= first_city
    kinds = [step.kind for step in named]
    if kinds[-1] == "city" and is_county_city and "district" not in kinds:
        return (*named[:-1], replace(named[-1], kind="district"))
    return named
