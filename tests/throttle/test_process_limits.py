"""What a crawl asks of its process: open files enough, and heaps that its threads share."""

from __future__ import annotations

import platform
import resource

from govspider.throttle.process_limits import raise_open_files, share_memory_among_threads


def test_open_files_are_raised_to_what_is_allowed_and_never_lowered() -> None:
    before, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert raise_open_files() >= before
    assert raise_open_files() == resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def test_threads_share_their_heaps_where_the_c_library_can() -> None:
    assert share_memory_among_threads() is (platform.libc_ver()[0] == "glibc")
