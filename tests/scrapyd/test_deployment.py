"""The whole way of a deployment: egg, scrapyd-deploy, schedule, observations in PostgreSQL. All programs are real."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from govspider.db.engine import make_engine
from govspider.db.registry import store_registry
from govspider.registry.reading import read_registry
from tests.city.plan import make_plan
from tests.city.registry import write_registry
from tests.city.server import City, serve
from tests.fresh_databases import fresh_database
from tests.optional_parts import do_without
from tests.scrapyd.checkout_copy import CHECKOUT, PACKAGES, copy_checkout, data_files, python_files, scrapyd_deploy
from tests.scrapyd.daemon import Daemon, running_scrapyd

# two small sites, one with pages in GBK and one in frames; shards 1/2 and 2/2 have one each
CODES = ("9901000007", "9901000008")
# the city stands on loopback: it may be asked faster than any real site
SETTINGS = {"DOWNLOAD_DELAY": "0.01", "LINK_SECOND_LOOK_SECONDS": "0.5", "BUSY_PAUSE": "0.5", "RETRY_AFTER_MAX": "1"}
EXIT_BAD_INPUT = "exitstatus=2"
# set by the administrator, it saves the restart of each job
OWN_OPENSSL = {"OPENSSL_CONF": str(CHECKOUT / "govspider" / "throttle" / "legacy_tls.cnf")}


@dataclass(frozen=True)
class Deployment:
    """A scrapyd with our egg in it, and what its jobs work on."""

    daemon: Daemon
    egg: Path
    engine: Engine
    city: City


@pytest.fixture(scope="module", autouse=True)
def _scrapyd_is_here() -> None:
    for package, hint in (("scrapyd", ""), ("scrapyd_client", ""), ("pkg_resources", ": scrapyd needs setuptools<81")):
        if importlib.util.find_spec(package) is None:
            do_without("scrapyd", f"the package {package} is not installed{hint}", os.environ)


@pytest.fixture(scope="module")
def city() -> Iterator[City]:
    with serve(make_plan(7, datetime.now(UTC))) as running:
        yield running


@pytest.fixture(scope="module")
def engine(server_url: str, _template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database with the city's registry in it."""
    now = datetime.now(UTC)
    workbook = write_registry(make_plan(7, now), tmp_path_factory.mktemp("registry") / "registry.xlsx")
    registry = read_registry(workbook, now.date(), None)
    with fresh_database(server_url, _template) as url:
        made = make_engine(url)
        with made.begin() as connection:
            store_registry(connection, registry, as_of=now.date(), now=now, complete=False)
        yield made
        made.dispose()


def environment_of(url: str, city: City, folder: Path) -> dict[str, str]:
    """What the administrator writes into the service of scrapyd, and a folder of its own for temporary files."""
    (folder / "tmp").mkdir()
    return {
        "TMPDIR": str(folder / "tmp"),
        "DATABASE_URL": url,
        "GOVSPIDER_CONTACT": "demo city on loopback",
        "GOVSPIDER_EVIDENCE": str(folder / "evidence"),
        "GOVSPIDER_DEAD_LETTERS": str(folder / "dead-letters.jsonl"),
        "http_proxy": city.proxy_url,
        "https_proxy": city.proxy_url,
    }


def address(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


@pytest.fixture(scope="module")
def deployment(engine: Engine, city: City, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """`scrapyd-deploy local`, as a person does it, to a scrapyd of our own."""
    folder = tmp_path_factory.mktemp("deployment")
    with running_scrapyd(folder / "scrapyd", environment_of(address(engine), city, folder)) as daemon:
        copy = copy_checkout(folder / "checkout", daemon.url)
        done = scrapyd_deploy(copy, "local", environment=daemon.credentials)
        assert done.returncode == 0, done.stderr + done.stdout
        assert '"spiders": 2' in done.stdout
        (egg,) = (daemon.folder / "eggs" / "govspider").glob("*.egg")
        yield Deployment(daemon, egg, engine, city)


def rows(engine: Engine, query: str, **values: Any) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(text(query), values).all())


def test_the_egg_holds_both_packages_and_every_file_beside_them(deployment: Deployment) -> None:
    with zipfile.ZipFile(deployment.egg) as archive:
        held = set(archive.namelist())
    expected = data_files(CHECKOUT) | python_files(CHECKOUT)
    assert len(data_files(CHECKOUT)) > len(PACKAGES)
    assert expected - held == set()
    assert {name.partition("/")[0] for name in held} == {*PACKAGES, "EGG-INFO"}


def test_the_egg_holds_no_credential(deployment: Deployment) -> None:
    passwords = [deployment.engine.url.password, deployment.daemon.password]
    assert all(passwords)
    with zipfile.ZipFile(deployment.egg) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    assert [name for name, data in held.items() for word in passwords if str(word).encode() in data] == []


def test_every_module_of_the_egg_loads_from_the_zip(deployment: Deployment, tmp_path: Path) -> None:
    program = (
        "import importlib, pkgutil\n"
        "for top in ('govspider', 'pipelines'):\n"
        "    for found in pkgutil.walk_packages(importlib.import_module(top).__path__, f'{top}.'):\n"
        "        module = importlib.import_module(found.name)\n"
        "        print(module.__file__)\n"
    )
    done = run_from_egg(deployment.egg, tmp_path, ["-c", program], {})
    assert done.returncode == 0, done.stderr
    loaded = done.stdout.splitlines()
    assert len(loaded) == len(python_files(CHECKOUT)) - len(PACKAGES)
    assert [file for file in loaded if not file.startswith(f"{deployment.egg}/")] == []


def run_from_egg(
    egg: Path, folder: Path, words: list[str], environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    plain = {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(egg), **OWN_OPENSSL}
    return subprocess.run(
        [sys.executable, *words], cwd=folder, env={**plain, **environment}, capture_output=True, text=True, check=False
    )


def test_from_an_egg_an_address_of_the_database_is_asked_for(deployment: Deployment, tmp_path: Path) -> None:
    environment = {"SCRAPY_SETTINGS_MODULE": "govspider.settings"}
    done = run_from_egg(deployment.egg, tmp_path, ["-m", "scrapy", "crawl", "portals"], environment)
    assert done.returncode == 2
    assert "govspider: There is no private PostgreSQL outside a checkout: set DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_deployed_egg_that_another_copy_of_the_code_hides_is_refused(deployment: Deployment) -> None:
    """As where scrapyd is started in a checkout, or govspider is installed in its environment."""
    environment = {
        "SCRAPY_PROJECT": "govspider",
        "PYTHONPATH": str(CHECKOUT),
        "DATABASE_URL": address(deployment.engine),
    }
    words = ["-m", "scrapyd.runner", "crawl", "portals"]
    done = run_from_egg(deployment.egg, deployment.daemon.folder, words, environment)
    assert done.returncode == 2
    assert f"已部署的 {deployment.egg} 没有被使用：实际运行的是 {CHECKOUT} 中的代码" in done.stderr


def test_no_module_looks_for_files_beside_its_own_path() -> None:
    """Inside an egg there is no such path; the names here ask on purpose where the code is."""
    on_purpose = {
        "govspider/db/local_server.py",
        "govspider/db/migration_authoring.py",
        "govspider/commands/deployed_egg.py",
    }
    asking = {name for name in python_files(CHECKOUT) if "__file__" in (CHECKOUT / name).read_text("utf-8")}
    assert asking == on_purpose


def test_deploying_with_a_wrong_password_is_refused(deployment: Deployment) -> None:
    wrong = {**deployment.daemon.credentials, "SCRAPYD_PASSWORD": "wrong"}
    copy = deployment.daemon.folder.parent / "checkout"
    done = scrapyd_deploy(copy, "local", "--egg", str(deployment.egg), environment=wrong)
    assert done.returncode == 1
    assert "Deploy failed (401)" in done.stderr


def test_a_scheduled_crawl_from_the_egg_fills_the_database(deployment: Deployment) -> None:
    label = "二〇二六年第四季度·试点"
    command = [sys.executable, "scripts/schedule.py", "--url", deployment.daemon.url]
    command += ["--period", label, "--sites", ",".join(CODES)]
    command += [f"--setting={name}={value}" for name, value in SETTINGS.items()]
    credentials = {**os.environ, **deployment.daemon.credentials}
    done = subprocess.run(command, cwd=CHECKOUT, env=credentials, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    job = done.stdout.split()[-1]
    (log,) = deployment.daemon.wait_for_end(job)

    assert f"代码来自 {deployment.egg}" in log
    assert f"周期 {label}" in log
    assert "巡检结束：网站 2/2" in log
    assert "巡检完成：批次" in log
    assert "Traceback" not in log
    # the command restarts itself once, to speak with servers of old TLS
    assert log.count("started (bot: govspider)") == 2
    assert list((deployment.daemon.folder.parent / "tmp").iterdir()) == []

    found = rows(
        deployment.engine,
        "SELECT site.code, look.state, look.pages, look.id FROM look JOIN site ON site.id = look.site_id"
        " JOIN run ON run.id = look.run_id JOIN period ON period.id = run.period_id"
        " WHERE period.label = :label AND run.state = 'complete' ORDER BY site.code",
        label=label,
    )
    assert [(row.code, row.state) for row in found] == [(code, "complete") for code in CODES]
    for row in found:
        assert row.pages > 10
        for table in ("page", "column_observation", "mark_observation", "link"):
            counted = rows(deployment.engine, f"SELECT count(*) FROM {table} WHERE look_id = :look", look=row.id)
            assert counted[0][0] > 0, f"{table} of {row.code}"


def test_two_shards_at_once_look_at_each_site_once(deployment: Deployment) -> None:
    daemon = deployment.daemon
    arguments = {"period": "分片", "sites": ",".join(CODES)}
    jobs = [daemon.schedule({**arguments, "shard": f"{share}/2"}, SETTINGS) for share in (1, 2)]
    for log in daemon.wait_for_end(*jobs):
        assert "网站 1 个" in log
        assert "巡检完成：批次" in log
    found = rows(
        deployment.engine,
        "SELECT site.code FROM look JOIN site ON site.id = look.site_id JOIN run ON run.id = look.run_id"
        " JOIN period ON period.id = run.period_id WHERE period.label = '分片' ORDER BY site.code",
    )
    assert [row.code for row in found] == list(CODES)


def test_a_cancelled_job_says_that_it_is_incomplete(deployment: Deployment) -> None:
    daemon, host = deployment.daemon, "tjj.yunjing-demo.gov.cn"
    before = deployment.city.count(host)
    job = daemon.schedule({"period": "取消", "sites": CODES[1]}, {"DOWNLOAD_DELAY": "1"})
    daemon.wait_until(lambda: deployment.city.count(host) > before + 1, "the first requests", 30)
    daemon.ask("cancel.json", [("project", "govspider"), ("job", job)])
    (log,) = daemon.wait_for_end(job)
    assert "巡检未完成：1 个网站尚未巡检完成" in log
    (run,) = rows(
        deployment.engine,
        "SELECT run.state FROM run JOIN period ON period.id = run.period_id WHERE period.label = '取消'",
    )
    assert run.state == "incomplete"


def test_a_site_that_is_not_registered_is_one_sentence_in_the_log(deployment: Deployment) -> None:
    job = deployment.daemon.schedule({"period": "错码", "sites": "9901999999"}, SETTINGS)
    (log,) = deployment.daemon.wait_for_end(job)
    assert "网站标识码 '9901999999' 不在本周期的巡检范围内" in log
    assert "Traceback" not in log
    assert EXIT_BAD_INPUT in deployment.daemon.own_log()


def test_a_database_without_schema_is_said_in_the_log_and_nothing_is_asked(
    deployment: Deployment, empty_database_url: str, tmp_path: Path
) -> None:
    environment = {**environment_of(empty_database_url, deployment.city, tmp_path), **OWN_OPENSSL}
    with running_scrapyd(tmp_path / "scrapyd", environment, deployment.egg) as daemon:
        asked_before = len(deployment.city.arrivals)
        (log,) = daemon.wait_for_end(daemon.schedule({"period": "空库"}, SETTINGS))
        assert "has no govspider tables: run `python scripts/database.py migrate` from a checkout" in log
        assert "Traceback" not in log
        assert EXIT_BAD_INPUT in daemon.own_log()
    assert len(deployment.city.arrivals) == asked_before
    engine = make_engine(empty_database_url)
    tables = rows(engine, "SELECT 1 FROM pg_tables WHERE schemaname = current_schema()")
    engine.dispose()
    assert tables == []


def test_without_an_egg_scrapyd_runs_the_installed_code(empty_database_url: str, city: City, tmp_path: Path) -> None:
    """The mode of containers: a scrapy.cfg in scrapyd's working directory names the settings."""
    environment = {**environment_of(empty_database_url, city, tmp_path), **OWN_OPENSSL, "PYTHONPATH": str(CHECKOUT)}
    configuration = "[settings]\ngovspider = govspider.settings\n"
    with running_scrapyd(tmp_path / "scrapyd", environment, scrapy_cfg=configuration) as daemon:
        (log,) = daemon.wait_for_end(daemon.schedule({"period": "无蛋"}, SETTINGS))
    assert "底账中没有网站；请先运行 scripts/import_registry.py 导入网站底账" in log
    assert "Traceback" not in log
