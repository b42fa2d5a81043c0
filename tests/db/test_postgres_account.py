from __future__ import annotations

import os
from pathlib import Path

import pytest

from govspider.db import postgres_account
from govspider.db.postgres_account import ACCOUNT_VARIABLE, own_account, unprivileged_account
from govspider.db.postgres_runtime import LocalServerError


def test_the_wished_account_wins() -> None:
    assert unprivileged_account({ACCOUNT_VARIABLE: "nobody"}, None).name == "nobody"


def test_without_a_wish_the_account_of_the_cluster_stays() -> None:
    assert unprivileged_account({}, "nobody").name == "nobody"


def test_a_new_cluster_gets_an_account_that_is_not_root() -> None:
    assert unprivileged_account({}, None).uid != 0


@pytest.mark.parametrize(
    ("wished", "sentence"),
    [("root", "'root' is root, and PostgreSQL refuses root"), ("no_such_account", "'no_such_account' does not exist")],
)
def test_an_account_that_cannot_serve_is_named(wished: str, sentence: str) -> None:
    with pytest.raises(LocalServerError, match=sentence):
        unprivileged_account({ACCOUNT_VARIABLE: wished}, None)


def test_a_machine_without_any_customary_account_is_told_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_account, "_CUSTOMARY", ("no_such_account",))
    with pytest.raises(LocalServerError, match=f"set {ACCOUNT_VARIABLE} to an unprivileged account, or DATABASE_URL"):
        unprivileged_account({}, None)


def test_an_account_without_a_name_goes_by_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 3_999_999_999)
    assert own_account().name == "3999999999"


def test_a_stray_setting_of_the_caller_does_not_reach_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "1")
    monkeypatch.setenv("LC_ALL", "zh_CN.GBK")
    done = own_account().run(["sh", "-c", 'echo "$PGPORT|$LC_ALL|$(umask)"; cat'], tmp_path, entered="typed\n")
    assert done.stdout == "|C|0077\ntyped\n"
