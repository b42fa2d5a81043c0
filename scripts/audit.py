#!/usr/bin/env python3
"""检查依赖：锁定文件是否完整（离线），并用 pip-audit 查已公布的漏洞（需要联网）。"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
# made by `make audit`; an environment of its own, so that nobody who runs the product installs it (decision 0039)
AUDITOR = ROOT / ".venv-audit" / "bin" / "pip-audit"
_OSV = "https://api.osv.dev/v1/query"
_INCOMPLETE = 3
_LONGEST = 600
_SHOWN = 5
_UNCHECKED = "锁定的各个包是否有已公布的漏洞"
_ENTRY = re.compile(r"^(?P<pinned>[A-Za-z0-9][^\s;\\]*)(?P<rest>(?:.*\\\n)*.*)$", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")
# pip-audit: nothing found, something found; whatever else it ends with is no answer
_ANSWERED = (0, 1)


class NoAnswerError(RuntimeError):
    """The vulnerability service said nothing that can be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock file: its name, its text, and what it must hold."""

    name: str
    text: str
    source: str
    wanted: Sequence[Requirement]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the service said: packages it knows, its words on those it does not, vulnerabilities in one line each."""

    known: int
    unknown: tuple[str, ...]
    found: tuple[str, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 nothing found, 1 a fault or a vulnerability, 3 not everything could be asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--offline", action="store_true", help="只检查锁定文件，不联网")
    parser.add_argument("--osv", nargs="?", const=_OSV, metavar="URL", help="问 OSV（或其镜像的地址），而不是 PyPI")
    chosen = parser.parse_args(arguments)
    locks = tuple(_locks())
    faults = [fault for lock in locks for fault in lock_faults(lock)]
    for fault in faults:
        print(f"audit: {fault}", file=sys.stderr)
    if faults:
        return 1
    for lock in locks:
        print(f"audit: {lock.name} 完整：每个包有确定的版本和散列，并满足 {lock.source}")
    if chosen.offline:
        print(f"audit: 没有检查：{_UNCHECKED}（--offline）")
        return 0
    return _ask(locks, ("--vulnerability-service", "osv", "--osv-url", chosen.osv) if chosen.osv else ())


def _locks() -> Iterator[Lock]:
    """The product with its tools, and what asks for vulnerabilities; not what accuracy is compared with."""
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    yield Lock("requirements.lock", _read("requirements.lock"), "pyproject.toml", wanted_by_project(project))
    lines = _read("requirements-audit.in").splitlines()
    auditor = [Requirement(line) for line in lines if line and not line.startswith("#")]
    yield Lock("requirements-audit.lock", _read("requirements-audit.lock"), "requirements-audit.in", auditor)


def _read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


# ── whether a lock file is whole ─────────────────────────────────────────────────────────────────


def lock_faults(lock: Lock) -> list[str]:
    """What is wrong with a lock file: a package without exact version or hash, or one that is needed otherwise."""
    pinned: dict[str, list[Version]] = {}
    faults = []
    for entry in _ENTRY.finditer(lock.text):
        requirement = Requirement(entry["pinned"])
        exact = [one for one in requirement.specifier if one.operator == "=="]
        if len(exact) != 1 or exact[0].version.endswith("*"):
            faults.append(f"{lock.name}: {entry['pinned']} 没有确定的版本")
            continue
        pinned.setdefault(canonicalize_name(requirement.name), []).append(Version(exact[0].version))
        if not _HASH.search(entry["rest"]):
            faults.append(f"{lock.name}: {entry['pinned']} 没有 sha256 散列")
    return faults + [fault for wanted in lock.wanted if (fault := _unmet(wanted, pinned, lock))]


def wanted_by_project(project: str) -> list[Requirement]:
    """What the project itself asks for; extras that the lock is made without (parquet) are left out.

    Parameters: `project` text of pyproject.toml.
    """
    described = tomllib.loads(project)["project"]
    extras = described["optional-dependencies"]
    return [Requirement(words) for words in [*described["dependencies"], *extras["local"], *extras["dev"]]]


def _unmet(wanted: Requirement, pinned: dict[str, list[Version]], lock: Lock) -> str:
    versions = pinned.get(canonicalize_name(wanted.name), [])
    if not versions:
        return f"{lock.source} 需要 {wanted.name}，{lock.name} 没有；请重新生成锁定文件"
    if not any(wanted.specifier.contains(version, prereleases=True) for version in versions):
        return f"{lock.source} 需要 {wanted}，{lock.name} 锁定的是 {versions[0]}；请重新生成锁定文件"
    return ""


# ── whether anything is known against what it holds ──────────────────────────────────────────────


def _ask(locks: Sequence[Lock], service: Sequence[str]) -> int:
    """One package first: behind a wall, or a mirror that knows no vulnerabilities, a hundred are not asked for."""
    if not AUDITOR.exists():
        return _not_asked("没有安装 pip-audit（make audit 会安装它）")
    try:
        first = _ENTRY.search(locks[-1].text)
        assert first is not None, "a lock file without faults holds a package"
        if (tried := ask_service(first.group(), service)).unknown:
            return _not_asked(f"漏洞服务不认识锁定的包：{tried.unknown[0]}")
        return _told([ask_service(lock.text, service) for lock in locks])
    except NoAnswerError as error:
        return _not_asked(str(error))


def ask_service(lock: str, service: Sequence[str] = ()) -> Answer:
    """What pip-audit says of the packages of a lock file. Raises NoAnswerError.

    Parameters: `lock` text of the lock file; `service` further words for pip-audit, none for PyPI.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".lock", encoding="utf-8") as file:
        file.write(lock)
        file.flush()
        how = ("--disable-pip", "--require-hashes", "--progress-spinner", "off", "--desc", "off", "--format", "json")
        command = [str(AUDITOR), *how, *service, "-r", file.name]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=_LONGEST, check=False)
        except subprocess.TimeoutExpired:
            raise NoAnswerError(f"漏洞服务 {_LONGEST} 秒没有答复") from None
        except OSError as error:
            raise NoAnswerError(f"无法运行 pip-audit：{error}") from error
    if done.returncode in _ANSWERED and done.stdout.strip():
        return _read_answer(done.stdout)
    last = (done.stderr.strip().splitlines() or [f"退出码 {done.returncode}"])[-1]
    raise NoAnswerError(f"pip-audit 没有得到答复：{last[:300]}")


def _read_answer(told: str) -> Answer:
    """pip-audit ends with 0 also where the service knows no package: each has to say that it was looked up."""
    try:
        packages = json.loads(told)["dependencies"]
        known = [one for one in packages if "vulns" in one]
        unknown = tuple(one.get("skip_reason", one["name"]) for one in packages if "vulns" not in one)
        found = tuple(_worded(one, fault) for one in known for fault in one["vulns"])
    except (ValueError, KeyError, TypeError) as error:
        raise NoAnswerError(f"看不懂 pip-audit 的答复（{error!r}）：{told[:200]!r}") from error
    return Answer(len(known), unknown, found)


def _worded(package: dict[str, str], fault: dict[str, list[str] | str]) -> str:
    mended = "、".join(fault["fix_versions"]) or "尚无"
    return f"{package['name']} {package['version']}：{fault['id']}（修复版本：{mended}）"


def _told(answers: Sequence[Answer]) -> int:
    known = sum(answer.known for answer in answers)
    unknown = [words for answer in answers for words in answer.unknown]
    found = [line for answer in answers for line in answer.found]
    for line in found:
        print(f"audit: 已公布的漏洞：{line}", file=sys.stderr)
    if unknown or not known:
        names = "；".join(unknown[:_SHOWN])
        code = _not_asked(f"{known} 个包有答复，{len(unknown)} 个没有：{names}")
        return 1 if found else code
    if not found:
        print(f"audit: {known} 个包都没有已公布的漏洞")
    return int(bool(found))


def _not_asked(why: str) -> int:
    print(f"audit: 未能查询漏洞：{why}；本次没有检查全部：{_UNCHECKED}；锁定文件已检查", file=sys.stderr)
    return _INCOMPLETE


if __name__ == "__main__":
    raise SystemExit(main())
