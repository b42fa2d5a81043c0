from __future__ import annotations

import os
from pathlib import Path

import pytest

from govspider.db.postgres_account import own_account
from govspider.db.postgres_process import disown_foreign_pid, read_postmaster


@pytest.mark.parametrize("content", [None, "", "\n", "four\n", "-7\n", "２\n"])
def test_a_missing_or_broken_pid_file_is_no_server(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "postmaster.pid").write_text(content, "utf-8")
    assert read_postmaster(tmp_path) is None
    disown_foreign_pid(tmp_path, own_account())


def test_a_living_process_that_serves_something_else_is_no_server(tmp_path: Path) -> None:
    pid_file = tmp_path / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{tmp_path}\n1795317356\n28058\n\n127.0.0.1\n 1 2\nready\n", "ascii")
    assert read_postmaster(tmp_path) is None


def test_only_the_process_number_is_taken_out_the_shared_memory_stays_named(tmp_path: Path) -> None:
    pid_file = tmp_path / "postmaster.pid"
    pid_file.write_text(
        f"{os.getpid()}\n{tmp_path}\n1795317356\n28058\n\n127.0.0.1\n  5432001   65536\nready\n", "ascii"
    )
    disown_foreign_pid(tmp_path, own_account())
    lines = pid_file.read_text("ascii").splitlines()
    assert lines[0] == "2147483646"
    assert lines[6] == "  5432001   65536"
    assert len(lines) == 8


def test_the_number_of_a_dead_process_is_left_to_postgresql(tmp_path: Path) -> None:
    pid_file = tmp_path / "postmaster.pid"
    pid_file.write_text("2147483645\n", "ascii")
    disown_foreign_pid(tmp_path, own_account())
    assert pid_file.read_text("ascii") == "2147483645\n"
