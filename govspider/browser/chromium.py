"""Where a Chromium is on this machine, and how it is started.

Order: GOVSPIDER_CHROMIUM, the one that `playwright install` brought, then what the system has.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

AUTO, OFF = "auto", "off"
CHROMIUM_VARIABLE = "GOVSPIDER_CHROMIUM"
_INSTALLED_BY_PLAYWRIGHT = "PLAYWRIGHT_BROWSERS_PATH"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# besides the PATH
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
_OF_PLAYWRIGHT = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium_headless_shell-*/chrome-linux*/headless_shell",
    "chromium_headless_shell-*/chrome-*/chrome-headless-shell",
)
# every name leads nowhere and every address to a closed port: what the crawl does not answer is not answered
_NO_NETWORK = ("--host-resolver-rules=MAP * ~NOTFOUND", "--disable-background-networking", "--no-pings")
_NO_PROXY = {"server": "http://127.0.0.1:9", "bypass": "<-loopback>"}
_QUIET = ("--disable-dev-shm-usage", "--disable-gpu", "--disable-sync", "--mute-audio")
_LAUNCH_MS = 30_000


class BrowserSettingError(ValueError):
    """GOVSPIDER_CHROMIUM names no program, or BROWSER is neither auto nor off."""


def chosen_chromium(mode: object, environ: Mapping[str, str]) -> str | None:
    """The Chromium of a crawl, None where there is none or `mode` is off. Raises BrowserSettingError."""
    word = str(mode).strip().lower()
    if word not in (AUTO, OFF):
        raise BrowserSettingError(f"BROWSER={mode!r}：应为 {AUTO}（机器上有 Chromium 时使用）或 {OFF}")
    return find_chromium(environ) if word == AUTO else None


def find_chromium(environ: Mapping[str, str]) -> str | None:
    """Path of the Chromium to use, None where this machine has none.

    Raises BrowserSettingError where GOVSPIDER_CHROMIUM is set to something that cannot be run.
    """
    named = environ.get(CHROMIUM_VARIABLE, "").strip()
    if named:
        if not _runs(named):
            raise BrowserSettingError(f"{CHROMIUM_VARIABLE} 指向的 {named!r} 不是可以运行的程序")
        return named
    return next((path for path in _candidates(environ) if _runs(path)), None)


def launch_options(path: str, *, as_root: bool) -> dict[str, Any]:
    """How Playwright starts it: headless, without any way to the network. The sandbox is left out for root only."""
    arguments = [*_NO_NETWORK, *_QUIET, *(["--no-sandbox"] if as_root else [])]
    return {
        "executable_path": path,
        "headless": True,
        "timeout": _LAUNCH_MS,
        "proxy": dict(_NO_PROXY),
        "args": arguments,
    }


def _runs(path: str) -> bool:
    return Path(path).is_file() and os.access(path, os.X_OK)


def _candidates(environ: Mapping[str, str]) -> Iterator[str]:
    for folder in _playwright_folders(environ):
        for form in _OF_PLAYWRIGHT:
            yield from (str(path) for path in sorted(folder.glob(form), reverse=True))
    search = environ.get("PATH", os.defpath)
    found = (shutil.which(name, path=search) for name in _NAMES)
    yield from (path for path in found if path)
    yield from _PLACES


def _playwright_folders(environ: Mapping[str, str]) -> Iterator[Path]:
    named = environ.get(_INSTALLED_BY_PLAYWRIGHT, "").strip()
    if named:
        yield Path(named)
    home = environ.get("HOME", "").strip()
    if home:
        yield Path(home) / ".cache" / "ms-playwright"
        yield Path(home) / "Library" / "Caches" / "ms-playwright"
