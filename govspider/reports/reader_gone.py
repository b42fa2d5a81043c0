"""A reader that leaves before the end, such as `head`: the program ends without a traceback."""

from __future__ import annotations

import signal


def end_when_the_reader_leaves() -> None:
    """Let the next write to a closed pipe end the process, as other programs of a shell do.

    For the doors in scripts/, called before their work: Python would raise BrokenPipeError instead, in the middle
    of a line and once more when it closes the output. Connections of the database are not concerned, because libpq
    asks for no signal. Nothing happens where the system has no such signal (Windows).
    """
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
