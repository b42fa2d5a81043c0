"""What a hostile site is: how it answers, and what may be said of its home page afterwards."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass

from tests.traps.wire import Asked, send

Talk = Callable[[socket.socket, Asked], None]
"""Answers one request on an open socket, by whatever means; then the connection is closed."""

PRIVATE = "127.0.0.9"
"""An address that the crawl may not contact; what listens there counts who comes all the same."""
PRIVATE_FORMS = ("127.0.0.9", "0x7f000009", "2130706441", "127.9", "0177.0.0.9", "[::ffff:127.0.0.9]")


BREATH = 0.002
"""Seconds between two pieces of what never ends: all servers of a test share one interpreter."""


class Doors:
    """Where the servers of a running world stand: known only once they listen."""

    port = 0


def private(form: str = PRIVATE) -> str:
    """The forbidden address with the port that is listened on there, in one of its spellings."""
    return f"{form}:{Doors.port}"


@dataclass(frozen=True, slots=True)
class Case:
    """One hostile site.

    `home`: reasons of which one must stand with its home page afterwards; None among them where the page may be
    read. `title`: what its home page must be called then, '' for no demand. `robots`: True where the case answers
    for robots.txt as well. A case that may end in a timeout is about time: its host is waited for shortly, all
    others for so long that no machine is too slow for them.
    """

    name: str
    talk: Talk
    home: frozenset[str | None]
    title: str = ""
    robots: bool = False

    @property
    def about_time(self) -> bool:
        return "timeout" in self.home

    @property
    def host(self) -> str:
        return f"{self.name.replace('_', '-')}.hostile-demo.com"


def readable(name: str, talk: Talk, title: str = "", *, robots: bool = False) -> Case:
    """A case whose home page is read, whatever stands in it."""
    return Case(name, talk, frozenset({None}), title, robots)


def unknown(name: str, talk: Talk, *reasons: str) -> Case:
    """A case whose home page stays unknown for one of these reasons."""
    return Case(name, talk, frozenset(reasons))


def page(title: str, body: str | bytes, head: str = "") -> bytes:
    """An HTML page around a body."""
    inside = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    start = f"<html><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>"
    return start.encode("utf-8", "surrogatepass") + inside + b"</body></html>"


def always(body: bytes, kind: str = "text/html; charset=utf-8") -> Talk:
    """The same home page each time, and 404 for everything else."""

    def talk(client: socket.socket, asked: Asked) -> None:
        if asked.path == "/":
            send(client, 200, body, kind)
        else:
            send(client, 404, b"nothing here")

    return talk
