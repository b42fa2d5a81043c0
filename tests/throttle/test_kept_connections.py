"""A kept connection that the site closed meanwhile: the request waits for its turn again, and is lost to nobody."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.throttle.asking import watch
from tests.throttle.departures import SLACK
from tests.throttle.talking import answering

_DELAY = 0.4
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\nhere"


@contextmanager
def closing_when_asked_again() -> Iterator[tuple[str, list[str]]]:
    """A server that answers once on each connection and hangs up at the next request; its address, paths asked."""
    asked: list[str] = []

    def talk(client: socket.socket) -> None:
        with client:
            for number in range(2):
                data = client.recv(65536)
                if not data:
                    return
                asked.append(data.split()[1].decode())
                if number == 0:
                    client.sendall(_ANSWER)

    with answering(talk) as address:
        yield address, asked


@pytest.mark.parametrize("links", [True, False])
def test_what_is_lost_on_a_kept_connection_is_asked_once_more_after_the_delay(links: bool) -> None:
    settings = {"ROBOTSTXT_OBEY": False, "DOWNLOAD_DELAY": _DELAY}
    with closing_when_asked_again() as (address, asked):
        seen = watch([f"{address}/a", f"{address}/b"], settings=settings, links=links, at_once=False)
    assert [answer["status"] for answer in seen.answers] == [200, 200]
    assert asked == ["/a", "/b", "/b"]
    # every arrival is a departure through the slots, so each had its delay
    assert [url.rpartition("/")[2] for url, _ in seen.departures] == ["a", "b", "b"]
    assert seen.departures[2][1] - seen.departures[1][1] >= _DELAY - SLACK


def test_rules_of_a_site_that_met_a_closed_connection_to_the_proxy_are_asked_for_again() -> None:
    """Behind a proxy the sites share its connections; without RETRY_TIMES nothing else would ask again."""
    settings = {"DOWNLOAD_DELAY": 0.01, "RETRY_TIMES": 0}
    with closing_when_asked_again() as (proxy, asked):
        seen = watch(
            ["http://a.example/", "http://b.example/"],
            settings=settings,
            environment={"http_proxy": proxy},
            at_once=False,
        )
    assert [answer["status"] for answer in seen.answers] == [200, 200]
    assert asked.count("http://b.example/robots.txt") == 2


def test_a_site_that_closes_every_connection_is_not_asked_for_ever() -> None:
    settings = {"ROBOTSTXT_OBEY": False, "DOWNLOAD_DELAY": 0.01, "KEPT_CONNECTION_TRIES": 0}
    with closing_when_asked_again() as (address, asked):
        seen = watch([f"{address}/a", f"{address}/b"], settings=settings, links=True, at_once=False)
    assert [answer["failure"] for answer in seen.answers] == [None, "reset"]
    assert asked == ["/a", "/b"]
