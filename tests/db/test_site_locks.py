"""Locks of sites: one crawl per site, also after the server forgot who held them."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from govspider.db.runs import SiteLocks


@pytest.fixture
def locks(engine: Engine) -> SiteLocks:
    made = SiteLocks(engine)
    assert made.take(1)
    assert made.take(2)
    return made


def _end_other_sessions(engine: Engine) -> None:
    """What a restart of the server does to everyone who is connected."""
    query = (
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity "
        "where datname = current_database() and pid <> pg_backend_pid()"
    )
    with engine.connect() as connection:
        connection.execute(text(query))


def test_a_site_that_is_held_is_refused_to_others_until_it_is_released(engine: Engine, locks: SiteLocks) -> None:
    other = SiteLocks(engine)
    assert not other.take(1)
    locks.release_all()
    assert other.take(1)
    other.release_all()


def test_locks_that_the_server_forgot_are_taken_anew(engine: Engine, locks: SiteLocks) -> None:
    _end_other_sessions(engine)
    locks.hold()
    assert locks.lost == frozenset()
    other = SiteLocks(engine)
    assert not other.take(1)
    assert not other.take(2)
    other.release_all()
    locks.release_all()


def test_a_site_that_another_crawl_took_meanwhile_is_lost_to_it(engine: Engine, locks: SiteLocks) -> None:
    _end_other_sessions(engine)
    other = SiteLocks(engine)
    assert other.take(2)
    locks.hold()
    assert locks.lost == {2}
    other.release_all()
    locks.hold()
    assert locks.lost == {2}
    locks.release_all()
