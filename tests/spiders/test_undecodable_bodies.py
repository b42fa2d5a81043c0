"""A body that is not compressed the way its header says is a fault of that answer, and of nothing else."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import brotli
import pytest
from backports import zstd

from govspider.extract.links.link_answer import Failure
from govspider.spiders.failures import name_failure

_PLAIN = b"<html>plain</html>"


@pytest.mark.parametrize("decode", [gzip.decompress, zlib.decompress, brotli.decompress, zstd.decompress])
def test_the_error_of_every_decoder_has_a_name(decode: Callable[[bytes], bytes]) -> None:
    with pytest.raises(Exception) as caught:
        decode(_PLAIN)
    named = name_failure(caught.value, "www.example.gov.cn")
    assert named is not None
    assert named[0] is Failure.PROTOCOL
    assert "Content-Encoding" in named[1]


def test_an_error_of_our_own_has_none() -> None:
    assert name_failure(KeyError("x"), "www.example.gov.cn") is None
