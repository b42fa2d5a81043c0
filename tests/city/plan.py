"""From a seed and a check instant to the whole city: the same two always give the same plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from tests.city.model import Column, Fate, Item, Plan, PlannedLink, Site
from tests.city.records import days, records, titles, with_oddities
from tests.city.shapes import SHAPES
from tests.city.words import BLUEPRINT, WORDS

_CHINA = ZoneInfo("Asia/Shanghai")
_MARKS = ("conac", "site_code", "icp", "police", "jiucuo", "sponsor", "contact", "sitemap")
_MOST_COLUMNS = 14
_HOME_BLOCKS = 4
_HOME_ITEMS = 5
_OTHER_FATES = {"static": Fate.ARTICLE, "interaction": Fate.FORM, "navigation": Fate.PORTAL}


def make_plan(seed: int, check_at: datetime, scale: int = 1, page_bytes: tuple[int, int] = (0, 0)) -> Plan:
    """The city as it stands at `check_at`.

    Parameters: `seed` chooses titles, counts and days within the planned ages; `check_at` an aware
    instant; `scale` how many copies of the city (each with its own region codes and hosts);
    `page_bytes` the smallest and largest padding per page.
    Raises ValueError for a naive `check_at` or a scale outside 1–99.
    """
    if check_at.tzinfo is None:
        raise ValueError(f"check_at {check_at.isoformat()} names no time zone: add one, such as +08:00")
    if not 1 <= scale <= 99:
        raise ValueError(f"scale {scale} is outside 1–99: a copy is one two-digit region")
    at = check_at.astimezone(_CHINA)
    sites = [_site(seed, at.date(), copied(entry, copy)) for copy in range(scale) for entry in BLUEPRINT["sites"]]
    return Plan(seed, at, at.date(), tuple(sites), page_bytes)


def copied(entry: Mapping[str, Any], copy: int) -> dict[str, Any]:
    """The entry of the `copy`-th city; copy 0 is the city itself. Codes count 9901, 9801, 9701 …"""
    if copy == 0:
        return dict(entry)
    changed = dict(entry, copy=copy, code=f"{99 - copy:02d}{entry['code'][2:]}")
    for key in ("host", "new_host"):
        if key in entry:
            changed[key] = entry[key].replace("-demo.", f"-demo{copy}.")
    for key in ("name", "unit"):
        changed[key] = _renamed(entry[key], copy)
    return changed


def _renamed(name: str, copy: int) -> str:
    """The name with its places numbered: 云景1市 in the first copy, unchanged in the city itself."""
    if copy == 0:
        return name
    for place in [BLUEPRINT["city"]["name"], *(district["name"] for district in BLUEPRINT["districts"])]:
        name = name.replace(place, f"{place[:-1]}{copy}{place[-1]}")
    return name


def _site(seed: int, day: date, entry: Mapping[str, Any]) -> Site:
    rng = Random(f"{seed}:{entry['code']}")
    columns = tuple(_columns(rng, day, entry))
    copy = entry.get("copy", 0)
    city, district = (_renamed(name, copy) for name in (BLUEPRINT["city"]["name"], _district(entry)))
    return Site(
        code=entry["code"],
        name=entry["name"],
        host=entry["host"],
        unit=entry["unit"],
        superior=f"{district or city}人民政府",
        city=city,
        district=district,
        shape=entry["shape"],
        date_style=entry["date_style"],
        columns=columns,
        home_items=_home_items(columns, day, entry),
        **_identity(rng, entry),
        **_manners(entry),
    )


def _district(entry: Mapping[str, Any]) -> str:
    """Name of the site's district, '' for the city's own: a site code begins with its region code."""
    region = BLUEPRINT["city"]["region"][:2] + entry["code"][2:6]
    found = (district["name"] for district in BLUEPRINT["districts"] if district["region"] == region)
    return next(found, "")


def _identity(rng: Random, entry: Mapping[str, Any]) -> dict[str, Any]:
    code = entry["code"]
    return {
        "type": entry.get("type", "department"),
        "status": entry.get("status", "正常运行"),
        "contact": rng.choice(WORDS["contacts"]),
        "phone": f"0990-{rng.randint(2_000_000, 8_999_999)}",
        "icp": f"滇ICP备{code[:2]}{code[4:]}号-1",
        "police": f"{code[:6]}02{code[4:]}",
        "conac": entry.get("conac", "script"),
        "marks": dict.fromkeys(_MARKS, "present") | entry.get("marks", {}),
    }


def _manners(entry: Mapping[str, Any]) -> dict[str, Any]:
    plain = (
        "scheme", "new_host", "bare_twin", "registered", "platform", "encoding",
        "footer", "conduct", "home_stale", "poisoned", "crawl_delay",
    )  # fmt: skip
    return {
        **{key: entry[key] for key in plain if key in entry},
        "links": tuple(PlannedLink(**{**link, "answer": str(link["answer"])}) for link in entry.get("links", ())),
        "dark": tuple(entry.get("dark", ())),
        "traps": frozenset(entry.get("traps", ())),
    }


# ── columns ───────────────────────────────────────────────────────────────────────────────


def _columns(rng: Random, day: date, entry: Mapping[str, Any]) -> list[Column]:
    first, second = entry["first_level"], entry.get("second_level", [])
    extras = [*(["政务公开"] if second else []), "机构职能", "局长信箱"][
        : max(0, _MOST_COLUMNS - len(first) - len(second))
    ]
    named = [(name, 1) for name in [*first, *extras]] + [(name, 2) for name in second]
    return [_column(rng, day, entry, 1001 + index, name, level) for index, (name, level) in enumerate(named)]


def _column(rng: Random, day: date, entry: Mapping[str, Any], number: int, name: str, level: int) -> Column:
    slug, kind, _ = BLUEPRINT["column_names"][name]
    shape = entry.get("deliveries", {}).get(name, entry["shape"])
    odd = frozenset(entry.get("odd", {}).get(name, ()))
    fate = _fate(entry, name, kind, shape, odd)
    shape = entry["shape"] if shape == "shell" else shape
    update_days = entry.get("update_days", {}).get(name)
    path = SHAPES[shape].column_path(slug, number)
    if name in entry.get("chinese_paths", ()):
        path = f"/信息公开/{name}.htm"
    return Column(
        name=name, slug=slug, number=number, kind=kind, level=level, fate=fate, shape=shape, path=path,
        items=_with_wording(
            _items(rng, day, (slug, number, kind, shape), fate, odd, _ages(entry, kind, update_days)),
            entry.get("wording", {}).get(name, ""),
        ),
        update_days=update_days, odd=odd,
        slow=name in entry.get("slow", ()), throttled=name in entry.get("throttled", ()),
    )  # fmt: skip


def _fate(entry: Mapping[str, Any], name: str, kind: str, shape: str, odd: frozenset[str]) -> Fate:
    if kind in _OTHER_FATES:
        return _OTHER_FATES[kind]
    if name in entry.get("blank", ()):
        return Fate.BLANK
    if shape == "shell":
        return Fate.SHELL
    if "undated" in odd:
        return Fate.UNDATED
    return Fate.STALE if name in entry.get("stale", ()) else Fate.FRESH


def _items(
    rng: Random, day: date, named: tuple[str, int, str, str], fate: Fate, odd: frozenset[str], ages: Mapping[str, Any]
) -> tuple[Item, ...]:
    if fate not in (Fate.FRESH, Fate.STALE, Fate.UNDATED):
        return ()
    slug, number, kind, shape = named

    def path_of(serial: int, published: date) -> str:
        return SHAPES[shape].article_path(slug, number, serial, published)

    count = rng.randint(*BLUEPRINT["items_per_list"])
    dated = days(ages, fate, count, day, rng, ages["youngest"])
    items = records(titles(WORDS, kind, count, rng), dated, path_of, odd)
    if kind == "policy":
        items = [_with_attachment(items[0]), *items[1:]]
    return tuple(with_oddities(items, odd, day, BLUEPRINT, path_of))


def _with_wording(items: tuple[Item, ...], wording: str) -> tuple[Item, ...]:
    """The items, the newest one with a planned sentence in its text."""
    return (replace(items[0], wording=wording), *items[1:]) if wording else items


def _ages(entry: Mapping[str, Any], kind: str, update_days: int | None) -> dict[str, Any]:
    """Planned ages of a column's items. Where the home page is stale, no column may be fresher than it."""
    shortened = update_days is not None and update_days < BLUEPRINT["overdue_below_days"]
    # columns without records (a form, a page of sub-columns) have no ages
    ages = BLUEPRINT["ages"].get("overdue" if shortened else kind, {})
    return {**ages, "youngest": BLUEPRINT["home_stale_age"] if entry.get("home_stale") else 0}


def _with_attachment(item: Item) -> Item:
    folder = item.path.rsplit("/", 1)[0]
    name = f"P{item.published:%Y%m%d}000000000001.pdf"
    return replace(item, attachment=f"{folder}/{name}")


def _home_items(columns: tuple[Column, ...], day: date, entry: Mapping[str, Any]) -> dict[str, tuple[Item, ...]]:
    """Blocks of the home page. A stale home page shows nothing young, whatever its columns hold."""
    youngest = BLUEPRINT["home_stale_age"] if entry.get("home_stale") else 0
    blocks = {}
    for column in columns:
        shown = [item for item in column.dated_items if (day - item.published).days >= youngest and not item.pinned]
        if shown and column.level == 1:
            blocks[column.name] = tuple(shown[:_HOME_ITEMS])
    return dict(list(blocks.items())[:_HOME_BLOCKS])
