"""robots.txt of any size: obeyed as far as its standard asks, and never read in the reactor's time."""

from __future__ import annotations

import pytest

from govspider.throttle.robots import within
from tests.loopback.recording_server import Asked, Reply, serving
from tests.throttle.asking import ask

_TEXT = {"Content-Type": "text/plain"}


@pytest.mark.parametrize("in_thread", [1, 1_000_000], ids=["in a thread", "at once"])
def test_rules_are_obeyed_wherever_they_are_read(in_thread: int) -> None:
    def answer(asked: Asked) -> Reply:
        return Reply(200, b"User-agent: *\nDisallow: /closed\n" if asked.url == "/robots.txt" else b"open", _TEXT)

    with serving(answer) as server:
        closed, opened = ask(
            [f"{server.address}/closed/a", f"{server.address}/b"],
            settings={"ROBOTSTXT_IN_THREAD_BYTES": in_thread, "DOWNLOAD_DELAY": 0},
        )
    assert closed["failure"] == "robots"
    assert opened["status"] == 200


def test_rules_behind_the_limit_are_as_if_they_were_not_there() -> None:
    rules = b"User-agent: *\nDisallow: /a\n" + b"Disallow: /xx\n" * 1000

    def answer(asked: Asked) -> Reply:
        body = rules + b"Disallow: /b\n" if asked.url == "/robots.txt" else b"open"
        return Reply(200, body, _TEXT)

    with serving(answer) as server:
        before, behind = ask(
            [f"{server.address}/a", f"{server.address}/b"],
            settings={"ROBOTSTXT_MAXSIZE": len(rules) - 1, "ROBOTSTXT_IN_THREAD_BYTES": 1, "DOWNLOAD_DELAY": 0},
        )
    assert before["failure"] == "robots"
    assert behind["status"] == 200


def test_no_rule_is_cut_in_its_middle() -> None:
    # "Disallow: /" would close the whole site
    assert within(b"User-agent: *\nDisallow: /closed\n", 26) == b"User-agent: *"
    assert within(b"User-agent: *\nDisallow: /c", 14) == b"User-agent: *"
    assert within(b"User-agent: *\n", 14) == b"User-agent: *\n"
    assert within(b"User-agent: *", 13) == b"User-agent: *"


def test_lines_that_end_with_a_carriage_return_alone_are_lines() -> None:
    assert within(b"User-agent: *\rDisallow: /a\rDisallow: /closed\r", 35) == b"User-agent: *\rDisallow: /a"
