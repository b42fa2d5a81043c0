from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from scripts.run_inspection import run_to_its_end

CHECKOUT = Path(__file__).resolve().parents[2]
# a crawl in small: asked to stop, it ends in order and says so
_CRAWL = """
import os, signal, sys
def end(*_):
    os.write(1, b"stored\\n")  # print may be at work when the signal comes
    sys.exit(3)
signal.signal(signal.SIGINT, end)
print("ready", flush=True)
signal.pause()
"""
_CALLER = f"""
import os, signal, sys
from scripts.run_inspection import run_to_its_end
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests in the background ignores it
print(run_to_its_end([sys.executable, "-c", {_CRAWL!r}], os.environ), flush=True)
"""


def test_a_program_that_ends_by_itself_was_not_interrupted() -> None:
    assert run_to_its_end([sys.executable, "-c", "raise SystemExit(3)"], os.environ) == (3, False)


def test_ctrl_c_lets_the_crawl_end_in_order() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _CALLER], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as caller:
        assert caller.stdout is not None
        assert caller.stdout.readline() == "ready\n"
        os.killpg(caller.pid, signal.SIGINT)
        assert caller.stdout.read() == "stored\n(3, True)\n"
