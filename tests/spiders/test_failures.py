"""Names for what goes wrong between us and a site."""

from __future__ import annotations

import pytest
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
)

from govspider.extract.links.link_answer import Failure
from govspider.spiders.failures import name_failure
from govspider.throttle.network_guard import PrivateAddressRefusedError

_HOST = "www.yunjing-demo.gov.cn"


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (DownloadTimeoutError("30 s"), Failure.TIMEOUT),
        (DownloadConnectionRefusedError("refused"), Failure.REFUSED),
        (DownloadCancelledError("larger than 16 MiB"), Failure.TOO_BIG),
        (DownloadFailedError("[<SSL.Error: unsupported protocol>]"), Failure.TLS),
        (DownloadFailedError("connection lost"), Failure.RESET),
        (IgnoreRequest("Forbidden by robots.txt"), Failure.ROBOTS),
        (IgnoreRequest("max redirections reached"), Failure.REDIRECT_LOOP),
        (PrivateAddressRefusedError("10.0.0.1"), Failure.PRIVATE_ADDRESS),
    ],
)
def test_each_failure_of_the_downloader_has_its_name(error: Exception, failure: Failure) -> None:
    named = name_failure(error, _HOST)
    assert named is not None
    assert named[0] is failure


def test_a_name_that_was_never_looked_up_is_not_called_dead() -> None:
    named = name_failure(CannotResolveHostError("no answer"), "never-asked.example")
    assert named is not None
    assert named[0] is Failure.DNS_TEMPORARY


def test_a_fault_of_our_own_has_no_name_and_is_raised() -> None:
    assert name_failure(RuntimeError("a bug"), _HOST) is None
