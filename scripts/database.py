"""The database of this checkout: start, stop, look, migrate.

DATABASE_URL names the database to use; without it there is a private PostgreSQL per checkout.
Exit codes: 0 done, 2 bad input, 3 not done.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable

from govspider.db import local_server
from govspider.db.address import DatabaseAddressError, parsed, without_password
from govspider.db.engine import database_url
from govspider.db.migration_authoring import MigrationAuthoringError, new_migration, regenerate_initial
from govspider.db.postgres_runtime import LocalServerError
from govspider.db.psql import terminal
from govspider.db.schema_version import SchemaVersionError
from govspider.db.upgrade import DatabaseUnusableError, drop_database, ensure_database, ready_database, upgrade

_DONE, _BAD_INPUT, _NOT_DONE = 0, 2, 3


def _start(_: argparse.Namespace) -> int:
    server = local_server.this_server()
    started = server.start()
    print(f"PostgreSQL {'started' if started else 'was running already'}: {without_password(server.url())}")
    return _DONE


def _stop(_: argparse.Namespace) -> int:
    print("PostgreSQL stopped." if local_server.this_server().stop() else "PostgreSQL was not running.")
    return _DONE


def _status(_: argparse.Namespace) -> int:
    found = local_server.this_server().status()
    state = f"running on port {found.port}, process {found.pid}" if found.running else "not running"
    print(f"PostgreSQL is {state}; account {found.account}, files in {found.home}")
    return _DONE if found.running else _NOT_DONE


def _url(asked: argparse.Namespace) -> int:
    address = parsed(database_url(os.environ, asked.database)).set(drivername="postgresql")
    print(address.render_as_string(hide_password=asked.hide_password))
    return _DONE


def _shell(asked: argparse.Namespace) -> int:
    started = terminal(ready_database(os.environ, asked.database), os.environ, asked.role, tuple(asked.psql))
    sys.stdout.flush()
    os.execve(started.command[0], started.command, started.environment)


def _migrate(asked: argparse.Namespace) -> int:
    url = database_url(os.environ, asked.database)
    ensure_database(url)
    for sentence in upgrade(url):
        print(sentence, file=sys.stderr)
    print(f"{without_password(url)} is at the newest schema.")
    return _DONE


def _drop(asked: argparse.Namespace) -> int:
    url = database_url(os.environ, asked.database)
    if not asked.yes:
        print(f"This would drop {without_password(url)} with all it holds: add --yes to do it.", file=sys.stderr)
        return _BAD_INPUT
    drop_database(url)
    print(f"{without_password(url)} is dropped.")
    return _DONE


def _new_migration(asked: argparse.Namespace) -> int:
    print(f"Written: {new_migration(asked.message)}. Correct what autogenerate cannot know, then run `make format`.")
    return _DONE


def _regenerate_initial(_: argparse.Namespace) -> int:
    folder = local_server.checkout()
    if folder is None:
        raise SchemaVersionError("Migrations are written in a checkout only.")
    written = regenerate_initial(folder / "migrations")
    print(f"Written: {written}. Databases made before keep their old tables: drop them and run migrate.")
    return _DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="The database of this checkout.")
    commands = parser.add_subparsers(dest="command", required=True)

    def command(name: str, act: Callable[[argparse.Namespace], int], words: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=words, description=words)
        made.set_defaults(act=act)
        return made

    command("start", _start, "start the private server")
    command("stop", _stop, "stop the private server")
    command("status", _status, "say whether the private server runs, exit 3 if not")
    url = command("url", _url, "print the address for other programs, password included")
    url.add_argument("--hide-password", action="store_true", help="print *** instead")
    shell = command("shell", _shell, "open psql")
    shell.add_argument("--role", help="look through the eyes of this role, such as analyst")
    shell.add_argument("psql", nargs="*", help="words for psql, after --")
    migrate = command("migrate", _migrate, "bring the database to the newest schema")
    drop = command("drop", _drop, "drop a database of the private server, or a demo database")
    drop.add_argument("--yes", action="store_true", help="really")
    for with_database in (url, shell, migrate, drop):
        with_database.add_argument("--database", default=local_server.DATABASE, help="name on the private server")
    message = command("new-migration", _new_migration, "write a migration from what changed in the tables")
    message.add_argument("message", help="what it does, in a few words")
    command("regenerate-initial", _regenerate_initial, "write migration 0001 anew, until the first release")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Exit code: 0 done, 2 bad input, 3 not done; argparse itself exits with 2."""
    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    logging.getLogger("govspider").setLevel(logging.INFO)
    asked = _parser().parse_args(arguments)
    try:
        return int(asked.act(asked))
    except DatabaseAddressError as error:
        print(error, file=sys.stderr)
        return _BAD_INPUT
    except (LocalServerError, DatabaseUnusableError, SchemaVersionError, MigrationAuthoringError) as error:
        print(error, file=sys.stderr)
        return _NOT_DONE


if __name__ == "__main__":
    sys.exit(main())
