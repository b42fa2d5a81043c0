"""Which account runs the private server: our own, or an unprivileged one when we are root."""

from __future__ import annotations

import os
import pwd
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from govspider.db.postgres_runtime import LocalServerError

ACCOUNT_VARIABLE = "GOVSPIDER_PG_USER"
# customary names: Debian and Red Hat, macOS, and the one every system has
_CUSTOMARY = ("postgres", "_postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """An account of this machine; `switch` is true when programs must be started under it."""

    name: str
    uid: int
    gid: int
    switch: bool

    def run(
        self, command: Sequence[str | Path], directory: Path, *, entered: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run a program under this account in a directory it may enter, with `entered` as its input.

        The answer's `stdout` holds both outputs. They go through a file: a server left behind by
        pg_ctl would keep a pipe open and the reader waiting.
        """
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
            done = subprocess.run(
                [str(part) for part in command],
                cwd=directory,
                env=_environment(directory),
                input=entered,
                encoding="utf-8",
                stdout=output,
                stderr=subprocess.STDOUT,
                umask=0o077,
                check=False,
                user=self.uid if self.switch else None,
                group=self.gid if self.switch else None,
                extra_groups=[] if self.switch else None,
            )
            output.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, output.read(), "")


def own_account() -> Account:
    """The account we run under; it may lack a name in containers, then its number serves."""
    return Account(_name_of(os.geteuid()), os.geteuid(), os.getegid(), switch=False)


def unprivileged_account(environ: Mapping[str, str], recorded: str | None) -> Account:
    """The account root hands the server to: PostgreSQL refuses to run as root.

    Parameters: `recorded`, the account that already owns the cluster, or None before there is one.
    Raises LocalServerError where the wished account does not exist, is root, or is not the recorded one.
    """
    wished = environ.get(ACCOUNT_VARIABLE, "").strip() or None
    if wished and recorded and wished != recorded:
        raise LocalServerError(
            f"{ACCOUNT_VARIABLE} is {wished!r}, but the cluster of this checkout belongs to the account {recorded!r}: "
            f"unset {ACCOUNT_VARIABLE} or set it to {recorded}."
        )
    named = wished or recorded
    return _existing(named) if named else _first_customary()


def _existing(name: str) -> Account:
    found = _look_up(name)
    if found is None:
        raise LocalServerError(
            f"The account {name!r} does not exist on this machine: set {ACCOUNT_VARIABLE} to an unprivileged account."
        )
    if found.uid == 0:
        raise LocalServerError(
            f"The account {name!r} is root, and PostgreSQL refuses root: set {ACCOUNT_VARIABLE} to another account."
        )
    return found


def _first_customary() -> Account:
    for name in _CUSTOMARY:
        if found := _look_up(name):
            return found
    raise LocalServerError(
        f"PostgreSQL refuses root, and none of the accounts {', '.join(_CUSTOMARY)} exists: "
        f"set {ACCOUNT_VARIABLE} to an unprivileged account, or DATABASE_URL to a PostgreSQL of your own."
    )


def _look_up(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(name, entry.pw_uid, entry.pw_gid, switch=True)


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _environment(home: Path) -> dict[str, str]:
    """What a server needs and nothing else: a stray PGPORT or PGDATA must not steer it; messages in English."""
    return {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(home), "LC_ALL": "C"}
