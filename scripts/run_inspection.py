#!/usr/bin/env python3
"""The whole job by one command: what `make run` does.

Without --registry the demo city is inspected, on loopback and in a database of its own; with
--registry FILE the sites of that registry are.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from govspider.db.address import DatabaseAddressError, database_name, normalise_url, with_database
from govspider.db.engine import DatabaseError, database_url, make_engine
from govspider.db.postgres_runtime import LocalServerError
from govspider.db.targets import count_sites
from govspider.db.upgrade import DEMO_SUFFIX, DatabaseUnusableError, ready_database

_ROOT = Path(__file__).resolve().parent.parent
_BAD_INPUT, _INCOMPLETE = 2, 3
_DEMO_DATABASE = f"govspider{DEMO_SUFFIX}"
# the city stands on loopback and is ours: it may be asked faster than any real site
_DEMO_SETTINGS = {
    "DOWNLOAD_DELAY": "0.01",
    # its shells show what a machine without a browser must say: unknown
    "BROWSER": "off",
    "LINK_SECOND_LOOK_SECONDS": "2",
    "BUSY_PAUSE": "1",
    "RETRY_AFTER_MAX": "3",
    "CRAWL_DELAY_MAX": "0.05",
    "DOWNLOAD_TIMEOUT": "10",
    "LOG_LEVEL": "WARNING",
    "PROGRESS_SECONDS": "3",
}


class StepFailedError(RuntimeError):
    """A step ended with an exit code that ends the whole."""

    def __init__(self, step: str, code: int) -> None:
        super().__init__(f"步骤「{step}」以退出码 {code} 结束")
        self.code = code


class RealDatabaseError(ValueError):
    """The demo city was to go into a database that holds real sites."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--registry", type=Path, help="网站底账（xlsx 或 csv）；省略则巡检演示城市")
    parser.add_argument("--period", default="", help="周期名称，例如 2026Q4；省略则为当前周期")
    parser.add_argument("--out", type=Path, default=_ROOT / "out", help="报告目录")
    parser.add_argument("--seed", type=int, default=7, help="演示城市的种子")
    chosen = parser.parse_args(arguments)
    started = time.monotonic()
    try:
        code = _inspect_real_sites(chosen) if chosen.registry else _inspect_demo_city(chosen)
    except StepFailedError as error:
        print(f"make run: {error}", file=sys.stderr)
        return error.code
    except (RealDatabaseError, DatabaseAddressError, DatabaseUnusableError, LocalServerError, DatabaseError) as error:
        print(f"make run: {str(error).partition(chr(10))[0]}", file=sys.stderr)
        return _BAD_INPUT
    except KeyboardInterrupt:
        print("make run: 已中断；再次运行同一命令即可继续", file=sys.stderr)
        return _INCOMPLETE
    print(f"全部完成，用时 {time.monotonic() - started:.0f} 秒。", flush=True)
    return code


def _inspect_real_sites(chosen: argparse.Namespace) -> int:
    folder = chosen.out.resolve()
    places = {"GOVSPIDER_EVIDENCE": _ROOT / "evidence", "GOVSPIDER_DEAD_LETTERS": folder / "dead-letters.jsonl"}
    environment = {name: str(place) for name, place in places.items()} | os.environ
    environment["DATABASE_URL"] = ready_database(os.environ)
    folder.mkdir(parents=True, exist_ok=True)
    _script("导入底账", ["scripts/import_registry.py", str(chosen.registry.resolve())], environment)
    period = chosen.period or _current_quarter()
    incomplete = _crawl(period, {"LOG_LEVEL": "WARNING", "LOG_FILE": str(folder / "crawl.log")}, environment)
    _report(period, folder, environment)
    return incomplete


def _inspect_demo_city(chosen: argparse.Namespace) -> int:
    folder = chosen.out.resolve() / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "DATABASE_URL": demo_database_url(os.environ)}
    environment["GOVSPIDER_EVIDENCE"] = str(folder / "evidence")
    environment["GOVSPIDER_DEAD_LETTERS"] = str(folder / "dead-letters.jsonl")
    environment["GOVSPIDER_CONTACT"] = "demo city on loopback"
    registry, truth = folder / "registry.xlsx", folder / "truth.json"
    city = [sys.executable, "-m", "tests.city", "--seed", str(chosen.seed), "--registry", str(registry)]
    with _running([*city, "--truth", str(truth)]) as proxy:
        environment.update(http_proxy=proxy, https_proxy=proxy, no_proxy="")
        _script("导入底账", ["scripts/import_registry.py", str(registry)], environment)
        period = f"demo-{_now():%Y%m%d-%H%M%S}"
        settings = {**_DEMO_SETTINGS, "LOG_FILE": str(folder / "crawl.log")}
        incomplete = _crawl(period, settings, environment)
    _report(period, folder, environment)
    return incomplete


def demo_database_url(environ: Mapping[str, str]) -> str:
    """Database of the demo city, made and migrated: never the one that holds real sites.

    Raises RealDatabaseError where DATABASE_URL names a database with sites of a real registry.
    """
    given = environ.get("DATABASE_URL", "").strip()
    url = normalise_url(given) if given else database_url(environ, _DEMO_DATABASE)
    name = database_name(url)
    if not name.endswith(DEMO_SUFFIX):
        _refuse_real_sites(url, name)
        url = with_database(url, f"{name}{DEMO_SUFFIX}")
    return ready_database({**environ, "DATABASE_URL": url})


def _refuse_real_sites(url: str, name: str) -> None:
    engine = make_engine(url)
    try:
        sites = count_sites(engine)
    finally:
        engine.dispose()
    if sites:
        raise RealDatabaseError(
            f"DATABASE_URL 指向的数据库 {name!r} 已有 {sites} 个网站：演示城市不与真实数据混放。"
            f"请改用 {name}{DEMO_SUFFIX}，或运行 make run REGISTRY=底账文件"
        )


@contextmanager
def _running(command: Sequence[str]) -> Iterator[str]:
    """A server process that prints its address first; ended with the block."""
    process = subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        if not address:
            raise StepFailedError("启动演示城市", process.wait())
        yield address
    finally:
        process.terminate()
        process.wait()


def _script(step: str, words: Sequence[str], environment: Mapping[str, str]) -> None:
    print(f"── {step} ──", flush=True)
    done = subprocess.run([sys.executable, *words], cwd=_ROOT, env=dict(environment), check=False)
    if done.returncode != 0:
        raise StepFailedError(step, done.returncode)


def _crawl(period: str, settings: Mapping[str, str], environment: Mapping[str, str]) -> int:
    """Crawl; an incomplete run is reported on all the same, and its exit code returned."""
    print("── 巡检 ──", flush=True)
    words = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    command = [sys.executable, "-m", "scrapy", "crawl", "portals", "-a", f"period={period}", *words]
    code, interrupted = run_to_its_end(command, environment)
    if interrupted:
        raise StepFailedError("巡检", code or _INCOMPLETE)
    if code not in (0, _INCOMPLETE):
        raise StepFailedError("巡检", code)
    return code


def run_to_its_end(command: Sequence[str], environment: Mapping[str, str]) -> tuple[int, bool]:
    """Exit code of a program, and whether Ctrl-C was pressed meanwhile.

    Ctrl-C reaches the program too. A crawl then stores what it has and ends in order, so it is waited for, not killed.
    """
    process = subprocess.Popen(list(command), cwd=_ROOT, env=dict(environment))
    interrupted = False
    while True:
        try:
            return process.wait(), interrupted
        except KeyboardInterrupt:
            interrupted = True


def _report(period: str, folder: Path, environment: Mapping[str, str]) -> None:
    _script("判定", ["scripts/judge.py", "--period", period], environment)
    _script("合格率", ["scripts/pass_rates.py", "--period", period, "--out", str(folder)], environment)
    print(f"报告：{folder}", flush=True)


def _now() -> datetime:
    return datetime.now(ZoneInfo("Asia/Shanghai"))


def _current_quarter() -> str:
    now = _now()
    return f"{now.year}Q{(now.month + 2) // 3}"


if __name__ == "__main__":
    raise SystemExit(main())
