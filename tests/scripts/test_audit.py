"""The dependency audit: what works without a network runs with every test run; the rest says so when it cannot."""

from __future__ import annotations

import pytest

from scripts import audit

_HASH = f"--hash=sha256:{'a' * 64}"
_PROJECT = """
[project]
dependencies = ["Alpha>=1,<2"]
[project.optional-dependencies]
local = []
dev = ["beta>=3"]
"""


def _lock(*entries: str) -> str:
    return "# made by a tool\n" + "".join(f"{entry} \\\n    {_HASH}\n    # via x\n" for entry in entries)


def test_the_lock_of_this_project_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.main(["--offline"]) == 0
    said = capsys.readouterr().out
    assert "requirements.lock 完整" in said
    assert "没有检查：锁定的各个包是否有已公布的漏洞" in said


def test_a_whole_lock_has_no_faults() -> None:
    assert audit.lock_faults(_lock("alpha==1.5", "beta==3.0 ; sys_platform == 'win32'"), _PROJECT) == []


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
    assert any(words in fault for fault in audit.lock_faults(lock, _PROJECT))


def test_without_the_service_it_says_so_and_is_incomplete(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit, "find_spec", lambda _: None)
    assert audit.main([]) == 3
    said = capsys.readouterr().err
    assert "未能查询漏洞" in said
    assert "没有检查：锁定的各个包是否有已公布的漏洞" in said
