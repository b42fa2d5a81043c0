"""Bytes packed quickly, for a little more room: as a gzip file, or as a zlib stream. Any gzip opens them.

Both are written and read by Intel's ISA-L where there is a wheel of it for this kind of processor: the same format,
nearly the same size, in a third of the time.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

_GZIP, _ZLIB = 31, 15  # zlib's words for the two formats
_QUICKLY = 1

_compress: Callable[[bytes, int, int], bytes] = zlib.compress
_decompress: Callable[[bytes, int], bytes] = zlib.decompress
_fault: Any = zlib.error
try:
    from isal import isal_zlib
except ImportError:  # no such wheel: it takes longer, and nothing else is different
    pass
else:
    _compress, _decompress, _fault = isal_zlib.compress, isal_zlib.decompress, isal_zlib.error


def gzipped(data: bytes) -> bytes:
    """These bytes as a gzip file; the same bytes make the same file."""
    return _compress(data, _QUICKLY, _GZIP)


def deflated(data: bytes) -> bytes:
    """These bytes as a zlib stream."""
    return _compress(data, _QUICKLY, _ZLIB)


def gunzipped(packed: bytes) -> bytes:
    """What `gzipped` packed. Raises zlib.error for what is damaged or no gzip file."""
    return _unpacked(packed, _GZIP)


def inflated(packed: bytes) -> bytes:
    """What `deflated` packed. Raises zlib.error for what is damaged or no zlib stream."""
    return _unpacked(packed, _ZLIB)


def _unpacked(packed: bytes, kind: int) -> bytes:
    try:
        return _decompress(packed, kind)
    except _fault as error:
        raise zlib.error(str(error)) from error
