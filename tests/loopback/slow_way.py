"""A loopback TCP proxy in front of another server, on which every message to that server takes its time."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_PIECE = 65536
_LONGEST = 20.0


class SlowWay:
    """The way to `host`:`port`. `seconds` each message waits before it is passed on; answers come at once."""

    def __init__(self, host: str, port: int) -> None:
        self.seconds = 0.0
        self.messages = 0
        """Messages that waited."""
        self.port = 0
        self._there = (host, port)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, to_there = await asyncio.open_connection(*self._there)
        await asyncio.gather(self._pass_on(reader, to_there, wait=True), self._pass_on(there, writer, wait=False))

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, wait: bool) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(_PIECE):
                if wait and self.seconds:
                    self.messages += 1
                    await asyncio.sleep(self.seconds)
                writer.write(data)
                await writer.drain()
        writer.close()


@contextmanager
def slow_way(host: str, port: int) -> Iterator[SlowWay]:
    """A running proxy on 127.0.0.1, in a thread of its own."""
    way = SlowWay(host, port)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def begin() -> asyncio.Server:
        return await asyncio.start_server(way._accept, "127.0.0.1", 0)

    server = asyncio.run_coroutine_threadsafe(begin(), loop).result(_LONGEST)
    way.port = server.sockets[0].getsockname()[1]

    async def end() -> None:
        server.close()
        rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    try:
        yield way
    finally:
        asyncio.run_coroutine_threadsafe(end(), loop).result(_LONGEST)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
