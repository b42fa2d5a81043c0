"""Rules that stand in SQL for analysts and in Python for judging: both must say the same of every case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from itertools import product
from random import Random
from typing import Any

import pytest
from sqlalchemy import insert, text
from sqlalchemy.engine import Engine

from govspider.db import tables as t
from govspider.db.verdicts import read_organisations
from govspider.items import MarkState, UnknownReason
from govspider.judging.places import group_of
from govspider.rubrics.model import load_rubric, rubric_ids
from govspider.seen import SeenMark
from tests.observed_city import ObservedCity

_KINDS = ("province", "city", "district", "township", "department", "unassigned")


def forest(seed: int, units: int) -> Iterator[dict[str, Any]]:
    """Units of every kind under each other, in orders that no real tree has as well."""
    rng = Random(seed)
    for number in range(1, units + 1):
        above = rng.randint(1, number - 1) if number > 1 and rng.random() < 0.9 else None
        yield {"id": number, "name": f"单位{number}", "kind": rng.choice(_KINDS), "parent_id": above}


@pytest.mark.parametrize("seed", range(4))
def test_the_group_of_a_unit_is_the_same_for_analysts_and_for_rates(emptied_engine: Engine, seed: int) -> None:
    with emptied_engine.begin() as connection:
        connection.execute(
            insert(t.organisation), [{**unit, "parent_source": "registry"} for unit in forest(seed, 300)]
        )
    with emptied_engine.connect() as connection:
        organisations = read_organisations(connection)
        rows = connection.execute(text("select organisation_id, group_kind, group_id from analysis.unit_group"))
        told = {row.organisation_id: (row.group_kind, row.group_id) for row in rows}
    assert told == {unit: group_of(unit, organisations) for unit in organisations}
    assert {kind for kind, _ in told.values()} == {"city", "district", "department", "unassigned"}


PLACES = (None, "text", "meta SiteIDCode", "attribute sitecode")
REASONS = (None, "号码不符", f"{UnknownReason.TIMEOUT}：脚本没有应答")


def test_a_mark_is_listed_in_the_footer_for_analysts_as_it_is_for_judging(emptied_engine: Engine) -> None:
    city = ObservedCity(emptied_engine)
    city.organisation("甲市", "city")
    outside = load_rubric("guoban-2019").footer_marks.outside_footer
    wanted = {}
    for number, (state, place, reason) in enumerate(product(MarkState, PLACES, REASONS), start=1):
        code = f"33{number:08d}"
        city.site(code, "甲市")
        look, _ = city.look(code)
        page = city.page(look, code, city.home_url(code), "home")
        shared = {"page_id": page, "look_id": look, "state": state.value, "value": "号", "reason": reason}
        rows = [{**shared, "found_in": place, "mark": mark} for mark in ("site_code", "icp")]
        with emptied_engine.begin() as connection:
            connection.execute(insert(t.mark_observation), rows)
        for mark in ("site_code", "icp"):
            seen = SeenMark(mark, state, "号", reason, place)
            wanted[code, mark] = seen.listed(outside.get(mark, ())).state.value
    with emptied_engine.connect() as connection:
        shown = connection.execute(text("select site_code, footer from analysis.site_marks")).all()
    told = {(row.site_code, mark): state for row in shown for mark, (state, _) in row.footer.items()}
    assert told == wanted


def test_the_view_of_marks_knows_every_reason_for_not_knowing_and_the_places_of_every_rubric() -> None:
    written = files("govspider.db.analysis").joinpath("site_marks.sql").read_text("utf-8")
    lists = [set(re.findall(r"'(\w+)'", found)) for found in re.findall(r" in \(([^)]*)\)", written)]
    assert lists == [{"meta", "attribute"}, set(UnknownReason)]
    rubrics = [load_rubric(one) for one in rubric_ids()]
    places = [one.footer_marks.outside_footer for one in rubrics if one.meta.object == "website"]
    assert [one for one in places if one] == [{"site_code": ("meta", "attribute")}] * 2
