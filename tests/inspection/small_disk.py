"""A disk that is really full: a folder of a crawl is a tiny tmpfs, in a mount namespace of the crawl's own."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.inspection.crawling import Desk

# mounts, runs the command, and copies what the disk holds out before it vanishes with the namespace
_MOUNT = """
mount -t tmpfs -o size="$1" tiny "$2" || exit 97
folder="$2"; kept="$3"; shift 3
"$@"; code=$?
cp -r "$folder/." "$kept"
exit "$code"
"""
_NAMESPACE = ("unshare", "--user", "--map-root-user", "--mount")


@dataclass(frozen=True)
class SmallDiskDesk(Desk):
    """An office one folder of which, `small`, has no more room than `size` says, in words of mount: 64k.

    What stood there when a command ended stands in `left`.
    """

    small: Path = Path()
    size: str = "64k"

    @property
    def left(self) -> Path:
        return self.small.with_name(f"{self.small.name}-left")

    def _start(self, command: Sequence[str]) -> subprocess.Popen[str]:
        self.small.mkdir(parents=True, exist_ok=True)
        self.left.mkdir(exist_ok=True)
        words = [*_NAMESPACE, "sh", "-c", _MOUNT, "sh", self.size, str(self.small), str(self.left), *command]
        return super()._start(words)


def with_small_disk(desk: Desk, small: Path, size: str) -> SmallDiskDesk:
    """The same office on a small disk. Skips the test where this machine lets nobody mount one."""
    refused = _refused(small.parent)
    if refused:
        pytest.skip(f"a mount namespace of one's own is not to be had here: {refused}")
    return SmallDiskDesk(
        desk.database_url, desk.folder, desk.proxy_url, desk.contact, desk.settings, small=small, size=size
    )


def _refused(folder: Path) -> str:
    if shutil.which("unshare") is None:
        return "no unshare (util-linux)"
    tried = [*_NAMESPACE, "mount", "-t", "tmpfs", "-o", "size=8k", "tiny", str(folder)]
    done = subprocess.run(tried, capture_output=True, text=True, check=False)
    return done.stderr.strip() if done.returncode else ""
