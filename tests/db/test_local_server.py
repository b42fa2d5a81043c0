"""The private server for real: made, killed and started again below temporary folders."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from govspider.db.address import parsed
from govspider.db.engine import make_engine
from govspider.db.local_server import HOST, LocalServer, server_of
from govspider.db.postgres_account import ACCOUNT_VARIABLE, own_account
from govspider.db.postgres_runtime import LocalServerError, Runtime, copied_runtime, wheel_runtime
from tests.db.accounts import IS_ROOT, as_ordinary_user, give_to_ordinary_user

CHECKOUT = Path(__file__).resolve().parents[2]
only_as_root = pytest.mark.skipif(not IS_ROOT, reason="only root hands its server to another account")


@pytest.fixture(scope="module")
def open_folder() -> Iterator[Path]:
    """A folder every account may enter; pytest's own are closed."""
    folder = Path(tempfile.mkdtemp(prefix="govspider-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def server(open_folder: Path) -> Iterator[LocalServer]:
    """A server of a closed checkout (0700), run by us or, as root, by an unprivileged account."""
    checkout = open_folder / "closed checkout"
    checkout.mkdir(mode=0o700)
    made = server_of(checkout, {}, open_folder / "shared")
    yield made
    made.stop()


@pytest.fixture
def started(server: LocalServer) -> LocalServer:
    server.start()
    return server


@pytest.fixture
def made_database(started: LocalServer) -> str:
    """Name of a database of the role's own."""
    if ask(started, "SELECT count(*) FROM pg_database WHERE datname = 'kept'") == 0:
        engine = make_engine(started.url("postgres")).execution_options(isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("CREATE DATABASE kept"))
        engine.dispose()
    return "kept"


def ask(server: LocalServer, question: str, database: str = "postgres") -> object:
    engine = make_engine(server.url(database))
    try:
        with engine.connect() as connection:
            answer = connection.scalar(text(question))
            connection.commit()
            return answer
    finally:
        engine.dispose()


def kill(server: LocalServer) -> None:
    """Kill the server without mercy, and return when its process is gone: a killed one lives on for a moment."""
    pid = server.status().pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    while server.status().pid == pid:
        os.sched_yield()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_two_processes_starting_at_once_make_one_server(server: LocalServer) -> None:
    program = (
        "import sys; from pathlib import Path; from govspider.db.local_server import server_of;"
        "print(server_of(Path(sys.argv[1]), {}, Path(sys.argv[2])).start())"
    )
    command = [sys.executable, "-c", program, str(server.checkout), str(server.home.parent)]
    both = [subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    answers = [process.communicate()[0].strip() for process in both]
    assert sorted(answers) == ["False", "True"]
    assert ask(server, "SELECT 1") == 1


def test_a_running_server_is_left_alone(started: LocalServer) -> None:
    pid = started.status().pid
    assert started.start() is False
    assert started.status().pid == pid


def test_a_stopped_server_comes_back_with_its_data_and_its_port(started: LocalServer, made_database: str) -> None:
    port = started.status().port
    ask(started, "CREATE TABLE IF NOT EXISTS kept (); SELECT 1", made_database)
    assert started.stop() is True
    assert started.status().running is False
    assert started.stop() is False
    assert started.start() is True
    assert started.status().port == port
    assert ask(started, "SELECT to_regclass('kept') IS NOT NULL", made_database) is True


def test_a_killed_server_comes_back_with_what_was_committed(started: LocalServer, made_database: str) -> None:
    ask(started, "DROP TABLE IF EXISTS survivor; CREATE TABLE survivor AS SELECT 7 AS n; SELECT 1", made_database)
    kill(started)
    assert started.start() is True
    assert ask(started, "SELECT n FROM survivor", made_database) == 7


def test_the_server_moves_when_another_program_took_its_port(
    started: LocalServer, caplog: pytest.LogCaptureFixture
) -> None:
    taken = started.status().port
    assert taken is not None
    started.stop()
    with socket.socket() as other_program:
        other_program.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other_program.bind((HOST, taken))
        other_program.listen()
        started.start()
        moved = started.status().port
    assert moved != taken
    assert parsed(started.url()).port == moved
    assert ask(started, "SELECT 1") == 1
    assert f"port {taken} is taken by another program; the private PostgreSQL moves to port {moved}" in caplog.text


def test_the_server_listens_on_the_loopback_address_only(started: LocalServer) -> None:
    assert ask(started, "SHOW listen_addresses") == "127.0.0.1"
    socket_directory = (started.data / "postmaster.pid").read_text("ascii").splitlines()[4]
    assert socket_directory == ""


def test_the_server_is_safe_against_a_power_cut_and_small(started: LocalServer) -> None:
    assert ask(started, "SHOW fsync") == "on"
    assert ask(started, "SHOW shared_buffers") == "128MB"
    assert ask(started, "SHOW max_connections") == "60"


def test_text_sorts_and_folds_the_same_on_every_system(started: LocalServer) -> None:
    assert ask(started, "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'postgres'") == (
        "bC.UTF-8"
    )
    assert ask(started, "SHOW server_encoding") == "UTF8"
    assert ask(started, "SELECT upper('ä')") == "Ä"


def test_the_password_is_readable_by_its_owner_only(started: LocalServer) -> None:
    password = started.home / "password"
    assert mode(password) == 0o600
    assert password.stat().st_uid == os.geteuid()


def test_a_wrong_password_is_refused(started: LocalServer) -> None:
    address = parsed(started.url("postgres")).set(password="wrong")
    engine = make_engine(address.render_as_string(hide_password=False))
    with pytest.raises(OperationalError, match="password authentication failed"):
        engine.connect()


def test_nobody_is_superuser_over_the_network(started: LocalServer) -> None:
    assert ask(started, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
    for password in ("", "postgres", parsed(started.url()).password):
        address = parsed(started.url("postgres")).set(username="postgres", password=password)
        engine = make_engine(address.render_as_string(hide_password=False))
        with pytest.raises(OperationalError):
            engine.connect()


def test_the_data_directory_is_closed_to_others(started: LocalServer) -> None:
    assert mode(started.cluster) == 0o700
    assert mode(started.data) == 0o700


def test_a_server_knows_its_own_addresses(started: LocalServer) -> None:
    assert started.owns(started.url("anything"))
    assert not started.owns("postgres://govspider@db.example:5432/govspider")


def test_the_port_is_read_by_people_too(started: LocalServer) -> None:
    assert f'"port": "{started.status().port}"' in (started.home / "server.json").read_text("utf-8")


def test_a_cluster_of_another_version_is_named_and_not_touched(started: LocalServer) -> None:
    started.stop()
    version = started.data / "PG_VERSION"
    written = version.read_text("ascii")
    version.write_text("17\n", "ascii")
    try:
        with pytest.raises(LocalServerError, match=r"made by PostgreSQL 17, but 18\.\d+ is installed"):
            started.start()
    finally:
        version.write_text(written, "ascii")
    assert started.start() is True


def test_a_server_that_cannot_start_says_what_its_log_says(started: LocalServer) -> None:
    started.stop()
    setting = started.data / "postgresql.conf"
    written = setting.read_bytes()
    setting.write_bytes(written + b"\nno_such_setting = 1\n")
    try:
        with pytest.raises(LocalServerError, match="no_such_setting"):
            started.start()
    finally:
        setting.write_bytes(written)
    assert started.start() is True


def test_a_server_never_started_has_no_address(tmp_path: Path) -> None:
    never = server_of(tmp_path, {}, tmp_path / "shared")
    assert never.status().running is False
    assert never.stop() is False
    with pytest.raises(LocalServerError, match="never started"):
        never.url()


# ── as root ─────────────────────────────────────────────────────────────────────────────────


@only_as_root
def test_root_hands_only_the_cluster_to_the_other_account(started: LocalServer) -> None:
    assert started.checkout.stat().st_uid == 0
    assert mode(started.checkout) == 0o700
    assert list(started.checkout.iterdir()) == []
    assert started.home.stat().st_uid == 0
    assert started.cluster.stat().st_uid == started.account.uid != 0
    assert (started.home / "programs").stat().st_uid == 0
    assert mode(started.home / "programs") == 0o755


@only_as_root
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="asks /proc who runs a process")
def test_the_server_process_of_root_belongs_to_the_other_account(started: LocalServer) -> None:
    assert Path(f"/proc/{started.status().pid}").stat().st_uid == started.account.uid


@only_as_root
def test_root_does_not_change_the_account_of_a_cluster(started: LocalServer) -> None:
    other = "daemon"
    with pytest.raises(LocalServerError, match=f"belongs to the account '{started.account.name}'"):
        server_of(started.checkout, {ACCOUNT_VARIABLE: other}, started.home.parent)


# ── as an ordinary user ─────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def reachable_programs(open_folder: Path) -> Runtime:
    """PostgreSQL's programs in a place the ordinary user may enter."""
    programs = open_folder / "programs"
    programs.mkdir()
    return copied_runtime(wheel_runtime(), programs)


@pytest.fixture(scope="module")
def ordinary_server(open_folder: Path, reachable_programs: Runtime) -> Iterator[Callable[[], LocalServer]]:
    """Makes the server as server_of makes it for an ordinary user; to be called by that user."""
    checkout = open_folder / "ordinary checkout"
    checkout.mkdir()
    give_to_ordinary_user(checkout)

    def make() -> LocalServer:
        return server_in(checkout, reachable_programs)

    yield make
    as_ordinary_user(lambda: make().stop())


def server_in(checkout: Path, programs: Runtime) -> LocalServer:
    return LocalServer(checkout, checkout / ".postgres", own_account(), programs)


def refusal(checkout: Path, programs: Runtime) -> str:
    """The sentence an ordinary user gets who cannot start a server in a checkout."""

    def refused() -> str:
        with pytest.raises(LocalServerError) as caught:
            server_in(checkout, programs).start()
        return str(caught.value)

    return str(as_ordinary_user(refused))


def test_an_ordinary_user_keeps_his_cluster_in_the_checkout(ordinary_server: Callable[[], LocalServer]) -> None:
    def start_over_a_broken_attempt() -> tuple[bool, object]:
        server = ordinary_server()
        (server.cluster / "unfinished" / "base").mkdir(parents=True)
        server.home.chmod(0o700)
        server.cluster.chmod(0o700)
        return server.start(), ask(server, "SELECT current_user")

    assert as_ordinary_user(start_over_a_broken_attempt) == (True, "govspider")
    home = ordinary_server().home
    assert home.name == ".postgres"
    assert mode(home) == 0o700
    assert mode(home / "password") == 0o600


def test_a_process_number_that_now_belongs_to_a_stranger_does_not_keep_the_server_down(
    ordinary_server: Callable[[], LocalServer],
) -> None:
    def start_with_a_reused_process_number() -> tuple[bool, object]:
        server = ordinary_server()
        server.start()
        kill(server)
        with subprocess.Popen(["sleep", "600"]) as stranger:
            pid_file = server.data / "postmaster.pid"
            lines = pid_file.read_text("ascii").splitlines()
            pid_file.write_text("\n".join([str(stranger.pid), *lines[1:], ""]), "ascii")
            try:
                assert server.status().running is False
                return server.start(), ask(server, "SELECT 1")
            finally:
                stranger.kill()

    assert as_ordinary_user(start_with_a_reused_process_number) == (True, 1)


def test_a_checkout_the_user_may_not_write_gets_one_sentence(open_folder: Path, reachable_programs: Runtime) -> None:
    foreign = open_folder / "foreign checkout"
    foreign.mkdir(exist_ok=True)
    foreign.chmod(0o555)
    sentence = refusal(foreign, reachable_programs)
    assert "foreign checkout/.postgres: Permission denied" in sentence
    assert "DATABASE_URL" in sentence


@only_as_root
def test_the_server_of_another_user_gets_one_sentence(open_folder: Path, reachable_programs: Runtime) -> None:
    theirs = open_folder / "their checkout"
    (theirs / ".postgres").mkdir(parents=True, mode=0o700)
    assert "belongs to another account" in refusal(theirs, reachable_programs)
