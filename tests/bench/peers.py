"""Other link checkers on the sites of the bench, started as their users start them, where they are installed.

They find names by the system, which knows none of the bench's: what they load first makes every name this
machine, so no real site is ever contacted. Their bill is that of the whole process, its start included.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.clock import peak_bytes
from tests.bench.office import BenchError, Office
from tests.traps.peers import PEERS, Peer

NAMES = ("linkinator", "LinkChecker")
_LONGEST = 180.0
_LOOKED_AT = 0.1
_PYTHON_NAMES = """import socket
_plain = socket.getaddrinfo
def getaddrinfo(host, port, *rest, **named):
    return _plain("127.0.0.1", port, *rest, **named)
socket.getaddrinfo = getaddrinfo
"""
_NODE_NAMES = "const dns = require('dns'); const plain = dns.lookup;\n"
_NODE_NAMES += "dns.lookup = (name, options, done) => plain('127.0.0.1', options, done);\n"
# breadth and depth as in the product, and no limit of requests: only what its work costs is compared
_LINKCHECKER = "[checking]\nmaxrequestspersecond=1000\ntimeout=30\n[filtering]\ncheckextern=1\n"


@dataclass(frozen=True, slots=True)
class PeerSpent:
    """Seconds of a checker and all its threads; `whole` is False when it was stopped at the limit."""

    cpu: float
    wall: float
    peak_bytes: int
    whole: bool


def installed(name: str) -> str | None:
    """The program of a checker, None where it is not installed."""
    return _peer(name).find()


def _peer(name: str) -> Peer:
    return next(peer for peer in PEERS if peer.name == name)


def run_peer(office: Office, name: str, program: str, homes: Sequence[str], longest: float = _LONGEST) -> PeerSpent:
    """One checker over these sites, their links and outside links. Raises BenchError when it fails to start."""
    folder = office.folder / name
    folder.mkdir(exist_ok=True)
    office.folder.chmod(0o755)
    folder.chmod(0o777)  # LinkChecker gives up root and then works here
    (folder / "sitecustomize.py").write_text(_PYTHON_NAMES, encoding="utf-8")
    (folder / "names.cjs").write_text(_NODE_NAMES, encoding="utf-8")
    (folder / "linkcheckerrc").write_text(_LINKCHECKER, encoding="utf-8")
    words = {
        "linkinator": [program, *homes, "--recurse", "--timeout", "30000", "--format", "json"],
        "LinkChecker": [program, f"--config={folder}/linkcheckerrc", "--no-status", "-o", "none", *homes],
    }[name]
    environment = {
        **office.environment(),
        "PYTHONPATH": str(folder),
        "NODE_OPTIONS": f"--require {folder}/names.cjs",
    }
    return _metered(words, folder, environment, longest)


def _metered(words: Sequence[str], folder: Path, environment: dict[str, str], longest: float) -> PeerSpent:
    said = folder / "said.txt"
    began = time.monotonic()
    with said.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(words, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=out)
    peak, stopped = 0, False
    while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
        peak = max(peak, peak_bytes(process.pid))
        if time.monotonic() - began > longest and not stopped:
            stopped = True
            process.kill()
        time.sleep(_LOOKED_AT)
    _, status, used = ended
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1) and not stopped:  # 1: it found dead links
        last = said.read_text("utf-8", errors="replace")[-400:]
        raise BenchError(f"{words[0]} ended with {process.returncode}: {last}")
    return PeerSpent(used.ru_utime + used.ru_stime, time.monotonic() - began, peak, not stopped)
