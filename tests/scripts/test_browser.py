"""`make browser`: the Chromium at hand, else Playwright's, else Debian's package; installers are stubs on the PATH."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

_CHECKOUT = Path(__file__).parents[2]
_PLAYWRIGHTS = "chromium-1200/chrome-linux64/chrome"


@dataclass(frozen=True)
class Machine:
    """A machine with nothing but what a test puts there. `bin` is the whole PATH."""

    root: Path

    @property
    def bin(self) -> Path:
        return self.root / "bin"

    @property
    def log(self) -> Path:
        return self.root / "log"

    def program(self, path: Path, script: str = "exit 0") -> str:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="ascii")
        path.chmod(0o755)
        return str(path)

    def playwright(self, *, brings: bool, code: int = 0) -> None:
        """A stub of `python -m playwright`, which notes its arguments."""
        folder = self.root / "modules" / "playwright"
        folder.mkdir(parents=True)
        (folder / "__init__.py").write_text("", encoding="ascii")
        target = self.root / "home/.cache/ms-playwright" / _PLAYWRIGHTS
        made = f"""path = Path({str(target)!r}); path.parent.mkdir(parents=True)
path.write_text("#!/bin/sh\\n"); path.chmod(0o755)"""
        (folder / "__main__.py").write_text(
            f"""import sys
from pathlib import Path
with open({str(self.log)!r}, "a") as log: log.write("playwright " + " ".join(sys.argv[1:]) + "\\n")
{made if brings else ""}
sys.exit({code})
""",
            encoding="ascii",
        )

    def apt(self, *, brings: bool) -> None:
        """A stub of apt-get, which notes its arguments and with `brings` installs a chromium."""
        made = f"printf '#!/bin/sh\\n' > {self.bin}/chromium && /bin/chmod 755 {self.bin}/chromium"
        self.program(self.bin / "apt-get", f'echo apt-get "$@" >> {self.log}\n{made if brings else "exit 100"}')

    def run(
        self, command: str = "install", *, without: tuple[str, ...] = (), **environ: str
    ) -> subprocess.CompletedProcess[str]:
        told = {"PATH": str(self.bin), "HOME": str(self.root / "home"), "PYTHONPATH": str(self.root / "modules")}
        return subprocess.run(
            [*without, sys.executable, str(_CHECKOUT / "scripts" / "browser.py"), command],
            env={**told, "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1", **environ},
            cwd=_CHECKOUT,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def asked(self) -> list[str]:
        return self.log.read_text(encoding="ascii").splitlines() if self.log.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    if sys.platform == "darwin":
        pytest.skip("applications are found outside of the PATH there")
    (tmp_path / "bin").mkdir()
    (tmp_path / "home").mkdir()
    return Machine(tmp_path)


def _rights_taken() -> tuple[str, ...]:
    """What takes the rights of root from a command; nothing where the test has none. Skips where that cannot be had."""
    if os.geteuid() != 0:
        return ()
    unshare = shutil.which("unshare") or ""
    told = subprocess.run([unshare, "-U", "id", "-u"], capture_output=True, text=True, check=False) if unshare else None
    if told is None or told.stdout.strip() in ("", "0"):
        pytest.skip("root cannot be without its rights here: no user namespaces")
    return (unshare, "-U")


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root installs Debian's package")


def test_a_chromium_at_hand_is_used_and_nothing_is_installed(machine: Machine) -> None:
    machine.playwright(brings=True)
    machine.apt(brings=True)
    path = machine.program(machine.bin / "chromium")
    done = machine.run()
    assert (done.returncode, done.stdout) == (0, f"使用浏览器：{path}\n"), done.stderr
    assert machine.asked() == []


def test_without_one_playwrights_own_is_installed_and_no_package(machine: Machine) -> None:
    machine.playwright(brings=True)
    machine.apt(brings=True)
    done = machine.run()
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(f"{_PLAYWRIGHTS}\n")
    assert machine.asked() == ["playwright install chromium"]


@needs_root
@pytest.mark.parametrize("code", [0, 1])
def test_where_playwright_brings_none_root_gets_the_package_of_debian(machine: Machine, code: int) -> None:
    machine.playwright(brings=False, code=code)
    machine.apt(brings=True)
    done = machine.run()
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(f"使用浏览器：{machine.bin / 'chromium'}\n")
    assert machine.asked() == [
        "playwright install chromium",
        "apt-get install -y --no-install-recommends chromium",
    ]


def test_a_user_without_rights_is_told_the_command_and_nothing_is_tried(machine: Machine) -> None:
    machine.playwright(brings=False, code=1)
    machine.apt(brings=True)
    done = machine.run(without=_rights_taken())
    assert done.returncode == 3
    assert "sudo apt-get install -y --no-install-recommends chromium" in done.stderr
    assert "unknown(needs_browser)" in done.stderr
    assert machine.asked() == ["playwright install chromium"]


@needs_root
def test_where_every_way_fails_the_consequence_is_told(machine: Machine) -> None:
    machine.playwright(brings=False, code=1)
    machine.apt(brings=False)
    done = machine.run()
    assert done.returncode == 3
    assert "unknown(needs_browser)" in done.stderr
    assert "GOVSPIDER_CHROMIUM" in done.stderr


def test_a_machine_without_apt_ends_after_playwright(machine: Machine) -> None:
    machine.playwright(brings=False, code=1)
    done = machine.run()
    assert done.returncode == 3
    assert machine.asked() == ["playwright install chromium"]


def test_find_installs_nothing(machine: Machine) -> None:
    machine.playwright(brings=True)
    assert machine.run("find").returncode == 3
    assert machine.asked() == []


def test_a_named_browser_that_is_none_is_bad_input(machine: Machine) -> None:
    machine.playwright(brings=True)
    done = machine.run(GOVSPIDER_CHROMIUM=str(machine.root / "gone"))
    assert done.returncode == 2
    assert "不是可以运行的程序" in done.stderr
    assert machine.asked() == []
