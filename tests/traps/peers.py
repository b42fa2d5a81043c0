"""Other link checkers on the same traps: each is optional, started as its users start it, and led by numbers.

They have no name service of their own, so hosts are written as loopback addresses; what cannot be written
so, or would leave this machine, is not shown to them.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urljoin

from tests.traps import names
from tests.traps.scoring import Score, score_peer
from tests.traps.server import Traps

_ENVIRONMENT = Path(__file__).resolve().parents[2] / ".venv-compare"
_LONGEST = 120
_NOT_SHOWN = frozenset({"private", "name_later", "ipv6_only"})


class PeerError(RuntimeError):
    """A checker that is installed and did not work; the message quotes its last words."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A checker: its command, and how to read what it calls broken."""

    name: str
    command: str
    accused: Callable[[str, str, Path], list[str]]
    dies_of: frozenset[str] = frozenset()
    """Traps that end the whole checker, so it is judged without them."""

    def find(self) -> str | None:
        """The program, None when it is not installed: in the comparing environment (pip, npm), else on PATH."""
        beside = (_ENVIRONMENT / "bin" / self.command, _ENVIRONMENT / "node_modules" / ".bin" / self.command)
        return next((str(path) for path in beside if path.exists()), None) or shutil.which(self.command)


def score_of(peer: Peer, traps: Traps) -> Score | None:
    """How a checker does on the traps shown to it; None where it is not installed. Raises PeerError."""
    program = peer.find()
    if program is None or not names.has_many_addresses():
        return None
    with _shown(traps, peer), TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)  # LinkChecker gives up root and then writes here
        site = traps.site(by_number=True)
        try:
            accused = peer.accused(program, site, Path(folder))
            return score_peer(traps.resolved(by_number=True), site, accused)
        except subprocess.TimeoutExpired:
            raise PeerError(f"{peer.name} did not end in {_LONGEST} s") from None
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise PeerError(f"{peer.name} wrote no result that can be read: {error}") from error


@contextmanager
def _shown(traps: Traps, peer: Peer) -> Iterator[None]:
    """The home page as a peer sees it; afterwards as it was. What answers only once does so again."""
    whole, left_out = traps.truth, _NOT_SHOWN | peer.dies_of
    traps.by_number, traps.truth = True, [trap for trap in whole if trap["id"] not in left_out and not trap["browser"]]
    traps.forget()
    try:
        yield
    finally:
        traps.by_number, traps.truth = False, whole


def _run(words: list[str], folder: Path) -> str:
    unset = {"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"}
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    done = subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, text=True, timeout=_LONGEST, check=False
    )
    if done.returncode not in (0, 1, 2):
        raise PeerError(f"{words[0]} ended with {done.returncode}: {(done.stderr or done.stdout).strip()[-200:]}")
    return done.stdout


def _linkchecker(program: str, site: str, folder: Path) -> list[str]:
    settings = folder / "linkcheckerrc"
    settings.write_text("[checking]\nmaxrequestspersecond=1000\ntimeout=5\nsslverify=0\n[filtering]\ncheckextern=1\n")
    out = folder / "out.csv"
    _run(
        [program, f"--config={settings}", "-r2", "--no-status", "-v", "-F", f"csv/utf8/{out}", "-o", "none", site],
        folder,
    )
    if not out.exists():
        raise PeerError("LinkChecker wrote no result")
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter=";"))
    broken = [row for row in rows if row["valid"] == "False"]
    # the address as the page has it, and the one that answered after redirects
    return [address for row in broken for address in (row["url"], urljoin(site, row["urlname"]))]


# with --retry it asks a busy server again without end
def _linkinator(program: str, site: str, folder: Path) -> list[str]:
    words = ["--recurse", "--check-css", "--timeout", "5000", "--format", "json"]
    answer = json.loads(_run([program, site, *words], folder))
    return [link["url"] for link in answer["links"] if link["state"] == "BROKEN"]


def _lychee(program: str, site: str, folder: Path) -> list[str]:
    words = ["--format", "json", "--method", "get", "--max-retries", "2", "--retry-wait-time", "1", "--timeout", "5"]
    answer = json.loads(_run([program, *words, "--insecure", "--no-progress", site], folder))
    listed = (answer.get(name) or {} for name in ("error_map", "timeout_map", "fail_map"))
    return [entry["url"] for table in listed for entries in table.values() for entry in entries]


PEERS = (
    Peer("LinkChecker", "linkchecker", _linkchecker),
    Peer("linkinator", "linkinator", _linkinator, frozenset({"wrong_length"})),
    Peer("lychee", "lychee", _lychee),
)
