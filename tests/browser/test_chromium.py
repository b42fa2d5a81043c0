"""Which Chromium is used, and how it is started."""

from __future__ import annotations

from pathlib import Path

import pytest

from govspider.browser import chromium
from govspider.browser.chromium import BrowserSettingError, chosen_chromium, find_chromium, launch_options


def _program(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture(autouse=True)
def _nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium, "_PLACES", ())


def test_the_named_browser_comes_first_then_that_of_playwright_then_that_of_the_system(tmp_path: Path) -> None:
    system = _program(tmp_path / "bin" / "chromium")
    environ = {"PATH": str(tmp_path / "bin"), "HOME": str(tmp_path)}
    assert find_chromium(environ) == system
    of_playwright = _program(tmp_path / ".cache/ms-playwright/chromium-1200/chrome-linux64/chrome")
    assert find_chromium(environ) == of_playwright
    named = _program(tmp_path / "own")
    assert find_chromium({**environ, "GOVSPIDER_CHROMIUM": named}) == named


def test_a_machine_without_one_has_none(tmp_path: Path) -> None:
    assert find_chromium({"PATH": str(tmp_path), "HOME": str(tmp_path)}) is None


def test_a_named_browser_that_is_none_is_told_and_not_replaced(tmp_path: Path) -> None:
    _program(tmp_path / "chromium")
    with pytest.raises(BrowserSettingError, match="不是可以运行的程序"):
        find_chromium({"PATH": str(tmp_path), "GOVSPIDER_CHROMIUM": str(tmp_path / "gone")})


def test_the_setting_turns_the_browser_off_and_a_wrong_word_is_told(tmp_path: Path) -> None:
    environ = {"PATH": str(tmp_path), "GOVSPIDER_CHROMIUM": _program(tmp_path / "own")}
    assert chosen_chromium("Auto", environ) == environ["GOVSPIDER_CHROMIUM"]
    assert chosen_chromium("off", environ) is None
    with pytest.raises(BrowserSettingError, match="'on'"):
        chosen_chromium("on", environ)


def test_the_browser_has_no_way_to_the_network_and_its_sandbox_goes_for_root_only() -> None:
    as_user, as_root = launch_options("/c", as_root=False), launch_options("/c", as_root=True)
    assert "--no-sandbox" not in as_user["args"]
    assert "--no-sandbox" in as_root["args"]
    for options in (as_user, as_root):
        assert "--host-resolver-rules=MAP * ~NOTFOUND" in options["args"]
        assert options["proxy"]["server"] == "http://127.0.0.1:9"
