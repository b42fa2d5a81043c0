"""Servers on loopback of a few lines: each connection is somebody's to talk on."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


@contextmanager
def talking(say: Callable[[socket.socket], None]) -> Iterator[str]:
    """Read one request of each connection, `say`, and hang up; the server's address."""

    def talk(client: socket.socket) -> None:
        # whoever has heard enough hangs up in the middle
        with client, suppress(ConnectionError):
            client.recv(65536)
            say(client)

    with answering(talk) as address:
        yield address


@contextmanager
def answering(talk: Callable[[socket.socket], None]) -> Iterator[str]:
    """Hand each connection to `talk`, in a thread of its own; the server's address."""

    def accept(server: socket.socket) -> None:
        while True:
            try:
                client, _ = server.accept()
            except OSError:  # the test is over
                return
            threading.Thread(target=talk, args=(client,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=accept, args=(server,), daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
