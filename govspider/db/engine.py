"""Connections: which database to use, and an engine on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from govspider.db import local_server
from govspider.db.address import normalise_url, parsed

# Connection, Engine and DatabaseError too: the other rooms name them through this one and do not say sqlalchemy
__all__ = ["VARIABLE", "Connection", "DatabaseError", "Engine", "database_url", "make_engine"]

VARIABLE = "DATABASE_URL"
DatabaseError = SQLAlchemyError
# used where the address itself does not say otherwise
_CONNECTION = {"application_name": "govspider", "connect_timeout": "10"}


def make_engine(url: str) -> Engine:
    """Engine for a PostgreSQL address; it connects at first use.

    Every connection is tested before it is lent out, gives up connecting after ten seconds, shows
    itself to the server as `govspider` and reads instants in UTC.
    Raises DatabaseAddressError for an address that is none.
    """
    address = normalise_url(url)
    asked = parsed(address).query
    connection = {name: value for name, value in _CONNECTION.items() if name not in asked}
    # values_plus_batch: lists of upserts in few round trips, not one per row
    engine = create_engine(
        address, pool_pre_ping=True, connect_args=connection, executemany_mode="values_plus_batch", hide_parameters=True
    )
    event.listen(engine, "connect", _read_instants_in_utc)
    return engine


def database_url(environ: Mapping[str, str], database: str = local_server.DATABASE) -> str:
    """Address of the database to use: DATABASE_URL, else that of the private server, which is started.

    Parameters: `database`, its name on the private server.
    Raises DatabaseAddressError for a wrong DATABASE_URL, LocalServerError where there is no private server.
    """
    given = environ.get(VARIABLE, "").strip()
    if given:
        return normalise_url(given)
    server = local_server.this_server()
    server.start()
    return server.url(database)


def _read_instants_in_utc(connection: Any, _record: Any) -> None:
    """Set after connecting, not as a start-up option: connection poolers refuse those."""
    with connection.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'UTC'")
    connection.commit()
