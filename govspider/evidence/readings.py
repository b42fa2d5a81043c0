"""Readings of kept pages, so that an unchanged page costs little in the next run. They may be deleted at any time.

Layout: `<folder>/readings/ab/<key>`; written beside their place and renamed, like the evidence they belong to.
"""

from __future__ import annotations

from pathlib import Path

from govspider.evidence.whole_files import write_whole


class ReadingStore:
    """Readings by key. Parameters: `folder` that of the evidence."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "readings"

    def path_of(self, key: str) -> Path:
        return self._folder / key[:2] / key

    def is_there(self) -> bool:
        """True where any reading was kept before."""
        return self._folder.is_dir()

    def load(self, key: str) -> bytes | None:
        """The reading of this key, None where there is none."""
        try:
            return self.path_of(key).read_bytes()
        except OSError:  # not there, or not to be read: then the page is read once more
            return None

    def keep(self, key: str, reading: bytes) -> bool:
        """Store a reading; False where there was no room: it is a saving, never a loss."""
        try:
            write_whole(self.path_of(key), reading)
        except OSError:
            return False
        return True
