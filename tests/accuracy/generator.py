"""The corpus: layouts x date forms x traps, from a seed; the same bytes every time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.resources import files
from itertools import count
from random import Random
from typing import Any

import yaml

from tests.accuracy.date_forms import FORMS
from tests.accuracy.layouts import LAYOUTS, Layout
from tests.accuracy.scene import AGES, Entry, Scene, address_for, months_before, record_days, words
from tests.accuracy.skins import FRESH_SKINS, HELD_SKINS, TUNED_SKINS, Skin
from tests.accuracy.traps import AROUND, TRAPS, Trap
from tests.accuracy.truth import FRESH, HELD, PARTS, TUNED, CorpusPage

# layouts and traps register themselves when their module is read
for _module in (
    *("static_lists", "tables", "script_lists", "no_lists", "held_lists", "held_delivery", "held_no_lists"),
    *("fresh_lists", "fresh_delivery", "second_fresh", "third_fresh"),
):
    import_module(f"tests.accuracy.layouts.{_module}")
for _module in (
    "false_updated",
    "false_outdated",
    "broken_bytes",
    "held_updated",
    "held_outdated",
    "fresh",
    "second_fresh",
    "third_fresh",
):
    import_module(f"tests.accuracy.traps.{_module}")

SEED = 20261122
_HELD_TRAP_PAGES = 3
"""Pages that set each held trap on tuned layouts."""
_FEW_RECORDS = 2


@cache
def split() -> dict[str, Any]:
    """Which layouts and traps belong to which part, and what does not go together."""
    loaded: dict[str, Any] = yaml.safe_load(files("tests.accuracy").joinpath("split.yaml").read_text("utf-8"))
    return loaded


@cache
def corpus(seed: int = SEED) -> tuple[CorpusPage, ...]:
    """All pages, tuned layouts first."""
    return tuple(Press(seed).print_all())


@dataclass
class Press:
    """Makes pages; counts what was used, so that every form and trap gets its share."""

    seed: int
    used_forms: Counter[str] = field(default_factory=Counter)
    used_traps: Counter[str] = field(default_factory=Counter)
    used_layouts: Counter[str] = field(default_factory=Counter)
    serials: dict[str, count[int]] = field(default_factory=dict)

    def print_all(self) -> list[CorpusPage]:
        tuned, held, fresh = ([TRAPS[name] for name in split()["traps"][part]] for part in PARTS)
        pages = self._of_layouts(TUNED, tuned)
        self.used_traps.clear()
        pages += self._of_layouts(HELD, [*held, *tuned])
        pages += [self._of_trap(trap, HELD) for trap in held for _ in range(_HELD_TRAP_PAGES)]
        for counter in (self.used_traps, self.used_forms):
            counter.clear()
        pages += self._of_layouts(FRESH, [*fresh, *held, *tuned])
        pages += [self._of_trap(trap, FRESH) for trap in fresh for _ in range(_HELD_TRAP_PAGES)]
        return pages

    def _of_layouts(self, part: str, traps: list[Trap]) -> list[CorpusPage]:
        return [page for name in split()["layouts"][part] for page in self._of_layout(LAYOUTS[name], traps, part)]

    def _of_layout(self, layout: Layout, traps: list[Trap], part: str) -> list[CorpusPage]:
        fitting = [trap for trap in traps if self.goes(trap, layout)]
        pages = []
        for number in range(layout.pages * 3 // 2 if part == TUNED else layout.pages):
            trap = self._least_used(fitting) if fitting and number % 2 else None
            pages.append(self.page(layout, trap, part))
        return pages

    def _of_trap(self, trap: Trap, part: str) -> CorpusPage:
        """A page that sets a held trap on a tuned layout."""
        fitting = [LAYOUTS[name] for name in split()["layouts"]["tuned"] if self.goes(trap, LAYOUTS[name])]
        layout = min(fitting, key=lambda found: self.used_layouts[found.name])
        self.used_layouts[layout.name] += 1
        return self.page(layout, trap, part)

    def goes(self, trap: Trap, layout: Layout) -> bool:
        """True where the trap can be set on the layout."""
        if trap.name in split()["apart"].get(layout.name, ()) or layout.delivery not in trap.fits:
            return False
        few = layout.count[1] <= _FEW_RECORDS and not trap.fits >= {"alone"}
        return not few and bool(self._forms(layout, trap))

    def _forms(self, layout: Layout, trap: Trap | None) -> list[str]:
        forms = list(layout.forms)
        if trap is not None and trap.plain_form:
            forms = [name for name in forms if name not in FORMS or FORMS[name].group == "text"]
        if trap is not None and not trap.fits >= AROUND:  # which articles a row leads to is then another question
            forms = [name for name in forms if name not in FORMS or FORMS[name].group != "order"]
        if trap is not None and trap.ages and "recent" not in trap.ages:
            forms = [name for name in forms if name not in FORMS or not FORMS[name].recent]
        return forms

    def _least_used(self, traps: list[Trap]) -> Trap:
        chosen = min(traps, key=lambda trap: self.used_traps[trap.name])
        self.used_traps[chosen.name] += 1
        return chosen

    def page(self, layout: Layout, trap: Trap | None, part: str) -> CorpusPage:
        """The next page of a layout, with a trap or plain."""
        form = min(self._forms(layout, trap), key=lambda name: self.used_forms[name])
        self.used_forms[form] += 1
        serial = next(self.serials.setdefault(layout.name, count()))
        name = f"{layout.name}-{serial:02d}-{form}-{trap.name if trap else 'plain'}"
        random = Random(f"{self.seed}/{name}")
        scene = scene_of(random, layout, form, serial, _ages(form, trap, serial))
        scene.part = part
        if trap is not None:
            trap.set(scene)
        if scene.lacks_years:
            _set_years(scene, serial, plain=trap is None)
        return print_scene(scene, layout, trap, name, _skins(layout, part))


def _set_years(scene: Scene, serial: int, *, plain: bool) -> None:
    """In turn: a live list and its articles, the same list dead for years, one whose articles could not be had."""
    scene.witnesses = serial % 3 != 2
    if plain and serial % 3 == 1:
        back = scene.random.randint(1, 3)
        for entry in scene.entries:
            assert entry.day is not None
            entry.day = months_before(entry.day, 12 * back)


def _ages(form: str, trap: Trap | None, serial: int) -> tuple[str, ...]:
    if form in FORMS and FORMS[form].recent:
        return ("recent",)
    return trap.ages if trap is not None and trap.ages else (tuple(AGES)[serial % len(AGES)],)


def _skins(layout: Layout, part: str) -> tuple[Skin, ...]:
    if part == TUNED:
        return TUNED_SKINS
    own = HELD_SKINS if part == HELD else FRESH_SKINS
    return own if layout.name in split()["layouts"][part] else (*TUNED_SKINS, *own)


def scene_of(random: Random, layout: Layout, form: str, serial: int, ages: tuple[str, ...]) -> Scene:
    """A column before it is written: its site, its name and its records."""
    kind = random.choice(layout.kinds)
    address = address_for(FORMS[form].address if form in FORMS else "", random)
    place, office = random.choice(words()["places"]), random.choice(words()["offices"])
    column = dict(random.choice(words()["columns"][kind]))
    scene = Scene(random, form, address, kind, column, place, office, f"www.corpus{random.randint(1, 99)}.gov.cn")
    writing = kind if kind in words()["titles"] else "notice"
    days = record_days(random, random.choice(ages), writing, random.randint(*layout.count))
    titles = [scene.write_title(writing) for _ in days]
    scene.entries = [
        Entry(title, day, serial + number) for number, (title, day) in enumerate(zip(titles, days, strict=True))
    ]
    return scene


def print_scene(scene: Scene, layout: Layout, trap: Trap | None, name: str, skins: tuple[Skin, ...]) -> CorpusPage:
    """The page of a scene, in one of some skins."""
    made = layout.build(scene)
    html = made.html if made.whole else scene.random.choice(skins)(scene, made.html)
    for finish in scene.finishers:
        html = finish(html)
    return CorpusPage(
        name=name,
        layout=layout.name,
        form=scene.form,
        trap=trap.name if trap else "plain",
        part=scene.part,
        url=scene.url,
        body=html.encode(scene.encoding, errors="xmlcharrefreplace"),
        content_type=scene.content_type,
        truth=made.truth or scene.truth(),
        parts=made.parts,
        articles=scene.articles(),
    )
