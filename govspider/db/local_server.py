"""The private PostgreSQL of a checkout: made, started and stopped without any setup.

One cluster per checkout, on 127.0.0.1 only, no socket file, passwords by SCRAM. It outlives the
program that started it and is found again by the next one. As an ordinary user it stands in
`.postgres` of the checkout. As root it stands below /var/lib/govspider with a copy of the
programs, and an unprivileged account runs it (docs/decisions/0001-private-postgresql.md).
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
import secrets
import shlex
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import URL

from govspider.db.address import DRIVER, parsed
from govspider.db.postgres_account import Account, own_account, unprivileged_account
from govspider.db.postgres_process import Postmaster, disown_foreign_pid, read_postmaster
from govspider.db.postgres_runtime import LocalServerError, Runtime, copied_runtime, wheel_runtime

ROLE = "govspider"
DATABASE = "govspider"
HOST = "127.0.0.1"
_SHARED = Path("/var/lib/govspider" if Path("/var/lib").is_dir() else "/usr/local/var/govspider")
# below the ports systems hand out for outgoing connections, so that none of those holds ours
_PORTS = range(20_000, 32_000)
_PORT_ATTEMPTS = 8
_SECONDS_TO_SETTLE = 90
_SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "shared_buffers": "128MB",
    "work_mem": "16MB",
    "max_wal_size": "2GB",
    # rows of a run lie together: an index leads to neighbouring pages, and a period is a range of them
    "random_page_cost": "1.1",
    "max_connections": "60",
    "fsync": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
}
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ServerStatus:
    """What `status` tells: `port` and `pid` are None where there is none yet."""

    running: bool
    home: Path
    account: str
    port: int | None
    pid: int | None


@dataclass(frozen=True)
class LocalServer:
    """The private server of one checkout.

    `home` holds the port, the password and the lock; `home/cluster` belongs to `account`.
    """

    checkout: Path
    home: Path
    account: Account
    runtime: Runtime

    @property
    def cluster(self) -> Path:
        """The only directory the server itself may write."""
        return self.home / "cluster"

    @property
    def data(self) -> Path:
        """PostgreSQL's data directory."""
        return self.cluster / "data"

    @property
    def log_file(self) -> Path:
        """What the server had to say."""
        return self.cluster / "server.log"

    def status(self) -> ServerStatus:
        """Whether the server answers, and where it is; starts nothing."""
        alive = self._postmaster()
        running = alive is not None and alive.ready
        return ServerStatus(running, self.home, self.account.name, self._stored_port(), alive.pid if alive else None)

    def start(self) -> bool:
        """Make the cluster where it is missing and start the server where it stands still.

        Safe from several processes at once: one works, the others wait for it.
        Returns True when this call started it. Raises LocalServerError with the reason otherwise.
        """
        if self.status().running:
            return False
        self._make_home()
        with self._locked():
            if self._settled_and_running():
                return False
            programs = self._programs()
            if not self.data.is_dir():
                self._create_cluster(programs)
            self._check_version(programs)
            self._start_somewhere(programs)
            return True

    def stop(self) -> bool:
        """Stop the server; open transactions are rolled back. Returns False when it was not running."""
        if not self.home.is_dir():
            return False
        with self._locked():
            if self._postmaster() is None:
                return False
            pg_ctl = self._programs().program("pg_ctl")
            self._must(pg_ctl, "-D", self.data, "-m", "fast", "-w", "-t", str(_SECONDS_TO_SETTLE), "stop")
            return True

    def url(self, database: str = DATABASE) -> str:
        """Address of a database of this server, password included. The server must have been started once."""
        port = self._stored_port()
        if port is None:
            raise LocalServerError(f"The private server of {self.checkout} was never started: run `make db-start`.")
        password = self._password_file.read_text("ascii").strip()
        address = URL.create(DRIVER, ROLE, password, HOST, port, database)
        return address.render_as_string(hide_password=False)

    def owns(self, url: str) -> bool:
        """True when an address leads to this server."""
        address = parsed(url)
        return (address.username, address.host, address.port) == (ROLE, HOST, self._stored_port())

    # ── home: port, password, lock ──────────────────────────────────────────────────────────

    @property
    def _password_file(self) -> Path:
        return self.home / "password"

    @property
    def _state_file(self) -> Path:
        return self.home / "server.json"

    def _make_home(self) -> None:
        mode = 0o755 if self.account.switch else 0o700
        try:
            if self.account.switch:
                _own_directory(self.home.parent, mode)
            _own_directory(self.home, mode)
            if _own_directory(self.cluster, 0o700) and self.account.switch:
                os.chown(self.cluster, self.account.uid, self.account.gid)
        except OSError as error:
            raise LocalServerError(
                f"The private server cannot use {self.home}: {error.strerror}. "
                "Make that directory yours, or set DATABASE_URL to a PostgreSQL of your own."
            ) from error

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            handle = os.open(self.home / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except PermissionError as error:
            raise LocalServerError(f"The private server in {self.home} belongs to another account.") from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _stored_port(self) -> int | None:
        port = read_state(self.home).get("port")
        return int(port) if port else None

    def _store_port(self, port: int) -> None:
        state = {"port": str(port), "account": self.account.name, "checkout": str(self.checkout)}
        fresh = self._state_file.with_suffix(".new")
        fresh.write_text(json.dumps(state, ensure_ascii=False, indent=1) + "\n", "utf-8")
        fresh.replace(self._state_file)

    def _new_password(self) -> str:
        password = secrets.token_hex(24)
        self._password_file.unlink(missing_ok=True)
        handle = os.open(self._password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(password + "\n")
        return password

    # ── the cluster ─────────────────────────────────────────────────────────────────────────

    def _programs(self) -> Runtime:
        """The programs in a place the account can reach."""
        if not self.account.switch:
            return self.runtime
        copies = self.home / "programs"
        _own_directory(copies, 0o755)
        return copied_runtime(self.runtime, copies)

    def _create_cluster(self, programs: Runtime) -> None:
        """Make the cluster beside its final name, so that a broken attempt is never taken for a cluster."""
        _log.info("making a private PostgreSQL in %s, run by the account %s", self.home, self.account.name)
        unfinished = self.cluster / "unfinished"
        self._must("rm", "-rf", unfinished)
        self._must(
            *(programs.program("initdb"), "-D", unfinished, "-U", "postgres", "--encoding=UTF8", "--no-instructions"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
            *("--auth-local=peer", "--auth-host=scram-sha-256"),
        )
        self._create_role(programs, unfinished)
        self._must("mv", unfinished, self.data)

    def _create_role(self, programs: Runtime, unfinished: Path) -> None:
        """The role everything runs under: it makes databases and roles, but is no superuser.

        Single-user mode, so that the superuser never gets a password: nobody can log in as him over the network.
        """
        statement = f"CREATE ROLE {ROLE} LOGIN CREATEDB CREATEROLE PASSWORD '{self._new_password()}'\n"
        command: list[str | Path] = [programs.program("postgres"), "--single", "-D", unfinished, "postgres"]
        done = self.account.run(command, self.cluster, entered=statement)
        if done.returncode or "ERROR:" in done.stdout or "FATAL:" in done.stdout:
            raise LocalServerError(f"The role {ROLE} could not be made in {unfinished} (exit {done.returncode}).")

    def _check_version(self, programs: Runtime) -> None:
        made_by = (self.data / "PG_VERSION").read_text("ascii").strip()
        version = self._must(programs.program("postgres"), "--version").split()[-1]
        if version.split(".")[0] != made_by:
            raise LocalServerError(
                f"The cluster in {self.data} was made by PostgreSQL {made_by}, but {version} is installed: install the "
                "version of requirements.lock again, or move that directory away to begin with an empty database."
            )

    # ── starting ────────────────────────────────────────────────────────────────────────────

    def _postmaster(self) -> Postmaster | None:
        return read_postmaster(self.data)

    def _settled_and_running(self) -> bool:
        """Wait until a server that is starting or stopping has done so; True when one runs then."""
        deadline = time.monotonic() + _SECONDS_TO_SETTLE
        while (alive := self._postmaster()) is not None:
            if alive.ready:
                return True
            if time.monotonic() > deadline:
                raise LocalServerError(f"PostgreSQL (process {alive.pid}) does not get ready: see {self.log_file}.")
            time.sleep(0.1)
        return False

    def _start_somewhere(self, programs: Runtime) -> None:
        """Start on the stored port; on another one when a stranger holds it."""
        disown_foreign_pid(self.data, self.account)
        for _ in range(_PORT_ATTEMPTS):
            port = self._usable_port()
            done = self._start_on(programs, port)
            if done is None:
                _log.info("private PostgreSQL started on %s:%d", HOST, port)
                return
            if "still in use" in done:  # the last processes of a killed server are leaving
                time.sleep(1)
            elif "could not create any TCP/IP sockets" not in done:
                break
        raise LocalServerError(f"PostgreSQL does not start; {self.log_file} ends with: {done}")

    def _usable_port(self) -> int:
        stored = self._stored_port()
        if stored is not None and port_is_free(stored):
            return stored
        port = next(p for p in iter(lambda: secrets.choice(_PORTS), None) if port_is_free(p))
        if stored is not None:
            _log.warning("port %d is taken by another program; the private PostgreSQL moves to port %d", stored, port)
        self._store_port(port)
        return port

    def _start_on(self, programs: Runtime, port: int) -> str | None:
        """None when the server is up, else the last lines of its log."""
        settings = shlex.join(f"-c{name}={value}" for name, value in (_SETTINGS | {"port": str(port)}).items())
        command: list[str | Path] = [programs.program("pg_ctl"), "-D", self.data, "-l", self.log_file, "-o", settings]
        done = self.account.run([*command, "-w", "-t", str(_SECONDS_TO_SETTLE), "start"], self.cluster)
        return None if done.returncode == 0 else _last_lines(self.log_file) or done.stdout

    def _must(self, *command: str | Path) -> str:
        done = self.account.run(command, self.cluster)
        if done.returncode:
            said = " ".join(done.stdout.split()[-60:])
            raise LocalServerError(f"{Path(command[0]).name} failed with exit {done.returncode}: {said}")
        return done.stdout


def checkout() -> Path | None:
    """The checkout this code runs from; None when it runs from an egg or an installed wheel."""
    folder = Path(__file__).resolve().parents[2]
    return folder if (folder / "migrations" / "env.py").is_file() else None


def server_of(folder: Path, environ: Mapping[str, str] = os.environ, shared: Path = _SHARED) -> LocalServer:
    """The private server of a checkout, started or not.

    Parameters: `folder`, the checkout; `shared`, where clusters stand that root may not keep in a closed checkout.
    Raises LocalServerError where the wheel is missing or no account can run it.
    """
    folder = folder.resolve()
    if os.geteuid() != 0:
        return LocalServer(folder, folder / ".postgres", own_account(), wheel_runtime())
    home = shared / hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    account = unprivileged_account(environ, read_state(home).get("account"))
    return LocalServer(folder, home, account, wheel_runtime())


def read_state(home: Path) -> dict[str, str]:
    """Port, account and checkout of a server, as stored; empty before its first start."""
    try:
        state = json.loads((home / "server.json").read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except PermissionError as error:
        raise LocalServerError(f"The private server in {home} belongs to another account.") from error
    return {str(name): str(value) for name, value in state.items()}


def port_is_free(port: int) -> bool:
    """True when nobody listens on a port of this machine, asked the way PostgreSQL itself will ask."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def this_server() -> LocalServer:
    """The private server of this checkout. Raises LocalServerError outside a checkout."""
    folder = checkout()
    if folder is None:
        raise LocalServerError(
            "There is no private PostgreSQL outside a checkout: set DATABASE_URL to a PostgreSQL of your own."
        )
    return server_of(folder)


def _own_directory(path: Path, mode: int) -> bool:
    """Make a directory with exactly this mode, or check that the one there is ours; True when made."""
    try:
        path.mkdir(mode=mode)
    except FileExistsError:
        return False
    path.chmod(mode)  # the umask may have taken something away
    return True


def _last_lines(log_file: Path) -> str:
    if not log_file.is_file():
        return ""
    with log_file.open("rb") as file:
        file.seek(max(0, log_file.stat().st_size - 1500))
        return " ".join(file.read().decode("utf-8", "replace").split())
