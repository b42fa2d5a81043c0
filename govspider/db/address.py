"""Database addresses: one spelling for all, and none of them ever shows a password."""

from __future__ import annotations

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

DRIVER = "postgresql+psycopg2"
EXAMPLE = "postgresql://user:password@host:5432/database"
_ACCEPTED = frozenset({"postgres", "postgresql", DRIVER})


class DatabaseAddressError(ValueError):
    """A database address that cannot be used; the sentence says what to write instead."""


def normalise_url(url: str) -> str:
    """Address with the driver spelled out.

    SQLAlchemy 2.1 reads a bare `postgresql://` as psycopg 3, which is not installed here; and
    `postgres://` of the hosting panels is no dialect at all.

    Parameters: `url`, an address beginning with postgres://, postgresql:// or postgresql+psycopg2://.
    Raises DatabaseAddressError for any other address and for one that names no database.
    """
    return parsed(url).render_as_string(hide_password=False)


def without_password(url: str) -> str:
    """The address for people to read: the password, in the authority or the query, becomes `***`."""
    return _masked(parsed(url))


def with_database(url: str, name: str) -> str:
    """The same server and account, another database."""
    return parsed(url).set(database=name).render_as_string(hide_password=False)


def database_name(url: str) -> str:
    """Name of the database an address leads to."""
    return str(parsed(url).database)


def parsed(url: str) -> URL:
    """The checked parts of an address; see normalise_url for what is accepted and raised."""
    stripped = url.strip()
    if not stripped:
        raise DatabaseAddressError(f"The database address is empty: write {EXAMPLE}, or leave DATABASE_URL unset.")
    address = _parts(stripped)
    if address.drivername not in _ACCEPTED:
        raise DatabaseAddressError(
            f"The database address begins with {address.drivername!r}, but must with postgresql: write {EXAMPLE}."
        )
    if not address.database:
        raise DatabaseAddressError(f"The database address {_masked(address)!r} names no database: write {EXAMPLE}.")
    return address.set(drivername=DRIVER)


def _masked(address: URL) -> str:
    if "password" in address.query:
        address = address.update_query_dict({"password": "***"})
    return address.render_as_string(hide_password=True)


def _parts(stripped: str) -> URL:
    try:
        return make_url(stripped)
    except (ArgumentError, ValueError):
        # the address is not quoted: what cannot be taken apart may hold a password anywhere
        raise DatabaseAddressError(f"The database address cannot be read: write {EXAMPLE}.") from None
