"""Limits of the process: those that would make healthy sites look unreachable, and one on wasted memory."""

from __future__ import annotations

import ctypes
import resource

_WANTED_FILES = 65536
# numbers of malloc.h
_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8
_ARENAS = 2
_LARGE_BYTES = 256 * 1024


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


def share_memory_among_threads() -> bool:
    """Let the threads of the process share two heaps, and give large pieces back at once; False where it cannot be set.

    glibc gives each of up to eight threads per core a heap of its own and keeps there what a thread freed: with two
    hundred threads that compress and store, what is wasted is more than what is used. Other C libraries know no such
    setting, and need none.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except AttributeError:
        return False
    return bool(mallopt(_M_ARENA_MAX, _ARENAS) and mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES))
