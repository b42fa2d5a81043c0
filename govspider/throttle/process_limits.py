"""Limits of the process that would make healthy sites look unreachable."""

from __future__ import annotations

import resource

_WANTED_FILES = 65536


def raise_open_files() -> int:
    """Raise the soft limit of open files as far as allowed and return it.

    Twisted keeps connections of each host for minutes: at 1024 files, 1,500 hosts end in
    "too many open files", which reads like "site unreachable".
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _WANTED_FILES if hard == resource.RLIM_INFINITY else min(_WANTED_FILES, hard)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return soft
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted
