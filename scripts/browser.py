#!/usr/bin/env python3
"""A Chromium for columns that only a script shows: says which one is used, and installs one where there is none."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

from govspider.browser.chromium import CHROMIUM_VARIABLE, BrowserSettingError, find_chromium

_DONE, _BAD_INPUT, _NOT_DONE = 0, 2, 3
_PLAYWRIGHT = ("-m", "playwright", "install", "chromium")
_DEBIAN = ("apt-get", "install", "-y", "--no-install-recommends", "chromium")


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 there is a Chromium, 2 GOVSPIDER_CHROMIUM names none, 3 none could be had."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("command", choices=("find", "install"), help="只查找，或在没有时安装")
    chosen = parser.parse_args(arguments)
    try:
        path = find_chromium(os.environ)
        if path is None and chosen.command == "install":
            path = _install()
    except BrowserSettingError as error:
        print(f"browser: {error}", file=sys.stderr)
        return _BAD_INPUT
    if path is None:
        print(
            "browser: 这台机器上没有 Chromium：只能由脚本显示的栏目记为 unknown(needs_browser)，其余不受影响。"
            f"可安装 Chromium 或 Google Chrome，或用 {CHROMIUM_VARIABLE} 指明其路径",
            file=sys.stderr,
        )
        return _NOT_DONE
    print(f"使用浏览器：{path}")
    return _DONE


def _install() -> str | None:
    """Playwright's own build first: it needs no rights. Debian's package next, which only root can install."""
    print("没有找到 Chromium，尝试 playwright install chromium（可用 PLAYWRIGHT_DOWNLOAD_HOST 指定镜像）……", flush=True)
    if _run([sys.executable, *_PLAYWRIGHT]) and (path := find_chromium(os.environ)) is not None:
        return path
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() != 0:
        print(f"Playwright 未能安装浏览器。请以管理员身份运行：sudo {' '.join(_DEBIAN)}", file=sys.stderr)
        return None
    print("Playwright 未能安装浏览器，改装系统软件包 chromium……", flush=True)
    return find_chromium(os.environ) if _run(_DEBIAN) else None


def _run(command: Sequence[str]) -> bool:
    return subprocess.run(command, check=False).returncode == 0


if __name__ == "__main__":
    raise SystemExit(main())
