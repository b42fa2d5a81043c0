"""Which code runs: an egg in the search path that is not used is found out."""

from __future__ import annotations

import zipfile
from pathlib import Path

from govspider.commands.deployed_egg import code_location, keep_to_this_egg, shadowed_egg

CHECKOUT = Path(__file__).resolve().parents[2]


def egg(folder: Path, *names: str) -> Path:
    path = folder / f"{len(names)}.egg"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "")
    return path


def test_code_of_a_checkout_says_so() -> None:
    assert code_location() == CHECKOUT


def test_an_egg_of_ours_that_does_not_run_is_found(tmp_path: Path) -> None:
    hidden = egg(tmp_path, "govspider/__init__.py")
    assert shadowed_egg(["", str(CHECKOUT), str(hidden)], CHECKOUT) == hidden


def test_the_egg_that_runs_is_no_hidden_one(tmp_path: Path) -> None:
    running = egg(tmp_path, "govspider/__init__.py")
    assert shadowed_egg([str(running)], running) is None


def test_eggs_of_others_and_broken_ones_do_not_matter(tmp_path: Path) -> None:
    foreign = egg(tmp_path, "requests/__init__.py", "requests/api.py")
    broken = tmp_path / "broken.egg"
    broken.write_bytes(b"no archive")
    assert shadowed_egg([str(foreign), str(broken), str(tmp_path / "gone.egg")], CHECKOUT) is None


def test_a_restart_keeps_to_the_egg_it_came_from(tmp_path: Path) -> None:
    environ: dict[str, str] = {}
    keep_to_this_egg(environ, egg(tmp_path, "govspider/__init__.py"))
    assert environ == {"SCRAPYD_EGG_VERSION": "1"}


def test_code_of_a_checkout_has_no_version_to_keep_to() -> None:
    environ: dict[str, str] = {}
    keep_to_this_egg(environ, CHECKOUT)
    assert environ == {}


def test_a_version_that_was_asked_for_stays(tmp_path: Path) -> None:
    environ = {"SCRAPYD_EGG_VERSION": "r1"}
    keep_to_this_egg(environ, egg(tmp_path, "govspider/__init__.py"))
    assert environ == {"SCRAPYD_EGG_VERSION": "r1"}
