"""`python -m tests.city`: one line with the address, then a city that answers."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

ROOT = Path(__file__).parents[2]


def test_the_command_prints_its_address_writes_what_was_asked_and_serves(tmp_path: Path) -> None:
    registry, truth = tmp_path / "registry.xlsx", tmp_path / "truth.json"
    command = [sys.executable, "-m", "tests.city", "--seed", "7", "--check-at", "2026-11-22T09:00:00+08:00"]
    command += ["--port", "0", "--registry", str(registry), "--truth", str(truth)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        address = running.stdout.readline().strip()
        try:
            with build_opener(ProxyHandler({"http": address})).open("http://jyj.yunjing-demo.gov.cn/") as answer:
                assert answer.status == 200
        finally:
            running.terminate()
    assert running.returncode == 0
    assert registry.stat().st_size > 0
    assert json.loads(truth.read_text(encoding="utf-8"))["check_day"] == "2026-11-22"
