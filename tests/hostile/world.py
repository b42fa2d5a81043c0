"""A running world: hostile sites and healthy ones of the demo city on one port, and a forbidden address that counts."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from tests.city.hosts import host_table
from tests.city.model import Asked as CityAsked
from tests.city.model import Plan
from tests.hostile.bodies import BODIES, PACKED
from tests.hostile.case import PRIVATE, Case, Doors, page, readable, unknown
from tests.hostile.names import MIXED_NAME, OURS, PRIVATE_NAME, REBINDING
from tests.hostile.pages import MADE, PAGES
from tests.hostile.protocol import PROTOCOL
from tests.traps.wire import Asked, read_request, send

_PATIENCE = 100.0


def _rebinding(client: socket.socket, asked: Asked) -> None:
    links = "".join(f"<a href='/p{number}.html'>通知 {number}</a>" for number in range(5))
    send(client, 200, page("rebinding", links))


def _never_reached(client: socket.socket, asked: Asked) -> None:
    send(client, 200, page("the guard let somebody in", ""))


NAMES: tuple[Case, ...] = (
    readable("rebinding", _rebinding, "rebinding"),
    unknown("private_name", _never_reached, "private_address"),
    unknown("mixed_name", _never_reached, "private_address"),
    unknown("tls_that_stalls", _never_reached, "timeout", "tls_incompatible"),
    unknown("tls_of_garbage", _never_reached, "tls_incompatible", "not_checked"),
)
CASES: tuple[Case, ...] = (*BODIES, *PROTOCOL, *PAGES, *NAMES)
assert {case.host for case in NAMES} > {REBINDING, PRIVATE_NAME, MIXED_NAME}


@dataclass
class World:
    """A running world. `asked`: requests in order of arrival, as (host, path, seconds of a monotonic clock)."""

    plan: Plan
    ports: dict[str, int] = field(default_factory=dict)
    asked: list[tuple[str, str, float]] = field(default_factory=list)
    intruders: list[bytes] = field(default_factory=list)
    """What was sent to the address that may not be contacted."""

    def home(self, case: Case) -> str:
        """Address of a hostile site."""
        if case.name.startswith("tls_"):
            return f"https://{case.host}:{self.ports[case.name]}/"
        return f"http://{case.host}:{self.ports['http']}/"

    def at_home(self, url: str) -> str:
        """An address of the demo city with the port it stands on here."""
        host = urlsplit(url).hostname or ""
        return url.replace(f"https://{host}", f"http://{host}").replace(host, f"{host}:{self.ports['http']}", 1)


@contextmanager
def running(plan: Plan) -> Iterator[World]:
    """Start the world; everything is closed at the end."""
    world = World(plan)
    table = {case.host: case for case in CASES}
    city = _city(plan, world)
    with ExitStack() as stack:

        def talk(client: socket.socket) -> None:
            asked = _asked(client)
            if asked is None:
                return
            world.asked.append((asked.name, asked.path, asked.at))
            case = table.get(asked.name)
            if case is None:
                city(client, asked)
            elif asked.path == "/robots.txt" and not case.robots:
                send(client, 404)
            else:
                case.talk(client, asked)

        def intrude(client: socket.socket) -> None:
            world.intruders.append(client.recv(4096))

        world.ports["http"] = Doors.port = _listen(stack, OURS, talk)
        _listen(stack, PRIVATE, intrude, Doors.port)
        world.ports["tls_that_stalls"] = _listen(stack, OURS, lambda client: time.sleep(_PATIENCE))
        world.ports["tls_of_garbage"] = _listen(stack, OURS, lambda client: client.sendall(b"no TLS here\r\n" * 9))
        for make in (*MADE, *PACKED):
            make()
        yield world


def _city(plan: Plan, world: World) -> Callable[[socket.socket, Asked], None]:
    """Answers for the demo city, whose addresses carry no port: here they all carry that of the world."""
    table = host_table(plan)
    hosts = sorted(table, key=len, reverse=True)
    seen: Counter[tuple[str, str]] = Counter()

    def ported(text: bytes) -> bytes:
        for host in hosts:
            plain, port = host.encode(), str(world.ports["http"]).encode()
            text = text.replace(b"://" + plain, b"://" + plain + b":" + port)
        return text

    def answer(client: socket.socket, asked: Asked) -> None:
        responder = table.get(asked.name)
        if responder is None:
            send(client, 404)
            return
        path, _, query = asked.path.partition("?")
        seen[asked.name, asked.path] += 1
        given = responder(CityAsked("GET", "http", asked.name, path, query, b"", seen[asked.name, asked.path] - 1))
        headers = {name: ported(text.encode()).decode() for name, text in given.headers}
        send(client, given.status, ported(given.body), given.content_type, headers)

    return answer


def _asked(client: socket.socket) -> Asked | None:
    request = read_request(client)
    if request is None:
        return None
    method, target, headers = request
    parts = urlsplit(target)
    path = unquote(parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Asked(method, _name(headers), path, headers, 0, time.monotonic())


def _name(headers: Mapping[str, str]) -> str:
    return headers.get("host", "").partition(":")[0].lower()


def _listen(stack: ExitStack, host: str, talk: Callable[[socket.socket], None], port: int = 0) -> int:
    server = socket.create_server((host, port), backlog=512)
    stack.callback(server.close)
    threading.Thread(target=_accept, args=(server, talk), daemon=True).start()
    chosen: int = server.getsockname()[1]
    return chosen


def _accept(server: socket.socket, talk: Callable[[socket.socket], None]) -> None:
    while True:
        try:
            client, _ = server.accept()
        except OSError:  # the world is closing
            return
        threading.Thread(target=_serve, args=(client, talk), daemon=True).start()


def _serve(client: socket.socket, talk: Callable[[socket.socket], None]) -> None:
    client.settimeout(_PATIENCE)
    with client, suppress(OSError, ssl.SSLError):  # a client that hangs up early is what most of this is about
        talk(client)
        with suppress(OSError):
            client.shutdown(socket.SHUT_WR)
