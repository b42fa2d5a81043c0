"""The traps on real sockets of loopback: one port for web hosts, others for what TLS and TCP can do wrong."""

from __future__ import annotations

import os
import socket
import ssl
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml

from govspider.browser.chromium import find_chromium
from tests.traps import names, pages
from tests.traps.behaviours import LAPSED, OK, answer, behaviours
from tests.traps.certificates import tls_context
from tests.traps.wire import Asked, read_request

_TLS_HOST = "tls.trap-eleven.com"
_PATIENCE = 20.0


def read_truth() -> list[dict[str, Any]]:
    """The traps of truth.yaml that this machine can be asked about; see its head for the fields."""
    traps: list[dict[str, Any]] = yaml.safe_load(files(__package__).joinpath("truth.yaml").read_text("utf-8"))["traps"]
    shown = find_chromium(os.environ) is not None
    usual = {"element": "a", "kind": None, "reason": None, "finding": None, "browser": False}
    return [{**usual, **trap} for trap in traps if shown or not trap.get("browser")]


@dataclass
class Traps:
    """Running traps: `ports` by the words in braces of truth.yaml, `asked` every request in order of arrival."""

    today: date
    ports: dict[str, int] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    truth: list[dict[str, Any]] = field(default_factory=read_truth)
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    """GET requests so far by host and path."""
    repaired: set[str] = field(default_factory=set)
    """Paths of the inspected site that were mended."""
    lapsed: bool = False
    """True once the domain lapsed.trap-sixteen.com belongs to somebody else."""
    by_number: bool = False
    """True for tools without the traps' name service: hosts are written as addresses."""

    def address(self, url: str, *, by_number: bool = False) -> str:
        """An address of truth.yaml with its port, and with a number for its host where asked."""
        url = url.format(**{word: f":{port}" for word, port in self.ports.items()})
        host = urlsplit(url).hostname or ""
        return url.replace(host, names.address_of(host), 1) if by_number and host in names.NAMES else url

    def site(self, *, by_number: bool = False) -> str:
        return self.address(f"http://{names.SITE}{{http}}/", by_number=by_number)

    def resolved(self, *, by_number: bool = False) -> list[dict[str, Any]]:
        """The traps with addresses as they stand in the home page."""
        return [{**trap, "url": self.address(trap["url"], by_number=by_number)} for trap in self.truth]

    def forget(self) -> None:
        """Start counting anew; what answers only once answers once more."""
        self.asked.clear()
        self.seen.clear()

    def home(self) -> bytes:
        return pages.home(self.resolved(by_number=self.by_number), self.today)


@contextmanager
def running(today: date) -> Iterator[Traps]:
    """Start the traps; everything is closed at the end."""
    traps = Traps(today)
    table = behaviours(traps.home, today)

    def talk(client: socket.socket, host: str) -> None:
        asked = _asked(client, host, traps.seen)
        if asked is not None:
            traps.asked.append(asked)
            if asked.name == names.SITE and asked.path in traps.repaired:
                OK(client, asked)
                return
            answer(LAPSED if traps.lapsed and asked.name in LAPSED else table, client, asked)

    with ExitStack() as stack:
        hosts = sorted({names.address_of(name) for name in names.NAMES})
        traps.ports["http"] = _listen(stack, hosts, lambda client: talk(client, ""))
        with suppress(OSError):  # a machine without IPv6 has no such trap; truth.yaml says so
            _listen(stack, ["::1"], lambda client: talk(client, names.IPV6_ONLY), traps.ports["http"])
        for word, context in _contexts().items():
            traps.ports[word] = _listen(stack, _tls_addresses(), _over_tls(context, talk))
        traps.ports["tlsgarbage"] = _listen(
            stack, _tls_addresses(), lambda client: client.sendall(b"no TLS here\r\n\r\n")
        )
        traps.ports["silent"] = _listen(stack, _raw_addresses(), lambda client: time.sleep(_PATIENCE))
        traps.ports["banner"] = _listen(
            stack, _raw_addresses(), lambda client: client.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")
        )
        traps.ports["reset"] = _listen(stack, _raw_addresses(), _reset)
        traps.ports["refused"] = _closed_port()
        yield traps


def _contexts() -> dict[str, ssl.SSLContext]:
    return {
        "selfsigned": tls_context(_TLS_HOST),
        "expired": tls_context(_TLS_HOST, days=-10),
        "wronghost": tls_context("somebody-else.com"),
        "notyet": tls_context(_TLS_HOST, starts=10),
        "unknownissuer": tls_context(_TLS_HOST, issuer="An Issuer Nobody Knows"),
        "weakkey": tls_context(_TLS_HOST, bits=1024),
        "oldtls": tls_context(_TLS_HOST, old=True),
    }


def _tls_addresses() -> list[str]:
    return [names.address_of(_TLS_HOST)]


def _raw_addresses() -> list[str]:
    return [names.address_of("raw.trap-twelve.com")]


def _over_tls(context: ssl.SSLContext, talk: Callable[[socket.socket, str], None]) -> Callable[[socket.socket], None]:
    def shake_hands(client: socket.socket) -> None:
        with context.wrap_socket(client, server_side=True) as secure:
            talk(secure, _TLS_HOST)

    return shake_hands


def _reset(client: socket.socket) -> None:
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _asked(client: socket.socket, host: str, seen: Counter[tuple[str, str]]) -> Asked | None:
    request = read_request(client)
    if request is None:
        return None
    method, target, headers = request
    named = host or _name_of(headers.get("host", ""))
    path = unquote(urlsplit(target).path or "/")
    if urlsplit(target).query:
        path = f"{path}?{urlsplit(target).query}"
    earlier = seen[named, path]
    seen[named, path] += method == "GET"
    return Asked(method, named, path, headers, earlier, time.monotonic())


def _name_of(host: str) -> str:
    bare = host.rpartition(":")[0] or host
    return next((name for name in names.NAMES if names.has_many_addresses() and names.address_of(name) == bare), bare)


def _listen(stack: ExitStack, hosts: list[str], talk: Callable[[socket.socket], None], port: int = 0) -> int:
    """Accept on one port of these addresses, each client in a thread of its own; the port."""
    for host in hosts:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        server = socket.create_server((host, port), family=family, backlog=128)
        stack.callback(server.close)
        port = server.getsockname()[1]
        threading.Thread(target=_accept, args=(server, talk), daemon=True).start()
    return port


def _accept(server: socket.socket, talk: Callable[[socket.socket], None]) -> None:
    while True:
        try:
            client, _ = server.accept()
        except OSError:  # the traps are closing
            return
        threading.Thread(target=_serve, args=(client, talk), daemon=True).start()


def _serve(client: socket.socket, talk: Callable[[socket.socket], None]) -> None:
    client.settimeout(_PATIENCE)
    with client, suppress(OSError, ssl.SSLError):  # a client that hangs up early is what some traps are about
        talk(client)
        with suppress(OSError):
            client.shutdown(socket.SHUT_WR)
