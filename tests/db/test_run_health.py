"""Coverage of a run as the database shows it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert
from sqlalchemy.engine import Engine

from govspider.db import tables as t
from govspider.db.run_health import NOT_LOOKED, read_health
from tests.observed_city import CHECK_AT, ObservedCity

CODES = tuple(f"010000000{number}" for number in range(1, 6))


class _Run:
    """One run over sites whose looks a test enters."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.city = ObservedCity(engine)
        self.city.organisation("甲市", "city")
        for code in CODES:
            self.city.site(code, "甲市")
        self.city.site("0100000009", "甲市", excluded="已下线")
        period = next(iter(self.city.periods.values()))
        run = {"period_id": period, "scope": "full", "state": "running", "started_at": CHECK_AT, "user_agent": "x"}
        self.id = self._insert(t.run, run)

    def look(self, code: str, reason: str | None = None, state: str = "complete") -> None:
        look = {"run_id": self.id, "site_id": self.city.sites[code], "state": state, "started_at": CHECK_AT}
        page = {
            "look_id": self._insert(t.look, look),
            "site_id": self.city.sites[code],
            "role": "home",
            "url": self.city.home_url(code),
            "final_url": self.city.home_url(code),
            "unknown_reason": reason,
            "fetched_at": CHECK_AT,
        }
        self._insert(t.page, page)

    def _insert(self, table: Any, row: dict[str, Any]) -> int:
        with self.engine.begin() as connection:
            found: int = connection.execute(insert(table).values(row).returning(table.c.id)).scalar_one()
        return found


def test_sites_are_counted_by_why_their_home_page_is_not_known(engine: Engine) -> None:
    run = _Run(engine)
    run.look(CODES[0])
    run.look(CODES[1], "timeout")
    run.look(CODES[2], "timeout")
    run.look(CODES[3], state="incomplete")
    health = read_health(engine, run.id, run.city.sites.values())
    assert health.targets == 5
    assert health.unseen == {"timeout": 2, NOT_LOOKED: 2}
    assert health.missed == 4
    assert health.excluded == {"已下线": 1}


def test_only_the_sites_of_this_process_are_wanted(engine: Engine) -> None:
    run = _Run(engine)
    run.look(CODES[0])
    health = read_health(engine, run.id, [run.city.sites[CODES[0]]])
    assert (health.targets, health.missed) == (1, 0)
