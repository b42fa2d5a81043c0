"""What is packed is what everybody's gzip and zlib unpack, whichever library packed it."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govspider.extract.document import packing
from govspider.extract.document.packing import deflated, gunzipped, gzipped, inflated


@pytest.fixture(params=["the library that is there", "zlib"])
def library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "zlib":
        monkeypatch.setattr(packing, "_compress", zlib.compress)
        monkeypatch.setattr(packing, "_decompress", zlib.decompress)
        monkeypatch.setattr(packing, "_fault", zlib.error)


BODIES = [b"", b"a", "<html><body>通知公告</body></html>".encode() * 2000, bytes(range(256)) * 999]


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.usefixtures("library")
def test_whatever_is_packed_comes_back(body: bytes) -> None:
    assert gzip.decompress(gzipped(body)) == body
    assert zlib.decompress(deflated(body)) == body
    assert (gunzipped(gzipped(body)), inflated(deflated(body))) == (body, body)
    assert len(gzipped(body)) < len(body) / 10 or len(body) < 2


@given(st.binary(max_size=5000))
def test_any_bytes_come_back(body: bytes) -> None:
    assert (gzip.decompress(gzipped(body)), zlib.decompress(deflated(body))) == (body, body)


@pytest.mark.usefixtures("library")
def test_the_file_says_nothing_of_when_it_was_made() -> None:
    packed = gzipped(BODIES[2])
    assert packed == gzipped(BODIES[2])
    assert packed[4:8] == b"\0\0\0\0", "the time in the header of a gzip file"


@pytest.mark.usefixtures("library")
def test_what_anybody_packed_is_unpacked() -> None:
    for body in BODIES:
        assert (gunzipped(gzip.compress(body, 9)), inflated(zlib.compress(body, 9))) == (body, body)


@pytest.mark.usefixtures("library")
def test_damaged_bytes_are_told_by_one_name_whichever_library_reads() -> None:
    for unpack, packed in ((gunzipped, gzipped(BODIES[2])), (inflated, deflated(BODIES[2]))):
        middle = len(packed) // 2
        cut, empty, foreign = packed[:middle], b"", b"no archive"
        flipped = packed[:middle] + bytes([packed[middle] ^ 255]) + packed[middle + 1 :]
        other_sum = packed[:-8] + bytes(byte ^ 255 for byte in packed[-8:])
        for damaged in (cut, empty, foreign, flipped, other_sum):
            with pytest.raises(zlib.error):
                unpack(damaged)
