"""Targets that several sites hide and none links openly (跨站隐藏目标): evidence that needs no word list.

Owners are counted, not sites: the sites of one shared platform, and hosts below one registrable domain, are
filled from one template and count once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files

import yaml
from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class HiddenTarget:
    """A domain that stands hidden on sites of a period.

    `owners` those who hide it, `open_sites` the sites that link it openly, `anchors` what the hidden links say.
    """

    domain: str
    owners: int
    sites: tuple[str, ...]
    """Site codes, in order."""
    open_sites: int
    anchors: tuple[str, ...]
    first_seen_at: datetime


@cache
def least_owners() -> int:
    """How many owners make a hidden target a shared one (sharing.yaml)."""
    owners: int = yaml.safe_load(files(__package__).joinpath("sharing.yaml").read_text("utf-8"))["owners"]
    return owners


def read_hidden_targets(connection: Connection, looks: Sequence[int], least: int = 1) -> list[HiddenTarget]:
    """Domains that these looks saw hidden at `least` owners or more, the most widely hidden first."""
    rows = connection.execute(text(_HIDDEN), {"looks": list(looks), "least": least})
    return [
        HiddenTarget(row.domain, row.owners, tuple(row.sites), row.open_sites, tuple(row.anchors), row.first_seen_at)
        for row in rows
    ]


def read_shared_targets(connection: Connection, looks: Sequence[int]) -> dict[str, int]:
    """Domain → owners, for the domains hidden at several owners and openly linked by nobody in these looks."""
    found = read_hidden_targets(connection, looks, least_owners())
    return {target.domain: target.owners for target in found if not target.open_sites}


_HIDDEN = """
    with hidden as (
        select dark.domain,
               count(distinct coalesce(nullif(site.platform, ''), nullif(look.owner_domain, ''), site.code)) as owners,
               array_agg(distinct site.code order by site.code) as sites,
               array_agg(distinct dark.anchor order by dark.anchor) as anchors
        from dark_link_observation as dark
        join look on look.id = dark.look_id
        join site on site.id = look.site_id
        where dark.look_id = any(:looks)
        group by dark.domain
    )
    select hidden.*,
           (select count(*) from outbound_domain as open
            where open.domain = hidden.domain and open.look_id = any(:looks)) as open_sites,
           (select min(page.fetched_at) from dark_link_observation as dark join page on page.id = dark.page_id
            where dark.domain = hidden.domain) as first_seen_at
    from hidden where owners >= :least
    order by owners desc, domain"""
