"""How much of what a run wanted to see it saw: sites by the reason why their home page is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Engine, and_, func, select

from govspider.db import tables as t

NOT_LOOKED = "not_looked"
"""A site without a complete look in this run; every other reason is an UnknownReason."""


@dataclass(frozen=True, slots=True)
class RunHealth:
    """Coverage of a run against its targets; retired sites, which should not answer, are not among them.

    `unseen`: number of sites by the reason why their home page could not be read. `excluded`: sites of the
    period that are not looked at, by reason.
    """

    targets: int
    unseen: Mapping[str, int]
    excluded: Mapping[str, int]

    @property
    def missed(self) -> int:
        """Sites that could not be looked at."""
        return sum(self.unseen.values())


def read_health(engine: Engine, run_id: int, wanted: Collection[int]) -> RunHealth:
    """Coverage of a run as its complete looks show it.

    Parameters: `wanted` ids of the sites this process was to look at, those of earlier processes included.
    """
    target, look, page = t.target.c, t.look.c, t.page.c
    of_period = select(t.run.c.period_id).where(t.run.c.id == run_id).scalar_subquery()
    sites = (
        select(target.site_id, look.id.label("look_id"), page.id.label("page_id"), page.unknown_reason)
        .outerjoin(t.look, and_(look.site_id == target.site_id, look.run_id == run_id, look.state == "complete"))
        .outerjoin(t.page, and_(page.look_id == look.id, page.role == "home"))
        .where(target.period_id == of_period, target.included, target.site_id.in_(list(wanted)))
    )
    left_out = (
        select(target.exclude_reason, func.count())
        .where(target.period_id == of_period, target.included.is_(False))
        .group_by(target.exclude_reason)
    )
    with engine.connect() as connection:
        rows = connection.execute(sites).all()
        excluded = {reason or "": count for reason, count in connection.execute(left_out)}
    seen = {row.site_id for row in rows if row.page_id is not None and row.unknown_reason is None}
    reasons = {row.site_id: row.unknown_reason or NOT_LOOKED for row in rows if row.site_id not in seen}
    every = {row.site_id for row in rows}
    return RunHealth(len(every), dict(Counter(reasons.values()).most_common()), excluded)
