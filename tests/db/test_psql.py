from __future__ import annotations

import os
import subprocess

import pytest

from govspider.db.psql import terminal


@pytest.mark.parametrize("address", ["postgres://ann:Geheim7@h:1/d", "postgres://h/d?user=ann&password=Geheim7"])
def test_the_password_is_in_the_environment_and_not_on_the_command_line(address: str) -> None:
    made = terminal(address, {"PATH": "/bin"})
    assert made.environment["PGPASSWORD"] == "Geheim7"
    assert "Geheim7" not in " ".join(made.command)


def test_the_terminal_looks_through_the_eyes_of_a_role(database_url: str) -> None:
    made = terminal(database_url, os.environ, "analyst", ("-Atc", "SELECT current_user"))
    done = subprocess.run(made.command, env=made.environment, capture_output=True, text=True, check=True)
    assert done.stdout == "analyst\n"


def test_chinese_text_comes_through_whatever_the_locale(database_url: str) -> None:
    made = terminal(database_url, {"LC_ALL": "C"}, extra=("-Atc", "SELECT '政府网站'"))
    done = subprocess.run(made.command, env=made.environment, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "政府网站\n"
