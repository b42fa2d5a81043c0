"""scripts/schedule.py: what scrapyd is sent, and a sentence and an exit code for everything it may answer."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
QUEUED = b'{"status": "ok", "jobid": "x"}'
TRACEBACK = (
    rb'{"status": "error", "message": "RunnerError: Traceback\n  File x\nModuleNotFoundError: No module named y\n"}'
)


class Answering(ThreadingHTTPServer):
    """Answers every POST alike, and keeps what it was asked."""

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status, self.body = status, body
        self.asked: list[tuple[str, str | None, dict[str, list[str]]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Answering

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.server.asked.append((self.path, self.headers["Authorization"], form))
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on the screen of the tests."""


@contextmanager
def answering(status: int = 200, body: bytes = QUEUED) -> Iterator[Answering]:
    with Answering(status, body) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def schedule(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("SCRAPYD_")}
    command = [sys.executable, "scripts/schedule.py", *words]
    return subprocess.run(
        command, cwd=CHECKOUT, env={**plain, **environment}, capture_output=True, text=True, check=False
    )


def test_a_job_carries_its_arguments_its_settings_and_an_id_of_its_own() -> None:
    words = ["--period", "2026年第四季度", "--sites", "9901000006,9901000007", "--shard", "1/4"]
    words += ["--setting", "LOG_LEVEL=INFO", "--setting", "CONTACT=a=b"]
    with answering() as scrapyd:
        both = [schedule("--url", scrapyd.url, *words) for _ in range(2)]
    assert [done.returncode for done in both] == [0, 0]
    assert {path for path, _, _ in scrapyd.asked} == {"/schedule.json"}
    jobs = [form.pop("jobid")[0] for _, _, form in scrapyd.asked]
    assert len(set(jobs)) == 2
    assert [done.stdout for done in both] == [f"已排队：任务 {job}\n" for job in jobs]
    for _, _, form in scrapyd.asked:
        assert form == {
            "project": ["govspider"],
            "spider": ["portals"],
            "period": ["2026年第四季度"],
            "sites": ["9901000006,9901000007"],
            "shard": ["1/4"],
            "setting": ["LOG_LEVEL=INFO", "CONTACT=a=b"],
        }


def test_without_arguments_the_current_period_of_all_sites_is_meant() -> None:
    with answering() as scrapyd:
        assert schedule("--url", f"{scrapyd.url}/").returncode == 0
    (path, credentials, form) = scrapyd.asked[0]
    assert (path, credentials) == ("/schedule.json", None)
    assert set(form) == {"project", "spider", "jobid"}


def test_credentials_come_from_the_environment_and_never_show() -> None:
    with answering(401, b"") as scrapyd:
        done = schedule("--url", scrapyd.url, SCRAPYD_USERNAME="检查员", SCRAPYD_PASSWORD="Geheim7")
    assert scrapyd.asked[0][1] == f"Basic {b64encode('检查员:Geheim7'.encode()).decode()}"
    assert done.returncode == 2
    assert "拒绝了用户名或密码：请检查 SCRAPYD_USERNAME 和 SCRAPYD_PASSWORD" in done.stderr
    assert "Geheim7" not in done.stdout + done.stderr


def test_the_proxy_of_the_sites_is_not_used_for_scrapyd() -> None:
    with answering() as scrapyd, answering(502, b"") as proxy:
        assert schedule("--url", scrapyd.url, http_proxy=proxy.url, no_proxy="").returncode == 0
    assert proxy.asked == []


@pytest.mark.parametrize(
    ("status", "body", "code", "sentence"),
    [
        (200, b'{"status": "error", "message": "project \'govspider\' not found"}', 2, "project 'govspider' not found"),
        (200, TRACEBACK, 2, "scrapyd 不接受：ModuleNotFoundError: No module named y"),
        (200, b'{"status": "error", "message": ""}', 2, "scrapyd 不接受：{'status': 'error', 'message': ''}"),
        (200, b"<html>", 2, "的回答不是 scrapyd 的：b'<html>'"),
        (200, b"[]", 2, "的回答不是 scrapyd 的：b'[]'"),
        (404, b"", 2, "回答 404 Not Found：那里没有 scrapyd？"),
        (503, b"", 3, "回答 503 Service Unavailable"),
    ],
)
def test_every_answer_but_a_job_has_its_sentence_and_exit_code(
    status: int, body: bytes, code: int, sentence: str
) -> None:
    with answering(status, body) as scrapyd:
        done = schedule("--url", scrapyd.url)
    assert done.returncode == code
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_a_scrapyd_that_is_away_is_exit_code_3() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: refused, and nobody else can take it
        done = schedule("--url", f"http://127.0.0.1:{taken.getsockname()[1]}")
    assert done.returncode == 3
    assert done.stderr.startswith("schedule: 无法访问 scrapyd（http://127.0.0.1:")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--shard", "5/4"], "--shard '5/4' 应写作 K/N，例如 1/4（1 ≤ K ≤ N）"),
        (["--shard", "0/4"], "--shard '0/4' 应写作"),
        (["--shard", "a"], "--shard 'a' 应写作"),
        (["--setting", "LOG_LEVEL"], "--setting 'LOG_LEVEL' 应写作 NAME=VALUE"),
        (["--url", "127.0.0.1:6800"], "--url '127.0.0.1:6800' 不是地址；应写作 http://127.0.0.1:6800"),
        (["--url", "http://127.0.0.1:port"], "--url 'http://127.0.0.1:port' 不是地址"),
        (["--url", "http://["], "--url 'http://[' 不是地址"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_sent(words: list[str], sentence: str) -> None:
    with answering() as scrapyd:
        done = schedule("--url", scrapyd.url, *words)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1
    assert scrapyd.asked == []
