"""A real scrapyd on a free loopback port, with its own folders and a password, ended with all its jobs."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

USERNAME = "inspector"
_START_SECONDS = 30.0
_JOB_SECONDS = 90.0
_POLL_SECONDS = 0.1
_CONFIGURATION = """[scrapyd]
bind_address = 127.0.0.1
http_port = {port}
username = {username}
password = {password}
eggs_dir = {folder}/eggs
logs_dir = {folder}/logs
dbs_dir = {folder}/dbs
jobs_to_keep = 50
max_proc = 2
poll_interval = 0.2
"""


class DaemonError(AssertionError):
    """scrapyd did not do what was waited for; the message ends with its log."""


@dataclass(frozen=True)
class Daemon:
    """A running scrapyd. `folder` is its working directory with eggs, logs, dbs and scrapyd.log."""

    url: str
    password: str
    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def credentials(self) -> dict[str, str]:
        """What a person sets before scrapyd-deploy and scripts/schedule.py."""
        return {"SCRAPYD_USERNAME": USERNAME, "SCRAPYD_PASSWORD": self.password}

    def ask(self, door: str, form: list[tuple[str, str]] | None = None) -> dict[str, Any]:
        """GET, or POST with a form, one of scrapyd's JSON doors."""
        pair = b64encode(f"{USERNAME}:{self.password}".encode()).decode()
        body = urlencode(form).encode() if form else None
        request = Request(f"{self.url}/{door}", body, {"Authorization": f"Basic {pair}"})
        with build_opener(ProxyHandler({})).open(request, timeout=_START_SECONDS) as answer:
            found: dict[str, Any] = json.load(answer)
        return found

    def schedule(self, arguments: Mapping[str, str], settings: Mapping[str, str]) -> str:
        """Queue a crawl; returns its job id."""
        form = [("project", "govspider"), ("spider", "portals"), *arguments.items()]
        form += [("setting", f"{name}={value}") for name, value in settings.items()]
        answer = self.ask("schedule.json", form)
        assert answer["status"] == "ok", answer
        return str(answer["jobid"])

    def wait_for_end(self, *jobs: str) -> list[str]:
        """Wait until the jobs have ended; returns the log of each."""

        def ended() -> bool:
            listed = self.ask("listjobs.json?project=govspider")
            return set(jobs) <= {job["id"] for job in listed["finished"]}

        self.wait_until(ended, f"the end of {', '.join(jobs)}", _JOB_SECONDS)
        return [self.log_of(job) for job in jobs]

    def wait_until(self, true: Callable[[], bool], what: str, seconds: float) -> None:
        """Ask again and again, until a deadline. Raises DaemonError with scrapyd's own log."""
        deadline = time.monotonic() + seconds
        while not true():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise DaemonError(f"waited in vain for {what}; scrapyd's log:\n{self.own_log()[-6000:]}")
            time.sleep(_POLL_SECONDS)

    def log_of(self, job: str) -> str:
        return (self.folder / "logs" / "govspider" / "portals" / f"{job}.log").read_text("utf-8")

    def own_log(self) -> str:
        return (self.folder / "scrapyd.log").read_text("utf-8", errors="replace")

    def answers(self) -> bool:
        try:
            return bool(self.ask("daemonstatus.json")["status"] == "ok")
        except (URLError, ConnectionError):
            return False


@contextmanager
def running_scrapyd(
    folder: Path, environment: Mapping[str, str], egg: Path | None = None, scrapy_cfg: str | None = None
) -> Iterator[Daemon]:
    """A scrapyd in `folder` with no more environment than a service manager gives, and `environment`.

    Parameters: `egg` one that was deployed already, else none is there; `scrapy_cfg` text of that file.
    """
    folder.mkdir()
    if scrapy_cfg is not None:
        (folder / "scrapy.cfg").write_text(scrapy_cfg, "utf-8")
    if egg is not None:
        shelf = folder / "eggs" / "govspider"
        shelf.mkdir(parents=True)
        shutil.copy(egg, shelf)
    port, password = _free_port(), secrets.token_hex(8)
    configuration = _CONFIGURATION.format(port=port, username=USERNAME, password=password, folder=folder)
    (folder / "scrapyd.conf").write_text(configuration, "utf-8")
    plain = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    program = Path(sys.executable).with_name("scrapyd")
    with (folder / "scrapyd.log").open("wb") as log:
        process = subprocess.Popen(
            [program, "--pidfile="],
            cwd=folder,
            env={**plain, **environment},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        daemon = Daemon(f"http://127.0.0.1:{port}", password, folder, process)
        daemon.wait_until(daemon.answers, "scrapyd to answer", _START_SECONDS)
        yield daemon
    finally:
        # like KillMode=control-group: scrapyd alone would leave its jobs running
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
