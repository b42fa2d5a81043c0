"""Where a unit stands: each site belongs to exactly one of city, district, department and 未分区."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from govspider.db.verdicts import OrganisationRow

Organisations = Mapping[int, OrganisationRow]


def group_of(organisation_id: int, organisations: Organisations) -> tuple[str, int | None]:
    """The one group of a unit's sites: its district, else its city-level department, else the city itself."""
    chain = list(line_of_superiors(organisation_id, organisations))
    kinds = [unit.kind for unit in chain]
    if "unassigned" in kinds:
        return "unassigned", None
    districts = [unit.id for unit in chain if unit.kind == "district"]
    if districts:
        return "district", districts[-1]
    if kinds[0] in {"city", "province"}:
        return "city", chain[0].id
    departments = [unit.id for unit in chain if unit.kind == "department"]
    if departments and "township" not in kinds and kinds[-1] in {"city", "province"}:
        return "department", departments[-1]
    return "unassigned", None


def line_of(organisation_id: int, organisations: Organisations) -> str | None:
    """Department line (条线) of a unit: its own, else that of the nearest unit above it; None where none is given."""
    lines = (unit.line for unit in line_of_superiors(organisation_id, organisations))
    return next((line for line in lines if line), None)


def line_of_superiors(start: int, organisations: Organisations) -> Iterator[OrganisationRow]:
    """The unit, then each unit above it; ends where a tree leads back into itself."""
    seen: set[int] = set()
    current: int | None = start
    while current is not None and current not in seen:
        seen.add(current)
        yield organisations[current]
        current = organisations[current].parent_id
