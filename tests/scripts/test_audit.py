"""The dependency audit: what works without a network runs with every test run; the rest says so when it cannot."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from scripts import audit
from tests.optional_parts import do_without

_HASH = f"--hash=sha256:{'a' * 64}"
_PROJECT = """
[project]
dependencies = ["Alpha>=1,<2"]
[project.optional-dependencies]
local = []
dev = ["beta>=3"]
"""
_VULNERABLE = {"id": "PYSEC-2026-1", "fix_versions": ["1.6"], "aliases": [], "description": "x"}
Program = Callable[[str], None]


def _lock(*entries: str) -> str:
    return "# made by a tool\n" + "".join(f"{entry} \\\n    {_HASH}\n    # via x\n" for entry in entries)


def _faults(text: str) -> list[str]:
    wanted = audit.wanted_by_project(_PROJECT)
    return audit.lock_faults(audit.Lock("requirements.lock", text, "pyproject.toml", wanted))


def test_the_locks_of_this_project_are_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.main(["--offline"]) == 0
    said = capsys.readouterr().out
    assert "requirements.lock 完整" in said
    assert "requirements-audit.lock 完整" in said
    assert "没有检查：锁定的各个包是否有已公布的漏洞" in said


def test_a_whole_lock_has_no_faults() -> None:
    assert _faults(_lock("alpha==1.5", "beta==3.0 ; sys_platform == 'win32'")) == []


@pytest.mark.parametrize(
    ("lock", "words"),
    [
        (_lock("beta==3.0"), "需要 Alpha，requirements.lock 没有"),
        (_lock("alpha==2.1", "beta==3.0"), "锁定的是 2.1"),
        (_lock("alpha>=1.5", "beta==3.0"), "alpha>=1.5 没有确定的版本"),
        (_lock("alpha==1.5") + "beta==3.0\n", "beta==3.0 没有 sha256 散列"),
    ],
)
def test_a_lock_with_a_hole_is_told(lock: str, words: str) -> None:
    assert any(words in fault for fault in _faults(lock))


# ── what is made of the answers: a program that answers like pip-audit stands in for it ─────────


@pytest.fixture
def auditor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Puts a shell script in the place of pip-audit, and two small locks in the place of ours."""
    locks = (
        audit.Lock("a.lock", _lock("alpha==1.5", "beta==3.0"), "a.in", [Requirement("alpha")]),
        audit.Lock("b.lock", _lock("gamma==2.0"), "b.in", [Requirement("gamma")]),
    )
    path = tmp_path / "pip-audit"
    monkeypatch.setattr(audit, "AUDITOR", path)
    monkeypatch.setattr(audit, "_locks", lambda: iter(locks))

    def write(script: str) -> None:
        path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        path.chmod(0o755)

    return write


def _package(name: str, *faults: object) -> dict[str, object]:
    return {"name": name, "version": "1.5", "vulns": list(faults)}


def _says(*packages: object, code: int = 0) -> str:
    return f"cat <<'END'\n{json.dumps({'dependencies': packages, 'fixes': []})}\nEND\nexit {code}"


def test_where_every_package_was_looked_up_nothing_found_is_good(
    auditor: Program, capsys: pytest.CaptureFixture[str]
) -> None:
    auditor(_says(_package("alpha"), _package("beta")))
    assert audit.main([]) == 0
    assert "4 个包都没有已公布的漏洞" in capsys.readouterr().out


def test_a_vulnerability_is_named_with_the_version_that_mends_it(
    auditor: Program, capsys: pytest.CaptureFixture[str]
) -> None:
    auditor(_says(_package("alpha", _VULNERABLE), _package("beta"), code=1))
    assert audit.main([]) == 1
    said = capsys.readouterr()
    assert "alpha 1.5：PYSEC-2026-1（修复版本：1.6）" in said.err
    assert "都没有已公布的漏洞" not in said.out


def test_a_service_that_knows_none_of_the_packages_is_asked_once_and_has_not_said_that_they_are_good(
    auditor: Program, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """pip-audit itself says "No known vulnerabilities found" then, and ends with 0."""
    count = tmp_path / "asked"
    auditor(f"echo x >> {count}\n{_says({'name': 'gamma', 'skip_reason': 'not found on PyPI: gamma (2.0)'})}")
    assert audit.main([]) == 3
    assert count.read_text("ascii").split() == ["x"]
    said = capsys.readouterr()
    assert "not found on PyPI: gamma (2.0)" in said.err
    assert "没有检查全部：锁定的各个包是否有已公布的漏洞" in said.err
    assert "都没有已公布的漏洞" not in said.out


def test_one_package_without_an_answer_is_incomplete_and_named(
    auditor: Program, capsys: pytest.CaptureFixture[str]
) -> None:
    all_of_it = _says(_package("alpha"), {"name": "beta", "skip_reason": "not found on PyPI: beta (3.0)"})
    auditor(f'grep -q alpha "$(eval echo \\${{$#}})" || {{\n{_says(_package("gamma"))}\n}}\n{all_of_it}')
    assert audit.main([]) == 3
    assert "2 个包有答复，1 个没有：not found on PyPI: beta (3.0)" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("echo 'ERROR: Name or service not known' >&2; exit 1", "Name or service not known"),
        ("echo '{'", "看不懂"),
        ("echo '[]'", "看不懂"),
        ("exit 7", "退出码 7"),
    ],
)
def test_what_is_no_answer_is_told_and_is_not_good(
    script: str, words: str, auditor: Program, capsys: pytest.CaptureFixture[str]
) -> None:
    auditor(script)
    assert audit.main([]) == 3
    assert words in capsys.readouterr().err


def test_an_answer_about_nothing_is_not_good(auditor: Program, capsys: pytest.CaptureFixture[str]) -> None:
    auditor(_says())
    assert audit.main([]) == 3
    assert "0 个包有答复" in capsys.readouterr().err


def test_without_pip_audit_it_says_so_and_is_incomplete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit, "AUDITOR", tmp_path / "none")
    assert audit.main([]) == 3
    said = capsys.readouterr().err
    assert "没有安装 pip-audit" in said
    assert "没有检查全部：锁定的各个包是否有已公布的漏洞" in said


# ── pip-audit itself, with a service on loopback ────────────────────────────────────────────────


@contextmanager
def _osv(vulnerable: str) -> Iterator[str]:
    """Address of a service that speaks like OSV and knows one vulnerable package."""

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            known = {"id": "PYSEC-2026-7", "aliases": [], "affected": [], "summary": "x", "details": "y"}
            body = json.dumps({"vulns": [known]} if asked["package"]["name"] == vulnerable else {}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
        server.shutdown()


@pytest.mark.parametrize(("vulnerable", "code"), [("nothing", 0), ("lxml", 1)])
def test_pip_audit_is_really_asked_about_every_lock(
    vulnerable: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if not audit.AUDITOR.exists():
        do_without("audit", "there is no .venv-audit: make audit", os.environ)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with _osv(vulnerable) as address:
        assert audit.main(["--osv", address]) == code
    said = capsys.readouterr()
    assert ("PYSEC-2026-7" in said.err) == bool(code)
    assert ("个包都没有已公布的漏洞" in said.out) == (not code)
