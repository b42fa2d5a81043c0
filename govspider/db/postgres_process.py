"""Which process is the server of a data directory, and whether the one on record still is.

PostgreSQL trusts the process number in `postmaster.pid` as soon as any process has it. After a
crash or a restarted container the number may belong to a stranger, and the server would refuse to start.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from govspider.db.postgres_account import Account
from govspider.db.postgres_runtime import LocalServerError

# larger than any process number a system gives out, and still a number PostgreSQL can read
_NOBODYS_PID = 2_147_483_646
_STATUS_LINE = 7


@dataclass(frozen=True)
class Postmaster:
    """A living server process; `ready` when it accepts connections."""

    pid: int
    ready: bool


def read_postmaster(data: Path) -> Postmaster | None:
    """The server that runs on a data directory, or None: a number that belongs to a stranger is none."""
    lines = _pid_file_lines(data)
    pid = _pid_of(lines)
    if pid is None or str(data) not in _command_line(pid):
        return None
    status = lines[_STATUS_LINE].strip() if len(lines) > _STATUS_LINE else ""
    return Postmaster(pid, status == "ready")


def disown_foreign_pid(data: Path, account: Account) -> None:
    """Take a stranger's process number out of `postmaster.pid`.

    The file itself stays: it names the shared memory by which PostgreSQL finds out whether
    processes of the killed server are still at work, and that protection must not be lost.
    """
    pid = _pid_of(_pid_file_lines(data))
    if pid is None or not _exists(pid) or read_postmaster(data) is not None:
        return
    edit = f'sed "1s/.*/{_NOBODYS_PID}/" "$1" > "$1.new" && mv -f "$1.new" "$1"'
    done = account.run(["sh", "-c", edit, "sh", data / "postmaster.pid"], data)
    if done.returncode:
        raise LocalServerError(f"{data / 'postmaster.pid'} names the foreign process {pid} and cannot be changed.")


def _pid_file_lines(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text("utf-8", "replace").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return []
    except PermissionError as error:
        raise LocalServerError(f"The private server in {data} belongs to another account.") from error


def _pid_of(lines: list[str]) -> int | None:
    """The number on the first line; None where there is no file, or one cut off by a full disk."""
    first = lines[0].strip() if lines else ""
    return int(first) if first.isascii() and first.isdigit() else None


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _command_line(pid: int) -> str:
    """The words a process was started with; empty when there is no such process or only its remains."""
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except (FileNotFoundError, ProcessLookupError):
            return ""
    listed = subprocess.run(["ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return listed.stdout
