"""What is packed is what everybody's gzip and zlib unpack, whichever library packed it."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govspider.extract.document import packing
from govspider.extract.document.packing import deflated, gzipped


@pytest.fixture(params=["the library that is there", "zlib"])
def library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "zlib":
        monkeypatch.setattr(packing, "_compress", zlib.compress)


BODIES = [b"", b"a", "<html><body>通知公告</body></html>".encode() * 2000, bytes(range(256)) * 999]


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.usefixtures("library")
def test_whatever_is_packed_comes_back(body: bytes) -> None:
    assert gzip.decompress(gzipped(body)) == body
    assert zlib.decompress(deflated(body)) == body
    assert len(gzipped(body)) < len(body) / 10 or len(body) < 2


@given(st.binary(max_size=5000))
def test_any_bytes_come_back(body: bytes) -> None:
    assert (gzip.decompress(gzipped(body)), zlib.decompress(deflated(body))) == (body, body)


@pytest.mark.usefixtures("library")
def test_the_file_says_nothing_of_when_it_was_made() -> None:
    packed = gzipped(BODIES[2])
    assert packed == gzipped(BODIES[2])
    assert packed[4:8] == b"\0\0\0\0", "the time in the header of a gzip file"
