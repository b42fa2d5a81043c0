"""Kept bytes: every body an observation was read from, stored once per content.

Layout: `<folder>/ab/<sha256>.gz`. A file is written beside its place and renamed, so it is
either whole or absent, however the process ends. With a second level of folders nearly every page of a first run
made one of its own: most of what its file cost. A million files are four thousand in each of 256 folders.
"""

from __future__ import annotations

import errno
import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from govspider.evidence.whole_files import write_whole

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
# quicker than the usual 6, for somewhat more room
_COMPRESSION = 1


class EvidenceFullError(OSError):
    """The disk of the evidence store has no room left."""


class EvidenceMissingError(LookupError):
    """No bytes are kept under this hash."""


class EvidenceDamagedError(ValueError):
    """The kept bytes are not the bytes that were seen."""


class EvidenceStore:
    """Content-addressed store of bodies in a folder.

    Parameters: `folder` where the files live; made when the first body is kept.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path_of(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / f"{sha256}.gz"

    def holds(self, sha256: str) -> bool:
        """True where the bytes of this hash are kept already."""
        return self.path_of(sha256).exists()

    def keep(self, body: bytes, packed: Callable[[], bytes] | None = None, sha256: str = "") -> str:
        """Store a body and return its SHA-256 in hexadecimal. Raises EvidenceFullError.

        Parameters: `packed` makes the same bytes as a gzip file, where the caller holds or wants them so; `sha256`
        the hash of the body where the caller has computed it.
        """
        sha256 = sha256 or hashlib.sha256(body).hexdigest()
        path = self.path_of(sha256)
        if path.exists():
            return sha256
        try:
            write_whole(path, packed() if packed else gzip.compress(body, _COMPRESSION, mtime=0))
        except OSError as error:
            if error.errno in _FULL:
                raise EvidenceFullError(
                    error.errno, f"no room for evidence in {self.folder}: free some space"
                ) from error
            raise
        return sha256

    def read(self, sha256: str) -> bytes:
        """The bytes kept under a hash, verified. Raises EvidenceMissingError, EvidenceDamagedError."""
        return self.read_with_file(sha256)[0]

    def read_with_file(self, sha256: str) -> tuple[bytes, bytes]:
        """As `read`, and beside the bytes the gzip file that holds them."""
        path = self.path_of(sha256)
        try:
            packed = path.read_bytes()
            body = gzip.decompress(packed)
        except FileNotFoundError as error:
            raise EvidenceMissingError(f"no evidence {sha256} in {self.folder}") from error
        except (EOFError, gzip.BadGzipFile, zlib.error, ValueError) as error:
            raise EvidenceDamagedError(f"{path} is damaged: {error}") from error
        found = hashlib.sha256(body).hexdigest()
        if found != sha256:
            raise EvidenceDamagedError(f"{path} holds bytes with the hash {found}")
        return body, packed

    def drop(self, sha256: str) -> bool:
        """Remove kept bytes; True when there were any."""
        path = self.path_of(sha256)
        existed = path.exists()
        path.unlink(missing_ok=True)
        return existed

    def hashes(self) -> Iterator[str]:
        """Hashes of everything kept, in no particular order."""
        for path in self.folder.glob("??/*.gz"):
            yield path.name.removesuffix(".gz")
