"""The arrows of the house: each room may import only the rooms that its line lists."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TREES = ("govspider", "pipelines", "scripts", "migrations")

# This table is the architecture. Read it as "left may know right".
MAY_IMPORT = {
    "scripts": {
        "govspider.reports",
        "govspider.judging",
        "govspider.replay",
        "govspider.registry",
        "govspider.extract",
        "govspider.evidence",
        "govspider.overrides",
        "govspider.browser",
        "govspider.rubrics",
        "govspider.scoring",
        "govspider.db",
        "govspider.items",
        "govspider.entries",
        "govspider.formula_text",
    },
    "migrations": {"govspider.db"},
    # a person's rule is tried on its saved page before it may decide anything: the one room that does both
    "govspider.overrides": {"govspider.extract", "govspider.items"},
    "govspider.commands": {
        "govspider.browser",
        "govspider.overrides",
        "govspider",
        "govspider.db",
        "govspider.registry",
        "govspider.throttle",
        "govspider.extract",
        "govspider.items",
    },
    "govspider.spiders": {
        # what an earlier run read from the same bytes
        "govspider.evidence",
        "govspider.throttle",
        "govspider.browser",
        "govspider.extract",
        "govspider.items",
        "govspider.db",
    },
    # a browser whose network is the crawl: it knows nothing of sites; what needs no browser goes the usual way
    "govspider.browser": {"govspider.throttle"},
    "pipelines": {"govspider.extract", "govspider.items", "govspider.evidence", "govspider.db"},
    # the pipelines' own extractors over kept bytes, judged again
    "govspider.replay": {
        "pipelines",
        "govspider.judging",
        "govspider.rubrics",
        "govspider.checks",
        "govspider.extract",
        "govspider.evidence",
        "govspider.db",
        "govspider.items",
    },
    "govspider.reports": {
        "govspider.formula_text",
        "govspider.db",
        "govspider.judging",
        # what a check would say on a later day
        "govspider.checks",
        "govspider.scoring",
        "govspider.rubrics",
        "govspider.items",
    },
    "govspider.judging": {
        "govspider.checks",
        "govspider.scoring",
        "govspider.rubrics",
        "govspider.db",
        "govspider.items",
        "govspider.seen",
        # reports of other vendors, which are stored and judged with ours
        "govspider.entries",
    },
    "govspider.db": {"govspider.items", "govspider.entries", "govspider.seen"},
    "govspider.checks": {"govspider.items", "govspider.seen"},
    "govspider.extract": {"govspider.items"},
    "govspider.registry": {"govspider.items", "govspider.entries", "govspider.formula_text"},
    # what tables written for people and tables read from them agree on
    "govspider.formula_text": set(),
    # facts that two rooms hand to each other: entries of a registry, what a look saw
    "govspider.entries": {"govspider.items"},
    "govspider.seen": {"govspider.items"},
    "govspider.settings": {"govspider.throttle"},
    # a clause binds the parameters of its check, which the check defines
    "govspider.rubrics": {"govspider.checks", "govspider.items"},
    "govspider.scoring": set(),
    "govspider.evidence": set(),
    "govspider.throttle": set(),
    # items names the page it carries, for type checkers only
    "govspider.items": {"govspider.extract"},
    "govspider": set(),
}

# The same for the rooms of the extractors.
EXTRACTORS_MAY_IMPORT = {
    "document": set[str](),
    "marks": {"document"},
    "columns": {"document"},
    "dark": {"document"},
    # what an editor wrote is told from menus as it is for lists
    "wording": {"document", "columns"},
    # a link's target may be an advertisement of what dark links advertise
    "links": {"document", "dark"},
}

# A library that only some rooms may name, so that it can be replaced there.
ONLY_IN = {
    "sqlalchemy": {"govspider.db", "migrations"},
    "psycopg2": {"govspider.db"},
    "alembic": {"govspider.db", "migrations"},
    "scrapy": {"govspider.commands", "govspider.spiders", "govspider.throttle", "govspider.browser", "pipelines"},
    "playwright": {"govspider.browser"},
    "scrapy_playwright": {"govspider.browser"},
    "twisted": {"govspider.spiders", "govspider.throttle"},
    "openpyxl": {"govspider.registry", "govspider.reports"},
    "warcio": {"govspider.evidence"},
    "pydantic": {"govspider.rubrics", "govspider.checks", "govspider.overrides"},
    "rich": {"govspider.reports"},
}
# targets, runs and what may be asked for only if it changed: all that the spiders may take from the database room
_SPIDERS_MAY_READ = {"govspider.db.engine", "govspider.db.runs", "govspider.db.targets", "govspider.db.earlier_pages"}
# an extractor or a check that reads a clock, a socket or a file system is none
_IMPURE = {"time", "socket", "urllib.request", "requests", "subprocess", "random", "asyncio", "os"}


def room_of(module: str) -> str:
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "govspider" else parts[0]


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: relative import; write the full name"
            found.add(str(node.module))
    return found


def sources() -> list[Path]:
    return [path for tree in TREES for path in sorted((ROOT / tree).rglob("*.py"))]


@pytest.mark.parametrize("path", sources(), ids=module_of)
def test_a_room_imports_only_the_rooms_below_it(path: Path) -> None:
    here = room_of(module_of(path))
    assert here in MAY_IMPORT, f"{here} is a new room: give it a line in MAY_IMPORT"
    for name in imports_of(path):
        there = room_of(name)
        if name.split(".")[0] in TREES and there != here:
            assert there in MAY_IMPORT[here], f"{module_of(path)} imports {name}: {here} may not know {there}"


@pytest.mark.parametrize("path", sorted((ROOT / "govspider/extract").glob("*/*.py")), ids=module_of)
def test_a_room_of_the_extractors_imports_only_the_rooms_below_it(path: Path) -> None:
    here = path.parent.name
    if here == "lexicons":
        return
    for name in imports_of(path):
        there = name.split(".")[2] if name.startswith("govspider.extract.") else here
        if there not in (here, "lexicons"):
            assert there in EXTRACTORS_MAY_IMPORT[here], f"{module_of(path)} imports {name}: {here} may not know it"


@pytest.mark.parametrize("path", sources(), ids=module_of)
def test_a_library_stays_in_its_room(path: Path) -> None:
    here = room_of(module_of(path))
    for name in imports_of(path):
        rooms = ONLY_IN.get(name.split(".")[0])
        assert rooms is None or here in rooms, f"{module_of(path)} imports {name}: only {sorted(rooms or ())} may"


@pytest.mark.parametrize("path", sorted((ROOT / "govspider/spiders").glob("*.py")), ids=module_of)
def test_spiders_read_targets_and_runs_and_nothing_else_of_the_database(path: Path) -> None:
    for name in imports_of(path):
        if name.startswith("govspider.db"):
            assert name in _SPIDERS_MAY_READ, f"{module_of(path)} imports {name}: spiders look, they do not judge"


@pytest.mark.parametrize(
    "path",
    [path for room in ("extract", "checks") for path in sorted((ROOT / "govspider" / room).rglob("*.py"))],
    ids=module_of,
)
def test_extractors_and_checks_are_pure(path: Path) -> None:
    impure = imports_of(path) & _IMPURE
    assert not impure, f"{module_of(path)} imports {sorted(impure)}: give it what it needs as a parameter"
    text = path.read_text(encoding="utf-8")
    for call in ("datetime.now(", "date.today(", "time.time("):
        assert call not in text, f"{module_of(path)} reads the clock with {call}...): take `now` as a parameter"


def test_the_table_of_arrows_has_no_circle() -> None:
    below = {
        room: rooms - {"govspider.extract"} if room == "govspider.items" else rooms
        for room, rooms in MAY_IMPORT.items()
    }
    done: set[str] = set()
    while len(done) < len(below):
        ready = {room for room, rooms in below.items() if room not in done and rooms <= done}
        assert ready, f"a circle among {sorted(set(below) - done)}"
        done |= ready


def test_tests_are_not_imported_by_the_product() -> None:
    for path in sources():
        wrong = {name for name in imports_of(path) if name.split(".")[0] == "tests"}
        assert not wrong, f"{module_of(path)} imports {sorted(wrong)}"
