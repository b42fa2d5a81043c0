from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


def database(*words: str, url: str | None) -> subprocess.CompletedProcess[str]:
    """Run scripts/database.py as a user would, from another directory."""
    environment = {"DATABASE_URL": url or "", "PATH": "/usr/bin:/bin"}
    command = [sys.executable, str(CHECKOUT / "scripts" / "database.py"), *words]
    return subprocess.run(command, cwd="/", env=environment, capture_output=True, text=True, check=False)


def test_migrate_builds_the_schema_and_hides_the_password(empty_database_url: str) -> None:
    done = database("migrate", url=empty_database_url)
    assert (done.returncode, done.stderr) == (0, "")
    assert "***" in done.stdout
    assert done.stdout.endswith("is at the newest schema.\n")


def test_shell_answers_as_an_analyst(database_url: str) -> None:
    done = database("shell", "--role", "analyst", "--", "-Atc", "SELECT current_user", url=database_url)
    assert (done.returncode, done.stdout) == (0, "analyst\n")


def test_an_analyst_in_the_shell_does_not_see_the_contact_persons(database_url: str) -> None:
    done = database("shell", "--role", "analyst", "--", "-Atc", "TABLE site_contact", url=database_url)
    assert "permission denied for table site_contact" in done.stderr
    assert done.returncode != 0


def test_url_prints_what_other_programs_understand() -> None:
    done = database("url", url="postgres://ann:pw@h/d")
    assert (done.returncode, done.stdout) == (0, "postgresql://ann:pw@h/d\n")
    assert database("url", "--hide-password", url="postgres://ann:pw@h/d").stdout == "postgresql://ann:***@h/d\n"


@pytest.mark.parametrize("words", [("migrate",), ("shell",), ("url",), ("drop", "--yes")])
def test_a_wrong_address_is_bad_input(words: tuple[str, ...]) -> None:
    done = database(*words, url="mysql://ann:Geheim7@h/d")
    assert done.returncode == 2
    assert "'mysql'" in done.stderr
    assert "Geheim7" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_server_that_is_not_there_is_told_in_a_sentence() -> None:
    done = database("migrate", url="postgres://127.0.0.1:1/d")
    assert done.returncode == 3
    assert "cannot be reached" in done.stderr
    assert "Traceback" not in done.stderr


def test_drop_asks_twice(empty_database_url: str) -> None:
    done = database("drop", url=f"{empty_database_url}_demo")
    assert done.returncode == 2
    assert "add --yes" in done.stderr


def test_an_unknown_command_is_bad_input() -> None:
    assert database("destroy", url=None).returncode == 2
