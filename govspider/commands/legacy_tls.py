"""OpenSSL that still speaks with old servers, by one restart of the process.

OpenSSL reads OPENSSL_CONF when the process starts; a setting in settings.py comes too late and
the cipher setting of Scrapy's handler loses @SECLEVEL. So the command restarts itself once.
"""

from __future__ import annotations

import os
import sys
import tempfile
from importlib.resources import files
from pathlib import Path

_VARIABLE = "OPENSSL_CONF"
_PREFIX = "govspider-openssl-"


def restart_with_legacy_tls() -> None:
    """Restart this process with our OpenSSL configuration, unless one is set already."""
    if os.environ.get(_VARIABLE):
        return
    content = files("govspider.throttle").joinpath("legacy_tls.cnf").read_text("utf-8")
    os.environ[_VARIABLE] = str(_write_once(content))
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


def remove_own_configuration() -> None:
    """Delete the file that the restart wrote, at the very end: OpenSSL may read it as late as at the first request."""
    named = Path(os.environ.get(_VARIABLE, ""))
    if named.name.startswith(_PREFIX) and named.parent == Path(tempfile.gettempdir()):
        named.unlink(missing_ok=True)


def _write_once(content: str) -> Path:
    """The configuration as a file of this process: inside an egg it has no path of its own."""
    handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=".cnf")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(content)
    return Path(name)
