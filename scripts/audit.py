#!/usr/bin/env python3
"""检查依赖：锁定文件是否完整（离线），并用 pip-audit 查已公布的漏洞（需要联网）。"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
_INCOMPLETE = 3
_LONGEST = 600
_UNCHECKED = "锁定的各个包是否有已公布的漏洞"
_ENTRY = re.compile(r"^(?P<pinned>[A-Za-z0-9][^\s;\\]*)(?P<rest>(?:.*\\\n)*.*)$", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")
# what pip-audit exits with when it found something, and when it could not ask
_FOUND = re.compile(r"Found \d+ known vulnerabilit")


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 nothing found, 1 a fault or a vulnerability, 3 the vulnerability service could not be asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--offline", action="store_true", help="只检查锁定文件，不联网")
    chosen = parser.parse_args(arguments)
    lock, project = (ROOT / name for name in ("requirements.lock", "pyproject.toml"))
    faults = lock_faults(lock.read_text("utf-8"), project.read_text("utf-8"))
    for fault in faults:
        print(f"audit: {fault}", file=sys.stderr)
    if faults:
        return 1
    print("audit: requirements.lock 完整：每个包有确定的版本和散列，并满足 pyproject.toml")
    if chosen.offline:
        print(f"audit: 没有检查：{_UNCHECKED}（--offline）")
        return 0
    return _ask_service(lock)


def lock_faults(lock: str, project: str) -> list[str]:
    """What is wrong with a lock file: a package without exact version or hash, or one the project needs otherwise.

    Parameters: `lock` text of the lock file; `project` text of pyproject.toml.
    """
    pinned: dict[str, list[Version]] = {}
    faults = []
    for entry in _ENTRY.finditer(lock):
        requirement = Requirement(entry["pinned"])
        exact = [one for one in requirement.specifier if one.operator == "=="]
        if len(exact) != 1 or exact[0].version.endswith("*"):
            faults.append(f"requirements.lock: {entry['pinned']} 没有确定的版本")
            continue
        pinned.setdefault(canonicalize_name(requirement.name), []).append(Version(exact[0].version))
        if not _HASH.search(entry["rest"]):
            faults.append(f"requirements.lock: {entry['pinned']} 没有 sha256 散列")
    return faults + [fault for wanted in _wanted(project) if (fault := _unmet(wanted, pinned))]


def _wanted(project: str) -> list[Requirement]:
    """What the project itself asks for; extras that the lock is made without (parquet) are left out."""
    described = tomllib.loads(project)["project"]
    extras = described["optional-dependencies"]
    return [Requirement(words) for words in [*described["dependencies"], *extras["local"], *extras["dev"]]]


def _unmet(wanted: Requirement, pinned: dict[str, list[Version]]) -> str:
    versions = pinned.get(canonicalize_name(wanted.name), [])
    if not versions:
        return f"pyproject.toml 需要 {wanted.name}，requirements.lock 没有；请重新生成锁定文件"
    if not any(wanted.specifier.contains(version, prereleases=True) for version in versions):
        return f"pyproject.toml 需要 {wanted}，requirements.lock 锁定的是 {versions[0]}；请重新生成锁定文件"
    return ""


def _ask_service(lock: Path) -> int:
    if find_spec("pip_audit") is None:
        return _not_asked("没有安装 pip-audit（.venv/bin/pip install pip-audit）")
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "-r", str(lock)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_LONGEST, check=False)
    except subprocess.TimeoutExpired:
        return _not_asked(f"漏洞服务 {_LONGEST} 秒没有答复")
    print(done.stdout, end="")
    if done.returncode == 0:
        print("audit: 没有已公布的漏洞")
        return 0
    if _FOUND.search(done.stdout + done.stderr):
        print(done.stderr, end="", file=sys.stderr)
        return 1
    last = (done.stderr.strip().splitlines() or [f"退出码 {done.returncode}"])[-1]
    return _not_asked(f"pip-audit 没有得到答复：{last[:300]}")


def _not_asked(why: str) -> int:
    print(f"audit: 未能查询漏洞：{why}；本次没有检查：{_UNCHECKED}；只检查了锁定文件", file=sys.stderr)
    return _INCOMPLETE


if __name__ == "__main__":
    raise SystemExit(main())
