"""The interactive terminal: which program to start, and how it learns the password."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from govspider.db.address import parsed
from govspider.db.postgres_runtime import wheel_runtime


@dataclass(frozen=True)
class Terminal:
    """A command and its whole environment, ready for os.execve."""

    command: list[str]
    environment: dict[str, str]


def terminal(url: str, environ: Mapping[str, str], role: str | None = None, extra: tuple[str, ...] = ()) -> Terminal:
    """The command that opens psql of the wheel on a database.

    The password travels in the environment: the command line of a process is readable by every account.

    Parameters: `role`, the role to look through, such as analyst; `extra`, more words for psql.
    Raises LocalServerError where the wheel is not installed.
    """
    address = parsed(url)
    environment = dict(environ) | {"PGCLIENTENCODING": "UTF8"}
    password = address.password or address.query.get("password")
    if password:
        environment["PGPASSWORD"] = str(password)
    if role:
        environment["PGOPTIONS"] = f"-c role={role}"
    # not set(password=None): that keeps the password
    shown = address.difference_update_query(["password"])._replace(drivername="postgresql", password=None)
    words = ["--dbname", shown.render_as_string(hide_password=False), *extra]
    return Terminal([str(wheel_runtime().program("psql")), *words], environment)
