"""Acting as an ordinary user, also when the tests run as root."""

from __future__ import annotations

import multiprocessing
import os
import pwd
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

IS_ROOT = os.geteuid() == 0


def as_ordinary_user(act: Callable[..., Any], *arguments: object) -> Any:
    """What `act` returns when an ordinary user calls it: we ourselves, or `nobody` in a forked process.

    Forked, not started anew: `nobody` may not be able to enter the checkout or the virtual environment.
    """
    if not IS_ROOT:
        return act(*arguments)
    fork = multiprocessing.get_context("fork")
    here, there = fork.Pipe(duplex=False)
    child = fork.Process(target=_act_as_nobody, args=(there, act, arguments))
    child.start()
    there.close()
    failed, answer = here.recv()
    child.join()
    if failed:
        raise AssertionError(f"as an ordinary user:\n{answer}")
    return answer


def give_to_ordinary_user(folder: Path) -> Path:
    """Make a folder the property of that user."""
    if IS_ROOT:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return folder


def _act_as_nobody(there: Connection, act: Callable[..., Any], arguments: tuple[object, ...]) -> None:
    try:
        nobody = pwd.getpwnam("nobody")
        os.setgroups([])
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)
        os.chdir("/")
        there.send((False, act(*arguments)))
    except BaseException:  # noqa: BLE001 whatever it is, the parent must hear of it
        there.send((True, traceback.format_exc()))
